"""All channels at once: what is open now, what will be and when, what is still unknown."""

from collections.abc import Iterable
from datetime import date

from assistant.clauses.jurisdictions import Place
from assistant.rules.engine import decide
from assistant.rules.model import Facts, Outcome, Verdict
from assistant.rules.rule import Rule


def survey(rules: Iterable[Rule], facts: Facts, as_of: date, place: Place) -> tuple[Verdict, ...]:
    """Verdicts of all rules: met, nearest to being met, fewest facts missing, not open."""
    verdicts = [decide(rule, facts, as_of, place) for rule in rules]
    return tuple(sorted(verdicts, key=_rank))


def _rank(verdict: Verdict) -> tuple[int, date, int]:
    """Sort key; rules come in their own order, which decides where the key is equal.

    A day to come counts only where all else is known to be met, and a condition known to be met
    brings a way nearer than one of which nothing is known.
    """
    conditions = {condition.status for condition in verdict.conditions}
    if verdict.outcome is Outcome.ELIGIBLE:
        return 0, date.min, -len(verdict.covers or ())
    if verdict.outcome is Outcome.UNDETERMINED:
        return (2 if "met" in conditions else 3), date.min, len(verdict.missing_facts)
    if (
        verdict.outcome is Outcome.INELIGIBLE
        and verdict.earliest_date
        and not verdict.missing_facts
    ):
        return 1, verdict.earliest_date, 0
    if verdict.outcome is Outcome.RULE_UNCERTAIN:
        return 4, date.min, len(verdict.missing_facts)
    return (5 if verdict.outcome is Outcome.INELIGIBLE else 6), date.min, 0
