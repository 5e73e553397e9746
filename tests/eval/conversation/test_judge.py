"""The judge of turns: each check on a reply made by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.schemas import Answer
from eval.conversation.judge import TurnJudgement, failed, judge
from eval.policy.judge import SourceReader
from tests.eval.conversation.builders import RULE, answer, case, question, verdict

SAME = {"reg.months": "reg.start"}


def judged(reply: Answer, **expect: Any) -> TurnJudgement:
    expected = case(expect)
    return judge(expected, expected.turns[0], reply, SourceReader(Path("corpus")), SAME)


def test_a_right_verdict_passes() -> None:
    reply = answer(verdicts=[verdict(covers=["配偶"])])
    found = judged(reply, kind="verdict", outcomes={RULE: "eligible"}, covers={RULE: ["配偶"]})
    assert found.passed
    assert found.outcomes == {RULE: True}


@pytest.mark.parametrize(
    ("given", "wanted", "right"),
    [
        pytest.param(["ineligible"], "ineligible", True, id="as_expected"),
        pytest.param(["ineligible"], "rule_uncertain", False, id="collapsed"),
        pytest.param([], "ineligible", False, id="no_verdict"),
        pytest.param([], "undetermined", True, id="nothing_decided"),
        pytest.param(["undetermined"], "undetermined", True, id="said_to_be_open"),
        pytest.param(["ineligible"], "undetermined", False, id="decided_too_early"),
        pytest.param(["ineligible", "eligible"], "eligible", True, id="two_people"),
    ],
)
def test_outcomes_are_compared_by_rule(given: list[str], wanted: str, right: bool) -> None:
    reply = answer(verdicts=[verdict(outcome) for outcome in given])
    assert judged(reply, outcomes={RULE: wanted}).outcomes == {RULE: right}


@pytest.mark.parametrize(
    ("expect", "wrong"),
    [
        pytest.param({"outcomes": {RULE: "eligible"}}, (), id="expected"),
        pytest.param({"also_eligible": [RULE]}, (), id="met_though_not_asked"),
        pytest.param({"outcomes": {RULE: "ineligible"}}, (RULE,), id="against_expectation"),
        pytest.param({"outcomes": {RULE: "undetermined"}}, (RULE,), id="facts_missing"),
        pytest.param({"kind": "refuse"}, (RULE,), id="should_be_refused"),
    ],
)
def test_a_wrong_eligible_is_never_missed(expect: dict[str, Any], wrong: tuple[str, ...]) -> None:
    assert judged(answer(verdicts=[verdict()]), **expect).wrong_eligible == wrong


@pytest.mark.parametrize(
    ("changes", "expect", "problem"),
    [
        pytest.param({"earliest_date": "2025-02-01"}, {"earliest": {RULE: None}}, "最早", id="day"),
        pytest.param({"covers": []}, {"covers": {RULE: ["父母"]}}, "随迁", id="covers"),
        pytest.param({}, {"amount": 120}, "金额", id="no_amount"),
        pytest.param(
            {"amount": {"value": 80, "unit": "元/月", "formula": ""}},
            {"amount": 120},
            "金额",
            id="amount",
        ),
    ],
)
def test_details_are_judged(changes: dict[str, Any], expect: dict[str, Any], problem: str) -> None:
    reply = answer(verdicts=[verdict(**changes)])
    found = judged(reply, outcomes={RULE: "eligible"}, **expect)
    assert found.details is False
    assert any(problem in text for text in found.problems)


def test_right_details_pass() -> None:
    amount = {"value": 120, "unit": "元/月", "formula": ""}
    reply = answer(verdicts=[verdict(amount=amount, earliest_date="2025-01-01", covers=["配偶"])])
    found = judged(
        reply,
        outcomes={RULE: "eligible"},
        amount=120,
        earliest={RULE: date(2025, 1, 1)},
        covers={RULE: ["配偶"]},
    )
    assert found.passed


def test_a_duration_and_its_first_day_are_one_fact_to_ask_for() -> None:
    reply = answer("clarify", questions=[question("reg.months")])
    assert judged(reply, missing=["reg.start"]).asked == {"reg.start": True}


def test_facts_named_as_missing_count_but_one_must_be_a_question() -> None:
    undetermined = verdict("undetermined", missing_facts=["reg.start", "edu"])
    reply = answer("clarify", verdicts=[undetermined], questions=[question("marital")])
    found = judged(reply, missing=["reg.start"])
    assert found.asked == {"reg.start": True}
    assert any("没有作为问题提出" in text for text in found.problems)


def test_a_missing_fact_that_nobody_asks_for_is_a_problem() -> None:
    found = judged(answer("clarify"), missing=["reg.start"])
    assert found.asked == {"reg.start": False}
    assert "没有追问 reg.start" in found.problems


def test_equally_right_kinds_are_accepted() -> None:
    assert judged(answer("clarify"), kind="verdict", or_kinds=["clarify"]).passed
    assert not judged(answer("chat"), kind="verdict", or_kinds=["clarify"]).passed


def test_words_that_must_be_said_are_looked_for_without_white_space() -> None:
    assert judged(answer(text="11 个月"), says=["11个月"]).says
    assert judged(answer(), says=["金华"]).says is False


def test_no_reply_fails_every_check_that_applies() -> None:
    expected = case({"outcomes": {RULE: "eligible"}, "missing": ["reg.start"], "amount": 1})
    found = failed(expected, expected.turns[0], "超时")
    assert (found.outcomes, found.asked, found.details, found.says) == (
        {RULE: False},
        {"reg.start": False},
        False,
        None,
    )
    assert not found.passed
