"""Verdicts in the shapes of the answer contract, with the citations that they point to."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from assistant import schemas
from assistant.clauses.citation import cite as cite_clause
from assistant.clauses.effectivity import status_of
from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import CorpusView
from assistant.errors import QuoteError, UnknownClauseError
from assistant.rules.binding import locate
from assistant.rules.model import AmountResult, Cite, Verdict


@dataclass(frozen=True, slots=True)
class Rendered:
    """Verdicts as they go over the wire."""

    verdicts: tuple[schemas.Verdict, ...]
    citations: tuple[schemas.Citation, ...]
    notices: tuple[schemas.Notice, ...]


class Citations:
    """Numbers citations in the order in which they are first needed."""

    def __init__(self, view: CorpusView, as_of: date, place: Place, first: int = 1) -> None:
        self._view = view
        self._as_of = as_of
        self._place = place
        self._first = first
        self._found: dict[Cite, schemas.Citation] = {}
        self.warnings: list[tuple[str, str]] = []  # of spans that are not in force

    def marker(self, cite: Cite) -> int:
        """The number of a citation; raises QuoteError where the quote no longer stands."""
        if cite not in self._found:
            self._found[cite] = self._cite(cite, self._first + len(self._found))
        return self._found[cite].marker

    def offer(self, cite: Cite) -> None:
        """Add a citation that no marker points to, unless its text has changed or gone."""
        with suppress(QuoteError, UnknownClauseError):
            self.marker(cite)

    def _cite(self, cite: Cite, marker: int) -> schemas.Citation:
        span = locate(cite.quote, self._view.clause(cite.clause_id).text)
        if span is None:
            raise QuoteError(f"条文 {cite.clause_id} 里找不到「{cite.quote}」，规则待复核。")
        citation = cite_clause(
            self._view,
            cite.clause_id,
            *span,
            marker=marker,
            as_of=self._as_of,
            place=self._place,
            topic=cite.topic,
        )
        if citation.status != "in_force":
            start, end = span
            self.warnings += status_of(
                self._view,
                cite.clause_id,
                as_of=self._as_of,
                place=self._place,
                topic=cite.topic,
                start=start,
                end=end,
            ).notices
        return citation

    def all(self) -> tuple[schemas.Citation, ...]:
        """All citations so far, by number."""
        return tuple(self._found.values())


def render(
    verdicts: Iterable[Verdict], view: CorpusView, place: Place, *, first_marker: int = 1
) -> Rendered:
    """Verdicts, citations and notices for the wire; markers run from `first_marker`."""
    given = tuple(verdicts)
    as_of = given[0].as_of if given else date.min
    citations = Citations(view, as_of, place, first_marker)
    wired = tuple(_verdict(v, citations) for v in given)
    notices: dict[tuple[str, str], schemas.Notice] = {}
    for verdict in given:
        for code, text, cites in (
            *((d.code, d.note, d.cites) for d in verdict.doubts),
            *((n.code, n.text, n.cites) for n in verdict.notices),
        ):
            for cite in cites:
                citations.marker(cite)
            notice = schemas.Notice.model_validate({"code": code, "text": text})
            notices.setdefault((code, text), notice)
    for code, text in citations.warnings:
        notice = schemas.Notice.model_validate({"code": code, "text": text})
        notices.setdefault((code, text), notice)
    return Rendered(wired, citations.all(), tuple(notices.values()))


def _verdict(verdict: Verdict, citations: Citations) -> schemas.Verdict:
    conditions = [
        schemas.Condition.model_validate(
            {
                "id": c.id,
                "label": c.label,
                "status": c.status,
                "required": c.required,
                "actual": c.actual,
                "marker": citations.marker(c.cite),
            }
        )
        for c in verdict.conditions
    ]
    amount = None
    if verdict.amount is not None:
        amount = _amount(verdict.amount)
        citations.marker(verdict.amount.cite)
    for cite in verdict.grounds:
        citations.offer(cite)
    materials = [
        schemas.Material.model_validate(
            {"name": m.name, "status": m.status, "marker": citations.marker(m.cite)}
        )
        for m in verdict.materials
    ]
    for premise in verdict.premises:
        if premise.cite is not None:
            citations.marker(premise.cite)
    return schemas.Verdict(
        rule_id=verdict.rule_id,
        title=verdict.title,
        outcome=verdict.outcome.value,
        as_of=verdict.as_of,
        conditions=conditions,
        premises=[p.text for p in verdict.premises],
        materials=materials,
        missing_facts=list(verdict.missing_facts),
        earliest_date=verdict.earliest_date,
        amount=amount,
        covers=None if verdict.covers is None else list(verdict.covers),
    )


def _amount(amount: AmountResult) -> schemas.Amount:
    value: int | float | None = None
    if amount.value is not None:
        whole = amount.value == amount.value.to_integral_value()
        value = int(amount.value) if whole else float(amount.value)
    return schemas.Amount.model_validate(
        {"value": value, "unit": amount.unit, "formula": amount.formula}
    )
