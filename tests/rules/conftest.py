"""What the rules' tests share: the real rules, the real corpus and the place they bind."""

from pathlib import Path

import pytest

from assistant.clauses import Corpus, Place, load_corpus
from assistant.rules import RuleBook, load_rules

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return load_rules(CORPUS / "rules")


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(CORPUS)


@pytest.fixture(scope="session")
def jiaxing() -> Place:
    return Place("330400", "嘉兴市")
