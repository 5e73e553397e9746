"""The shortest first messages are met with a question, and never with a refusal."""

import pytest

from assistant.dialogue.state import State, Topic
from assistant.dialogue.understanding.openings import opens_account, opens_survey


@pytest.mark.parametrize(
    "words",
    [
        "能落户吗",
        "怎么落户",
        "我想落户",
        "落户条件",
        "落户嘉兴要什么条件",
        "外地人能落户吗",
        "老人能迁来吗",
        "能迁户口不",
        "户口能迁吗",
        "请问可以落户吗？",
        "户口",
    ],
)
def test_a_bare_ask_about_settling_opens_the_survey(words: str) -> None:
    assert opens_survey(words, State())
    assert not opens_survey(words, State(topic=Topic(question="租房能落户吗")))


@pytest.mark.parametrize(
    "words", ["落户要钱吗", "落户要什么材料", "租房能落户吗", "落户多久能办好", "落户在哪办"]
)
def test_an_ask_of_one_side_is_no_bare_ask(words: str) -> None:
    assert not opens_survey(words, State())


def test_an_account_without_a_scheme_is_asked_about() -> None:
    assert opens_account("个人账户每月划多少", State())
    assert not opens_account("机关退休个人账户划多少", State())
