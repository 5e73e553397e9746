"""The ways to meet a version: how each comes out, which are shown, and who may move along."""

from datetime import date
from typing import NamedTuple

from assistant.rules.evaluation import alternative_reading
from assistant.rules.logic import DOUBTFUL, MET, UNMET, Reading, both, capped, doubted, status
from assistant.rules.model import ConditionResult, Facts, MaterialResult, Member, Outcome, TraceNode
from assistant.rules.rule import Alternative, Doubt, Version
from assistant.rules.trace import (
    actual_text,
    alternative_node,
    condition_node,
    doubt_node,
    side_node,
)

_CONDITION_WORD = {"met": "met", "unmet": "unmet", "uncertain": "unknown", "unknown": "unknown"}
_MATERIAL_WORD = {"met": "have", "unmet": "lack", "uncertain": "unknown", "unknown": "unknown"}


class Judged(NamedTuple):
    """One alternative with all that was found about it."""

    alternative: Alternative
    reading: Reading
    conditions: list[ConditionResult]
    materials: list[MaterialResult]
    doubts: list[Doubt]  # those that apply
    node: TraceNode


def judge_alternative(alternative: Alternative, facts: Facts, day: date) -> Judged:
    """One way to meet a version, read for these facts on this day."""
    reading = MET
    rows, nodes, materials, applied = [], [], [], []
    for condition in alternative.conditions:
        one = condition.test.read(facts, day)
        whens = [d.when.read(facts, day) for d in condition.doubts]
        for doubt, when in zip(condition.doubts, whens, strict=True):
            one = doubted(one, when)
            if when is MET:
                applied.append(doubt)
        reading = both(reading, one)
        node = condition_node(condition, one, whens, facts, day)
        nodes.append(node)
        row = ConditionResult(
            condition.id,
            condition.label,
            _CONDITION_WORD[node.value],
            condition.required.on(day),
            actual_text(condition.leaves, facts, day),
            condition.cite,
            condition.mend,
        )
        rows.append(row)
    for material in alternative.materials:
        have = material.test.read(facts, day)
        if have is UNMET:
            reading = UNMET
        nodes.append(side_node(material, have, facts))
        word = _MATERIAL_WORD[status(have)]
        materials.append(MaterialResult(material.id, material.name, word, material.cite))
    for doubt in alternative.doubts:
        when = doubt.when.read(facts, day)
        reading = both(reading, capped(when))
        nodes.append(doubt_node(doubt, when, facts))
        if when is MET:
            applied.append(doubt)
    trace = alternative_node(alternative, reading, tuple(nodes))
    return Judged(alternative, reading, rows, materials, applied, trace)


def shown_of(judged: list[Judged], outcome: Outcome) -> list[Judged]:
    """The alternatives whose conditions the verdict lists: the one that decides, else all.

    Who wants to leave a scheme is not told that they do not join it.
    """
    wanted = {Outcome.ELIGIBLE: MET, Outcome.RULE_UNCERTAIN: DOUBTFUL}.get(outcome)
    if wanted is None:
        return [one for one in judged if not _is_of_another_errand(one)] or judged
    deciding = [one for one in judged if one.reading is wanted]
    return (deciding or [one for one in judged if one.reading.hoped >= wanted.low] or judged)[:1]


_ERRAND = "apply.action"


def _is_of_another_errand(one: Judged) -> bool:
    """Whether an alternative is for something else than what is applied for."""
    told = zip(one.alternative.conditions, one.conditions, strict=True)
    return any(
        row.status == "unmet" and {leaf.fact.name for leaf in condition.leaves} == {_ERRAND}
        for condition, row in told
    )


def best_of(
    judged: list[Judged], outcome: Outcome, facts: Facts, day: date | None
) -> Judged | None:
    """The alternative that is met, or that could be, now or on the earliest day."""
    if outcome is Outcome.NOT_APPLICABLE:
        return None
    if outcome is Outcome.INELIGIBLE:
        return next((o for o in judged if day and _hoped_on(o.alternative, facts, day)), None)
    if outcome is not Outcome.UNDETERMINED:
        return shown_of(judged, outcome)[0]
    top = max(one.reading.hoped for one in judged)
    return next(one for one in judged if one.reading.hoped == top)


def _hoped_on(alternative: Alternative, facts: Facts, day: date) -> bool:
    return alternative_reading(alternative, facts, day).hoped == 2


def covers_of(version: Version, best: Judged | None, facts: Facts) -> tuple[str, ...] | None:
    """Who may move along by the best alternative, known relatives who cannot left out."""
    if best is None:
        moves = any(a.covers is not None for a in version.alternatives)
        return () if moves else None
    covers = best.alternative.covers
    family = facts.get("family")
    if not covers or not isinstance(family, tuple):
        return covers
    return tuple(who for who in covers if _may_move(who, family, best.alternative.cohabiting))


def _may_move(who: str, family: tuple[Member, ...], cohabiting: bool) -> bool:
    relation = "子女" if who == "未成年子女" else who
    named = [m for m in family if m.relation == relation]
    return not named or any(
        not (cohabiting and m.cohabiting is False) and not (who != relation and m.minor is False)
        for m in named
    )
