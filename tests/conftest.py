"""What every room's tests share: the corpus as published, read-only."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from assistant.clauses import Corpus, load_corpus

ROOT = Path(__file__).parents[1]

# A busy machine is no defect: nothing here is a matter of time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="session")
def corpus_root() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def corpus(corpus_root: Path) -> Corpus:
    return load_corpus(corpus_root)
