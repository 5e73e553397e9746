"""How a version comes out for some facts on a day: its readings, its amount, its first good day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.rules.amounts import Amount, AmountCase, Unasked, work_out
from assistant.rules.conditions import Current, presumed
from assistant.rules.logic import MET, UNMET, Reading, both, capped, doubted, either
from assistant.rules.model import Fact, Facts, Outcome
from assistant.rules.rule import Alternative, Condition, Rule, Version
from assistant.rules.templates import to_cents


def condition_reading(condition: Condition, facts: Facts, day: date) -> Reading:
    """A condition's test, with the doubts that attach to it."""
    reading = condition.test.read(facts, day)
    for doubt in condition.doubts:
        reading = doubted(reading, doubt.when.read(facts, day))
    return reading


def alternative_reading(alternative: Alternative, facts: Facts, day: date) -> Reading:
    """All conditions, no paper known to be lacking, and the doubts about the channel."""
    result = MET
    for condition in alternative.conditions:
        result = both(result, condition_reading(condition, facts, day))
        if result is UNMET:
            return UNMET
    for material in alternative.materials:
        if material.test.read(facts, day) is UNMET:
            return UNMET
    for doubt in alternative.doubts:
        result = both(result, capped(doubt.when.read(facts, day)))
    return result


def version_reading(version: Version, facts: Facts, day: date) -> Reading:
    """The best alternative, unless a premise is denied or the whole version is in doubt."""
    for premise in version.premises:
        if premise.test.read(facts, day) is UNMET:
            return UNMET
    result = UNMET
    for alternative in version.alternatives:
        result = either(result, alternative_reading(alternative, facts, day))
        if result is MET:
            break
    for doubt in version.doubts:
        result = both(result, capped(doubt.when.read(facts, day)))
    return result


@dataclass(frozen=True, slots=True)
class Settled:
    """An amount that the facts settle; `value` None where a base is not in the corpus."""

    case: AmountCase
    value: Decimal | None


def settle_amount(amount: Amount, facts: Facts, day: date) -> Settled | None:
    """The amount, if every case that is still possible comes to the same; else None."""
    settled: Settled | None = None
    for case in amount.cases:
        when = case.when.read(facts, day)
        if when is UNMET:
            continue
        try:
            value = work_out(case.value, facts, day)
        except Unasked:
            return None
        value = None if value is None else to_cents(value)
        if settled is None:
            settled = Settled(case, value)
        elif value is None or settled.value != value:
            return None
        if when is MET:
            break
    return settled


_DECIDED = (Outcome.INELIGIBLE, Outcome.RULE_UNCERTAIN, Outcome.ELIGIBLE)
Terminal = tuple[Outcome, Decimal | str | None]
"""An outcome with its amount (the formula's case where there is no figure), both settled."""


def settle(version: Version, facts: Facts, day: date) -> Terminal | None:
    """Outcome and amount, if no unknown fact can change either by the logic alone."""
    reading = version_reading(version, facts, day)
    if reading.low != reading.high:
        return None
    if reading is not MET or version.amount is None:
        return _DECIDED[reading.low], None
    settled = settle_amount(version.amount, facts, day)
    if settled is None:
        return None
    return Outcome.ELIGIBLE, settled.case.id if settled.value is None else settled.value


def unknown_facts(version: Version, facts: Facts) -> list[Fact]:
    """The facts that may be asked for: unknown, not presumed, not details of a presumed one.

    Nor the last day of a paper that was said to be valid or not: the saying is enough.
    """
    aside = {
        hint for fact in version.presumed if presumed(fact, facts) for hint in fact.hinted_by
    } | {fact.name for fact in version.presumed if presumed(fact, facts)}
    return [
        f
        for f in version.asked
        if f.name not in facts and f.name not in aside and not _said_roughly(version, f, facts)
    ]


def _said_roughly(version: Version, fact: Fact, facts: Facts) -> bool:
    readers = version.readers_of(fact)
    return bool(readers) and all(
        isinstance(leaf, Current) and leaf.flag is not None and leaf.flag.name in facts
        for leaf in readers
    )


def earliest(rule: Rule, facts: Facts, as_of: date) -> date | None:
    """First day from `as_of` on which the rule is met if the present state continues.

    Truth changes only on the days that some test names and where a version begins, so those are
    the only days to look at; unknown conditions are taken as met.
    """
    for day in sorted({as_of, *_turning_days(rule, facts, as_of)}):
        version = rule.version_on(day)
        if version is None or rule.suspension_on(version, day):
            continue
        if version_reading(version, facts, day).hoped == 2:
            return day
    return None


def _turning_days(rule: Rule, facts: Facts, as_of: date) -> Iterator[date]:
    for version in rule.versions:
        if version.valid_to is not None and version.valid_to < as_of:
            continue
        if version.valid_from > as_of:
            yield version.valid_from
        yield from (d for d in version.figure_days if d > as_of)
        base = max(as_of, version.valid_from)
        for leaf in version.time_leaves:
            yield from (d for d in leaf.turns(facts, base) if d > as_of)
