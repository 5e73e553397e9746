"""`GET /basis`: the quotes that an answer stands on, without the question or the person."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from assistant.clauses import Span, cite
from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import CorpusView
from assistant.errors import UnknownClauseError
from assistant.schemas import Citation
from assistant.service.context import ServiceContext
from assistant.service.inputs import QUOTED, BasisQuery
from assistant.service.pages import PageRoute, address_of, page
from assistant.service.reading import text_range


def router(context: ServiceContext) -> APIRouter:
    """The page, bound to a service."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)

    @routes.get("/basis")
    def basis(query: Annotated[BasisQuery, Query()]) -> Response:
        view = context.service.view()
        day, place = context.day(query.as_of), context.place(query.jurisdiction)
        values = {
            "citations": list(_citations(view, query.q, day, place)),
            "day": day,
            "place": place.name,
            "when": address_of(day, query.jurisdiction),
        }
        return page("basis.html", values)

    return routes


def _citations(view: CorpusView, quoted: list[str], day: date, place: Place) -> Iterator[Citation]:
    """The quotes, cut from the published text anew; raises UnknownClauseError."""
    for marker, written in enumerate(dict.fromkeys(quoted), start=1):
        found = QUOTED.fullmatch(written)
        if found is None:  # the query's own pattern has refused it before
            raise UnknownClauseError(f"看不懂「{written}」指的是哪一条。")
        clause_id, start, end = found.groups()
        if start is None:
            yield cite(view, clause_id, marker=marker, as_of=day, place=place)
            continue
        clause = view.clause(clause_id)
        span = Span(int(start), int(end))
        within = clause.start <= span.start < span.end <= clause.end
        cut = text_range(clause, span) if within else None
        if cut is None:
            raise UnknownClauseError(
                f"链接里的第 {start} 至 {end} 个字符不在「{clause.label}」里，文件可能已经更正，"
                "请回到首页重新提问。"
            )
        yield cite(view, clause_id, *cut, marker=marker, as_of=day, place=place)
