"""`GET /api/clauses/{id}`: one clause, its validity and its neighbours."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant.service.context import ServiceContext
from assistant.service.details import clause_detail
from assistant.service.inputs import ClauseId, ClauseQuery
from assistant.service.routes.errors import errors
from assistant.service.shapes import ClauseDetail


def router(context: ServiceContext) -> APIRouter:
    """The route, bound to a service."""
    routes = APIRouter(prefix="/api/clauses", tags=["条款"])

    @routes.get(
        "/{clause_id}", summary="一条条款：正文、效力、出处", responses=errors(404, 422, 503)
    )
    def clause(
        clause_id: Annotated[ClauseId, Path()], query: Annotated[ClauseQuery, Query()]
    ) -> ClauseDetail:
        """效力按 `as_of` 那一天判断，默认今天。"""
        view = context.service.view()
        day, place = context.day(query.as_of), context.place(query.jurisdiction)
        return clause_detail(view, clause_id, day, place)

    return routes
