"""Replies and cases made by hand, for the tests of the judge and of the figures."""

from datetime import date
from typing import Any

from assistant.schemas import Answer
from eval.model import Case

RULE = "settle.rental"


def verdict(outcome: str = "eligible", **changes: Any) -> dict[str, Any]:
    return {
        "rule_id": RULE,
        "title": "租赁落户",
        "outcome": outcome,
        "as_of": "2025-01-01",
    } | changes


def question(fact: str) -> dict[str, Any]:
    return {"fact": fact, "text": "？", "type": "boolean"}


def answer(kind: str = "verdict", **changes: Any) -> Answer:
    plain: dict[str, Any] = {
        "answer_id": "a",
        "conversation_id": "c-1",
        "kind": kind,
        "text": "可以",
        "as_of": date(2025, 1, 1),
        "jurisdiction": "嘉兴市",
    }
    return Answer.model_validate(plain | changes)


def case(*expects: dict[str, Any], case_id: str = "x-1", split: str = "dev") -> Case:
    return Case.model_validate(
        {
            "id": case_id,
            "turns": [
                {"question": f"第{number}问", "expect": expect}
                for number, expect in enumerate(expects, start=1)
            ],
            "tags": ["settlement"],
            "why": "依据原文",
            "split": split,
        }
    )
