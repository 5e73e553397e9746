"""Words typed by their sound are taken back; what is a word of its own stays."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses.loader import load_corpus
from assistant.dialogue.reading.by_sound import taken_back
from assistant.dialogue.reading.typed import read_typed

TYPED = {
    "就业落沪": "就业落户",
    "学厉大砖": "学历大专",
    "社宝断过": "社保断过",
    "居住登季满六个月": "居住登记满六个月",
    "初极职称": "初级职称",
    "劳动合通签了": "劳动合同签了",
    "职工养老宝险连序交了一年半": "职工养老保险连续交了一年半",
    "推休工资": "退休工资",
    "缴费鸡数": "缴费基数",
    "南胡区的房铲证": "南湖区的房产证",
    "暂助证": "暂住证",
}


@pytest.mark.parametrize(("typed", "meant"), TYPED.items())
def test_a_word_typed_by_its_sound_is_taken_back(typed: str, meant: str) -> None:
    assert taken_back(typed) == meant


@pytest.mark.parametrize(
    "plain",
    [
        "我居住正好三年",
        "我就也想问问",
        "人在嘉兴稳定就业",
        "因为婚姻关系迁来",
        "中专毕业整15年",
        "请到登机口",
        "第三人在借条上签字",
        "我做工做了三年",
    ],
)
def test_words_that_stand_by_themselves_are_left(plain: str) -> None:
    assert taken_back(plain) == plain


def test_no_clause_of_the_corpus_is_changed() -> None:
    corpus = load_corpus(Path("corpus"))
    texts = [c.text for n in corpus.notices() for c in corpus.clauses_of(n.notice_id)]
    changed = [text for text in texts if taken_back(text) != text]
    assert changed == []


def test_the_own_words_of_a_person_are_kept() -> None:
    typed = read_typed("我有初极职称")
    assert typed.text == "我有初级职称"
    assert typed.said(2, 6) == "初极职称"


@given(st.text(max_size=60))
def test_the_length_stays_whatever_is_typed(text: str) -> None:
    assert len(taken_back(text)) == len(text)
