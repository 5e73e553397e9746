"""Fifty people talk at once while the service is killed and started again: nothing is lost."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import httpx
import pytest

from assistant.schemas import Answer
from assistant.storage import open_stores
from eval.serving import Served

PEOPLE = 50
TURNS = 10
KILLS_AFTER = (120, 300)  # acknowledged turns
PATIENCE_S = 120


@dataclass
class Desk:
    """Where the service is now."""

    client: httpx.Client
    address: str
    acknowledged: int = 0
    lock: Lock = field(default_factory=Lock)


@dataclass
class Person:
    """Somebody whose every message tells something that nobody else's does."""

    number: int
    conversation_id: str = ""
    heard: list[tuple[str, Answer]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)  # everything sent, acknowledged or not

    def message(self, turn: int) -> str:
        if turn == 0:
            return f"我今年{20 + self.number}岁，租的城里商品房，能租房落户吗"
        return f"不对，居住登记是{self.months(turn)}个月"

    def months(self, turn: int) -> int:
        return 12 + self.number + PEOPLE * turn

    def talk(self, desk: Desk) -> None:
        for turn in range(TURNS):
            answer = self._say(self.message(turn), desk)
            self.conversation_id = answer.conversation_id
            self.heard.append((self.message(turn), answer))
            with desk.lock:
                desk.acknowledged += 1

    def _say(self, message: str, desk: Desk) -> Answer:
        body = {"question": message, "conversation_id": self.conversation_id or None}
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                self.tried.append(message)
                response = desk.client.post(f"{desk.address}/api/ask", json=body)
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            assert response.status_code == 200, response.text
            return Answer.model_validate(response.json())
        raise AssertionError("the service did not come back")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/talk.sqlite"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


def serving(var: Path, database: str) -> Iterator[Served]:
    """One service after another, each until it is killed."""
    while True:
        yield Served(var, {"ASSISTANT_DATABASE_URL": database})


def wait_for(desk: Desk, turns: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while desk.acknowledged < turns and time.monotonic() < until:
        time.sleep(0.01)


def test_no_turn_is_lost_or_crossed_when_the_service_is_killed(var: Path, database: str) -> None:
    people = [Person(number) for number in range(PEOPLE)]
    services = serving(var, database)
    running = next(services)
    client = httpx.Client(trust_env=False, timeout=60, limits=httpx.Limits(max_connections=PEOPLE))
    desk = Desk(client, running.address)
    with client, ThreadPoolExecutor(PEOPLE) as pool:
        talking = [pool.submit(person.talk, desk) for person in people]
        for turns in KILLS_AFTER:
            wait_for(desk, turns)
            running.kill()
            assert desk.acknowledged < PEOPLE * TURNS, "all was said before the service was killed"
            running = next(services)
            desk.address = running.address
        for each in talking:
            each.result()
    with running:
        pass
    stores = open_stores(database, var)
    for person in people:
        stored = stores.conversations.load(person.conversation_id)
        told = [turn.question for turn in stored.turns]
        assert [q for q in told if q in {m for m, _ in person.heard}] == told  # nobody else's
        answered = {turn.answer["answer_id"]: turn for turn in stored.turns if turn.answer}
        for message, answer in person.heard:
            turn = answered[answer.answer_id]
            assert turn.question == message
            assert Answer.model_validate(turn.answer) == answer
        order = [turn.answer["answer_id"] for turn in stored.turns if turn.answer]
        heard = [answer.answer_id for _, answer in person.heard]
        assert [id_ for id_ in order if id_ in heard] == heard
        assert len(told) <= len(person.tried)
        assert stored.facts["reg.months"]["value"] == person.months(TURNS - 1)
        assert stored.facts["rent.is_urban_commodity_housing"]["value"] is True
        assert person.heard[-1][1].facts["reg.months"].value == person.months(TURNS - 1)
    stores.close()
