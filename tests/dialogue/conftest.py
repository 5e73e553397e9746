"""What the dialogue's tests share: the dictionary of facts and the place talked about."""

from pathlib import Path

import pytest

from assistant.clauses import Place, load_gazetteer
from assistant.dialogue.reading.places import Surroundings
from assistant.rules import FactDictionary, load_facts
from tests.answering.conftest import indexed, service

__all__ = ["dictionary", "indexed", "service", "surroundings"]

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def dictionary() -> FactDictionary:
    return load_facts(CORPUS / "rules" / "facts.yaml")


@pytest.fixture(scope="session")
def surroundings() -> Surroundings:
    return Surroundings(load_gazetteer(CORPUS), Place("330400", "嘉兴市"))
