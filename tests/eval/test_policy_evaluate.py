"""Scoring of replies: rates over judgements, and the table that shows them."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from assistant.errors import IndexUnavailableError
from assistant.schemas import Answer, AskRequest
from eval.model import Case
from eval.policy.evaluate import as_json, run_case, show, summarize
from eval.policy.judge import Judgement, SourceReader


def case(case_id: str, kind: str, turns: int = 1) -> Case:
    turn = {"question": f"{case_id}？", "expect": {"kind": kind}}
    return Case.model_validate(
        {
            "id": case_id,
            "turns": [turn] * turns,
            "tags": ["fire"],
            "why": "依据原文",
            "split": "dev",
        }
    )


def reply(kind: str) -> Answer:
    raw: dict[str, Any] = {
        "answer_id": "a",
        "conversation_id": "c-1",
        "kind": kind,
        "text": "答复",
        "as_of": date(2025, 1, 1),
        "jurisdiction": "嘉兴市",
    }
    return Answer.model_validate(raw)


def judgements(*pairs: tuple[str, str]) -> list[Judgement]:
    reader = SourceReader(Path("corpus"))
    found: list[Judgement] = []
    for number, (wanted, given) in enumerate(pairs):
        answer = reply(given)

        def ask(_: AskRequest, answer: Answer = answer) -> Answer:
            return answer

        found += run_case(case(f"x-{number}", wanted), ask, reader)
    return found


def test_refusals_are_counted_both_ways() -> None:
    rates = summarize(
        judgements(
            ("refuse", "refuse"), ("refuse", "answer"), ("answer", "refuse"), ("chat", "chat")
        )
    )
    assert rates["kind"] == pytest.approx(0.5)
    assert rates["refusal_precision"] == pytest.approx(0.5)
    assert rates["refusal_recall"] == pytest.approx(0.5)
    assert rates["wrong_refusal_rate"] == pytest.approx(1.0)


def test_what_cannot_be_judged_has_no_rate() -> None:
    assert summarize(judgements(("chat", "chat")))["clause"] is None


def test_turns_of_a_case_share_a_conversation() -> None:
    asked: list[str | None] = []

    def ask(request: AskRequest) -> Answer:
        asked.append(request.conversation_id)
        return reply("chat")

    list(run_case(case("x", "chat", turns=2), ask, SourceReader(Path("corpus"))))
    assert asked == [None, "c-1"]


def test_an_error_of_the_product_is_a_failure_not_a_crash() -> None:
    def ask(_: AskRequest) -> Answer:
        raise IndexUnavailableError("索引不可用")

    (found,) = run_case(case("x", "chat"), ask, SourceReader(Path("corpus")))
    assert found.problems == ("没有得到答复：索引不可用",)


def test_every_failure_is_readable() -> None:
    page = StringIO()
    show(judgements(("answer", "refuse"), ("chat", "chat")), Console(file=page, width=140))
    text = page.getvalue()
    assert "x-0（dev）x-0？" in text
    assert "应为 answer，实为 refuse" in text
    assert "x-1（dev）" not in text


def test_the_json_report_holds_every_case() -> None:
    report = as_json(judgements(("answer", "refuse"), ("chat", "chat")))
    assert [item["passed"] for item in report["cases"]] == [False, True]
    assert report["by_tag"].keys() == {"fire"}
