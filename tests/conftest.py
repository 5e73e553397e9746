"""What every room's tests share: the corpus as published, read-only."""

from pathlib import Path

import pytest

from assistant.clauses import Corpus, load_corpus

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def corpus_root() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def corpus(corpus_root: Path) -> Corpus:
    return load_corpus(corpus_root)
