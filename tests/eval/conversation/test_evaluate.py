"""Scoring of conversations: figures over turns, and a page that keeps what is held out."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from assistant.errors import IndexUnavailableError
from assistant.schemas import Answer, AskRequest
from eval.conversation.evaluate import as_json, run, run_case, same_facts, show
from eval.conversation.figures import summarize
from eval.conversation.judge import TurnJudgement
from eval.model import Case
from eval.policy.judge import SourceReader
from tests.eval.conversation.builders import RULE, answer, case, question, verdict

READER = SourceReader(Path("corpus"))


def judged(expected: Case, *replies: Answer) -> list[TurnJudgement]:
    queue = list(replies)
    return list(run_case(expected, lambda _: queue.pop(0), READER, {}))


def all_of(*pairs: tuple[dict[str, Any], Answer]) -> list[TurnJudgement]:
    return [
        found
        for number, (expect, reply) in enumerate(pairs)
        for found in judged(case(expect, case_id=f"x-{number}"), reply)
    ]


def test_clarify_and_refusal_are_counted_both_ways() -> None:
    figures = summarize(
        all_of(
            ({"kind": "clarify"}, answer("clarify")),
            ({"kind": "clarify"}, answer("verdict")),
            ({"kind": "verdict"}, answer("clarify")),
            ({"kind": "refuse"}, answer("refuse", reason="no_source")),
            ({"kind": "verdict", "or_kinds": ["clarify"]}, answer("clarify")),
            ({"kind": "answer"}, answer("refuse", reason="no_source")),
        )
    )
    assert figures["clarify_recall"] == pytest.approx(1 / 2)
    assert figures["clarify_precision"] == pytest.approx(2 / 3)
    assert figures["refusal_precision"] == pytest.approx(1 / 2)
    assert figures["refusal_recall"] == pytest.approx(1)
    assert figures["wrong_refusals"] == 1


def test_wrong_eligible_is_a_count_and_outcomes_leave_the_undecided_out() -> None:
    figures = summarize(
        all_of(
            ({"outcomes": {RULE: "eligible"}}, answer(verdicts=[verdict()])),
            ({"outcomes": {RULE: "ineligible"}}, answer(verdicts=[verdict()])),
            ({"outcomes": {RULE: "undetermined"}}, answer("clarify")),
        )
    )
    assert (figures["wrong_eligible"], figures["outcomes"]) == (1, 2)
    assert figures["outcome_accuracy"] == pytest.approx(1 / 2)


def test_missing_facts_are_recalled_one_by_one() -> None:
    reply = answer("clarify", questions=[question("edu")])
    figures = summarize(all_of(({"missing": ["edu", "marital"]}, reply)))
    assert figures["missing_fact_recall"] == pytest.approx(1 / 2)


def test_a_conversation_is_right_only_when_all_its_turns_are() -> None:
    two = case({"kind": "chat"}, {"kind": "chat"})
    figures = summarize(judged(two, answer("chat"), answer("verdict")))
    assert figures["turn_accuracy"] == pytest.approx(1 / 2)
    assert figures["conversation_accuracy"] == 0


def test_turns_share_a_conversation() -> None:
    asked: list[str | None] = []

    def ask(request: AskRequest) -> Answer:
        asked.append(request.conversation_id)
        return answer("chat")

    list(run_case(case({}, {}, {}), ask, READER, {}))
    assert asked == [None, "c-1", "c-1"]


@pytest.mark.parametrize(
    "error", [IndexUnavailableError("索引不可用"), ZeroDivisionError("division by zero")]
)
def test_after_an_error_the_rest_of_the_conversation_has_failed(error: Exception) -> None:
    def ask(_: AskRequest) -> Answer:
        raise error

    found = list(run_case(case({"kind": "chat"}, {"kind": "chat"}), ask, READER, {}))
    assert [j.passed for j in found] == [False, False]
    assert all("没有得到答复" in j.problems[0] for j in found)


def failures() -> dict[str, Sequence[TurnJudgement]]:
    dev = case({"kind": "chat"}, {"kind": "refuse"}, case_id="x-dev")
    held = case({"kind": "refuse"}, case_id="x-held", split="test")
    return {
        "dialogues": [*judged(dev, answer("chat"), answer("chat"))],
        "refusals": [*judged(held, answer("chat"))],
    }


def page(*, show_held_out: bool) -> str:
    text = StringIO()
    show(failures(), Console(file=text, width=200), show_held_out=show_held_out)
    return text.getvalue()


def test_every_failure_of_dev_is_readable() -> None:
    text = page(show_held_out=False)
    assert "✗ x-dev（dev）第 2 轮 第2问" in text
    assert "前 1：第1问" in text
    assert "应为 refuse，实为 chat" in text


def test_failures_held_out_are_only_counted_unless_asked_for() -> None:
    assert "x-held" not in page(show_held_out=False)
    assert "另有 1 轮没有通过" in page(show_held_out=False)
    assert "x-held" in page(show_held_out=True)


def test_the_json_report_keeps_back_what_is_held_out() -> None:
    report = as_json(failures())
    assert [turn["id"] for turn in report["turns"]] == ["x-dev", "x-dev"]
    assert report["by_set"]["refusals"]["test"]["turns"] == 1
    assert json.dumps(report, ensure_ascii=False)


def test_sets_are_run_one_after_another() -> None:
    found = run({"dialogues": [case({})], "missing": [case({})]}, lambda _: answer(), READER, {})
    assert {name: len(group) for name, group in found.items()} == {"dialogues": 1, "missing": 1}


def test_a_duration_shares_its_name_with_its_first_day() -> None:
    assert same_facts(Path("corpus"))["reg.months"] == "reg.start"
