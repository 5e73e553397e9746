"""Verdicts, amounts, and the facts asked for, against what the turn expects."""

from collections.abc import Collection, Mapping

from assistant.schemas import Verdict
from eval.judging.model import Exchange, Judged, one, share

SAME_FACT = {
    "permit.valid": "permit.valid_until",
    "permit.held": "permit.issued_in",
    "edu.years_since_graduation": "edu.graduated_on",
    "employer.founded_this_year": "employer.founded_on",
    "staff.on_establishment": "staff.kind",
}
"""Facts that settle the same thing; asking for either will do. Durations come from the dictionary."""

CENT = 0.005


def judge_outcomes(exchange: Exchange) -> Judged:
    """Each rule has the outcome expected; `undetermined` asks only that nothing is decided."""
    problems: list[str] = []
    decided: list[bool] = []
    for rule_id, wanted in exchange.expect.outcomes.items():
        found = {v.outcome for v in _of(rule_id, exchange)}
        if wanted == "undetermined":
            right = exchange.answer is not None and found <= {"undetermined"}
        else:
            # One sentence may hold several people: the one asked about must be judged right.
            right = wanted in found
            decided.append(right)
        if not right:
            shown = "、".join(sorted(found)) or "没有裁决"
            problems.append(f"{rule_id} 应为 {wanted}，实为 {shown}")
    return Judged({"verdict_accuracy": share(sum(decided), len(decided))}, tuple(problems))


def judge_eligible(exchange: Exchange) -> Judged:
    """Nobody is told that they meet a rule which they do not: always a defect.

    Where a plain answer from the text was expected, nothing is said of whether the person meets a
    rule: an `eligible` there is unasked for, which is another fault.
    """
    expect = exchange.expect
    met = {rule for rule, outcome in expect.outcomes.items() if outcome == "eligible"}
    met |= set(expect.also_eligible)
    found = [v.rule_id for v in exchange.verdicts if v.outcome == "eligible"]
    wrong = [rule_id for rule_id in found if rule_id not in met]
    asked = bool(expect.outcomes) or "answer" not in expect.kinds
    name, words = (
        ("wrong_eligible", "误判符合") if asked else ("unasked_eligible", "没有问资格却判了符合")
    )
    return Judged({name: share(len(wrong), 1)}, tuple(f"{words}：{rule}" for rule in wrong))


def judge_details(exchange: Exchange) -> Judged:
    """The amount, the earliest day, and who may move along."""
    expect = exchange.expect
    if expect.amount is None and not expect.earliest and not expect.covers:
        return Judged()
    found: list[str] = []
    for rule_id, day in expect.earliest.items():
        days = {v.earliest_date for v in _of(rule_id, exchange)}
        if days != {day}:
            found.append(f"{rule_id} 最早日期应为 {day}，实为 {_shown(days)}")
    for rule_id, covers in expect.covers.items():
        groups = {frozenset(v.covers or ()) for v in _of(rule_id, exchange)}
        if frozenset(covers) not in groups:
            given = "；".join("、".join(sorted(group)) or "仅本人" for group in groups)
            wanted = "、".join(covers) or "仅本人"
            found.append(f"{rule_id} 随迁应为 {wanted}，实为 {given or '没有裁决'}")
    if expect.amount is not None:
        amounts = {
            v.amount.value if v.amount else None
            for rule_id, outcome in expect.outcomes.items()
            if outcome == "eligible"
            for v in _of(rule_id, exchange)
        }
        if not amounts or not all(_equal(value, expect.amount) for value in amounts):
            found.append(f"金额应为 {expect.amount:g}，实为 {_shown(amounts)}")
    return Judged({"details_accuracy": one(not found)}, tuple(found))


def judge_missing(exchange: Exchange) -> Judged:
    """Each fact is asked for, or named as still missing; one of them must be a question."""
    wanted, same = exchange.expect.missing, exchange.same_fact
    asked = exchange.answer.questions if exchange.answer else []
    questions = {_one(question.fact, same) for question in asked}
    named = questions | {_one(fact, same) for v in exchange.verdicts for fact in v.missing_facts}
    absent = [fact for fact in wanted if _one(fact, same) not in named]
    problems = [f"没有追问 {fact}" for fact in absent]
    if wanted and not absent and not questions & {_one(fact, same) for fact in wanted}:
        problems.append(f"缺的事实没有作为问题提出：{'、'.join(wanted)}")
    scores = {"missing_fact_recall": share(len(wanted) - len(absent), len(wanted))}
    return Judged(scores, tuple(problems))


def _of(rule_id: str, exchange: Exchange) -> list[Verdict]:
    return [v for v in exchange.verdicts if v.rule_id == rule_id]


def _equal(value: float | None, wanted: float) -> bool:
    return value is not None and abs(value - wanted) < CENT


def _shown(values: Collection[object]) -> str:
    return "、".join(sorted(str(value) for value in values)) or "没有裁决"


def _one(fact: str, same: Mapping[str, str]) -> str:
    fact = same.get(fact, fact)
    return SAME_FACT.get(fact, fact)
