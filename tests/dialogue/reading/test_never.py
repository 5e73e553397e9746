"""What must not be heard: wishes, ifs, hearsay, other people, what is over, other things."""

from collections.abc import Mapping
from typing import Any

import pytest

from assistant.dialogue.model import SaidFact
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.rules import FactDictionary
from tests.dialogue.tables import day_of, load, reply_of

NEVER = [pytest.param(row, id=str(i)) for i, row in enumerate(load("never", "never"))]
PLAIN = [pytest.param(row, id=str(i)) for i, row in enumerate(load("plain", "plain"))]


@pytest.mark.parametrize("row", NEVER)
def test_what_is_not_told_as_so_grants_nothing(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    facts = read_facts(
        row["say"], as_of=day_of(row), dictionary=dictionary, surroundings=surroundings
    ).facts
    for wanted in row.get("never", ()):
        name, _, value = wanted.partition("=")
        fact = facts.get(name)
        assert not _grants(fact, value), f"{name}: {fact}"
    for name in row.get("unsure", ()):
        assert name not in facts or facts[name].hedged, name


def _grants(fact: SaidFact | None, value: str) -> bool:
    """Whether a fact is held to be so; with `value`, held to be that."""
    if fact is None or fact.supposed or fact.value is None or fact.value is False:
        return False
    if fact.value in {"无", "没有参加", "尚未落户"} or (fact.value == 0 and not value):
        return False
    return str(fact.value) == value if value else True


@pytest.mark.parametrize("row", PLAIN)
def test_what_is_plainly_told_is_heard(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_facts(
        row["say"], as_of=day_of(row), dictionary=dictionary, surroundings=surroundings
    )
    heard = {n: f for n, f in reading.facts.items() if not f.supposed}
    wrong = {
        name: heard[name].value if name in heard else None
        for name, value in row["has"].items()
        if name not in heard or str(heard[name].value) != str(value)
    }
    assert not wrong
    assert reading.applicant == row.get("applicant", "本人")


REPLIES = [pytest.param(row, id=str(i)) for i, row in enumerate(load("never", "replies"))]


@pytest.mark.parametrize("row", REPLIES)
def test_what_is_said_of_something_else_answers_nothing(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = reply_of(row, dictionary, surroundings)
    for wanted in row["never"]:
        name, _, value = wanted.partition("=")
        fact = reading.facts.get(name)
        assert not _grants(fact, value), f"{name}: {fact}"
