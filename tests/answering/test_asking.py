"""What a question asks for, as the shipped weights read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.asking import STATED, ngrams_of, read_asking
from assistant.answering.particulars import kind_named
from assistant.answering.stating import beyond_rules, kinds_asked


@given(st.text(min_size=0, max_size=2000))
def test_any_text_has_likelihoods_that_sum_to_one(text: str) -> None:
    asking = read_asking(text)
    assert abs(sum(asking.likelihoods.values()) - 1) < 1e-4
    assert all(0 <= likely <= 1 for likely in asking.likelihoods.values())


def test_marks_of_punctuation_say_nothing_of_what_is_asked() -> None:
    assert ngrams_of("落户，要几天？") == ngrams_of("落户要几天")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("申请落户一共得掏多少手续费", "收费标准"),
        ("交了申请以后几天能拿到证", "办理时限"),
        ("窗口星期六几点开门", "办公时间"),
        ("我出差在外，能不能叫我哥替我去递材料", "代办、邮寄、预约等办法"),
        ("居住证弄丢了怎么补一张", "补办、换发"),
        ("帮我问问隔壁邻居户口在哪", "personal_data"),
        ("请办事员吃饭送点烟能快些吗", "unsafe/bribe"),
        ("让房东把租期写长半年好去落户", "unsafe/forging"),
        ("租房落户居住登记要满几个月", STATED),
        ("退休的人住院补助报百分之几", STATED),
    ],
)
def test_the_kind_of_thing_asked_for_is_read(question: str, kind: str) -> None:
    assert read_asking(question).kind == kind


def test_a_particular_is_asked_for_in_words_that_no_phrase_knows() -> None:
    assert kind_named("办理时限") in kinds_asked("落户要等多久")


@pytest.mark.parametrize(
    "question", ["租的商品房登记了七个月，能落户吗", "我大专毕业，想把户口迁来，行不行"]
)
def test_what_rules_decide_is_left_to_the_rules(question: str) -> None:
    assert not beyond_rules(question)


@pytest.mark.parametrize(
    "question", ["投靠女儿落户，我人不去，让女儿代办行不行", "落户审批一般要等几天才下来"]
)
def test_what_no_rule_decides_is_not_put_to_the_rules(question: str) -> None:
    assert beyond_rules(question)


@pytest.mark.parametrize("question", ["我想落户", "我能落户吗", "人才", "想把户口迁到嘉兴来"])
def test_a_bare_wish_is_left_to_the_rules(question: str) -> None:
    assert not beyond_rules(question)
