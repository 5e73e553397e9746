"""Figures over judged turns, under their published names."""

from collections.abc import Iterable, Sequence

from eval.conversation.judge import TurnJudgement

Figures = dict[str, float | int | None]


def summarize(judgements: Sequence[TurnJudgement]) -> Figures:
    """Counts and rates; None where nothing was there to judge."""
    conversations: dict[str, bool] = {}
    for j in judgements:
        conversations[j.case.id] = conversations.get(j.case.id, True) and j.passed
    decided = [
        right
        for j in judgements
        for rule_id, right in j.outcomes.items()
        if j.turn.expect.outcomes[rule_id] != "undetermined"
    ]
    asked = [found for j in judgements for found in j.asked.values()]
    quotes = sum(j.base.quotes for j in judgements)
    return {
        "turns": len(judgements),
        "conversations": len(conversations),
        "turn_accuracy": rate(j.passed for j in judgements),
        "conversation_accuracy": rate(conversations.values()),
        "kind_accuracy": rate(j.base.kind for j in judgements if j.turn.expect.kinds),
        "outcome_accuracy": rate(decided),
        "outcomes": len(decided),
        "wrong_eligible": sum(len(j.wrong_eligible) for j in judgements),
        "details_accuracy": rate(j.details for j in judgements if j.details is not None),
        "missing_fact_recall": rate(asked),
        **_clarify(judgements),
        **_refusals(judgements),
        "notices": rate(j.base.notices for j in judgements if j.base.notices is not None),
        "clause": rate(j.base.clause for j in judgements if j.base.clause is not None),
        "wrong_version_rate": rate(not j.base.version for j in judgements if j.answer),
        "quote_fidelity": sum(j.base.faithful for j in judgements) / quotes if quotes else None,
    }


def _clarify(judgements: Sequence[TurnJudgement]) -> Figures:
    """Precision over what was asked back, recall over what must be."""
    given = [j for j in judgements if _kind(j) == "clarify" and j.turn.expect.kinds]
    wanted = [j for j in judgements if j.turn.expect.kinds == {"clarify"}]
    return {
        "clarify_precision": rate("clarify" in j.turn.expect.kinds for j in given),
        "clarify_recall": rate(_kind(j) == "clarify" for j in wanted),
    }


def _refusals(judgements: Sequence[TurnJudgement]) -> Figures:
    given = [j for j in judgements if _kind(j) == "refuse"]
    wanted = [j for j in judgements if j.turn.expect.kinds == {"refuse"}]
    others = [j for j in judgements if "refuse" not in j.turn.expect.kinds]
    reasons = [j.base.reason for j in wanted if j.base.reason is not None]
    return {
        "refusal_precision": rate("refuse" in j.turn.expect.kinds for j in given),
        "refusal_recall": rate(_kind(j) == "refuse" for j in wanted),
        "reason_accuracy": rate(reasons),
        "wrong_refusals": sum(_kind(j) == "refuse" for j in others),
        "wrong_refusal_rate": rate(_kind(j) == "refuse" for j in others),
    }


def _kind(judgement: TurnJudgement) -> str | None:
    return judgement.answer.kind if judgement.answer else None


def rate(values: Iterable[bool | None]) -> float | None:
    """Share of true values; None for none at all."""
    listed = list(values)
    return sum(map(bool, listed)) / len(listed) if listed else None
