"""One pure function from a rule, facts, a day and a place to a verdict."""

from datetime import date
from typing import NamedTuple

from assistant.clauses.jurisdictions import Place, binds_at
from assistant.rules.conditions import presumed
from assistant.rules.evaluation import (
    Settled,
    alternative_reading,
    condition_reading,
    earliest,
    settle_amount,
    version_reading,
)
from assistant.rules.logic import DOUBTFUL, MET, UNMET, Reading, both, capped, either, status
from assistant.rules.model import (
    AmountResult,
    Cite,
    ConditionResult,
    DoubtNote,
    Facts,
    FactValue,
    MaterialResult,
    Member,
    Outcome,
    PremiseNote,
    RuleNotice,
    TraceNode,
    Verdict,
)
from assistant.rules.pending import missing_facts
from assistant.rules.rule import (
    Alternative,
    Doubt,
    Premise,
    Rule,
    Suspension,
    Version,
    figure,
)
from assistant.rules.trace import (
    actual_text,
    alternative_node,
    condition_node,
    doubt_node,
    side_node,
    value_text,
)

_CONDITION_WORD = {"met": "met", "unmet": "unmet", "uncertain": "unknown", "unknown": "unknown"}
_MATERIAL_WORD = {"met": "have", "unmet": "lack", "uncertain": "unknown", "unknown": "unknown"}
AREA = "place.area"
"""The fact under which the county or district of the place is read."""


class _Judged(NamedTuple):
    """One alternative with all that was found about it."""

    alternative: Alternative
    reading: Reading
    conditions: tuple[tuple[ConditionResult, Reading], ...]
    materials: tuple[MaterialResult, ...]
    doubts: tuple[Doubt, ...]
    node: TraceNode


def decide(rule: Rule, facts: Facts, as_of: date, place: Place) -> Verdict:
    """What follows from the rule for these facts on this day at this place."""
    if not binds_at(rule.jurisdiction, place):
        return _elsewhere(rule, as_of)
    if place.area and AREA not in facts:
        facts = {**facts, AREA: place.area}
    version = rule.version_on(as_of)
    if version is None:
        return _not_then(rule, facts, as_of)
    if suspension := rule.suspension_on(version, as_of):
        return _under_review(rule, version, suspension, as_of)
    return _judge(rule, version, facts, as_of)


def _elsewhere(rule: Rule, as_of: date) -> Verdict:
    newest = rule.version_on(as_of) or rule.versions[-1]
    grounds = (newest.where,)
    trace = TraceNode(rule.id, "rule", rule.title, "unmet", (), grounds)
    return Verdict(rule.id, rule.title, Outcome.NOT_APPLICABLE, as_of, trace, grounds=grounds)


def _not_then(rule: Rule, facts: Facts, as_of: date) -> Verdict:
    following = [v for v in rule.versions if v.valid_from > as_of]
    last = rule.versions[-1]
    grounds = (following[0].since if following else last.until or last.since,)
    trace = TraceNode(rule.id, "rule", rule.title, "unmet", (), grounds)
    return Verdict(
        rule.id,
        rule.title,
        Outcome.NOT_APPLICABLE,
        as_of,
        trace,
        earliest_date=earliest(rule, facts, as_of),
        grounds=grounds,
    )


def _under_review(rule: Rule, version: Version, suspension: Suspension, as_of: date) -> Verdict:
    return Verdict(
        rule.id,
        rule.title,
        Outcome.RULE_UNCERTAIN,
        as_of,
        TraceNode(rule.id, "rule", rule.title, "uncertain", (), ()),
        version_id=version.id,
        notices=(RuleNotice("under_review", suspension.text),),
    )


