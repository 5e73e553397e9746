"""What every room's tests share: the corpus as published, read-only."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from assistant.clauses import Corpus, load_corpus
from eval.wording.scripted import ScriptedModel, scripted_model
from tests.storage import postgres

ROOT = Path(__file__).parents[1]

# A busy machine is no defect: nothing here is a matter of time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    """A language model that says what it is told to, over real HTTP."""
    with scripted_model() as model:
        yield model


@pytest.fixture(scope="session")
def corpus_root() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def corpus(corpus_root: Path) -> Corpus:
    return load_corpus(corpus_root)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    server = postgres.server()
    try:
        url = server.__enter__()
    except postgres.NoServerError as error:
        pytest.skip(f"no PostgreSQL to test with: {error}")
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


_databases = count(1)


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """An empty database of its own."""
    name = f"test_{next(_databases)}"
    admin = sa.create_engine(
        postgres_server.format(name="postgres").replace("postgresql:", "postgresql+psycopg:"),
        isolation_level="AUTOCOMMIT",
    )
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return postgres_server.format(name=name)
