"""Intent: what is asked, of which rules, and what an elliptical question changes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.understanding.intent import read_intent
from assistant.rules import FactDictionary
from tests.dialogue.tables import day_of, intent_faults, load

ROWS = [
    pytest.param(row, id=f"{table}-{i}")
    for table in ("intents", "heldout")
    for i, row in enumerate(load(table, "intents"))
]


@pytest.mark.parametrize("row", ROWS)
def test_a_message_wants_this(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    day, asked = day_of(row), row.get("asked")
    reading = read_facts(
        row["say"], as_of=day, dictionary=dictionary, surroundings=surroundings, asked=asked
    )
    intent = read_intent(
        row["say"], as_of=day, asked=asked, reading=reading, surroundings=surroundings
    )
    assert not intent_faults(row, intent)


def test_every_rule_named_is_in_the_contract(surroundings: Surroundings) -> None:
    named = {rule for row in load("intents", "intents") for rule in row.get("rules", ())}
    assert all(rule.split(".")[0] in {"settle", "permit", "medical"} for rule in named)


@settings(max_examples=100, deadline=None)
@given(message=st.text(max_size=2000))
def test_any_message_has_an_intent(message: str, surroundings: Surroundings) -> None:
    first, again = (
        read_intent(message, as_of=date(2024, 9, 2), surroundings=surroundings) for _ in range(2)
    )
    assert first == again
