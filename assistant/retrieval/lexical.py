"""BM25 over character n-grams in a tantivy index: weighted terms, filters before ranking.

Figures behind the choice of library: docs/adr/0003-lexical-index.md.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import IndexUnavailableError
from assistant.retrieval.model import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.retrieval.lexicon import Expansion

Ngrams = Callable[[str], Sequence[str]]

MOST_TERMS = 192  # a longer question is searched by its rarest n-grams
_HEAP_BYTES = 64_000_000
# Segment files never change once written, so builds may share them; these two are rewritten.
_REWRITTEN = frozenset({"meta.json", ".managed.json"})


def weighted_terms(
    question: str, expansions: Iterable["Expansion"], ngrams: Ngrams
) -> dict[str, float]:
    """The n-grams to look for: a person's own count as often as said, official terms add theirs."""
    weights: dict[str, float] = {}
    for gram in ngrams(question):
        weights[gram] = weights.get(gram, 0.0) + 1.0
    for expansion in expansions:
        for term in expansion.official:
            for gram in ngrams(term):
                weights[gram] = max(weights.get(gram, 0.0), expansion.weight)
    return weights


class LexicalIndex:
    """A finished lexical index, opened for reading; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        try:
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual", 0)  # a build never changes: nothing to watch for
            self._searcher = index.searcher()
        except (ValueError, OSError) as error:
            raise IndexUnavailableError(
                f"词法索引打不开（{error}）。请运行 assistant index 重建索引。"
            ) from error
        self._schema = index.schema

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def document_frequency(self, gram: str) -> int:
        """How many leaves hold the n-gram."""
        return int(self._searcher.doc_freq("grams", gram))

    def search(
        self, terms: Mapping[str, float], scope: Scope, limit: int
    ) -> list[tuple[int, float]]:
        """The best `limit` leaves in scope as `(leaf, bm25)`.

        Ranking without a filter skips most postings; so that is tried first, with twice the
        depth, and only when too few of its hits are in scope is the filtered query run. As
        BM25 statistics do not depend on the filter, both give the same list.
        """
        ranking = self._ranking(terms)
        if ranking is None or limit <= 0:
            return []
        found = self._hits(ranking, 2 * limit)
        admitted = [(leaf, score) for leaf, score, *life in found if scope.admits(*life)]
        if len(admitted) < limit and len(found) == 2 * limit:
            filtered = self._hits(self._within(scope, ranking), limit)
            admitted = [(leaf, score) for leaf, score, *_ in filtered]
        return admitted[:limit]

    def resembling(self, terms: Mapping[str, float], limit: int) -> list[int]:
        """The best leaves whether they bind or not."""
        ranking = self._ranking(terms)
        return [] if ranking is None else [leaf for leaf, *_ in self._hits(ranking, limit)]

    def scores(self, terms: Mapping[str, float], leaves: Iterable[int]) -> dict[int, float]:
        """BM25 of the given leaves; those that share no term with the question are left out."""
        from tantivy import Occur, Query

        wanted = sorted(set(leaves))
        ranking = self._ranking(terms)
        if ranking is None or not wanted:
            return {}
        chosen = Query.const_score_query(
            Query.term_set_query(self._schema, "leaf", wanted), score=0.0
        )
        both = Query.boolean_query([(Occur.Must, chosen), (Occur.Must, ranking)])
        return {leaf: score for leaf, score, *_ in self._hits(both, len(wanted))}

    def _ranking(self, terms: Mapping[str, float]) -> Any:
        from tantivy import Occur, Query

        kept = self._rarest(terms) if len(terms) > MOST_TERMS else terms
        if not kept:
            return None
        return Query.boolean_query(
            [
                (
                    Occur.Should,
                    Query.boost_query(
                        Query.term_query(self._schema, "grams", gram, "freq"), weight
                    ),
                )
                for gram, weight in sorted(kept.items())
            ]
        )

    def _rarest(self, terms: Mapping[str, float]) -> dict[str, float]:
        known = ((self._searcher.doc_freq("grams", gram), gram) for gram in terms)
        return {gram: terms[gram] for _, gram in sorted(k for k in known if k[0])[:MOST_TERMS]}

    def _within(self, scope: Scope, ranking: Any) -> Any:
        from tantivy import FieldType, Occur, Query

        def at(name: str, low: int | None, high: int | None) -> Any:
            return Query.range_query(self._schema, name, FieldType.Unsigned, low, high)

        place = Query.term_set_query(self._schema, "code", sorted(scope.codes))
        binding = [place, at("first", None, scope.day), at("last", scope.day, None)]
        clauses = [(Occur.Must, query) for query in binding]
        if not scope.binding:
            clauses = [
                (Occur.Must, Query.all_query()),
                (Occur.MustNot, Query.boolean_query(clauses)),
            ]
        admitted = Query.const_score_query(Query.boolean_query(clauses), score=0.0)
        return Query.boolean_query([(Occur.Must, admitted), (Occur.Must, ranking)])

    def _hits(self, query: Any, limit: int) -> list[tuple[int, float, int, int, int]]:
        result = self._searcher.search(query, limit, count=False).hits
        addresses = [address for _, address in result]
        columns = [
            self._searcher.fast_field_values(name, addresses)
            for name in ("leaf", "code", "first", "last")
        ]
        scores = (round(score, 4) for score, _ in result)
        rows = (
            (int(leaf), score, int(code), int(first), int(last))
            for score, leaf, code, first, last in zip(scores, *columns, strict=True)
        )
        return sorted(rows, key=lambda row: (-row[1], row[0]))


class LexicalWriter:
    """Writes one build's lexical index, from nothing or on top of the build before it."""

    def __init__(self, folder: Path, *, base: Path | None = None) -> None:
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        if base is None:
            self._index = tantivy.Index(_schema(), str(folder))
        else:
            _share_segments(base, folder)
            self._index = tantivy.Index.open(str(folder))
        # One thread: the same input gives the same segments.
        self._writer = self._index.writer(_HEAP_BYTES, 1)

    def add(self, leaf: int, grams: Sequence[str], *, code: int, first: int, last: int) -> None:
        """Add a leaf under a number that was never used before."""
        import tantivy

        document = tantivy.Document()
        document.add_text("grams", " ".join(grams))
        for name, value in (("leaf", leaf), ("code", code), ("first", first), ("last", last)):
            document.add_unsigned(name, value)
        self._writer.add_document(document)

    def remove(self, leaves: Sequence[int]) -> None:
        """Take leaves out; their statistics fade only when segments are merged."""
        from tantivy import Query

        # By query: a term given as a Python int is taken as signed and matches no unsigned field.
        for batch in (leaves[i : i + 1000] for i in range(0, len(leaves), 1000)):
            query = Query.term_set_query(self._index.schema, "leaf", list(batch))
            self._writer.delete_documents_by_query(query)

    def finish(self) -> None:
        """Commit and wait until all files stand still."""
        self._writer.commit()
        self._writer.wait_merging_threads()


def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    for name in ("leaf", "code", "first", "last"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


def _share_segments(base: Path, folder: Path) -> None:
    for path in _files(base):
        if path.name.endswith(".lock"):
            continue
        if path.name in _REWRITTEN:
            shutil.copyfile(path, folder / path.name)
            continue
        try:
            os.link(path, folder / path.name)
        except OSError:  # a file system without hard links
            shutil.copyfile(path, folder / path.name)


def _files(folder: Path) -> "Iterator[Path]":
    return (path for path in sorted(folder.iterdir()) if path.is_file())
