"""The engine: laws that hold for every rule, whatever the facts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.clauses import Place
from assistant.rules import (
    Fact,
    FactValue,
    Outcome,
    Rule,
    RuleBook,
    Verdict,
    decide,
    load_rules,
)
from assistant.rules.conditions import Current, Elapsed, Leaf, leaves
from assistant.rules.rule import Version
from tests.rules.conftest import CORPUS
from tests.rules.strategies import DAYS, NEAR, all_facts, some_facts, values

BOOK = load_rules(CORPUS / "rules")
JIAXING = Place("330400", "嘉兴市")
RULES = [pytest.param(rule, id=rule.id) for rule in BOOK.rules]
LAWS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
ANY_DAY = st.one_of(DAYS, NEAR)
RANK = {Outcome.INELIGIBLE: 0, Outcome.RULE_UNCERTAIN: 1, Outcome.ELIGIBLE: 2}


def _growing_starts(rule: Rule) -> set[str]:
    """Start days that every test of the rule reads as 满 n: earlier is more."""
    readers = [leaf for version in rule.versions for leaf in version.leaves()]
    dated = {f.name for leaf in readers for f in leaf.facts}
    bad = {
        f.name
        for leaf in readers
        for f in leaf.facts
        if not isinstance(leaf, Elapsed) or leaf.at_most
    }
    return dated - bad


def judge(rule: Rule, facts: dict[str, FactValue], day: date) -> Verdict:
    return decide(rule, facts, day, JIAXING)


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@LAWS
def test_any_well_typed_facts_get_a_verdict(rule: Rule, data: st.DataObject) -> None:
    verdict = judge(rule, data.draw(some_facts(rule)), data.draw(ANY_DAY))
    assert verdict.outcome in Outcome


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@LAWS
def test_the_order_of_facts_does_not_matter(rule: Rule, data: st.DataObject) -> None:
    facts, day = data.draw(some_facts(rule)), data.draw(ANY_DAY)
    turned = dict(reversed(facts.items()))
    assert repr(judge(rule, facts, day)) == repr(judge(rule, turned, day))


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@LAWS
def test_more_facts_never_undo_a_decision(rule: Rule, data: st.DataObject) -> None:
    facts, day = data.draw(all_facts(rule)), data.draw(ANY_DAY)
    side = {f.name for f in rule.facts() if f.presumed_absent} | _side_facts(rule)
    side |= {hint for f in rule.facts() for hint in f.hinted_by}
    kept = data.draw(st.sets(st.sampled_from(sorted(facts)))) | (side & set(facts))
    before = judge(rule, {n: v for n, v in facts.items() if n in kept}, day)
    after = judge(rule, facts, day)
    assert after.outcome is not Outcome.UNDETERMINED or any(
        v.amount for v in rule.versions if v.amount
    )
    if before.outcome in {Outcome.ELIGIBLE, Outcome.INELIGIBLE}:
        assert after.outcome is before.outcome
    if before.outcome is Outcome.RULE_UNCERTAIN:
        assert after.outcome in {Outcome.RULE_UNCERTAIN, Outcome.INELIGIBLE}


def _side_facts(rule: Rule) -> set[str]:
    """Facts of papers and premises, which may still change a decision, and rough sayings.

    「有效」 is such a saying: the day through which the permit is valid outranks it.
    """
    return {
        fact.name
        for version in rule.versions
        for leaf in version.leaves()
        for fact in leaf.facts
        if isinstance(leaf, Current) or leaf in set(_side_leaves(version))
    }


def _side_leaves(version: Version) -> Iterator[Leaf]:
    for test in version.side_tests():
        yield from leaves(test)


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@LAWS
def test_a_missing_fact_can_change_the_outcome_and_no_other_can(
    rule: Rule, data: st.DataObject
) -> None:
    facts, day = data.draw(some_facts(rule)), data.draw(ANY_DAY)
    verdict = judge(rule, facts, day)
    if verdict.outcome is not Outcome.UNDETERMINED:
        return
    version = rule.version_on(day)
    assert version is not None
    assert verdict.missing_facts
    asked = {f.name: f.asked_as or f.name for f in version.asked}
    unknown = [f for f in version.asked if f.name not in facts]
    answers = {f.name: data.draw(_answers(version, f, day), label=f.name) for f in unknown}
    silent = {n: v for n, v in answers.items() if asked[n] not in verdict.missing_facts}
    told = {n: v for n, v in answers.items() if n not in silent}
    rare = {f.name for f in version.presumed} | {h for f in version.presumed for h in f.hinted_by}
    silent = {n: v for n, v in silent.items() if n not in rare | _side_facts(rule)}
    settled = judge(rule, {**facts, **told}, day)
    assert settled.outcome is not Outcome.UNDETERMINED
    fuller = judge(rule, {**facts, **told, **silent}, day)
    assert (fuller.outcome, fuller.amount) == (settled.outcome, settled.amount)


def _answers(version: Version, fact: Fact, day: date) -> st.SearchStrategy[FactValue]:
    found = [v for leaf in version.readers_of(fact) for v in leaf.probes(fact, day)]
    return st.sampled_from(found) if found else values(fact)


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@settings(LAWS, max_examples=12)
def test_the_earliest_date_is_the_first_day_that_decides_so(
    rule: Rule, data: st.DataObject
) -> None:
    facts, day = data.draw(all_facts(rule)), data.draw(NEAR)
    first = next(
        (
            d
            for d in (day + timedelta(n) for n in range(901))
            if judge(rule, facts, d).outcome is Outcome.ELIGIBLE
        ),
        None,
    )
    said = judge(rule, facts, day).earliest_date
    if first is not None:
        assert said == first
    else:
        assert said is None or said > day + timedelta(900)


@pytest.mark.parametrize("rule", [r for r in RULES if _growing_starts(cast("Rule", r.values[0]))])
@given(data=st.data(), days=st.integers(1, 800))
@LAWS
def test_an_earlier_start_never_makes_things_worse(
    rule: Rule, data: st.DataObject, days: int
) -> None:
    """For 满/达/以上; within-a-time tests (15年内, the signing window) are left out by kind."""
    facts, day = data.draw(some_facts(rule)), data.draw(ANY_DAY)
    starts = _growing_starts(rule) & set(facts)
    earlier = {
        n: v - timedelta(days) if n in starts and isinstance(v, date) else v
        for n, v in facts.items()
    }
    before, after = judge(rule, facts, day), judge(rule, earlier, day)
    if before.outcome is Outcome.ELIGIBLE:
        assert after.outcome is Outcome.ELIGIBLE


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@LAWS
def test_conditions_agree_with_the_outcome(rule: Rule, data: st.DataObject) -> None:
    verdict = judge(rule, data.draw(some_facts(rule)), data.draw(ANY_DAY))
    if verdict.outcome is Outcome.ELIGIBLE:
        assert {c.status for c in verdict.conditions} <= {"met"} or not _one_way(verdict)
        assert "lack" not in {m.status for m in verdict.materials}
        assert verdict.missing_facts == ()
        assert verdict.earliest_date == verdict.as_of
    if verdict.outcome is Outcome.INELIGIBLE:
        statuses = [c.status for c in verdict.conditions] + [m.status for m in verdict.materials]
        assert {"unmet", "lack"} & set(statuses) or not _one_way(verdict)
        assert verdict.missing_facts == ()
    if verdict.outcome is Outcome.UNDETERMINED:
        assert verdict.missing_facts
    if verdict.outcome is Outcome.RULE_UNCERTAIN:
        assert verdict.doubts


def _one_way(verdict: Verdict) -> bool:
    """Whether the logic alone decides, without trying every value of what is unknown."""
    return verdict.trace.value != "unknown"


@pytest.mark.parametrize("rule", RULES)
@given(data=st.data())
@LAWS
def test_every_node_of_the_trace_has_its_facts_and_its_text(
    rule: Rule, data: st.DataObject
) -> None:
    verdict = judge(rule, data.draw(some_facts(rule)), data.draw(ANY_DAY))
    waiting = [verdict.trace]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        assert node.cites
        assert node.value in {"met", "unmet", "unknown", "uncertain"}
        if node.kind in {"condition", "material"}:
            assert node.facts


def test_the_same_facts_give_the_same_verdict_byte_for_byte(book: RuleBook) -> None:
    rule = book.rule("settle.rental")
    facts = book.read({"reg.months": 7, "rent.is_urban_commodity_housing": True}, date(2026, 1, 1))
    again = load_rules(CORPUS / "rules").rule("settle.rental")
    first = repr(decide(rule, facts, date(2026, 1, 1), JIAXING))
    assert first == repr(decide(again, dict(facts), date(2026, 1, 1), JIAXING))


def test_both_unknowns_that_lead_to_the_same_end_are_not_asked_for(book: RuleBook) -> None:
    stated = {"relation": "父母", "age": 62, "host.adult": True, "host.in_urban_area": True}
    verdict = book.decide("settle.join_child", stated, date(2023, 1, 1), JIAXING)
    assert (verdict.outcome, verdict.missing_facts) == (Outcome.ELIGIBLE, ())
