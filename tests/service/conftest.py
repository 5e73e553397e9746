"""One application over the real corpus, shared by the tests of the service."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.accounts import AccountDesk
from assistant.clauses.corpus import Corpus
from assistant.clauses.loader import load_corpus
from assistant.errors import IndexUnavailableError
from assistant.hotline import HotlineDesk
from assistant.service.app import create_app
from tests.service.fake import CORPUS, ContainmentService


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return load_corpus(CORPUS)


@pytest.fixture
def service(corpus: Corpus) -> ContainmentService:
    return ContainmentService(corpus)


class NobodyYet:
    """The operators' side of a service that is still starting."""

    def accounts(self) -> AccountDesk:
        raise IndexUnavailableError("服务正在启动，请稍后再试。")

    def hotline(self) -> HotlineDesk:
        raise IndexUnavailableError("服务正在启动，请稍后再试。")


@pytest.fixture
def client(service: ContainmentService) -> Iterator[TestClient]:
    app = create_app(service, service.corpus.gazetteer, home="嘉兴市", operators=NobodyYet())
    with TestClient(app) as client:
        yield client
