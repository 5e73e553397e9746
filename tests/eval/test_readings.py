"""The conversation sets: as large and as balanced as promised, and true by text and by rule."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.clauses import Gazetteer, load_gazetteer
from assistant.rules import RuleBook, Verdict, load_rules
from eval.model import Case, Turn
from eval.sets import paths, read_cases

ELIGIBILITY, MISSING, DIALOGUES, REFUSALS = (read_cases(path) for path in paths()[2:])
CONVERSATIONS = (*ELIGIBILITY, *MISSING, *DIALOGUES, *REFUSALS)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rules(Path("corpus/rules"))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(Path("corpus"))


def readings() -> Iterator[tuple[Case, Turn]]:
    for case in CONVERSATIONS:
        for turn in case.turns:
            if turn.reading is not None:
                yield case, turn


def decided(book: RuleBook, gazetteer: Gazetteer, turn: Turn, rule_id: str) -> Verdict:
    assert turn.reading is not None
    place = gazetteer.resolve(turn.reading.jurisdiction)
    return book.decide(rule_id, turn.reading.facts, turn.reading.as_of, place)


def test_sets_are_as_large_as_promised() -> None:
    refused = [c for c in REFUSALS if c.turns[0].expect.kind == "refuse"]
    lookalikes = [c for c in REFUSALS if "lookalike" in c.tags]
    assert len(ELIGIBILITY) >= 150
    assert len(MISSING) >= 60
    assert len(DIALOGUES) >= 60
    assert (len(refused) >= 100, len(lookalikes) >= 100) == (True, True)
    assert len(refused) + len(lookalikes) == len(REFUSALS)
    assert all(2 <= len(case.turns) <= 6 for case in DIALOGUES)


@pytest.mark.parametrize(
    "cases", [ELIGIBILITY, MISSING, DIALOGUES, REFUSALS], ids=lambda c: c[0].id
)
def test_enough_is_held_out(cases: tuple[Case, ...]) -> None:
    assert 0.2 <= sum(case.split == "test" for case in cases) / len(cases) <= 0.5


def test_every_rule_is_decided_both_ways(book: RuleBook) -> None:
    seen: dict[str, set[str]] = {rule.id: set() for rule in book.rules}
    for case in ELIGIBILITY:
        for rule_id, outcome in case.turns[0].expect.outcomes.items():
            seen[rule_id].add(outcome)
    assert {rule for rule, outcomes in seen.items() if "eligible" not in outcomes} == set()
    one_sided = {rule for rule, outcomes in seen.items() if len(outcomes) < 2}
    # An amount is what these two turn on; the revoking grounds are each met or not there.
    assert one_sided <= {
        "permit.revoke",
        "medical.public.outpatient",
        "medical.public.inpatient",
        "medical.enterprise.outpatient",
    }


def test_every_refusal_reason_is_asked_for() -> None:
    reasons = Counter(case.turns[0].expect.reason for case in REFUSALS)
    assert {
        "no_source",
        "out_of_scope",
        "other_jurisdiction",
        "personal_data",
        "account_data",
        "legal_opinion",
        "unsafe",
    } <= reasons.keys()


def test_what_is_missing_is_never_expected_to_be_decided() -> None:
    expects = [case.turns[0].expect for case in MISSING]
    assert all(expect.kinds == {"clarify"} for expect in expects)
    assert all(set(expect.outcomes.values()) <= {"undetermined"} for expect in expects)


def test_expected_outcomes_follow_from_what_was_said(book: RuleBook, gazetteer: Gazetteer) -> None:
    wrong = [
        f"{case.id} {rule_id}: {outcome}, not {found.outcome}"
        for case, turn in readings()
        for rule_id, outcome in turn.expect.outcomes.items()
        if (found := decided(book, gazetteer, turn, rule_id)).outcome != outcome
    ]
    assert wrong == []


def test_expected_details_follow_from_what_was_said(book: RuleBook, gazetteer: Gazetteer) -> None:
    wrong = []
    for case, turn in readings():
        expect = turn.expect
        for rule_id, day in expect.earliest.items():
            found = decided(book, gazetteer, turn, rule_id)
            if found.earliest_date != day:
                wrong.append(f"{case.id} earliest {found.earliest_date}")
        for rule_id, covers in expect.covers.items():
            found = decided(book, gazetteer, turn, rule_id)
            if found.covers != covers:
                wrong.append(f"{case.id} covers {found.covers}")
        for rule_id in expect.outcomes if expect.amount is not None else ():
            found = decided(book, gazetteer, turn, rule_id)
            if found.amount is None or float(found.amount.value or 0) != expect.amount:
                wrong.append(f"{case.id} amount {found.amount}")
    assert wrong == []


def test_facts_to_ask_for_could_still_change_the_outcome(
    book: RuleBook, gazetteer: Gazetteer
) -> None:
    wrong = []
    for case, turn in readings():
        named = {
            book.facts[fact].start_of or fact
            for rule_id in turn.expect.outcomes
            for fact in decided(book, gazetteer, turn, rule_id).missing_facts
        }
        asked = {book.facts[fact].start_of or fact for fact in turn.expect.missing}
        wrong += [f"{case.id} {fact}" for fact in asked - named]
    assert wrong == []


def test_what_else_is_met_is_met_by_no_other_facts(book: RuleBook, gazetteer: Gazetteer) -> None:
    singles = [(c, t) for c, t in readings() if len(c.turns) == 1]
    wrong = [
        f"{case.id} {rule_id}"
        for case, turn in singles
        for rule_id in turn.expect.also_eligible
        if decided(book, gazetteer, turn, rule_id).outcome != "eligible"
    ]
    assert wrong == []
