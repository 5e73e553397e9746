"""One pure function from a rule, facts, a day and a place to a verdict."""

from datetime import date
from typing import TypeVar

from assistant.clauses.jurisdictions import Place, binds_at
from assistant.rules.alternatives import Judged, best_of, covers_of, judge_alternative, shown_of
from assistant.rules.conditions import presumed
from assistant.rules.evaluation import (
    Settled,
    earliest,
    settle_amount,
    version_reading,
)
from assistant.rules.logic import (
    MET,
    UNMET,
    Reading,
    both,
    capped,
    either,
    status,
)
from assistant.rules.model import (
    AmountResult,
    Cite,
    ConditionResult,
    DoubtNote,
    Facts,
    FactValue,
    MaterialResult,
    Outcome,
    PremiseNote,
    RuleNotice,
    TraceNode,
    Verdict,
)
from assistant.rules.pending import missing_facts
from assistant.rules.rule import Doubt, Premise, Rule, Suspension, Version
from assistant.rules.templates import figure
from assistant.rules.trace import (
    doubt_node,
    side_node,
    value_text,
)

_Row = TypeVar("_Row", ConditionResult, MaterialResult)
AREA = "place.area"
"""The fact under which the county or district of the place is read."""


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
    grounds = suspension.grounds
    return Verdict(
        rule.id,
        rule.title,
        Outcome.RULE_UNCERTAIN,
        as_of,
        TraceNode(rule.id, "rule", rule.title, "uncertain", (), grounds),
        version_id=version.id,
        notices=(RuleNotice("under_review", suspension.text),),
        grounds=grounds,
    )


def _judge(rule: Rule, version: Version, facts: Facts, as_of: date) -> Verdict:
    judged = [judge_alternative(a, facts, as_of) for a in version.alternatives]
    doubts = [(d, d.when.read(facts, as_of)) for d in version.doubts]
    premises = [(p, p.test.read(facts, as_of)) for p in version.premises]
    denied = [p for p, r in premises if r is UNMET]
    elsewhere = any(p.applicability for p in denied)
    reading = UNMET
    for one in judged:
        reading = either(reading, one.reading)
    for _, when in doubts:
        reading = both(reading, capped(when))
    if denied:
        reading = UNMET
    settled = settle_amount(version.amount, facts, as_of) if version.amount else None
    outcome, missing = _outcome(version, reading, settled, facts, as_of)
    if elsewhere:
        outcome, missing = Outcome.NOT_APPLICABLE, ()
    met = outcome is Outcome.ELIGIBLE
    day = as_of if met else earliest(rule, facts, as_of)
    shown = shown_of(judged, outcome)
    best = best_of(judged, outcome, facts, day)
    return Verdict(
        rule.id,
        rule.title,
        outcome,
        as_of,
        _trace(rule, version, reading, judged, premises, doubts, facts),
        version_id=version.id,
        conditions=_conditions(shown, premises),
        premises=_premises(version, premises, reading, settled, facts, as_of),
        materials=_once([m for one in shown for m in one.materials]),
        missing_facts=missing,
        earliest_date=day,
        amount=_amount(version, settled, facts, as_of) if met and settled else None,
        covers=covers_of(version, best, facts),
        doubts=() if outcome is Outcome.INELIGIBLE else _applied(shown, doubts),
        notices=tuple(
            [
                RuleNotice(n.code, n.text.on(as_of), n.cites)
                for n in version.notices
                if outcome.value in n.outcomes and n.when.read(facts, as_of) is MET
            ]
        ),
        grounds=(version.where,) if elsewhere else _grounds(shown),
    )


def _once(items: list[_Row]) -> tuple[_Row, ...]:
    """Rows that several alternatives share, listed once."""
    return tuple(items if len(items) < 2 else {item.id: item for item in items}.values())


def _conditions(
    shown: list[Judged], premises: list[tuple[Premise, Reading]]
) -> tuple[ConditionResult, ...]:
    """The conditions of the alternatives shown, then the premises that are known."""
    rows = [row for one in shown for row in one.conditions]
    for p, reading in premises:
        if reading is MET:
            rows.append(ConditionResult(p.id, p.label, "met", "是", "是", p.cite))
        elif reading is UNMET:
            rows.append(ConditionResult(p.id, p.label, "unmet", "是", "否", p.cite))
    return _once(rows)


def _premises(
    version: Version,
    premises: list[tuple[Premise, Reading]],
    reading: Reading,
    settled: Settled | None,
    facts: Facts,
    day: date,
) -> tuple[PremiseNote, ...]:
    """What is taken for granted: unknown premises, and exceptions presumed absent."""
    found = [
        PremiseNote(p.id, p.text, p.cite) for p, r in premises if r is not MET and r is not UNMET
    ]
    found += _presumptions(version, reading, settled, facts, day)
    return tuple({note.text: note for note in found}.values())


def _applied(shown: list[Judged], doubts: list[tuple[Doubt, Reading]]) -> tuple[DoubtNote, ...]:
    found = [d for one in shown for d in one.doubts]
    found += [d for d, when in doubts if when is MET]
    return tuple({d.id: DoubtNote(d.id, d.code, d.note, d.cites) for d in found}.values())


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


def _presumptions(
    version: Version, reading: Reading, settled: Settled | None, facts: Facts, day: date
) -> list[PremiseNote]:
    """The exceptions presumed absent whose presence would change the outcome."""
    found = []
    for fact in version.presumed:
        if fact.premise is None or fact.name in facts or not presumed(fact, facts):
            continue
        values = {v: None for leaf in version.readers_of(fact) for v in leaf.probes(fact, day)}
        if any(_differs(version, reading, settled, {**facts, fact.name: v}, day) for v in values):
            found.append(PremiseNote(fact.name, fact.premise, None))
    return found


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


def _grounds(shown: list[Judged]) -> tuple[Cite, ...]:
    return tuple(dict.fromkeys([o.alternative.grants for o in shown if o.alternative.grants]))


def _trace(
    rule: Rule,
    version: Version,
    reading: Reading,
    judged: list[Judged],
    premises: list[tuple[Premise, Reading]],
    doubts: list[tuple[Doubt, Reading]],
    facts: Facts,
) -> TraceNode:
    children = [one.node for one in judged]
    children += [side_node(p, r, facts) for p, r in premises]
    children += [doubt_node(d, when, facts) for d, when in doubts]
    since = (version.since,)
    return TraceNode(rule.id, "rule", rule.title, status(reading), (), since, tuple(children))
