"""The tables of sentences: how they are written, and how a reading is held against them.

`facts` are the facts that must be read, and no others; `may` lists those that may be read beside
or differently; `hedged` are the facts whose words are unsure (`may_hedge`: either way is right).
`applicant` is who would move, 本人 where it is left out.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from assistant.dialogue.model import Intent, IntentKind, Reading, SaidFact
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.replies import read_reply
from assistant.rules import FactDictionary

CASES = Path(__file__).parent / "cases"
FACT_TABLES = ("registration", "family", "person", "work", "medical", "stories")


def load(name: str, kind: str = "facts") -> Iterator[dict[str, Any]]:
    """The rows of one kind in a table, each with its day."""
    table = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    for row in table.get(kind, []):
        yield {"as_of": table["as_of"], **row}


def faults(row: Mapping[str, Any], reading: Reading) -> list[str]:
    """What is wrong with a reading of a row; empty where nothing is."""
    wanted: Mapping[str, Any] = row.get("facts", {})
    may = set(row.get("may", []))
    hedged, either = set(row.get("hedged", [])), set(row.get("may_hedge", []))
    wrong = [
        f"{name}: {_plain(fact.value)} from 「{fact.said}」, unexpected"
        for name, fact in reading.facts.items()
        if name not in wanted and name not in may
    ]
    for name, value in wanted.items():
        fact = reading.facts.get(name)
        if fact is None and name not in may:
            wrong.append(f"{name}: not read")
        elif fact is not None and not _same(value, fact):
            wrong.append(f"{name}: {_plain(fact.value)} from 「{fact.said}」, not {value}")
        elif fact is not None and fact.hedged != (name in hedged) and name not in either:
            wrong.append(f"{name}: hedged={fact.hedged}")
    if row.get("applicant", "本人") != reading.applicant and "applicant" not in may:
        wrong.append(f"applicant: {reading.applicant}")
    if tuple(row.get("corrects", ())) != reading.corrects:
        wrong.append(f"corrects: {reading.corrects}")
    return wrong


def _same(value: Any, fact: SaidFact) -> bool:
    read = _plain(fact.value)
    return bool(
        sorted(map(str, value)) == sorted(map(str, read))
        if isinstance(value, list)
        else value == read
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, tuple):
        return [list(member) for member in value]
    return value


def day_of(row: Mapping[str, Any]) -> date:
    """The day a row is said on."""
    day = row["as_of"]
    assert isinstance(day, date)
    return day


def intent_faults(row: Mapping[str, Any], intent: Intent) -> list[str]:
    """What is wrong with what a message was taken to want; empty where nothing is."""
    may, wanted = set(row.get("may", ())), tuple(row.get("rules", ()))
    checks = {
        "kind": intent.kind == row.get("kind", intent.kind),
        "open": intent.open == row.get("open", False) or not ({"open", "rules"} & set(row)),
        "rules": intent.rules[: len(wanted)] == wanted and not (row.get("open") and intent.rules),
        "follow": intent.follow_up == row.get("follow"),
        "item": intent.item == row.get("item", intent.item),
        "applicant": intent.applicant == row.get("applicant", "本人")
        or intent.kind not in {IntentKind.ELIGIBILITY, IntentKind.AMOUNT},
    }
    return [f"{name}: {intent}" for name, right in checks.items() if not right and name not in may]


def reply_of(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> Reading:
    """What the row's words come to as a reply to the question that it asks."""
    return read_reply(
        row["say"],
        dictionary[row["ask"]],
        day_of(row),
        dictionary=dictionary,
        surroundings=surroundings,
        earlier=row.get("earlier", ()),
    )
