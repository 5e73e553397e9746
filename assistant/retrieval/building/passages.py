"""What the index keeps of a notice: its leaves, what each is found by, and when each may bind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from assistant.clauses.effectivity import binding_period
from assistant.clauses.model import FURNITURE, Clause, CorpusView, Notice
from assistant.retrieval.encoder import Encoder, Vectors
from assistant.retrieval.model import NEVER, OPEN_END, day_number
from assistant.retrieval.stored import clause_content, notice_content
from assistant.retrieval.tokens import ngrams


@dataclass(frozen=True, slots=True)
class NewLeaf:
    """A leaf on its way into the index; `vector` None: still to be computed."""

    clause: Clause
    code: int
    first: int
    last: int
    digest: str
    grams: Sequence[str]
    text: str
    vector: bytes | None


def passage(notice: Notice, clause: Clause, headings: Iterable[str]) -> str:
    """What a leaf is found by: its notice's title, the headings above it, and its text."""
    own = [part.title for part in notice.parts if part.name == clause.part and part.title]
    return "\n".join([own[0] if own else notice.title, *headings, clause.text])


def life_of(corpus: CorpusView, clause: Clause) -> tuple[int, int]:
    """First and last day on which a clause may bind, as the index keeps them."""
    first, last = binding_period(corpus, clause)
    if first is None:
        return NEVER, 0
    return day_number(first), OPEN_END if last is None else day_number(last)


def leaves_of(
    corpus: CorpusView, notice: Notice, clauses: Sequence[Clause], vectors: dict[str, bytes]
) -> Iterator[NewLeaf]:
    """The leaves of a notice that are ranked; `vectors` are known already, by digest."""
    by_id = {clause.clause_id: clause for clause in clauses}
    for clause in clauses:
        if not is_ranked(clause):
            continue
        text = passage(notice, clause, _headings_above(clause, by_id))
        digest = sha256(text.encode()).hexdigest()[:24]
        first, last = life_of(corpus, clause)
        yield NewLeaf(
            clause,
            int(notice.jurisdiction),
            first,
            last,
            digest,
            ngrams(text),
            text,
            vectors.get(digest),
        )


def is_ranked(clause: Clause) -> bool:
    """Whether a clause takes part in retrieval by itself."""
    return clause.is_leaf and clause.kind not in FURNITURE


def _headings_above(clause: Clause, by_id: dict[str, Clause]) -> list[str]:
    headings: list[str] = []
    parent_id = clause.parent_id
    while parent_id is not None and parent_id in by_id:
        parent = by_id[parent_id]
        if parent.heading:
            headings.append(parent.heading)
        parent_id = parent.parent_id
    return headings[::-1]


def encode(encoder: Encoder, leaves: Sequence[NewLeaf]) -> Vectors | tuple[()]:
    """The vectors of leaves, in their order."""
    if not leaves:
        return ()
    from_ngrams = getattr(encoder, "encode_ngrams", None)
    if from_ngrams is not None:  # the shipped model: the n-grams are cut already
        vectors: Vectors = from_ngrams([leaf.grams for leaf in leaves])
        return vectors
    return encoder.encode([leaf.text for leaf in leaves])


def digest_of(corpus: CorpusView, notice: Notice) -> str:
    """Hash over all that the index keeps of a notice, its clauses' lives included."""
    sha = sha256(notice_content(notice).encode())
    for clause in corpus.clauses_of(notice.notice_id):
        sha.update(clause_content(clause).encode())
        if is_ranked(clause):
            sha.update(repr(life_of(corpus, clause)).encode())
    return sha.hexdigest()
