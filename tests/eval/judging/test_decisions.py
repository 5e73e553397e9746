"""The judge of turns: each check on a reply made by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.schemas import Answer
from eval.judging import Exchange, Judged, Published, judge_turn
from tests.eval.builders import RULE, answer, case, question, verdict

SAME = {"reg.months": "reg.start"}


def judged(reply: Answer | None, **expect: Any) -> Judged:
    return judge_turn(Exchange(case(expect).turns[0], reply, Published(Path("corpus")), SAME))


def wrong_rules(found: Judged) -> tuple[str, ...]:
    return tuple(p.removeprefix("误判符合：") for p in found.problems if p.startswith("误判符合："))


def test_a_right_verdict_passes() -> None:
    reply = answer(verdicts=[verdict(covers=["配偶"])])
    found = judged(reply, kind="verdict", outcomes={RULE: "eligible"}, covers={RULE: ["配偶"]})
    assert found.problems == ()
    assert found.scores["verdict_accuracy"] == (1, 1)


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
    problems = judged(reply, outcomes={RULE: wanted}).problems
    assert any(f"{RULE} 应为 {wanted}" in text for text in problems) is not right


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
    found = judged(answer(verdicts=[verdict()]), **expect)
    assert wrong_rules(found) == wrong
    assert found.scores["wrong_eligible"] == (len(wrong), 1)


def test_an_eligible_where_the_text_was_asked_for_is_unasked_not_wrong() -> None:
    found = judged(answer(verdicts=[verdict()]), kind="answer")
    assert found.scores["unasked_eligible"] == (1, 1)
    assert "wrong_eligible" not in found.scores
    assert f"没有问资格却判了符合：{RULE}" in found.problems


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
    assert found.scores["details_accuracy"] == (0, 1)
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
    assert found.problems == ()


def test_a_duration_and_its_first_day_are_one_fact_to_ask_for() -> None:
    reply = answer("clarify", questions=[question("reg.months")])
    assert judged(reply, missing=["reg.start"]).scores["missing_fact_recall"] == (1, 1)


def test_facts_named_as_missing_count_but_one_must_be_a_question() -> None:
    undetermined = verdict("undetermined", missing_facts=["reg.start", "edu"])
    reply = answer("clarify", verdicts=[undetermined], questions=[question("marital")])
    found = judged(reply, missing=["reg.start"])
    assert found.scores["missing_fact_recall"] == (1, 1)
    assert any("没有作为问题提出" in text for text in found.problems)


def test_a_missing_fact_that_nobody_asks_for_is_a_problem() -> None:
    found = judged(answer("clarify"), missing=["reg.start"])
    assert found.scores["missing_fact_recall"] == (0, 1)
    assert "没有追问 reg.start" in found.problems


def test_equally_right_kinds_are_accepted() -> None:
    assert judged(answer("clarify"), kind="verdict", or_kinds=["clarify"]).problems == ()
    assert judged(answer("chat"), kind="verdict", or_kinds=["clarify"]).problems != ()


def test_words_that_must_be_said_are_looked_for_without_white_space() -> None:
    assert judged(answer(text="11 个月"), says=["11个月"]).problems == ()
    assert judged(answer(), says=["金华"]).scores["says_recall"] == (0, 1)


def test_no_reply_fails_every_check_that_applies() -> None:
    found = judged(
        None, kind="clarify", outcomes={RULE: "undetermined"}, missing=["reg.start"], says=["甲"]
    )
    right = {name: score[0] for name, score in found.scores.items()}
    assert right == {
        "kind_accuracy": 0,
        "clarify_recall": 0,
        "wrong_refusal_rate": 0,
        "wrong_eligible": 0,
        "missing_fact_recall": 0,
        "says_recall": 0,
    }
    assert len(found.problems) == 4
