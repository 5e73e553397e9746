"""Greetings: friendly, short, and with no claim about any policy."""

import pytest

from tests.answering.conftest import Ask


@pytest.mark.parametrize("text", ["你好", "您好，在吗？", "早上好", "你是谁", "你能做什么"])
def test_a_greeting_says_what_can_be_asked(text: str, ask: Ask) -> None:
    answer = ask(text)
    assert answer.kind == "chat"
    assert answer.reason is None
    assert answer.citations == []
    assert "嘉兴" in answer.text
    assert "租房落户" in answer.text


@pytest.mark.parametrize("text", ["谢谢", "辛苦了，再见", "好的，谢谢您"])
def test_thanks_are_returned(text: str, ask: Ask) -> None:
    answer = ask(text)
    assert answer.kind == "chat"
    assert answer.text.startswith("不客气")


def test_a_greeting_before_a_question_is_no_chat(ask: Ask) -> None:
    assert ask("你好，租房落户要登记满几个月").kind == "answer"


def test_every_example_it_offers_is_answered(ask: Ask) -> None:
    offered = [part.split("」")[0] for part in ask("你好").text.split("「")[1:]]
    assert len(offered) == 3
    for question in offered:
        assert ask(question).kind == "answer", question
