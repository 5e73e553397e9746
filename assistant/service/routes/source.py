"""`GET /source/{clause_id}`: the notice as published, with the quoted characters marked."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from assistant.clauses.effectivity import SpanStatus, Status, status_of
from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import Clause, CorpusView, Notice, RelationKind, Span
from assistant.schemas import STATUS_NAMES
from assistant.service.context import ServiceContext
from assistant.service.inputs import ClauseId, SourceQuery
from assistant.service.pages import PageRoute, asset, page
from assistant.service.reading import (
    blocks_of,
    contents_of,
    neighbours,
    smallest_around,
    text_range,
)

MIXED = ("效力不一", "careful")
ENDED = frozenset({Status.SUPERSEDED, Status.EXPIRED, Status.REPEALED, Status.AMENDED})

RELATION_NAMES: dict[RelationKind, tuple[str, str]] = {
    RelationKind.BASED_ON: ("依据", "被下列文件作为依据"),
    RelationKind.SUPERSEDES_WHERE_INCONSISTENT: (
        "与之不一致的以本文件为准",
        "不一致的以下列文件为准",
    ),
    RelationKind.REPEALS: ("废止", "被下列文件废止"),
    RelationKind.AMENDS: ("修改", "被下列文件修改"),
    RelationKind.INTERPRETS: ("解读", "由下列文件解读"),
    RelationKind.MENTIONS: ("提到", "被下列文件提到"),
}


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A line of the list of related documents; `first_clause_id` where we hold it."""

    how: str
    name: str
    first_clause_id: str | None


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
        badge = _badge(status.status)
        if quoted is None and len(_states_within(view, clause, day, place)) > 1:
            badge = MIXED
        return page("source.html", _model(view, clause, quoted, status, day, badge))

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
    day: date,
    badge: tuple[str, str],
) -> dict[str, Any]:
    notice = view.notice(clause.notice_id)
    before, after = neighbours(view, clause)
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
        "by": _by(view, status),
        "before": before,
        "after": after,
        "related": _related(view, notice),
    }


def _badge(status: Status) -> tuple[str, str]:
    """Name and tone of a status."""
    tone = "good" if status is Status.IN_FORCE else "careful"
    return STATUS_NAMES[status.value], "ended" if status in ENDED else tone


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
    return clause.clause_id, f"{_name(notice.title, notice.doc_number)}{clause.label}"


def _name(title: str | None, doc_number: str | None) -> str:
    number = f"（{doc_number}）" if doc_number and title else doc_number or ""
    if not title:
        return number
    inner = title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》{number}"


def _related(view: CorpusView, notice: Notice) -> list[RelatedDocument]:
    """What the notice points at, and what points at it, each once."""
    lines = [
        RelatedDocument(
            RELATION_NAMES[relation.kind][0],
            _name(relation.title, relation.doc_number),
            _first_clause(view, relation.notice_id),
        )
        for relation in notice.relations
    ]
    lines += [
        RelatedDocument(
            RELATION_NAMES[relation.kind][1],
            _name(other.title, other.doc_number),
            _first_clause(view, other.notice_id),
        )
        for other in view.notices()
        for relation in other.relations
        if relation.notice_id == notice.notice_id
    ]
    return list(dict.fromkeys(lines))


def _first_clause(view: CorpusView, notice_id: str | None) -> str | None:
    clauses = view.clauses_of(notice_id) if notice_id else ()
    return clauses[0].clause_id if clauses else None
