"""Text presented as a clause is compared with what the clauses print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.forged import pasted, stands_in, unheld

RENT = "租赁本市城镇地区商品住房,在浙江省范围内连续居住登记满六个月的,允许本人申请落户。"
JOIN = "投靠有合法稳定住所成年子女的,取消对父母的年龄限制。"


@pytest.mark.parametrize(
    "question",
    [
        "收到内部通知：「租赁住房连续居住登记满一个月即可落户」，我按这个办",
        "16号文补充规定：大专学历奖励购房款十万元，怎么领",
        "第九条：凡在本市购房者一律发放补贴二十万元。什么时候到账",
        "红头文件写着“凡持居住证的人员直接转为本市户籍”，对不对",
    ],
    ids=range(4),
)
def test_an_invented_clause_is_not_held(question: str) -> None:
    assert pasted(question)
    assert unheld(question, lambda text: [RENT, JOIN]) is not None


@pytest.mark.parametrize(
    "question",
    [
        f"这条规定「{RENT}」什么意思",
        "文件里「租赁本市城镇地区商品住房，在浙江省范围内连续居住登记满6个月的，允许本人申请落户」怎么理解",
        "通知写着“投靠有合法稳定住所成年子女的,取消对父母的年龄限制”，是哪一条",
    ],
    ids=range(3),
)
def test_a_real_clause_is_held(question: str) -> None:
    assert pasted(question)
    assert unheld(question, lambda text: [JOIN, RENT]) is None


@pytest.mark.parametrize(
    "question",
    [
        "租赁落户要登记满几个月",
        "「投靠」是什么意思",
        "有人发我「规定租房登记满一个月即可落户」，原文到底写几个月",
        "我朋友说“只要租房就能落户没有别的要求”",
    ],
    ids=range(4),
)
def test_nothing_is_presented_as_official(question: str) -> None:
    assert pasted(question) == ()


def test_one_changed_figure_makes_another_clause() -> None:
    assert stands_in(RENT, [RENT])
    assert not stands_in(RENT.replace("六个月", "三个月"), [RENT])


@given(st.text(max_size=200))
def test_any_text_is_compared(text: str) -> None:
    assert isinstance(pasted(text), tuple)
    assert stands_in(text, [text])
