"""One ranking of all clauses for a question: named ones first, in force before the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.answering.askbook import Alike, AskBook
from assistant.answering.question import Question
from assistant.clauses import CorpusView, DocumentKind, Notice, binds_at
from assistant.retrieval import Hit, Searcher, fuse

NAMED = 1.5  # weight of a notice that the question names by kind, year or place
OUT_OF_FORCE = 0.8  # weight of what does not bind on the day at the place
_POOL = 30  # hits of each pass that are ranked together
_POOL_NAMED = 300  # the same within notices that are named: all their clauses, as a rule
_ASKED_FOR = 1.5  # weight of likeness to the questions written for a clause
_ADDRESSED = 10.0  # above every fused score


def rank(
    question: Question,
    searcher: Searcher,
    limit: int,
    *,
    out_of_force: float = OUT_OF_FORCE,
    asks: AskBook | None = None,
) -> list[Hit]:
    """The clauses nearest to `question`, best first, whether or not they bind.

    What the question gives the address of comes first; then the notice whose number or title it
    gives; then all others by lexical and dense score together, and by how like the question is to
    those written for them, weighted by validity.
    """
    found = searcher.lookup(question.text, as_of=question.as_of, place=question.place)
    leaves = [leaf for hit in found if hit.clause_id for leaf in _leaves(searcher, hit.clause_id)]
    whole = frozenset(hit.notice_id for hit in found if hit.exact and not hit.clause_id)
    within = frozenset(searcher.view.clause(leaf).notice_id for leaf in leaves)
    weighing = _Weighing(
        searcher.view,
        addressed={leaf: place for place, leaf in reversed(list(enumerate(leaves)))},
        whole=whole,
        named=whole or named_notices(question, searcher.view),
        out_of_force=out_of_force,
        alike=asks.alike(question.text) if asks is not None else {},
    )
    hits = _pool(question, searcher, weighing.named | within)
    fused = fuse(
        {key: hit.lexical for key, hit in hits.items()},
        {key: hit.dense for key, hit in hits.items()},
    )
    ranked = [replace(hits[key], score=weighing.score(hits[key], score)) for key, score in fused]
    return sorted(ranked, key=lambda hit: (-hit.score, hit.clause_id))[:limit]


@dataclass(frozen=True, slots=True)
class _Weighing:
    """What the question names, and what that does to a score."""

    view: CorpusView
    addressed: Mapping[str, int]  # clause -> place in the order of the addresses
    whole: frozenset[str]
    named: frozenset[str]
    out_of_force: float
    alike: Mapping[str, Alike]

    def score(self, hit: Hit, fused: float) -> float:
        """The score by which a hit is ranked among all."""
        if hit.clause_id in self.addressed:
            return 2 * _ADDRESSED + 1 / (1 + self.addressed[hit.clause_id])
        asked = self.alike.get(hit.clause_id)
        fused += _ASKED_FOR * asked.mean if asked is not None else 0.0
        notice_id = self.view.clause(hit.clause_id).notice_id
        if notice_id in self.whole:
            return _ADDRESSED + fused
        weight = NAMED if notice_id in self.named else 1.0 if hit.binding else self.out_of_force
        return round(fused * weight, 5)


def named_notices(question: Question, view: CorpusView) -> frozenset[str]:
    """Notices that the question means by their kind, year or place rather than by number."""
    return frozenset(n.notice_id for n in view.notices() if _is_meant(n, question))


def _is_meant(notice: Notice, question: Question) -> bool:
    if question.elsewhere is not None:
        return notice.jurisdiction in {question.elsewhere.code, question.elsewhere.area_code}
    if not binds_at(notice.jurisdiction, question.place):
        return False
    if question.names_draft:
        return notice.kind is DocumentKind.CONSULTATION_DRAFT
    if question.names_interpretation:
        return notice.kind is DocumentKind.INTERPRETATION
    day = notice.issued_on or notice.published_on
    return day is not None and day.year in question.document_years


def _pool(question: Question, searcher: Searcher, named: frozenset[str]) -> dict[str, Hit]:
    """Hits of both passes, over everything and over the notices that are named."""
    scopes: list[tuple[frozenset[str] | None, int]] = [(None, _POOL)]
    if named:
        scopes.append((named, _POOL_NAMED))
    return {
        hit.clause_id: hit
        for notice_ids, depth in scopes
        for binding in (True, False)
        for hit in searcher.search(
            question.text,
            as_of=question.as_of,
            place=question.place,
            limit=depth,
            binding=binding,
            notice_ids=notice_ids,
        )
    }


def _leaves(searcher: Searcher, clause_id: str) -> list[str]:
    """The ranked clauses at an address: itself, those below it, or the one it stands in."""
    clause = searcher.view.clause(clause_id)
    if clause.inline and clause.parent_id is not None:
        return _leaves(searcher, clause.parent_id)
    if clause.is_leaf:
        return [clause_id]
    return [leaf for child in clause.children for leaf in _leaves(searcher, child)]
