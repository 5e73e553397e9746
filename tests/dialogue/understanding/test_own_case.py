"""Whether a question is of somebody's own case, told by what was learned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.understanding.own_case import asks_of_case
from tests.dialogue.test_conversation import Talk, talk

__all__ = ["talk"]


@given(words=st.text(max_size=400))
def test_a_likelihood_is_one(words: str) -> None:
    assert 0 <= asks_of_case(words) <= 1


@pytest.mark.parametrize(
    "words",
    [
        "房租都缴了小一年，租赁落户轮得到我伐",
        "我想投靠闺女落户，她在秀洲城里的房子是继承来的，我这当妈的办得了不",
        "城里的房是买了，算不算城镇我吃不准，买房落户这条路通不通",
    ],
)
def test_who_asks_where_they_stand_is_asked_back(talk: Talk, words: str) -> None:
    answer = talk(words)[0]
    assert answer.kind == "clarify"
    assert answer.questions


@pytest.mark.parametrize(
    "words", ["租赁落户要登记多久", "人才落户能带哪些家属", "投靠子女对父母的年龄有没有限制"]
)
def test_who_asks_what_is_written_is_answered_from_the_text(talk: Talk, words: str) -> None:
    answer = talk(words)[0]
    assert answer.kind == "answer"
    assert answer.citations
