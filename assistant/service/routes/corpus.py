"""`GET /api/corpus`: how much is held, and until which day it can be vouched for."""

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.clauses.model import CorpusView
from assistant.schemas import CorpusState
from assistant.service.context import ServiceContext
from assistant.service.inputs import NoQuery
from assistant.service.routes.errors import ERRORS


def router(context: ServiceContext) -> APIRouter:
    """The route, bound to a service."""
    routes = APIRouter(prefix="/api", tags=["文件"])
    seen: dict[str, CorpusState] = {}

    @routes.get(
        "/corpus", summary="资料库", responses={status: ERRORS[status] for status in (422, 503)}
    )
    def corpus(_query: Annotated[NoQuery, Query()]) -> CorpusState:
        """收录了多少份文件，最近核对到哪一天，语料的摘要。"""
        view = context.service.view()
        if view.digest not in seen:
            seen.clear()
            seen[view.digest] = _state(view)
        return seen[view.digest]

    return routes


def _state(view: CorpusView) -> CorpusState:
    notices = list(view.notices())
    days = [notice.verified_on for notice in notices if notice.binds and notice.verified_on]
    return CorpusState(
        documents=len(notices), verified_on=max(days, default=None), digest=view.digest
    )