def _judge(rule: Rule, version: Version, facts: Facts, as_of: date) -> Verdict:
    judged = [_alternative(a, facts, as_of) for a in version.alternatives]
    reading = UNMET
    for one in judged:
        reading = either(reading, one.reading)
    doubts = [d for d in version.doubts if d.when.read(facts, as_of) is not UNMET]
    for doubt in doubts:
        reading = both(reading, capped(doubt.when.read(facts, as_of)))
    premises = [(p, p.test.read(facts, as_of)) for p in version.premises]
    denied = [p for p, r in premises if r is UNMET]
    if denied:
        reading = UNMET
    settled = settle_amount(version.amount, facts, as_of) if version.amount else None
    outcome, missing = _outcome(version, reading, settled, facts, as_of)
    if any(p.applicability for p in denied):
        outcome, missing = Outcome.NOT_APPLICABLE, ()
    if outcome is Outcome.ELIGIBLE:
        day: date | None = as_of
    else:
        day = earliest(rule, facts, as_of)
    shown = _shown(judged, outcome)
    best = _best(judged, outcome, facts, day)
    rows = {c.id: (c, r) for one in shown for c, r in one.conditions}
    conditions = [row for row, _ in rows.values()]
    conditions += [
        ConditionResult(
            p.id,
            p.label,
            "unmet" if r is UNMET else "met",
            "是",
            "否" if r is UNMET else "是",
            p.cite,
        )
        for p, r in premises
        if r is MET or r is UNMET
    ]
    applied = [d for one in shown for d in one.doubts]
    applied += [d for d in doubts if d.when.read(facts, as_of) is MET]
    sure = outcome is Outcome.ELIGIBLE and settled is not None
    return Verdict(
        rule.id,
        rule.title,
        outcome,
        as_of,
        _trace(rule, version, reading, judged, premises, doubts, facts, as_of),
        version_id=version.id,
        alternative_id=best.alternative.id if best else None,
        conditions=tuple(conditions),
        premises=(
            *(
                PremiseNote(p.id, p.text, p.cite)
                for p, r in premises
                if r is not MET and r is not UNMET
            ),
            *_presumptions(version, reading, settled, facts, as_of),
        ),
        materials=tuple({m.id: m for one in shown for m in one.materials}.values()),
        missing_facts=missing,
        earliest_date=day,
        amount=_amount(version, settled, facts, as_of) if sure and settled else None,
        covers=_covers(version, best, facts),
        doubts=tuple(
            {d.id: DoubtNote(d.id, d.code, d.note, d.cites) for d in applied}.values()
            if outcome is not Outcome.INELIGIBLE
            else ()
        ),
        notices=tuple(
            RuleNotice(n.code, n.text.on(as_of), n.cites)
            for n in version.notices
            if outcome.value in n.outcomes and n.when.read(facts, as_of) is MET
        ),
        grounds=_grounds(shown, version, denied_area=any(p.applicability for p in denied)),
    )


def _alternative(alternative: Alternative, facts: Facts, day: date) -> _Judged:
    reading = MET
    rows, nodes, materials, doubts = [], [], [], []
    for condition in alternative.conditions:
        one = condition_reading(condition, facts, day)
        reading = both(reading, one)
        node = condition_node(condition, one, facts, day)
        nodes.append(node)
        doubts += [d for d in condition.doubts if d.when.read(facts, day) is MET]
        row = ConditionResult(
            condition.id,
            condition.label,
            _CONDITION_WORD[node.value],
            condition.required.on(day),
            actual_text(condition.leaves, facts, day),
            condition.cite,
        )
        rows.append((row, one))
    for material in alternative.materials:
        have = material.test.read(facts, day)
        if have is UNMET:
            reading = UNMET
        nodes.append(side_node(material, have, facts, day))
        word = _MATERIAL_WORD[status(have)]
        materials.append(MaterialResult(material.id, material.name, word, material.cite))
    for doubt in alternative.doubts:
        when = doubt.when.read(facts, day)
        reading = both(reading, capped(when))
        nodes.append(doubt_node(doubt, facts, day))
        if when is MET:
            doubts.append(doubt)
    trace = alternative_node(alternative, reading, tuple(nodes))
    return _Judged(alternative, reading, tuple(rows), tuple(materials), tuple(doubts), trace)


def _outcome(
    version: Version, reading: Reading, settled: Settled | None, facts: Facts, day: date
) -> tuple[Outcome, tuple[str, ...]]:
    """The outcome and the facts that could still change it."""
    if reading is MET and (settled or version.amount is None):
        return Outcome.ELIGIBLE, ()
    if reading is UNMET:
        return Outcome.INELIGIBLE, ()
    if reading.low == reading.high == 1:
        return Outcome.RULE_UNCERTAIN, ()
    terminal, missing = missing_facts(version, facts, day)
    if terminal is not None:
        return terminal[0], ()
    if reading.high == reading.hoped == 1:  # whatever the answers, no better than doubtful
        return Outcome.RULE_UNCERTAIN, missing
    return Outcome.UNDETERMINED, missing


