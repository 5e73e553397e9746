"""`GET /api/documents`: the notices the corpus holds, and one of them in full."""

from bisect import bisect_right
from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant.clauses.jurisdictions import Gazetteer
from assistant.clauses.model import Clause, CorpusView, Notice, Relation
from assistant.schemas import Notice as Warning_
from assistant.schemas import SourceRange
from assistant.service.context import ServiceContext
from assistant.service.inputs import DocumentId, DocumentsQuery, NoQuery
from assistant.service.reading import units_below
from assistant.service.routes.errors import errors
from assistant.service.shapes import (
    DocumentDetail,
    DocumentPage,
    DocumentSummary,
    OutlineNode,
    PartShape,
    RelationShape,
)


def router(context: ServiceContext) -> APIRouter:
    """The routes, bound to a service."""
    routes = APIRouter(prefix="/api/documents", tags=["文件"])

    @routes.get("", summary="文件目录", responses=errors(422, 503))
    def documents(query: Annotated[DocumentsQuery, Query()]) -> DocumentPage:
        """按编号排列；`next` 是下一页的 `after`，没有下一页时为空。"""
        code = context.place(query.jurisdiction).code if query.jurisdiction else None
        found = [
            notice
            for notice in sorted(context.service.view().notices(), key=lambda n: n.notice_id)
            if code in {None, notice.jurisdiction} and query.kind in {None, notice.kind.value}
        ]
        ids = [notice.notice_id for notice in found]
        first = bisect_right(ids, query.after) if query.after else 0
        page = found[first : first + query.limit]
        more = first + query.limit < len(found)
        return DocumentPage(
            items=[summary_of(notice, context.places) for notice in page],
            total=len(found),
            next=page[-1].notice_id if more else None,
        )

    @routes.get(
        "/{document_id}", summary="一份文件：基本信息、结构、关系", responses=errors(404, 422, 503)
    )
    def document(
        document_id: Annotated[DocumentId, Path()], _query: Annotated[NoQuery, Query()]
    ) -> DocumentDetail:
        """结构树的每个节点都可以用 `/api/clauses/{clause_id}` 取到正文。"""
        view = context.service.view()
        notice = view.notice(document_id)
        return DocumentDetail(
            **summary_of(notice, context.places).model_dump(),
            parts=[
                PartShape(name=p.name, file=p.file, start=p.start, end=p.end, sha256=p.sha256)
                for p in notice.parts
            ],
            cautions=[
                Warning_.model_validate({"code": c.code, "text": c.text}) for c in notice.cautions
            ],
            outline=outline_of(view, notice),
            relations=[_relation(relation) for relation in notice.relations],
            related_from=_related_from(view, notice),
        )

    return routes


def summary_of(notice: Notice, places: Gazetteer) -> DocumentSummary:
    """What a list shows of a notice."""
    return DocumentSummary(
        document_id=notice.notice_id,
        title=notice.title,
        doc_number=notice.doc_number,
        issuer=notice.issuer,
        jurisdiction=notice.jurisdiction,
        jurisdiction_name=places.name(notice.jurisdiction),
        kind=notice.kind.value,
        issued_on=notice.issued_on,
        published_on=notice.published_on,
        effective_from=notice.effective_from,
        effective_to=notice.effective_to,
        repealed_on=notice.repealed_on,
        verified_on=notice.verified_on,
        dates_inferred=notice.dates_inferred,
    )


def outline_of(view: CorpusView, notice: Notice) -> list[OutlineNode]:
    """The tree of units, in document order."""
    clauses = view.clauses_of(notice.notice_id)

    def node(clause: Clause) -> OutlineNode:
        return OutlineNode(
            clause_id=clause.clause_id,
            kind=clause.kind.value,
            number=clause.number,
            heading=clause.heading,
            label=clause.label,
            source=SourceRange(file=clause.file, start=clause.start, end=clause.end),
            children=[node(child) for child in units_below(clause, clauses)],
        )

    return [node(clause) for clause in clauses if clause.parent_id is None]


def _relation(relation: Relation) -> RelationShape:
    return RelationShape(
        kind=relation.kind.value,
        doc_number=relation.doc_number,
        title=relation.title,
        document_id=relation.notice_id,
    )


def _related_from(view: CorpusView, notice: Notice) -> list[RelationShape]:
    """The edges that other notices of the corpus point at this one."""
    return [
        RelationShape(
            kind=relation.kind.value,
            doc_number=other.doc_number,
            title=other.title,
            document_id=other.notice_id,
        )
        for other in view.notices()
        for relation in other.relations
        if relation.notice_id == notice.notice_id
    ]
