"""Wire shapes of documents, clauses and probes, beside those of `assistant.schemas`."""

from datetime import date
from typing import Literal

from pydantic import Field

from assistant.schemas import CitationStatus, Notice, ScoredCitation, SourceRange, Wire

Kind = Literal[
    "notice",
    "method",
    "opinion",
    "plan",
    "amendment",
    "personnel",
    "interpretation",
    "consultation_draft",
]


class SearchPage(Wire):
    """Response of `GET /api/search`."""

    items: list[ScoredCitation]
    total: int


class DocumentSummary(Wire):
    """One notice as a list shows it; the dates are those of its manifest."""

    document_id: str
    title: str
    doc_number: str | None
    issuer: str
    jurisdiction: str
    jurisdiction_name: str
    kind: Kind
    issued_on: date | None
    published_on: date | None
    effective_from: date | None
    effective_to: date | None
    repealed_on: date | None
    verified_on: date | None
    dates_inferred: bool


class DocumentPage(Wire):
    """Response of `GET /api/documents`; `next` is the `after` of the following page."""

    items: list[DocumentSummary]
    total: int
    next: str | None


class OutlineNode(Wire):
    """One unit of a notice, with the units below it."""

    clause_id: str
    kind: str
    number: str
    heading: str
    label: str
    source: SourceRange
    children: list["OutlineNode"] = Field(default_factory=list)


class RelationShape(Wire):
    """An edge to another document; `document_id` null where the corpus does not hold it."""

    kind: str
    doc_number: str | None
    title: str | None
    document_id: str | None


class PartShape(Wire):
    """A character range of a source file that makes up a notice."""

    name: str
    file: str
    start: int
    end: int
    sha256: str


class DocumentDetail(DocumentSummary):
    """Response of `GET /api/documents/{id}`."""

    parts: list[PartShape]
    cautions: list[Notice]
    outline: list[OutlineNode]
    relations: list[RelationShape]
    related_from: list[RelationShape]


class EffectShape(Wire):
    """What became of a clause, or of one quoted span of it, from a day on."""

    clause_id: str
    state: Literal["superseded", "repealed", "amended", "doubtful"]
    effective_from: date
    effective_to: date | None
    by: str | None
    quote: str | None
    topic: str | None
    note: str


class ClauseLink(Wire):
    """A neighbouring clause."""

    clause_id: str
    label: str


class ClauseDetail(Wire):
    """Response of `GET /api/clauses/{id}`."""

    clause_id: str
    document_id: str
    title: str
    doc_number: str | None
    kind: str
    label: str
    text: str
    status: CitationStatus
    binds: bool
    as_of: date
    jurisdiction: str
    effective_from: date | None
    effective_to: date | None
    verified_on: date | None
    by: str | None
    notices: list[Notice]
    effects: list[EffectShape]
    parent: ClauseLink | None
    children: list[ClauseLink]
    previous: ClauseLink | None
    next: ClauseLink | None
    source: SourceRange


class Health(Wire):
    """Response of `GET /healthz`."""

    status: Literal["ok"] = "ok"


class Readiness(Wire):
    """Response of `GET /readyz` when everything is ready."""

    status: Literal["ready"] = "ready"
    dependencies: dict[str, str]