def _shown(judged: list[_Judged], outcome: Outcome) -> list[_Judged]:
    """The alternatives whose conditions the verdict lists: the one that decides, else all."""
    wanted = {Outcome.ELIGIBLE: MET, Outcome.RULE_UNCERTAIN: DOUBTFUL}.get(outcome)
    if wanted is None:
        return judged
    deciding = [one for one in judged if one.reading is wanted]
    return (deciding or [one for one in judged if one.reading.hoped >= wanted.low] or judged)[:1]


def _best(
    judged: list[_Judged], outcome: Outcome, facts: Facts, day: date | None
) -> _Judged | None:
    """The alternative that is met, or that could be, now or on the earliest day."""
    if outcome is Outcome.NOT_APPLICABLE:
        return None
    if outcome is Outcome.INELIGIBLE:
        return next((o for o in judged if day and _hoped_on(o.alternative, facts, day)), None)
    if outcome is not Outcome.UNDETERMINED:
        return _shown(judged, outcome)[0]
    top = max(one.reading.hoped for one in judged)
    return next(one for one in judged if one.reading.hoped == top)


def _hoped_on(alternative: Alternative, facts: Facts, day: date) -> bool:
    return alternative_reading(alternative, facts, day).hoped == 2


def _covers(version: Version, best: _Judged | None, facts: Facts) -> tuple[str, ...] | None:
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


def _presumptions(
    version: Version, reading: Reading, settled: Settled | None, facts: Facts, day: date
) -> tuple[PremiseNote, ...]:
    """The exceptions presumed absent whose presence would change the outcome."""
    found = []
    readers = dict(version.readers)
    for fact in version.presumed:
        if fact.premise is None or fact.name in facts or not presumed(fact, facts):
            continue
        for leaf in readers[fact.name]:
            if any(
                _differs(version, reading, settled, {**facts, fact.name: value}, day)
                for value in leaf.probes(fact, day)
            ):
                found.append(PremiseNote(fact.name, fact.premise, None))
                break
    return tuple(found)


def _differs(
    version: Version,
    reading: Reading,
    settled: Settled | None,
    facts: dict[str, FactValue],
    day: date,
) -> bool:
    if version_reading(version, facts, day) is not reading:
        return True
    if reading is UNMET or version.amount is None:
        return False
    return settle_amount(version.amount, facts, day) != settled


def _amount(version: Version, settled: Settled, facts: Facts, day: date) -> AmountResult | None:
    if version.amount is None:
        return None
    known = {"value": figure(settled.value) if settled.value is not None else "金额"}
    for fact in version.amount_facts:
        value = facts.get(fact.name)
        if value is None:
            known[fact.name] = fact.label
        else:
            text = value_text(fact, value, None, day)
            known[fact.name] = text.removesuffix(fact.unit) if fact.unit else text
    formula = settled.case.formula.fill(day, known)
    return AmountResult(settled.value, version.amount.unit, formula, settled.case.cite)


def _grounds(shown: list[_Judged], version: Version, *, denied_area: bool) -> tuple[Cite, ...]:
    if denied_area:
        return (version.where,)
    return tuple(dict.fromkeys(o.alternative.grants for o in shown if o.alternative.grants))


def _trace(
    rule: Rule,
    version: Version,
    reading: Reading,
    judged: list[_Judged],
    premises: list[tuple[Premise, Reading]],
    doubts: list[Doubt],
    facts: Facts,
    day: date,
) -> TraceNode:
    children = tuple(one.node for one in judged)
    if premises:
        children += tuple(side_node(p, r, facts, day) for p, r in premises)
    if doubts:
        children += tuple(doubt_node(d, facts, day) for d in doubts)
    since = (version.since,)
    return TraceNode(rule.id, "rule", rule.title, status(reading), (), since, children)
