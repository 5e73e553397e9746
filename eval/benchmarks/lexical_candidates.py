"""Three libraries for the lexical index, measured alike (docs/adr/0003-lexical-index.md).

    python -m eval.benchmarks.lexical_candidates STATUTES.jsonl.gz STARD.json [--sizes 75910 303640]

Each indexes the same character n-grams. Quality is nDCG@10 over the second file's questions and
articles. Speed and size are over the statutes, repeated for the larger sizes (synthetic). bm25s is
needed for its own row only (`pip install bm25s`); tantivy is the one that ships.
"""

import argparse
import importlib.util
import json
import math
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from assistant.retrieval.lexical import LexicalIndex, LexicalWriter, weighted_terms
from assistant.retrieval.lexicon import load_lexicon
from assistant.retrieval.model import OPEN_END, Scope
from assistant.retrieval.tokens import ngrams
from eval.benchmarks.measured import resident_mb, share_of
from eval.benchmarks.statutes import StatuteCorpus

_SCOPE = Scope(20241122, frozenset({330400, 330000, 0}), binding=True)
_CODES = (330400, 330000, 0, 330700, 330100)

Document = tuple[int, list[str], int]  # number, n-grams, jurisdiction


class Candidate(Protocol):
    """One library under test."""

    def build(self, documents: Sequence[Document]) -> None:
        """Index everything and have it ready."""

    def add(self, documents: Sequence[Document]) -> None:
        """Add to what is indexed, and have it ready."""

    def search(self, terms: dict[str, float], limit: int) -> list[int]:
        """The best documents, without a filter."""

    def filtered(self, terms: dict[str, float], limit: int) -> list[int] | None:
        """The best documents of the jurisdictions asked for; None: cannot."""


class Tantivy:
    """The index that ships."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._builds = 0

    def build(self, documents: Sequence[Document]) -> None:
        """Index everything."""
        self._write(documents, None)

    def add(self, documents: Sequence[Document]) -> None:
        """Add, keeping what is there."""
        self._write(documents, self._folder / str(self._builds))

    def search(self, terms: dict[str, float], limit: int) -> list[int]:
        """The best documents."""
        return self._index.resembling(terms, limit)

    def filtered(self, terms: dict[str, float], limit: int) -> list[int]:
        """The best documents of the jurisdictions asked for."""
        return [leaf for leaf, _ in self._index.search(terms, _SCOPE, limit)]

    def _write(self, documents: Sequence[Document], base: Path | None) -> None:
        self._builds += 1
        writer = LexicalWriter(self._folder / str(self._builds), base=base)
        for number, grams, code in documents:
            writer.add(number, grams, code=code, first=20200101, last=OPEN_END)
        writer.finish()
        self._index = LexicalIndex(self._folder / str(self._builds))


class Fts5:
    """SQLite FTS5 over n-grams between spaces; weights and filters are its own where it has them."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts.sqlite")
        self._connection.execute(
            "CREATE VIRTUAL TABLE f USING fts5(grams, tokenize='unicode61 remove_diacritics 0')"
        )
        self._connection.execute("CREATE TABLE life (number INTEGER PRIMARY KEY, code INTEGER)")

    def build(self, documents: Sequence[Document]) -> None:
        """Index everything."""
        self.add(documents)

    def add(self, documents: Sequence[Document]) -> None:
        """Add, keeping what is there."""
        rows = ((number, " ".join(grams)) for number, grams, _ in documents)
        self._connection.executemany("INSERT INTO f (rowid, grams) VALUES (?, ?)", rows)
        lives = ((number, code) for number, _, code in documents)
        self._connection.executemany("INSERT INTO life VALUES (?, ?)", lives)
        self._connection.commit()

    def search(self, terms: dict[str, float], limit: int) -> list[int]:
        """The best documents."""
        statement = "SELECT rowid FROM f WHERE f MATCH ? ORDER BY bm25(f) LIMIT ?"
        return [row[0] for row in self._connection.execute(statement, (_match(terms), limit))]

    def filtered(self, terms: dict[str, float], limit: int) -> list[int]:
        """The best documents of the jurisdictions asked for."""
        statement = (
            "SELECT f.rowid FROM f JOIN life ON life.number = f.rowid"
            " WHERE f MATCH ? AND code IN (330400, 330000, 0) ORDER BY bm25(f) LIMIT ?"
        )
        return [row[0] for row in self._connection.execute(statement, (_match(terms), limit))]


class Bm25s:
    """bm25s: scores computed while indexing, in sparse matrices in memory."""

    def __init__(self, folder: Path) -> None:
        import bm25s  # type: ignore[import-not-found, unused-ignore]

        self._library = bm25s
        self._folder = folder
        self._documents: list[Document] = []

    def build(self, documents: Sequence[Document]) -> None:
        """Index everything."""
        import numpy as np

        self._documents = list(documents)
        self._retriever = self._library.BM25(k1=1.2, b=0.75)
        self._retriever.index([grams for _, grams, _ in documents], show_progress=False)
        self._retriever.save(str(self._folder / "bm25s"), show_progress=False)
        codes = np.array([code for _, _, code in documents])
        self._mask = np.isin(codes, sorted(_SCOPE.codes)).astype(np.float32)

    def add(self, documents: Sequence[Document]) -> None:
        """Add, keeping what is there."""
        self.build([*self._documents, *documents])

    def search(self, terms: dict[str, float], limit: int) -> list[int]:
        """The best documents."""
        return self._retrieve(terms, limit, None)

    def filtered(self, terms: dict[str, float], limit: int) -> list[int]:
        """The best documents of the jurisdictions asked for."""
        return self._retrieve(terms, limit, self._mask)

    def _retrieve(self, terms: dict[str, float], limit: int, mask: Any) -> list[int]:
        # No weights: a token given twice counts twice, so halves are made of doubles.
        tokens = [gram for gram, weight in terms.items() for _ in range(max(1, round(2 * weight)))]
        found, _ = self._retriever.retrieve(
            [tokens], k=limit, show_progress=False, weight_mask=mask
        )
        return [self._documents[row][0] for row in found[0]]


