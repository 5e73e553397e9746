"""One real service behind the tools."""

import pytest

from assistant.assembly import Assistant
from assistant.clauses import Corpus
from assistant.tools import LocalTools
from tests.answering.conftest import indexed, service

__all__ = ["indexed", "service"]


@pytest.fixture(scope="session")
def tools(service: Assistant, corpus: Corpus) -> LocalTools:
    return LocalTools(service, corpus.gazetteer, "嘉兴市")
