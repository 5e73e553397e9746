"""`GET /source/{clause_id}`: the notice as published, with the quoted characters marked."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from assistant.clauses.effectivity import SpanStatus, Status, status_of
from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import Clause, CorpusView, Span
from assistant.service.comparison import changes_of, counterparts
from assistant.service.context import ServiceContext
from assistant.service.inputs import ClauseId, SourceQuery
from assistant.service.pages import PageRoute, address_of, asset, badge_of, page
from assistant.service.reading import (
    blocks_of,
    contents_of,
    neighbours,
    smallest_around,
    text_range,
)
from assistant.service.relations import document_name, drawn, related_documents

MIXED = ("效力不一", "careful")


def router(context: ServiceContext) -> APIRouter:
    """The viewer and its assets, bound to a service."""
    routes = APIRouter(prefix="/source", include_in_schema=False, route_class=PageRoute)

    routes.get("/assets/{name}")(asset)

    @routes.get("/{clause_id}")
    def source(
        clause_id: Annotated[ClauseId, Path()], query: Annotated[SourceQuery, Query()]
    ) -> Response:
        view = context.service.view()
        clause = view.clause(clause_id)
        day, place = context.day(query.as_of), context.place(query.jurisdiction)
        quoted = _quoted(clause, query)
        focus = smallest_around(view, clause, quoted) if quoted else clause
        low, high = (text_range(focus, quoted) if quoted else None) or (0, len(focus.text))
        status = status_of(view, focus.clause_id, as_of=day, place=place, start=low, end=high)
        badge = badge_of(status.status.value)
        if quoted is None and len(_states_within(view, clause, day, place)) > 1:
            badge = MIXED
        when = address_of(day, query.jurisdiction)
        return page("source.html", _model(view, clause, quoted, status, (day, when), badge))

    return routes


def _quoted(clause: Clause, query: SourceQuery) -> Span | None:
    """The range asked for, as far as it lies within the clause."""
    if query.start is None or query.end is None:
        return None
    start, end = max(query.start, clause.start), min(query.end, clause.end)
    return Span(start, end) if start < end else None


def _model(
    view: CorpusView,
    clause: Clause,
    quoted: Span | None,
    status: SpanStatus,
    seen_on: tuple[date, str],
    badge: tuple[str, str],
) -> dict[str, Any]:
    """What the template shows; `seen_on` is the day, and the query that leads to it."""
    day, when = seen_on
    place = f"&start={quoted.start}&end={quoted.end}" if quoted else ""
    notice = view.notice(clause.notice_id)
    before, after = neighbours(view, clause)
    related = related_documents(view, notice)
    return {
        "notice": notice,
        "clause": clause,
        "blocks": blocks_of(view, notice, quoted, clause.file),
        "contents": contents_of(view, notice),
        "quoted": quoted,
        "status": status,
        "badge": badge[0],
        "tone": badge[1],
        "mixed": badge == MIXED,
        "day": day,
        "when": when,
        "permalink": f"/source/{clause.clause_id}{when}{place}#{clause.clause_id}",
        "by": _by(view, status),
        "before": before,
        "after": after,
        "related": related,
        "drawing": drawn(notice, related),
        "comparisons": counterparts(view, notice),
        "changes": changes_of(view, notice),
    }


def _states_within(view: CorpusView, clause: Clause, day: date, place: Place) -> set[Status]:
    """The statuses of the leaves that the unit is made of."""
    if clause.is_leaf:
        return {status_of(view, clause.clause_id, as_of=day, place=place).status}
    inner = (view.clause(child) for child in clause.children)
    return set().union(*(_states_within(view, child, day, place) for child in inner))


def _by(view: CorpusView, status: SpanStatus) -> tuple[str, str] | None:
    """Id and name of the clause that ended this one."""
    if status.by is None:
        return None
    clause = view.clause(status.by)
    notice = view.notice(clause.notice_id)
    return clause.clause_id, f"{document_name(notice.title, notice.doc_number)}{clause.label}"
