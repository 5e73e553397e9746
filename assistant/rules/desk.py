"""The rules as the API gives them out: held against the corpus that serves, in its wire shapes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from assistant import schemas
from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import CorpusView
from assistant.rules.binding import BindingReport, check_bindings, suspend
from assistant.rules.book import RuleBook
from assistant.rules.engine import AREA
from assistant.rules.model import Fact, FactType
from assistant.rules.rendering import render
from assistant.rules.rule import Rule, Version


class RuleDesk:
    """Gives out the rules and decides by them; those whose text changed are set aside.

    The rules are held against a corpus once, and again as soon as another one serves; `report`
    is told what was found each time.
    """

    def __init__(
        self, book: RuleBook, report: Callable[[BindingReport], None] = lambda _found: None
    ) -> None:
        self._book = book
        self._report = report
        self._checked: tuple[str, RuleBook] | None = None

    def on(self, view: CorpusView) -> RuleBook:
        """The rules as they stand on this corpus."""
        checked = self._checked
        if checked is None or checked[0] != view.digest:
            found = check_bindings(self._book.rules, view)
            checked = self._checked = (view.digest, suspend(self._book, found))
            self._report(found)
        return checked[1]

    def rules(self, view: CorpusView) -> schemas.RuleList:
        """All rules, in their order."""
        book = self.on(view)
        return schemas.RuleList(rules=[_summary(book, rule) for rule in book.rules])

    def rule(self, view: CorpusView, rule_id: str) -> schemas.RuleDetail:
        """One rule with its versions; raises UnknownRuleError."""
        book = self.on(view)
        rule = book.rule(rule_id)
        return schemas.RuleDetail(
            **_summary(book, rule).model_dump(),
            jurisdiction=rule.jurisdiction,
            channel=rule.channel,
            versions=[_version(rule, version) for version in rule.versions],
        )

    def decide(
        self, view: CorpusView, rule_id: str, stated: Mapping[str, Any], as_of: date, place: Place
    ) -> schemas.Decision:
        """One rule on stated facts; raises UnknownRuleError or FactError."""
        verdict = self.on(view).decide(rule_id, stated, as_of, place)
        told = render([verdict], view, place)
        return schemas.Decision(
            verdict=told.verdicts[0], citations=list(told.citations), notices=list(told.notices)
        )

    def survey(
        self, view: CorpusView, stated: Mapping[str, Any], as_of: date, place: Place
    ) -> schemas.Survey:
        """All channels on stated facts, ranked; raises FactError."""
        told = render(self.on(view).survey(stated, as_of, place), view, place)
        return schemas.Survey(
            verdicts=list(told.verdicts),
            citations=list(told.citations),
            notices=list(told.notices),
        )


def _summary(book: RuleBook, rule: Rule) -> schemas.RuleSummary:
    return schemas.RuleSummary(
        rule_id=rule.id,
        title=rule.title,
        clause_ids=list(rule.clause_ids()),
        facts=[_fact(fact, instead) for fact, instead in _form(book, rule)],
    )


def _form(book: RuleBook, rule: Rule) -> Iterator[tuple[Fact, str | None]]:
    """The facts to ask for, each followed by the other ways in which it may be said.

    The county or district is left out: a request says it with its `jurisdiction`.
    """
    for read in rule.facts():
        if read.name == AREA:
            continue
        asked = book.facts[read.asked_as] if read.asked_as else read
        yield asked, None
        for other in (read, *(f for f in book.facts if f.start_of == read.name)):
            if other.name != asked.name and other.question != asked.question:
                yield other, asked.name


def _fact(fact: Fact, instead_of: str | None) -> schemas.RuleFact:
    is_money = fact.type is FactType.MONEY
    return schemas.RuleFact(
        name=fact.name,
        label=fact.label,
        text=fact.question,
        type=fact.type.value,
        unit=fact.unit or ("元" if is_money else None),
        choices=list(fact.choices) or None,
        minimum=_number(fact.minimum),
        maximum=_number(fact.maximum),
        instead_of=instead_of,
    )


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _version(rule: Rule, version: Version) -> schemas.RuleVersion:
    why = [s.text for s in rule.suspensions if s.version_id == version.id]
    return schemas.RuleVersion(
        version_id=version.id,
        effective_from=version.valid_from,
        effective_to=version.valid_to,
        clause_ids=list(dict.fromkeys(c.clause_id for c in version.binding_cites())),
        under_review="；".join(why) or None,
    )
