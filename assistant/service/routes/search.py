"""`GET /api/search`: clauses nearest to some words."""

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.service.context import ServiceContext
from assistant.service.inputs import SearchQuery
from assistant.service.routes.errors import errors
from assistant.service.shapes import SearchPage


def router(context: ServiceContext) -> APIRouter:
    """The route, bound to a service."""
    routes = APIRouter(prefix="/api", tags=["检索"])

    @routes.get("/search", summary="检索条款", responses=errors(422, 503))
    def search(query: Annotated[SearchQuery, Query()]) -> SearchPage:
        """按相关程度排列，现行有效且适用于该地的在前。"""
        items = context.service.search(query.q, query.as_of, query.jurisdiction, query.limit)
        return SearchPage(items=items, total=len(items))

    return routes
