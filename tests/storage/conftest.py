"""Databases to test with: each test gets an empty one, of either kind."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from assistant.storage import Stores, open_stores

BEGINNING = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is, with a space and Chinese in the path of the file."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var 数据/assistant.sqlite"
    url: str = request.getfixturevalue("postgres_url")
    return url


class Clock:
    """Time that passes only when told to."""

    def __init__(self) -> None:
        self.now = BEGINNING

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stores(url: str, clock: Clock, tmp_path: Path) -> Iterator[Stores]:
    ids = (f"conversation-{number}" for number in count(1))
    opened = open_stores(url, tmp_path, clock=clock, new_id=lambda: next(ids))
    yield opened
    opened.close()
