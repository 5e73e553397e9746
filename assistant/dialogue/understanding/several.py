"""Sums of several people asked for in one message: 我和我爸每月各划多少."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.dialogue.model import Reading
from assistant.dialogue.state import Remembered, remember
from assistant.dialogue.understanding.schemes import of_employer

_SCHEMES = ("public", "enterprise")
_OF_A_PERSON = ("account", "inpatient", "outpatient")


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody whose sum is asked for besides the applicant's, with their facts and rules."""

    person: str
    facts: Mapping[str, Remembered]
    rules: tuple[str, ...]


def besides_of(reading: Reading, rules: Sequence[str]) -> tuple[Beside, ...]:
    """Everybody else whose sum the message asks for, where `rules` reckon sums of a person."""
    parts = [rule.rpartition(".")[2] for rule in rules]
    if not rules or not all(r.startswith("medical.") for r in rules):
        return ()
    if not set(parts) <= set(_OF_A_PERSON):
        return ()
    found = []
    for person in reading.besides:
        facts = {n: remember(f) for n, f in reading.others.get(person, {}).items()}
        employer = facts.get("employer.kind")
        both = tuple(f"medical.{s}.{part}" for part in dict.fromkeys(parts) for s in _SCHEMES)
        theirs = of_employer(both, employer.value) if employer is not None else both
        found.append(Beside(person, facts, theirs))
    return tuple(found)
