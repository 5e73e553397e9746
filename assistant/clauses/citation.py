"""Quotation by construction: the server slices the source, and checks its own slice (D1)."""

from datetime import date

from assistant.clauses.effectivity import status_of
from assistant.clauses.jurisdictions import Place
from assistant.clauses.layout import squeeze
from assistant.clauses.model import CorpusView
from assistant.errors import QuoteError
from assistant.schemas import Citation, SourceRange


def cite(
    view: CorpusView,
    clause_id: str,
    start: int | None = None,
    end: int | None = None,
    *,
    marker: int,
    as_of: date,
    place: Place,
    topic: str | None = None,
) -> Citation:
    """Cite `clause.text[start:end]` (default: what follows the heading) as of a day.

    Raises QuoteError where the slice is empty or the clause no longer matches its source.
    """
    clause = view.clause(clause_id)
    notice = view.notice(clause.notice_id)
    low = _body_start(clause.text, clause.heading_end) if start is None else start
    high = len(clause.text) if end is None else end
    quote = clause.text[low:high]
    if not quote.strip():
        raise QuoteError(f"条款 {clause_id} 没有可以引用的文字。")
    span = clause.source_span(low, high)
    published = view.source(clause.file)[span.start : span.end]
    if squeeze(published) != squeeze(quote):
        raise QuoteError(
            f"条款 {clause_id} 的引文与原文第 {span.start} 至 {span.end} 字不一致，已停用。"
        )
    state = status_of(view, clause_id, as_of=as_of, place=place, topic=topic, start=low, end=high)
    return Citation(
        marker=marker,
        clause_id=clause_id,
        document_id=notice.notice_id,
        title=notice.title,
        doc_number=notice.doc_number,
        label=clause.label,
        quote=quote,
        status=state.status.value,
        effective_from=state.effective_from,
        effective_to=state.effective_to,
        verified_on=state.verified_on,
        source=SourceRange(file=clause.file, start=span.start, end=span.end),
    )


def _body_start(text: str, heading_end: int) -> int:
    start = heading_end
    while start < len(text) and text[start].isspace():
        start += 1
    return start if start < len(text) else 0
