"""The page's way to the service: HTTP, and errors as Chinese sentences."""

import json
import re
import ssl
import time
import unicodedata
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from assistant.schemas import (
    Answer,
    Answered,
    AskEvent,
    CorpusState,
    Decision,
    Delta,
    ErrorBody,
    ErrorEnvelope,
    RuleFact,
    RuleList,
    RuleSummary,
    Stage,
    Wire,
)

Shape = TypeVar("Shape", bound=Wire)

_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})", re.ASCII)

FRESH_S = 30.0  # for which the corpus and the day are taken as they were

UNREACHABLE = "暂时连不上问答服务，请稍后再试。"
UNREADABLE = "问答服务的回复无法读取，请稍后再试；再次出现请告诉管理员。"


class ServiceProblemError(Exception):
    """The service did not answer the question; `message` is for the reader."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ConversationGoneError(ServiceProblemError):
    """The service no longer knows the conversation."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is sent to `POST /api/ask`; a fact that is None is forgotten.

    `visitor` is the address of the person's browser, which the service counts questions by.
    """

    question: str
    conversation_id: str | None = None
    as_of: str | None = None
    jurisdiction: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    visitor: str | None = None

    def body(self) -> dict[str, Any]:
        """The request in the contract's shape."""
        return {
            "question": self.question,
            "conversation_id": self.conversation_id,
            "as_of": self.as_of,
            "jurisdiction": self.jurisdiction,
            "facts": dict(self.facts),
        }


class ServiceClient:
    """Asks questions of one service."""

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
        page_key: str | None = None,
    ) -> None:
        self._base_url = base_url
        self._headers = {"X-Assistant-Page": page_key} if page_key else {}
        self._timeout_s = timeout_s
        self._transport = transport
        self._certificates = ssl.create_default_context()  # read once, not with every call
        self._corpus: tuple[float, CorpusState | None] = (0.0, None)
        self._facts: dict[str, RuleFact] = {}
        self._not_listed: frozenset[str] = frozenset()  # what no rule reads, and is not asked again

    async def ask(self, ask: Ask) -> AsyncIterator[AskEvent]:
        """Stages and pieces of the text, last the answer; raises ServiceProblemError."""
        finished = False
        visitor = {"X-Assistant-Visitor": ask.visitor} if ask.visitor else {}
        try:
            async with (
                self._http() as http,
                http.stream(
                    "POST", "/api/ask?stream=true", json=ask.body(), headers=visitor
                ) as response,
            ):
                if not response.is_success:
                    _refused((await response.aread()).decode("utf-8", "replace"))
                async for name, data in _server_sent(response.aiter_lines()):
                    event = _event(name, data)
                    finished = finished or isinstance(event, Answered)
                    if event is not None:
                        yield event
        except httpx.HTTPError as error:
            raise ServiceProblemError(UNREACHABLE) from error
        if not finished:
            raise ServiceProblemError(UNREADABLE)

    async def facts(self, needed: frozenset[str]) -> Mapping[str, RuleFact]:
        """The facts that rules read, by name, holding those `needed` if the service has them.

        An answer is shown without their labels rather than not at all, so nothing is raised.
        """
        if needed - self._facts.keys() - self._not_listed:
            try:
                await self.rules()
            except ServiceProblemError:
                return self._facts
            self._not_listed = needed - self._facts.keys()
        return self._facts

    async def rules(self) -> list[RuleSummary]:
        """All rules as they are now; raises ServiceProblemError."""
        rules = (await self._read("GET", "/api/rules", RuleList)).rules
        self._facts = {fact.name: fact for rule in rules for fact in rule.facts}
        return rules

    async def decide(self, rule_id: str, facts: Mapping[str, Any], as_of: str | None) -> Decision:
        """What follows from one rule; raises ServiceProblemError."""
        body = {"facts": dict(facts), "as_of": as_of}
        return await self._read("POST", f"/api/rules/{quote(rule_id)}/decide", Decision, body)

    async def corpus(self) -> CorpusState | None:
        """How much is held and how fresh it is; None where the service does not say."""
        seen, known = self._corpus
        if known is not None and time.monotonic() - seen < FRESH_S:
            return known
        try:
            known = await self._read("GET", "/api/corpus", CorpusState)
        except ServiceProblemError:
            return None
        self._corpus = (time.monotonic(), known)
        return known

    async def forget(self, conversation_id: str) -> bool:
        """Whether the service has deleted the conversation."""
        try:
            response = await self._call("DELETE", f"/api/conversations/{conversation_id}")
        except ServiceProblemError:
            return False
        return response.is_success

    async def _read(self, method: str, path: str, shape: type[Shape], body: Any = None) -> Shape:
        response = await self._call(method, path, body)
        if not response.is_success:
            _refused(response.text)
        try:
            return shape.model_validate_json(response.text)
        except ValidationError as error:
            raise ServiceProblemError(UNREADABLE) from error

    async def _call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        try:
            async with self._http() as http:
                return await http.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise ServiceProblemError(UNREACHABLE) from error

    def _http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=self._base_url,
            timeout=self._timeout_s,
            transport=self._transport,
            headers=self._headers,
            verify=self._certificates,
            trust_env=False,  # the service is next door, never behind a proxy
        )


async def _server_sent(lines: AsyncIterator[str]) -> AsyncIterator[tuple[str, str]]:
    """Name and data of each event; comments are passed over."""
    name, data = "message", list[str]()
    async for line in lines:
        if not line:
            if data:
                yield name, "\n".join(data)
            name, data = "message", []
        elif line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            data.append(line.removeprefix("data:").removeprefix(" "))


def _event(name: str, data: str) -> AskEvent | None:
    """The event, or None for a stage that is not known here; raises ServiceProblemError."""
    if name == "error":
        _refused(data)
    try:
        match name:
            case "answer":
                return Answered(answer=Answer.model_validate_json(data))
            case "delta":
                return Delta.model_validate_json(data)
            case "stage":
                return Stage.model_validate_json(data)
    except ValidationError as error:
        if name == "stage":
            return None
        raise ServiceProblemError(UNREADABLE) from error
    return None


def checked_day(written: str) -> str | None:
    """The day in the contract's form, or None where none was given.

    Raises ServiceProblemError for what is not a day.
    """
    plain = "".join(unicodedata.normalize("NFKC", written).split())
    if not plain:
        return None
    match = _DAY.fullmatch(plain)
    try:
        year, month, day = (int(piece) for piece in (match.groups() if match else ()) if piece)
        return date(year, month, day).isoformat()
    except ValueError:
        message = f"日期「{written.strip()}」无法识别，请写作 2024年8月1日 这样的形式。"
        raise ServiceProblemError(message) from None


def _refused(text: str) -> NoReturn:
    """Raise what an error of the service means for the reader."""
    try:
        body: ErrorBody = ErrorEnvelope.model_validate(json.loads(text)).error
    except (ValidationError, ValueError):
        raise ServiceProblemError(UNREADABLE) from None
    if body.code == "unknown_conversation":
        raise ConversationGoneError(body.message)
    raise ServiceProblemError(body.message)
