"""What is compared: our retrieval, the same with one part taken out, and the peers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.answering.question import read_question
from assistant.answering.ranking import OUT_OF_FORCE, rank
from assistant.clauses import FURNITURE, Corpus, CorpusView, Place
from assistant.retrieval import Encoder, Index, Lexicon, build_index
from assistant.retrieval.encoder import as_langchain
from eval.peers.run import ask_peers

DEPTH = 10

CHUNKS = "切块1000/200"
PEER_NAMES = {
    "haystack": "Haystack BM25",
    "jieba": "jieba BM25",
    "langchain": "LangChain BM25",
    "llamaindex": "LlamaIndex BM25",
}

Run = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """One question with the day and place it is asked for."""

    text: str
    today: date
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a peer would load as one document: a range of a source."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bench:
    """A corpus, what is asked of it with the right leaves, and what it is indexed with."""

    corpus: Corpus
    documents: Sequence[Document]
    queries: Mapping[str, Query]
    gold: Mapping[str, frozenset[str]]
    home: Place
    encoder: Encoder
    lexicon: Lexicon
    folder: Path

    def build(self) -> None:
        """Index the corpus with the product's own code."""
        build_index(
            self.corpus, self.folder, self.encoder, lexicon_digest=self.lexicon.digest, rebuild=True
        )


class Mute:
    """The encoder with nothing to say about questions: the dense part contributes nothing."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Vectors of passages, as ever."""
        return self._encoder.encode(texts)

    def encode_questions(self, questions: Sequence[str]) -> npt.NDArray[np.float32]:
        """Nothing but zeros."""
        return np.zeros((len(questions), self.dimension), dtype=np.float32)


def ours(bench: Bench) -> dict[str, Run]:
    """Rankings of the product, and of the product with one part taken out."""
    mute, empty = Mute(bench.encoder), Lexicon()
    return {
        "我们": _ranked(bench, bench.encoder, bench.lexicon, OUT_OF_FORCE),
        "－词典": _ranked(bench, bench.encoder, empty, OUT_OF_FORCE),
        "－向量": _ranked(bench, mute, bench.lexicon, OUT_OF_FORCE),
        "－效力": _ranked(bench, bench.encoder, bench.lexicon, 1.0),
    }


def peers(bench: Bench) -> tuple[dict[str, Run], dict[str, str]]:
    """Rankings of the peers over the same leaves, and their versions."""
    corpus = bench.corpus
    reply = ask_peers(
        {
            "documents": [
                {"id": leaf, "text": passage(corpus, leaf)} for leaf in ranked_leaves(corpus)
            ],
            "questions": [{"id": key, "text": query.text} for key, query in bench.queries.items()],
            "sources": [
                {
                    "id": str(place),
                    "text": corpus.source(document.file)[document.start : document.end],
                }
                for place, document in enumerate(bench.documents)
            ],
            "limit": DEPTH,
        }
    )
    runs = {PEER_NAMES[name]: ranking for name, ranking in reply["rankings"].items()}
    return runs | {CHUNKS: _chunk_run(bench, reply["chunks"])}, reply["versions"]


def holders(
    view: CorpusView, documents: Sequence[Document], chunks: Sequence[Mapping[str, Any]]
) -> list[frozenset[str]]:
    """For each chunk the leaves that it holds whole."""
    leaves = [view.clause(leaf) for leaf in ranked_leaves(view)]
    by_file: dict[str, list[tuple[int, int, str]]] = {}
    for clause in leaves:
        by_file.setdefault(clause.file, []).append((clause.start, clause.end, clause.clause_id))
    held = []
    for chunk in chunks:
        document = documents[int(chunk["source"])]
        first = document.start + chunk["start"]
        last = first + len(chunk["text"])
        inside = [
            key for start, end, key in by_file[document.file] if first <= start and end <= last
        ]
        held.append(frozenset(inside))
    return held


def credit(
    chunks: Sequence[int], held: Sequence[frozenset[str]], gold: frozenset[str]
) -> list[str]:
    """A ranking of chunks as a ranking of leaves, kindly: what a chunk holds of the gold leaves,
    or one miss; a chunk that repeats gold already found counts neither way."""
    found: list[str] = []
    for chunk in chunks:
        here = sorted(held[chunk] & gold)
        found += [leaf for leaf in here if leaf not in found] or (
            [] if here else [f"chunk-{chunk}"]
        )
    return found


def _chunk_run(bench: Bench, chunks: Sequence[Mapping[str, Any]]) -> Run:
    """Nearest chunks by our embedder in Chroma."""
    from langchain_chroma import Chroma

    held = holders(bench.corpus, bench.documents, chunks)
    store = Chroma.from_texts(
        [chunk["text"] for chunk in chunks],
        as_langchain(bench.encoder),
        metadatas=[{"chunk": place} for place in range(len(chunks))],
    )
    run: Run = {}
    for key, query in bench.queries.items():
        near = store.similarity_search(query.text, k=DEPTH)
        run[key] = credit([item.metadata["chunk"] for item in near], held, bench.gold[key])
    store.delete_collection()
    return run


def ranked_leaves(view: CorpusView) -> list[str]:
    """Clauses that retrieval ranks."""
    return [
        clause.clause_id
        for notice in view.notices()
        for clause in view.clauses_of(notice.notice_id)
        if clause.is_leaf and clause.kind not in FURNITURE
    ]


def passage(view: CorpusView, leaf: str) -> str:
    """What a peer indexes of a leaf: title, place with its headings, and text, as ours does."""
    clause = view.clause(leaf)
    return f"{view.notice(clause.notice_id).title}\n{clause.label}\n{clause.text}"


def _ranked(bench: Bench, encoder: Encoder, lexicon: Lexicon, out_of_force: float) -> Run:
    index = Index.open(bench.folder, encoder, lexicon)
    searcher = index.searcher()
    run: Run = {}
    for key, query in bench.queries.items():
        question = read_question(
            query.text,
            today=query.today,
            as_of=query.as_of,
            place=None,
            home=bench.home,
            gazetteer=bench.corpus.gazetteer,
        )
        hits = rank(question, searcher, DEPTH, out_of_force=out_of_force)
        run[key] = [hit.clause_id for hit in hits]
    index.close()
    return run
