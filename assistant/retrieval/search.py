"""Which clauses bear on a question: address lookup, then lexical and dense ranks fused."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date

from assistant.clauses.jurisdictions import Place, binds_at
from assistant.errors import IndexUnavailableError
from assistant.retrieval.address import AddressBook
from assistant.retrieval.dense import DenseIndex
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.fusion import fuse
from assistant.retrieval.lexical import LexicalIndex, weighted_terms
from assistant.retrieval.lexicon import Lexicon
from assistant.retrieval.model import AddressHit, Hit, Scope, day_number
from assistant.retrieval.snapshot import Snapshot
from assistant.retrieval.stored import Vector
from assistant.retrieval.tokens import ngrams

_DEPTH = 50  # candidates from each index; recall no longer grows beyond
_DEPTH_PER_HIT = 3

_log = logging.getLogger(__name__)


class Searcher:
    """Searches one build of the index; `view` shows the very corpus that it searches."""

    def __init__(
        self,
        view: Snapshot,
        lexical: LexicalIndex,
        dense: DenseIndex,
        jurisdictions: Iterable[str],
        encoder: Encoder,
        lexicon: Lexicon,
        *,
        build_id: str = "",
    ) -> None:
        self.view = view
        self.build_id = build_id
        self.dense_problem: str | None = None
        self._lexical = lexical
        self._dense = dense
        self._jurisdictions = tuple(jurisdictions)
        self._encoder = encoder
        self._lexicon = lexicon
        self._addresses = AddressBook(view)

    def search(
        self,
        query: str,
        *,
        as_of: date,
        place: Place,
        limit: int = 10,
        binding: bool = True,
        notice_ids: frozenset[str] | None = None,
    ) -> list[Hit]:
        """The best clauses that bind on the day at the place, or of all others, best first.

        `notice_ids` limits either pass to those notices. When the dense store fails, the ranking
        goes on without candidates from it, and `dense_problem` says why.
        """
        terms = self._terms(query)
        vector = self._encoder.encode_questions([query])[0]
        scope = self.scope(as_of, place, binding=binding)
        depth = max(_DEPTH, _DEPTH_PER_HIT * limit)
        lexical: dict[int, float] = {}
        if notice_ids is not None:
            wanted = set(self.view.leaves_of(notice_ids))
        else:
            lexical = dict(self._lexical.search(terms, scope, depth))
            wanted = set(lexical) | set(self._neighbours(vector, scope, depth))
        leaves = {
            number: leaf
            for number, leaf in self.view.leaves(wanted).items()
            if scope.admits(leaf.code, leaf.first, leaf.last)
        }
        lexical |= self._lexical.scores(terms, leaves.keys() - lexical.keys())
        cosines = {leaf.clause_id: float(leaf.vector @ vector) for leaf in leaves.values()}
        bm25 = {leaf.clause_id: lexical.get(number, 0.0) for number, leaf in leaves.items()}
        return [
            Hit(key, score, bm25[key], round(cosines[key], 5), binding)
            for key, score in fuse(bm25, cosines)[:limit]
        ]

    def lookup(self, query: str, *, as_of: date, place: Place) -> tuple[AddressHit, ...]:
        """Notices and units that `query` names by number, title, heading or place in the text.

        Named in full comes first, then what binds on the day at the place.
        """
        scope = self.scope(as_of, place, binding=True)
        return self._addresses.find(query, scope, lambda: self._resembling(query))

    @property
    def leaf_count(self) -> int:
        """How many leaves the index holds."""
        return len(self._lexical)

    def document_frequency(self, gram: str) -> int:
        """How many leaves hold an n-gram: what makes a word of a question telling."""
        return self._lexical.document_frequency(gram)

    def scope(self, as_of: date, place: Place, *, binding: bool) -> Scope:
        """What may be ranked for a day and a place."""
        codes = frozenset(int(code) for code in self._jurisdictions if binds_at(code, place))
        return Scope(day_number(as_of), codes, binding)

    def close(self) -> None:
        """Release the stores; also happens when nobody holds the searcher any more."""
        self.view.close()
        self._dense.close()

    def _terms(self, query: str) -> Mapping[str, float]:
        return weighted_terms(self._lexicon.fold(query), self._lexicon.expand(query), ngrams)

    def _neighbours(self, vector: Vector, scope: Scope, limit: int) -> list[int]:
        try:
            near = self._dense.search(vector, scope, limit, self.view.lives)
        except IndexUnavailableError as error:
            if self.dense_problem is None:
                _log.warning("dense index fails: %s", error)
            self.dense_problem = error.message
            return []
        self.dense_problem = None
        return near

    def _resembling(self, query: str) -> list[str]:
        """Clauses that share the most with the query's own words, in force or not."""
        terms = weighted_terms(self._lexicon.fold(query), (), ngrams)
        found = self._lexical.resembling(terms, _DEPTH)
        leaves = self.view.leaves(found)
        return [leaves[leaf].clause_id for leaf in found if leaf in leaves]
