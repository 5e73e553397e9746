"""One whole service over the real corpus, with its own index and a fixed day, for every test here."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.assembly import Assistant, build, build_service
from assistant.clauses import Corpus
from assistant.config import Settings
from assistant.schemas import Answer, AskRequest
from eval.judging import Published
from eval.model import EVAL_DAY, Case, Turn
from eval.sets import read_cases

CASES = Path(__file__).parents[2] / "eval" / "policy" / "cases.jsonl"
Ask = Callable[..., Answer]
FROM_TEXT = frozenset({"answer", "refuse", "chat"})
"""Kinds of reply that this room composes; verdicts and questions back are the dialogue's."""


@pytest.fixture(scope="session")
def indexed(
    corpus: Corpus, corpus_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings of a service whose index is built."""
    settings = Settings(
        corpus_dir=corpus_root, var_dir=tmp_path_factory.mktemp("answering"), today=EVAL_DAY
    )
    build(settings, corpus=corpus)
    return settings


@pytest.fixture(scope="session")
def service(indexed: Settings) -> Assistant:
    return build_service(indexed)


@pytest.fixture(scope="session")
def ask(service: Assistant) -> Ask:
    def ask(question: str, as_of: date | None = None, **more: Any) -> Answer:
        return service.ask(AskRequest(question=question, as_of=as_of, **more))

    return ask


@pytest.fixture(scope="session")
def published(corpus_root: Path) -> Published:
    return Published(corpus_root)


@pytest.fixture(scope="session")
def dev_answers(ask: Ask) -> list[tuple[Case, Turn, Answer]]:
    """The reply to each single question of the development split."""
    return [
        (case, case.turns[0], ask(t.question, t.as_of, jurisdiction=t.jurisdiction, facts=t.facts))
        for case in read_cases(CASES)
        for t in case.turns[:1]
        if case.split == "dev"
    ]
