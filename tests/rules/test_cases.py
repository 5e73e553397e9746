"""Every table in cases/: what follows from the facts, one line for each case an officer checks."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.clauses import Gazetteer, load_gazetteer
from assistant.rules import RuleBook, Verdict

CASES = Path(__file__).parent / "cases"
KEYS = {
    "case", "id", "rule", "as_of", "place", "facts", "outcome", "earliest", "missing", "covers",
    "amount", "premises", "lacks", "doubts", "says", "why",
}  # fmt: skip


def _tables() -> Iterator[Any]:
    for table in sorted(CASES.glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(table.read_text(encoding="utf-8")), 1):
            yield pytest.param(case, id=f"{table.stem}-{case.get('id', number)}-{case['rule']}")


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer(CASES.parents[2] / "corpus")


@pytest.mark.parametrize("case", list(_tables()))
def test_the_verdict_is_as_the_table_says(
    case: dict[str, Any], book: RuleBook, gazetteer: Gazetteer
) -> None:
    assert set(case) <= KEYS, f"不认识的键：{set(case) - KEYS}"
    place = gazetteer.resolve(case.get("place", "嘉兴市"))
    verdict = book.decide(case["rule"], case.get("facts") or {}, case["as_of"], place)
    seen = _seen(verdict)
    expected = {key: case[key] for key in seen if key in case}
    assert {key: seen[key] for key in expected} == expected, case["case"]
    told = _told(verdict)
    assert [words for words in case.get("says", ()) if words not in told] == [], told


def _seen(verdict: Verdict) -> dict[str, Any]:
    amount: Decimal | None = verdict.amount.value if verdict.amount else None
    earliest: date | None = verdict.earliest_date
    return {
        "outcome": verdict.outcome.value,
        "earliest": earliest,
        "missing": list(verdict.missing_facts),
        "covers": None if verdict.covers is None else list(verdict.covers),
        "amount": amount if amount is None else float(amount),
        "premises": [p.id for p in verdict.premises],
        "lacks": [m.id for m in verdict.materials if m.status == "lack"],
        "doubts": [d.id for d in verdict.doubts],
    }


def _told(verdict: Verdict) -> str:
    """What the reader is told beside the outcome: doubts, notices and the formula."""
    formula = verdict.amount.formula if verdict.amount else ""
    texts = [d.note for d in verdict.doubts] + [n.text for n in verdict.notices]
    return "\n".join([*texts, formula])
