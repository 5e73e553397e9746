"""One turn of a conversation against its expectation: verdicts, questions asked, refusals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assistant.schemas import Answer, Verdict
from eval.model import Case, Expectation, Turn, squeeze
from eval.policy import judge as policy
from eval.policy.judge import Judgement, SourceReader

SAME_FACT = {
    "permit.valid": "permit.valid_until",
    "permit.held": "permit.issued_in",
    "edu.years_since_graduation": "edu.graduated_on",
    "employer.founded_this_year": "employer.founded_on",
    "staff.on_establishment": "staff.kind",
}
"""Facts that settle the same thing; asking for either will do. Durations come from the dictionary."""

CENT = 0.005


@dataclass(frozen=True, slots=True)
class TurnJudgement:
    """How one turn came out; a check that does not apply is None."""

    base: Judgement  # kind, reason, clauses, phrases, notices, validity, quotes
    outcomes: dict[str, bool]  # rule id -> whether its outcome is the expected one
    wrong_eligible: tuple[str, ...]  # rules said to be met that are not: always a defect
    details: bool | None  # amount, earliest day, who may move along
    asked: dict[str, bool]  # fact that must be asked for -> whether it is
    says: bool | None
    problems: tuple[str, ...]

    @property
    def case(self) -> Case:
        """The case that the turn is of."""
        return self.base.case

    @property
    def turn(self) -> Turn:
        """The turn judged."""
        return self.base.turn

    @property
    def answer(self) -> Answer | None:
        """The reply, None where none came."""
        return self.base.answer

    @property
    def passed(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems


def judge(
    case: Case, turn: Turn, answer: Answer, reader: SourceReader, same: Mapping[str, str]
) -> TurnJudgement:
    """Compare a reply with what its turn expects; `same` names one fact for all its likes."""
    base = policy.judge(case, turn, answer, reader)
    problems = list(base.problems)
    outcomes = _outcomes(turn.expect, answer, problems)
    wrong = _wrong_eligible(turn.expect, answer, problems)
    details = _details(turn.expect, answer, problems)
    asked = _asked(turn.expect, answer, same, problems)
    says = _says(turn.expect, answer, problems)
    return TurnJudgement(base, outcomes, wrong, details, asked, says, tuple(problems))


def failed(case: Case, turn: Turn, why: str) -> TurnJudgement:
    """A turn to which no reply came."""
    base = policy.failed(case, turn, why)
    expect = turn.expect
    return TurnJudgement(
        base,
        outcomes=dict.fromkeys(expect.outcomes, False),
        wrong_eligible=(),
        details=False if _has_details(expect) else None,
        asked=dict.fromkeys(expect.missing, False),
        says=False if expect.says else None,
        problems=base.problems,
    )


def _outcomes(expect: Expectation, answer: Answer, problems: list[str]) -> dict[str, bool]:
    right = {}
    for rule_id, wanted in expect.outcomes.items():
        found = {v.outcome for v in answer.verdicts if v.rule_id == rule_id}
        if wanted == "undetermined":
            right[rule_id] = found <= {"undetermined"}
        else:
            # One sentence may hold several people: the one asked about must be judged right.
            right[rule_id] = wanted in found
        if not right[rule_id]:
            shown = "、".join(sorted(found)) or "没有裁决"
            problems.append(f"{rule_id} 应为 {wanted}，实为 {shown}")
    return right


def _wrong_eligible(expect: Expectation, answer: Answer, problems: list[str]) -> tuple[str, ...]:
    met = {rule for rule, outcome in expect.outcomes.items() if outcome == "eligible"}
    met |= set(expect.also_eligible)
    wrong = tuple(
        v.rule_id for v in answer.verdicts if v.outcome == "eligible" and v.rule_id not in met
    )
    problems += [f"误判符合：{rule_id}" for rule_id in wrong]
    return wrong


def _has_details(expect: Expectation) -> bool:
    return expect.amount is not None or bool(expect.earliest) or bool(expect.covers)


def _details(expect: Expectation, answer: Answer, problems: list[str]) -> bool | None:
    if not _has_details(expect):
        return None
    found: list[str] = []
    for rule_id, day in expect.earliest.items():
        days = {v.earliest_date for v in _of(rule_id, answer)}
        if days != {day}:
            found.append(f"{rule_id} 最早日期应为 {day}，实为 {_shown(days)}")
    for rule_id, covers in expect.covers.items():
        groups = {frozenset(v.covers or ()) for v in _of(rule_id, answer)}
        if frozenset(covers) not in groups:
            given = "；".join("、".join(sorted(group)) or "仅本人" for group in groups)
            found.append(
                f"{rule_id} 随迁应为 {'、'.join(covers) or '仅本人'}，实为 {given or '没有裁决'}"
            )
    if expect.amount is not None:
        amounts = {
            v.amount.value if v.amount else None
            for rule_id, outcome in expect.outcomes.items()
            if outcome == "eligible"
            for v in _of(rule_id, answer)
        }
        if not amounts or not all(_equal(value, expect.amount) for value in amounts):
            found.append(f"金额应为 {expect.amount:g}，实为 {_shown(amounts)}")
    problems += found
    return not found


def _of(rule_id: str, answer: Answer) -> list[Verdict]:
    return [v for v in answer.verdicts if v.rule_id == rule_id]


def _equal(value: float | None, wanted: float) -> bool:
    return value is not None and abs(value - wanted) < CENT


def _shown(values: Collection[object]) -> str:
    return "、".join(sorted(str(value) for value in values)) or "没有裁决"


def _asked(
    expect: Expectation, answer: Answer, same: Mapping[str, str], problems: list[str]
) -> dict[str, bool]:
    """Which facts are asked for, or named as still missing; one of them must be a question."""
    if not expect.missing:
        return {}
    questions = {_one(question.fact, same) for question in answer.questions}
    named = questions | {_one(fact, same) for v in answer.verdicts for fact in v.missing_facts}
    asked = {fact: _one(fact, same) in named for fact in expect.missing}
    problems += [f"没有追问 {fact}" for fact, found in asked.items() if not found]
    if all(asked.values()) and not questions & {_one(fact, same) for fact in expect.missing}:
        problems.append(f"缺的事实没有作为问题提出：{'、'.join(expect.missing)}")
    return asked


def _one(fact: str, same: Mapping[str, str]) -> str:
    fact = same.get(fact, fact)
    return SAME_FACT.get(fact, fact)


def _says(expect: Expectation, answer: Answer, problems: list[str]) -> bool | None:
    if not expect.says:
        return None
    text = squeeze(answer.text)
    absent = [word for word in expect.says if squeeze(word) not in text]
    problems += [f"答复里没有「{word}」" for word in absent]
    return not absent
