"""What the embedder learns from: passages of statutes and notices, and the lexicon's terms."""

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.clauses import FURNITURE, Clause, CorpusView, load_corpus
from assistant.retrieval.lexicon import load_lexicon

# A sentence ends, or a comma leaves a part long enough to mean something on its own.
_cut = re.compile(r"[。；;！？!?\n：:]+|，(?=.{12,})").split


@dataclass(frozen=True, slots=True)
class Passage:
    """An article or clause: the names it stands under, and its text in pieces."""

    heading: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A colloquial expression, and what the texts say instead."""

    said: str
    official: tuple[str, ...]


def read_statutes(path: Path) -> list[Passage]:
    """Articles from a gzipped file of JSON lines, each with `law`, `path` and `text`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    return [_passage([article["law"], *article["path"]], article["text"]) for article in articles]


def read_notices(root: Path) -> list[Passage]:
    """Every clause of the corpus that retrieval may rank."""
    corpus = load_corpus(root)
    return [
        _passage([notice.title, *_headings(corpus, clause)], clause.body)
        for notice in corpus.notices()
        for clause in corpus.clauses_of(notice.notice_id)
        if clause.is_leaf and clause.kind not in FURNITURE
    ]


def read_terms(root: Path) -> list[Term]:
    """Each thing people say in the lexicon, with the terms it stands for."""
    entries = load_lexicon(root).entries
    return [Term(said, entry.official) for entry in entries for said in entry.said]


def _passage(names: list[str], text: str) -> Passage:
    return Passage(" ".join(names), tuple(piece for piece in _cut(text) if len(piece) > 1))


def _headings(corpus: CorpusView, clause: Clause) -> list[str]:
    """Headings from the outermost unit down to the clause's own."""
    above = _headings(corpus, corpus.clause(clause.parent_id)) if clause.parent_id else []
    return [*above, clause.heading] if clause.heading else above
