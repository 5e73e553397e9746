"""`GET /api/corpus`: how much is held, and until which day it can be vouched for."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from assistant.clauses.model import CorpusView
from assistant.schemas import CorpusState
from assistant.service.context import ServiceContext
from assistant.service.inputs import NoQuery
from assistant.service.routes.errors import errors


def router(context: ServiceContext) -> APIRouter:
    """The route, bound to a service."""
    routes = APIRouter(prefix="/api", tags=["文件"])
    fresh: dict[str, tuple[int, date | None]] = {}  # by digest: counted once for each corpus

    @routes.get("/corpus", summary="资料库", responses=errors(422, 503))
    def corpus(_query: Annotated[NoQuery, Query()]) -> CorpusState:
        """今天是哪一天，收录了多少份文件，最近核对到哪一天，语料的摘要。"""
        view = context.service.view()
        found = fresh.get(view.digest)
        if found is None:
            found = _freshness(view)
            fresh.clear()
            fresh[view.digest] = found
        documents, verified_on = found
        return CorpusState(
            today=context.service.today(),
            documents=documents,
            verified_on=verified_on,
            digest=view.digest,
        )

    return routes


def _freshness(view: CorpusView) -> tuple[int, date | None]:
    """How many documents there are, and the last day on which a binding one was vouched for."""
    notices = list(view.notices())
    days = [notice.verified_on for notice in notices if notice.binds and notice.verified_on]
    return len(notices), max(days, default=None)
