"""Passages for whoever composes by themselves: spans of clauses, none mixing what binds with what does not."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.askbook import AskBook
from assistant.answering.question import Question
from assistant.answering.ranking import rank
from assistant.answering.spans import QuoteSpan, body_span, pieces_of
from assistant.clauses import CorpusView, cite
from assistant.clauses.effectivity import SpanStatus, status_of
from assistant.retrieval import Searcher
from assistant.schemas import Citation

_CANDIDATES = 80  # clauses looked at; both passes of the ranking together hold no more


@dataclass(frozen=True, slots=True)
class Passage:
    """One span to quote, as it stands on the day at the place of the question."""

    citation: Citation
    binds: bool
    score: float
    notices: tuple[tuple[str, str], ...]  # (code, Chinese text)


def passages(
    question: Question,
    searcher: Searcher,
    limit: int,
    *,
    topic: str | None,
    in_force_only: bool,
    asks: AskBook | None = None,
) -> list[Passage]:
    """The spans nearest to `question`, best first; out of force only where they are asked for.

    A topic (租赁, 自有住房 …) decides on sentences that ended for one topic and stand for others.
    """
    found: list[Passage] = []
    for hit in rank(question, searcher, _CANDIDATES, asks=asks):
        for span, status in _spans(hit.clause_id, question, searcher.view, topic):
            if in_force_only and not status.binds:
                continue
            citation = cite(
                searcher.view,
                hit.clause_id,
                span.start,
                span.end,
                marker=len(found) + 1,
                as_of=question.as_of,
                place=question.place,
                topic=topic,
            )
            found.append(Passage(citation, status.binds, hit.score, status.notices))
            if len(found) == limit:
                return found
    return found


def _spans(
    clause_id: str, question: Question, view: CorpusView, topic: str | None
) -> Iterator[tuple[QuoteSpan, SpanStatus]]:
    """The clause whole where it binds whole; else its longest spans of one validity."""
    clause = view.clause(clause_id)

    def status(span: QuoteSpan) -> SpanStatus:
        return status_of(
            view,
            clause_id,
            as_of=question.as_of,
            place=question.place,
            topic=topic,
            start=span.start,
            end=span.end,
        )

    whole = body_span(clause)
    state = status(whole)
    pieces = [] if state.binds else pieces_of(clause, view.notice(clause.notice_id))
    judged = [(piece, status(piece)) for piece in pieces]
    if not any(one.binds for _, one in judged):
        yield whole, state
        return
    run: tuple[QuoteSpan, SpanStatus] | None = None
    for piece, one in judged:
        if run is not None and run[1] == one:
            run = QuoteSpan(run[0].start, piece.end), one
            continue
        if run is not None:
            yield run
        run = piece, one
    if run is not None:
        yield run
