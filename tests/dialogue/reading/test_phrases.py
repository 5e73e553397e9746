"""Ways of telling each fact, written by somebody who had not seen the readers.

Rows of `phrases` that are not read yet bear `open`; those of `phrases_heldout` are only counted.
A fact told of somebody else, who asks for nothing, may stand with that person.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.dialogue.model import Reading
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.rules import FactDictionary
from tests.dialogue.tables import day_of, faults, load

ROWS = [
    pytest.param(
        row,
        id=str(i),
        marks=[pytest.mark.xfail(reason="not read yet", strict=True)] if row.get("open") else [],
    )
    for i, row in enumerate(load("phrases"))
]
LEAST_READ = 0.75
"""The share of the held-out rows that must be read without a fault."""


@pytest.mark.parametrize("row", ROWS)
def test_a_way_of_telling_is_read(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    assert not _faults(row, dictionary, surroundings)


def test_enough_of_what_was_held_out_is_read(
    dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    rows = list(load("phrases_heldout"))
    read = sum(not _faults(row, dictionary, surroundings) for row in rows)
    assert read / len(rows) >= LEAST_READ


def _faults(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> list[str]:
    reading = read_facts(
        row["say"], as_of=day_of(row), dictionary=dictionary, surroundings=surroundings
    )
    return faults(_wanted(row), _of_whom(row, reading))


def _wanted(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row, with what stands outside the facts left out: the place is the conversation's."""
    facts = {n: v for n, v in row.get("facts", {}).items() if n != "place.area"}
    if "family" in facts:
        facts["family"] = [[relation, None, None] for relation in facts["family"]]
    return {**row, "facts": facts}


def _of_whom(row: Mapping[str, Any], reading: Reading) -> Reading:
    person = row.get("applicant", "本人")
    facts = reading.others.get(person)
    if person == reading.applicant or facts is None:
        return reading
    return replace(reading, facts=facts, applicant=person)
