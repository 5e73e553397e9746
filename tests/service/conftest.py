"""One application over the real corpus, shared by the tests of the service."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.clauses.loader import Corpus, load_corpus
from assistant.service.app import create_app
from tests.service.fake import CORPUS, ContainmentService


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(CORPUS)


@pytest.fixture
def service(corpus: Corpus) -> ContainmentService:
    return ContainmentService(corpus)


@pytest.fixture
def client(service: ContainmentService) -> Iterator[TestClient]:
    app = create_app(service, service.corpus.gazetteer, home="嘉兴市")
    with TestClient(app) as client:
        yield client
