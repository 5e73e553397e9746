"""Rules stand on the text: one changed figure sets aside the rules that rest on it, no others."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assistant.clauses import Clause, Corpus, Effect, EffectState, Notice, Place
from assistant.errors import UnknownClauseError
from assistant.rules import BindingReport, Outcome, RuleBook, bound_to, check_bindings, suspend
from assistant.rules.binding import figures, locate

JIAXING = Place("330400", "嘉兴市")


class Changed:
    """The corpus with some words of one notice replaced, or with one manifest altered."""

    def __init__(
        self, corpus: Corpus, notice_id: str, old: str = "", new: str = "", **manifest: Any
    ) -> None:
        self._corpus = corpus
        self._notice_id = notice_id
        self._words = (old, new)
        self._manifest = manifest

    def __getattr__(self, name: str) -> Any:
        return getattr(self._corpus, name)

    def clause(self, clause_id: str) -> Clause:
        clause = self._corpus.clause(clause_id)
        if clause.notice_id != self._notice_id or not self._words[0]:
            return clause
        text = clause.text.replace(*self._words)
        same = len(text) == len(clause.text)
        return replace(clause, text=text) if same else replace(clause, text=text, segments=())

    def notice(self, notice_id: str) -> Notice:
        notice = self._corpus.notice(notice_id)
        return replace(notice, **self._manifest) if notice_id == self._notice_id else notice


def test_every_tie_of_every_rule_holds(book: RuleBook, corpus: Corpus) -> None:
    assert check_bindings(book.rules, corpus) == BindingReport()


@pytest.mark.parametrize(
    ("notice_id", "old", "new", "rules"),
    [
        pytest.param(
            "jx-gbo-2024-16", "连续居住登记满六个月的,允许", "连续居住登记满三个月的,允许",
            {"settle.rental"}, id="rental_six_to_three",
        ),
        pytest.param(
            "jx-gbo-2024-16", "达三个月", "达六个月", {"settle.employment"}, id="pension_to_six"
        ),
        pytest.param(
            "jx-gbo-2024-16", "初级以上职称", "中级以上职称",
            {"settle.talent", "settle.talent_family"}, id="title",
        ),
        pytest.param("jx-gbo-2020-28", "满60周岁", "满65周岁", {"settle.join_child"}, id="sixty"),
        pytest.param("jx-gbo-2020-28", "居住3年", "居住2年", {"settle.rental"}, id="three_years"),
        pytest.param("jx-gbo-2024-17", "45 周岁", "50 周岁", {"medical.public.account"}, id="age"),
        pytest.param("jx-gbo-2024-17", "85%", "80%", {"medical.public.outpatient"}, id="rate"),
        pytest.param(
            "jx-gbo-2024-18", "85%", "80%", {"medical.enterprise.outpatient"}, id="other_rate"
        ),
        pytest.param("jx-gbo-2020-28", "15年内", "10年内", {"settle.talent"}, id="fifteen"),
    ],
)  # fmt: skip
def test_one_changed_figure_sets_aside_the_rules_bound_to_it(
    book: RuleBook, corpus: Corpus, notice_id: str, old: str, new: str, rules: set[str]
) -> None:
    report = check_bindings(book.rules, Changed(corpus, notice_id, old, new))
    assert set(report.rule_ids) == rules
    assert all(new not in line for line in report.lines())
    assert len(report.lines()) == len(report.breaches) > 0


def test_a_rule_set_aside_decides_nothing_and_says_so(book: RuleBook, corpus: Corpus) -> None:
    view = Changed(corpus, "jx-gbo-2024-16", "达三个月", "达六个月")
    careful = suspend(book, check_bindings(book.rules, view))
    facts = {"job.stable_in_city": True, "pension.consecutive_months_city": 12}
    verdict = careful.decide("settle.employment", facts, date(2026, 1, 1), JIAXING)
    assert verdict.outcome is Outcome.RULE_UNCERTAIN
    assert [n.code for n in verdict.notices] == ["under_review"]
    assert [c.clause_id for c in verdict.grounds] == ["jx-gbo-2024-16__closing"]
    other = careful.decide("settle.talent", {"edu": "大专"}, date(2026, 1, 1), JIAXING)
    assert other.outcome is Outcome.ELIGIBLE


def test_other_versions_of_the_rule_go_on(book: RuleBook, corpus: Corpus) -> None:
    view = Changed(corpus, "jx-gbo-2020-28", "15年内", "10年内")
    careful = suspend(book, check_bindings(book.rules, view))
    verdict = careful.decide("settle.talent", {"edu": "大专"}, date(2026, 1, 1), JIAXING)
    assert verdict.outcome is Outcome.ELIGIBLE


def test_a_repealed_notice_sets_its_rules_aside_from_that_day(
    book: RuleBook, corpus: Corpus
) -> None:
    day = date(2027, 1, 1)
    view = Changed(corpus, "jx-gbo-2024-16", repealed_on=day)
    report = check_bindings(book.rules, view)
    assert "settle.rental" in report.rule_ids
    assert "settle.dwelling" not in report.rule_ids
    careful = suspend(book, report)
    before = careful.decide("settle.talent", {"edu": "大专"}, day - timedelta(1), JIAXING)
    after = careful.decide("settle.talent", {"edu": "大专"}, day, JIAXING)
    assert (before.outcome, after.outcome) == (Outcome.ELIGIBLE, Outcome.RULE_UNCERTAIN)


def test_a_superseded_sentence_sets_aside_the_rules_on_it(book: RuleBook, corpus: Corpus) -> None:
    notice = corpus.notice("jx-gbo-2024-16")
    effect = Effect("jx-gbo-2024-16__sec_5", EffectState.SUPERSEDED, date(2027, 1, 1), None)
    view = Changed(corpus, notice.notice_id, effects=(*notice.effects, effect))
    report = check_bindings(book.rules, view)
    assert report.rule_ids == ("settle.permit",)
    assert report.parameters == ("hukou.permit.registration_months",)


def test_a_clause_that_is_gone_sets_its_rules_aside(book: RuleBook, corpus: Corpus) -> None:
    class Without(Changed):
        def clause(self, clause_id: str) -> Clause:
            if clause_id == "jx-gbo-2024-16__sec_4__para_1":
                raise UnknownClauseError(clause_id)
            return super().clause(clause_id)

    report = check_bindings(book.rules, Without(corpus, ""))
    assert report.rule_ids == ("settle.employment",)
    assert report.conditions == (("settle.employment", "job"), ("settle.employment", "pension"))


def test_a_draft_cannot_carry_a_rule(book: RuleBook, corpus: Corpus) -> None:
    rule = book.rule("settle.dwelling")
    draft = next(
        c for c in corpus.clauses_of("jh-gbo-2023-hukou-draft") if c.is_leaf and len(c.text) > 20
    )
    version = rule.versions[0]
    where = version.where._replace(clause_id=draft.clause_id, quote=draft.text[:10])
    foreign = replace(rule, versions=(replace(version, where=where),))
    report = check_bindings([foreign], corpus)
    assert [b.binding.name for b in report.breaches] == ["where"]


def test_what_a_clause_carries_can_be_listed(book: RuleBook) -> None:
    found = bound_to(book.rules, ["jx-gbo-2024-16__sec_1"])
    assert {b.rule_id for b in found} == {"settle.rental"}
    assert "hukou.rent.registration_months" in {b.name for b in found if b.kind == "parameter"}


def test_a_quote_is_found_across_a_page_break() -> None:
    assert locate("投靠有合法稳定住所", "条件。投靠有合法稳\n\n定住所成年子女") == (3, 14)
    assert locate("没有", "这里有") is None
    assert locate("", "这里有") is None


def test_figures_are_read_in_digits_and_in_chinese() -> None:
    assert {6, 15, 85} <= {int(f) for f in figures("满六个月 15年 85%")}
    assert {12, 20, 110} <= {int(f) for f in figures("十二、二十、一百一十")}
    assert figures("按 5.5%缴纳") == {figures("5.5").pop()}
