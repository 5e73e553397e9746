"""The survey: all channels at once, the open ones first and the nearest next."""

from datetime import date

from assistant.clauses import Place
from assistant.rules import Outcome, RuleBook

TODAY = date(2026, 11, 22)


def test_a_graduate_with_two_months_of_pension(book: RuleBook, jiaxing: Place) -> None:
    stated = {"edu": "大专", "pension.consecutive_months_city": 2}
    ranked = book.survey(stated, TODAY, jiaxing)
    talent, employment = ranked[:2]
    assert (talent.rule_id, talent.outcome) == ("settle.talent", Outcome.ELIGIBLE)
    assert talent.covers == ("配偶", "未成年子女", "父母")
    assert (employment.rule_id, employment.earliest_date) == (
        "settle.employment",
        date(2026, 12, 22),
    )


def test_the_ranking_runs_from_met_to_not_open(book: RuleBook, jiaxing: Place) -> None:
    stated = {
        "edu": "大专",
        "reg.months": 5,
        "permit.held": False,
        "rent.is_urban_commodity_housing": True,
        "own.urban_home": False,
        "relation": "子女",
        "marital": "离异",
        "host.stable_home": True,
    }
    ranked = {v.rule_id: i for i, v in enumerate(book.survey(stated, TODAY, jiaxing))}
    assert ranked["settle.talent"] == 0
    assert ranked["settle.rental"] == 1
    assert ranked["settle.employment"] < ranked["settle.join_parent"] < ranked["settle.permit"]


def test_fewest_missing_facts_come_first(book: RuleBook, jiaxing: Place) -> None:
    ranked = book.survey({}, TODAY, jiaxing)
    missing = [len(v.missing_facts) for v in ranked if v.outcome is Outcome.UNDETERMINED]
    assert missing == sorted(missing)


def test_nothing_is_open_elsewhere(book: RuleBook) -> None:
    ranked = book.survey({"edu": "博士"}, TODAY, Place("330700", "金华市"))
    assert {v.outcome for v in ranked} == {Outcome.NOT_APPLICABLE}
    assert len(ranked) == len(book.channels())
