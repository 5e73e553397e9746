"""On the wire: every condition, paper and doubt points to a verbatim citation."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.clauses import Corpus, Place, load_corpus, squeeze
from assistant.rules import Rule, RuleBook, decide, load_rules, render
from tests.rules.conftest import CORPUS
from tests.rules.strategies import DAYS, NEAR, some_facts

BOOK = load_rules(CORPUS / "rules")
VIEW = load_corpus(CORPUS)
JIAXING = Place("330400", "嘉兴市")


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.id) for r in BOOK.rules])
@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_marker_has_its_verbatim_citation(rule: Rule, data: st.DataObject) -> None:
    facts, day = data.draw(some_facts(rule)), data.draw(st.one_of(DAYS, NEAR))
    verdict = decide(rule, facts, day, JIAXING)
    rendered = render([verdict], VIEW, JIAXING)
    markers = [c.marker for c in rendered.citations]
    assert markers == list(range(1, len(markers) + 1))
    wire = rendered.verdicts[0]
    used = {c.marker for c in wire.conditions} | {m.marker for m in wire.materials}
    assert used <= set(markers)
    assert rendered.citations
    for citation in rendered.citations:
        source = VIEW.source(citation.source.file)
        published = source[citation.source.start : citation.source.end]
        assert squeeze(published) == squeeze(citation.quote)


def test_five_months_of_registration(book: RuleBook, corpus: Corpus, jiaxing: Place) -> None:
    stated = {"reg.months": 5, "rent.is_urban_commodity_housing": True}
    verdict = book.decide("settle.rental", stated, date(2026, 11, 22), jiaxing)
    wire = render([verdict], corpus, jiaxing).verdicts[0]
    assert (wire.outcome, wire.earliest_date) == ("ineligible", date(2026, 12, 22))
    registration = next(c for c in wire.conditions if c.id == "registration")
    assert registration.status == "unmet"
    assert registration.required == "满6个月"
    assert registration.actual == "自2026-06-22起，已满5个月"


def test_a_conflict_cites_both_sources(book: RuleBook, corpus: Corpus, jiaxing: Place) -> None:
    stated = {"rent.is_urban_commodity_housing": True}
    verdict = book.decide("settle.rental", stated, date(2023, 6, 1), jiaxing)
    rendered = render([verdict], corpus, jiaxing, first_marker=3)
    documents = {c.document_id for c in rendered.citations}
    assert {"jx-gbo-2020-28", "jx-psb-2024-hukou-interpretation"} <= documents
    assert "conflict" in {n.code for n in rendered.notices}
    assert rendered.citations[0].marker == 3


def test_a_verdict_out_of_time_cites_the_clause_that_gives_the_day(
    book: RuleBook, corpus: Corpus, jiaxing: Place
) -> None:
    verdict = book.decide("settle.employment", {}, date(2024, 7, 31), jiaxing)
    citation = render([verdict], corpus, jiaxing).citations[0]
    assert citation.clause_id == "jx-gbo-2024-16__closing"
    assert citation.status == "not_yet_in_force"