CANDIDATES: dict[str, Callable[[Path], Candidate]] = {
    "tantivy": Tantivy,
    "fts5": Fts5,
    "bm25s": Bm25s,
}


def main() -> None:
    """Each candidate in a process of its own, so that memory is its own too."""
    arguments = _arguments()
    if arguments.candidate:
        report = measure(arguments)
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
        return
    for name in CANDIDATES:
        if name == "bm25s" and importlib.util.find_spec("bm25s") is None:
            sys.stdout.write("bm25s: not installed, left out\n")
            continue
        for size in arguments.sizes:
            command = [sys.executable, "-m", "eval.benchmarks.lexical_candidates"]
            command += [str(arguments.statutes), str(arguments.questions)]
            command += ["--candidate", name, "--sizes", str(size)]
            subprocess.run(command, check=True)


def measure(arguments: argparse.Namespace) -> dict[str, Any]:
    """One candidate at one size."""
    make = CANDIDATES[arguments.candidate]
    size = arguments.sizes[0]
    asked = json.loads(arguments.questions.read_text("utf-8"))
    work = Path(tempfile.mkdtemp(prefix="lexical-candidates-"))
    try:
        report: dict[str, Any] = {"candidate": arguments.candidate, "articles": size}
        (work / "quality").mkdir()
        report |= _quality(make(work / "quality"), asked)
        (work / "scale").mkdir()
        report |= _scale(make(work / "scale"), work / "scale", arguments.statutes, size, asked)
        return report
    finally:
        shutil.rmtree(work)


def _quality(candidate: Candidate, asked: dict[str, Any]) -> dict[str, float]:
    articles = asked["articles"]
    candidate.build([(a["id"], ngrams(f"{a['name']}\n{a['text']}"), 0) for a in articles])
    lexicon = load_lexicon(Path("corpus"))
    plain, expanded = [], []
    for question in asked["questions"]:
        text, gold = question["question"], set(question["relevant"])
        plain.append(_ndcg(candidate.search(weighted_terms(text, (), ngrams), 10), gold))
        terms = weighted_terms(text, lexicon.expand(text), ngrams)
        expanded.append(_ndcg(candidate.search(terms, 10), gold))
    return {
        "ndcg@10": round(sum(plain) / len(plain), 4),
        "ndcg@10_lexicon": round(sum(expanded) / len(expanded), 4),
    }


def _scale(
    candidate: Candidate, folder: Path, statutes: Path, size: int, asked: dict[str, Any]
) -> dict[str, Any]:
    corpus = StatuteCorpus(statutes, articles=size)
    documents: list[Document] = []
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            if clause.is_leaf:
                number = len(documents)
                grams = ngrams(f"{notice.title}\n{clause.text}")
                documents.append((number, grams, _CODES[number // 50 % len(_CODES)]))
    before = resident_mb()
    build_s = _seconds(lambda: candidate.build(documents))
    resident = resident_mb() - before
    disk = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    more = [(size + n, documents[n][1], 0) for n in range(100)]
    add_s = _seconds(lambda: candidate.add(more))
    terms = [weighted_terms(q["question"], (), ngrams) for q in asked["questions"][:200]]
    return {
        "build_s": round(build_s, 1),
        "add_100_s": round(add_s, 2),
        "disk_mb": round(disk / 1e6),
        "resident_mb": resident,
        "search_ms": _percentiles(lambda t: candidate.search(t, 50), terms),
        "filtered_ms": _percentiles(lambda t: candidate.filtered(t, 50), terms),
    }


def _percentiles(
    call: Callable[[dict[str, float]], object], terms: Sequence[dict[str, float]]
) -> dict[str, float]:
    times = [_seconds(lambda t=t: call(t)) * 1000 for t in terms]  # type: ignore[misc]
    return {"p50": round(share_of(times, 0.5), 2), "p95": round(share_of(times, 0.95), 2)}


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _ndcg(found: Sequence[int], gold: set[int]) -> float:
    gain = sum(1 / math.log2(i + 2) for i, key in enumerate(found[:10]) if key in gold)
    best = sum(1 / math.log2(i + 2) for i in range(min(10, len(gold))))
    return gain / best if best else 0.0


def _match(terms: dict[str, float]) -> str:
    return " OR ".join(f'"{gram}"' for gram in terms)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statutes", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[75_910])
    parser.add_argument("--candidate", choices=sorted(CANDIDATES), default=None)
    return parser.parse_args()


if __name__ == "__main__":
    main()
