"""Words laid beside a clause: the same, changed, or not there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.comparing import compare
from assistant.clauses import Corpus
from assistant.clauses.numerals import quantities

RENT = (
    "租赁本市城镇地区商品住房,在浙江省范围内连续居住登记满六个月的,允许本人及其共同居住生活的配偶、"
    "子女、父母持《房屋租赁登记备案证明》等材料在租赁住房所在地申请落户。"
)
PAY = "用人单位按在职人员总数,以缴费基数(上年度浙江省全社会单位就业人员月平均工资)的 5.5%缴纳。"


@pytest.mark.parametrize(
    "said",
    [
        RENT,
        RENT.replace(",", "，").replace("六个月", "6个月"),
        "在浙江省范围内连续居住登记满六个月的，允许本人及其共同居住生活的配偶、子女、父母",
        "在浙江省范围内 连续居住登记 满6个月",
    ],
    ids=range(4),
)
def test_the_same_words_are_printed(said: str) -> None:
    assert compare(said, RENT).standing == "printed"


def test_what_stands_in_brackets_may_be_left_out() -> None:
    assert compare("用人单位按在职人员总数，以缴费基数的5.5%缴纳", PAY).standing == "printed"


@pytest.mark.parametrize(
    ("said", "difference"),
    [
        (RENT.replace("六个月", "三个月"), ("三个月", "六个月")),
        (RENT.replace("浙江省", "嘉兴市"), ("嘉兴市", "浙江省")),
        (RENT.replace("子女、父母", "父母"), ("", "子女")),
        (RENT.replace("商品住房", "任何住房"), ("任何", "商品")),
        ("以缴费基数的6%缴纳", ("6%", "5.5%")),
    ],
    ids=range(5),
)
def test_what_was_changed_is_told_in_whole_words(said: str, difference: tuple[str, str]) -> None:
    found = compare(said, PAY if "%" in said else RENT)
    assert found.standing == "altered"
    assert [(d.said, d.printed.strip("、 ")) for d in found.differences] == [difference]


@pytest.mark.parametrize(
    "said",
    [
        "租房落户须先缴纳城市配套费八千元",
        "凡在本市租房的人员一律发放补贴二十万元",
        "登记满一个月",
        "",
    ],
    ids=range(4),
)
def test_an_invention_is_nowhere(said: str) -> None:
    assert compare(said, RENT).standing == "unheld"


def test_every_sentence_of_the_corpus_is_printed_by_its_clause(corpus: Corpus) -> None:
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            for sentence in re.findall(r"[^。\n]{12,}", clause.text if clause.is_leaf else ""):
                assert compare(sentence, clause.text).standing == "printed", sentence


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_are_compared(said: str, text: str) -> None:
    found = compare(said, text)
    assert 0 <= found.start <= found.end <= len(text)
    assert 0 <= found.share <= 1


def test_no_sentence_with_a_figure_changed_is_taken_for_its_own(corpus: Corpus) -> None:
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            for sentence in re.findall(r"[^。\n]{12,}", clause.text if clause.is_leaf else ""):
                for found in quantities(sentence):
                    changed = f"{sentence[: found.start]}97%{sentence[found.end :]}"
                    assert compare(changed, clause.text).standing != "printed", changed
