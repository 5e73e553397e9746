"""The two ways to put questions to the product: in this process, or to a running service."""

import contextlib
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from assistant.errors import AssistantError
from assistant.schemas import Answer, AskRequest, ScoredCitation
from eval.model import Turn

if TYPE_CHECKING:
    from assistant.assembly import Assistant
    from assistant.config import Settings

DEPTH = 10  # clauses kept of each ranking
PATIENCE_S = 60.0
_ADDRESS = re.compile(r"https?://(?:[^\s/\[\]]+|\[[0-9a-fA-F:.]+\])(?::\d+)?(?:/\S*)?")
_BUSY_TRIES = 8
_BUSY_WAIT_S = 2.0


class ServiceGoneError(AssistantError):
    """The service that is evaluated does not answer, or no longer does."""


class Door(Protocol):
    """What the runner needs of the product."""

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one message; raises AssistantError."""
        ...

    def search(self, turn: Turn) -> list[ScoredCitation]:
        """The clauses ranked for a turn's question, day and place; raises AssistantError."""
        ...


class Recipe(Protocol):
    """How to come by a door; handed to worker processes, so plain data."""

    @property
    def target(self) -> str:
        """What is evaluated, for the record."""
        ...

    @property
    def by_process(self) -> bool:
        """Whether several workers are processes of their own; otherwise threads on one door."""
        ...

    def prepare(self) -> None:
        """Do once what all doors need; raises AssistantError."""
        ...

    def open(self) -> AbstractContextManager[Door]:
        """A door; raises AssistantError."""
        ...


@dataclass(frozen=True, slots=True)
class InProcess:
    """The product in this process: an up-to-date index, a fixed day, conversations of its own."""

    corpus: Path
    today: date
    var_dir: Path | None = None  # None: where the settings say
    broken_by: str | None = None  # the name of a seeded regression

    target = "in_process"
    by_process = True

    def prepare(self) -> None:
        """Bring the index up to date."""
        from assistant.assembly import build

        with self._changed():
            build(self._settings("sqlite://"))

    @contextmanager
    def open(self) -> Iterator[Door]:
        """The service, over a database that is thrown away afterwards."""
        with self.service() as service:
            yield _InProcessDoor(service.ask, service.search)

    @contextmanager
    def service(self, **settings: Any) -> Iterator["Assistant"]:
        """The service itself, with settings of its own."""
        from assistant.assembly import build_service

        with tempfile.TemporaryDirectory() as folder, self._changed():
            # What is asked here must not stand among people's conversations.
            database = f"sqlite:///{Path(folder) / 'conversations.db'}"
            service = build_service(self._settings(database, **settings))
            try:
                yield service
            finally:
                service.close()

    def _settings(self, database: str, **more: Any) -> "Settings":
        from assistant.config import Settings

        own: dict[str, Any] = {"var_dir": self.var_dir} if self.var_dir else {}
        return Settings(
            today=self.today, corpus_dir=self.corpus, database_url=database, **own, **more
        )

    def _changed(self) -> AbstractContextManager[None]:
        if self.broken_by is None:
            return contextlib.nullcontext()
        from eval.gate.regressions import in_process_change

        return in_process_change(self.broken_by)


@dataclass(frozen=True, slots=True)
class OverHttp:
    """A running service."""

    url: str

    by_process = False

    @property
    def target(self) -> str:
        """The address."""
        return self.url

    def prepare(self) -> None:
        """Make sure that something answers there."""
        with self._client() as client:
            try:
                client.get("/healthz").raise_for_status()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ServiceGoneError(
                    f"{self.url} 没有应答（{error}）。请先启动服务（make serve），或核对 --url。"
                ) from error

    @contextmanager
    def open(self) -> Iterator[Door]:
        """A client of the service."""
        with self._client() as client:
            yield _HttpDoor(self.url, client)

    def _client(self) -> httpx.Client:
        if not _ADDRESS.fullmatch(self.url):
            raise ServiceGoneError(f"「{self.url}」不是地址，请写作 http://127.0.0.1:7860。")
        return httpx.Client(base_url=self.url, timeout=PATIENCE_S, trust_env=False)


@dataclass(frozen=True, slots=True)
class _InProcessDoor:
    _ask: Callable[[AskRequest], Answer]
    _search: Callable[[str, date | None, str | None, int], list[ScoredCitation]]

    def ask(self, request: AskRequest) -> Answer:
        return self._ask(request)

    def search(self, turn: Turn) -> list[ScoredCitation]:
        return self._search(turn.question, turn.as_of, turn.jurisdiction, DEPTH)


class _HttpDoor:
    def __init__(self, url: str, client: httpx.Client) -> None:
        self._url = url
        self._client = client

    def ask(self, request: AskRequest) -> Answer:
        reply = self._send("POST", "/api/ask", json=request.model_dump(mode="json"))
        return Answer.model_validate(reply.json())

    def search(self, turn: Turn) -> list[ScoredCitation]:
        query = {"q": turn.question, "limit": str(DEPTH)}
        if turn.as_of:
            query["as_of"] = turn.as_of.isoformat()
        if turn.jurisdiction:
            query["jurisdiction"] = turn.jurisdiction
        reply = self._send("GET", "/api/search", params=query)
        return [ScoredCitation.model_validate(item) for item in reply.json()["items"]]

    def _send(self, method: str, path: str, **more: object) -> httpx.Response:
        for _ in range(_BUSY_TRIES):
            try:
                reply = self._client.request(method, path, **more)  # type: ignore[arg-type]
            except httpx.TimeoutException as error:
                raise AssistantError(f"{PATIENCE_S:.0f} 秒内没有应答（{path}）") from error
            except httpx.HTTPError as error:
                raise ServiceGoneError(
                    f"{self._url} 中途没有应答（{error}）。请确认服务还在运行，再重新评测。"
                ) from error
            if reply.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            time.sleep(min(float(reply.headers.get("Retry-After", _BUSY_WAIT_S)), PATIENCE_S))
        if reply.is_error:
            raise AssistantError(f"HTTP {reply.status_code}：{reply.text[:200]}")
        return reply
