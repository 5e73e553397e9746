"""Sentences as different people say them, written fact by fact before the readers were mended.

What a row names must be read whatever else is; what it forbids must not be taken as sure.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.rules import FactDictionary
from tests.dialogue.tables import day_of, load


@pytest.mark.parametrize("row", [pytest.param(r, id=r["say"][:24]) for r in load("spoken")])
def test_what_is_said_is_read_and_nothing_that_is_not(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    facts = read_facts(
        row["say"], as_of=day_of(row), dictionary=dictionary, surroundings=surroundings
    ).facts
    read = {name: facts[name].value for name in row.get("facts", {}) if name in facts}
    assert read == row.get("facts", {})
    family = facts["family"].value if "family" in facts else ()
    assert isinstance(family, tuple)
    assert {member.relation for member in family} >= set(row.get("family", ()))
    sure = {name for name, fact in facts.items() if fact.value is not None and not fact.hedged}
    assert not sure & set(row.get("never", ()))
    for name in row.get("unknown", ()):
        assert name in facts
        assert facts[name].value is None
