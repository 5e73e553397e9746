"""`GET /compare/{old}/{new}`: two notices side by side, aligned by what replaced what."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import RedirectResponse, Response

from assistant.clauses.model import CorpusView, Notice
from assistant.service.comparison import STATE_NAMES, compare, counterparts
from assistant.service.context import ServiceContext
from assistant.service.inputs import CompareQuery, DocumentId
from assistant.service.pages import PageRoute, address_of, page


def router(context: ServiceContext) -> APIRouter:
    """The comparison, bound to a service."""
    routes = APIRouter(prefix="/compare", include_in_schema=False, route_class=PageRoute)

    @routes.get("/{old}/{new}")
    def comparison(
        old: Annotated[DocumentId, Path()],
        new: Annotated[DocumentId, Path()],
        query: Annotated[CompareQuery, Query()],
    ) -> Response:
        view = context.service.view()
        former, later = view.notice(old), view.notice(new)
        day, place = context.day(query.as_of), context.place(query.jurisdiction)
        when = address_of(day, query.jurisdiction)
        if (later, former) in counterparts(view, former):
            return RedirectResponse(f"/compare/{new}/{old}{when}")  # asked for the wrong way round
        values = {
            "old": former,
            "new": later,
            "first_old": _first(view, former),
            "first_new": _first(view, later),
            "rows": compare(view, former, later, day, place),
            "states": STATE_NAMES,
            "day": day,
            "when": when,
        }
        return page("compare.html", values)

    return routes


def _first(view: CorpusView, notice: Notice) -> str:
    return view.clauses_of(notice.notice_id)[0].clause_id
