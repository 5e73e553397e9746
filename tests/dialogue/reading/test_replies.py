"""Replies: answers to the question asked, corrections, and every choice that is offered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue.elicitation import question_for
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.replies import read_reply
from assistant.rules import FactDictionary, FactType
from tests.dialogue.tables import faults, load, reply_of

DAY = date(2024, 9, 2)
ROWS = [
    pytest.param(row, id=f"{table}-{i}")
    for table in ("replies", "heldout")
    for i, row in enumerate(load(table, "replies"))
]


@pytest.mark.parametrize("row", ROWS)
def test_a_reply_answers_what_was_asked(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    assert not faults(row, reply_of(row, dictionary, surroundings))


def test_every_choice_offered_is_understood(
    dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    wrong = []
    for fact in dictionary:
        question = question_for(fact, 6)
        for choice in question.choices or ():
            reading = read_reply(
                choice, fact, DAY, dictionary=dictionary, surroundings=surroundings
            )
            read = reading.facts[fact.name].value if fact.name in reading.facts else "nothing"
            if read != _meant(choice, fact.type):
                wrong.append(f"{fact.name}「{choice}」: {read}")
    assert not wrong


def _meant(choice: str, kind: FactType) -> object:
    if choice == "不清楚":
        return None
    if kind is FactType.BOOLEAN:
        return choice == "是"
    if kind is FactType.INTEGER:
        return 0 if choice == "还没有" else int("".join(c for c in choice if c.isdigit()))
    return choice


@settings(max_examples=100, deadline=None)
@given(message=st.text(max_size=300), index=st.integers(0, 200))
def test_any_reply_is_read_without_error(
    message: str, index: int, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    facts = list(dictionary)
    reading = read_reply(
        message,
        facts[index % len(facts)],
        DAY,
        dictionary=dictionary,
        surroundings=surroundings,
        earlier=("reg.months", "age"),
    )
    assert all(fact.said in message for fact in reading.facts.values())


def test_a_correction_without_a_question_takes_back_what_it_fits(
    dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_reply(
        "说错了，是六个月",
        dictionary["edu"],
        as_of=DAY,
        dictionary=dictionary,
        surroundings=surroundings,
        earlier=("edu", "reg.months"),
    )
    assert reading.corrects == ("reg.months",)
    assert reading.facts["reg.months"].value == 6
