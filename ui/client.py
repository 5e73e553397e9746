"""The page's way to the service: HTTP, and errors as Chinese sentences."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx
from pydantic import ValidationError

from assistant.schemas import Answer, ErrorBody, ErrorEnvelope, RuleFact, RuleList

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
    """What is sent to `POST /api/ask`; a fact that is None is forgotten."""

    question: str
    conversation_id: str | None = None
    as_of: str | None = None
    jurisdiction: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

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
    ) -> None:
        self._base_url = base_url
        self._timeout_s = timeout_s
        self._transport = transport
        self._facts: dict[str, RuleFact] = {}
        self._not_listed: frozenset[str] = frozenset()  # what no rule reads, and is not asked again

    async def ask(self, ask: Ask) -> Answer:
        """The answer; raises ServiceProblemError with what to tell the reader."""
        response = await self._call("POST", "/api/ask", ask.body())
        if not response.is_success:
            raise _problem(response.text)
        try:
            return Answer.model_validate_json(response.text)
        except ValidationError as error:
            raise ServiceProblemError(UNREADABLE) from error

    async def facts(self, needed: frozenset[str]) -> Mapping[str, RuleFact]:
        """The facts that rules read, by name, holding those `needed` if the service has them.

        An answer is shown without their labels rather than not at all, so nothing is raised.
        """
        if needed - self._facts.keys() - self._not_listed:
            try:
                response = await self._call("GET", "/api/rules")
                rules = RuleList.model_validate_json(response.text).rules
            except (ServiceProblemError, ValidationError):
                return self._facts
            self._facts = {fact.name: fact for rule in rules for fact in rule.facts}
            self._not_listed = needed - self._facts.keys()
        return self._facts

    async def forget(self, conversation_id: str) -> bool:
        """Whether the service has deleted the conversation."""
        try:
            response = await self._call("DELETE", f"/api/conversations/{conversation_id}")
        except ServiceProblemError:
            return False
        return response.is_success

    async def _call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        try:
            async with httpx.AsyncClient(
                base_url=self._base_url,
                timeout=self._timeout_s,
                transport=self._transport,
                trust_env=False,  # the service is next door, never behind a proxy
            ) as http:
                return await http.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise ServiceProblemError(UNREACHABLE) from error


def checked_day(written: str) -> str | None:
    """The day in the contract's form, or None where none was given.

    Raises ServiceProblemError for what is not a day.
    """
    if not written.strip():
        return None
    digits = written.strip().replace("年", "-").replace("月", "-").replace("日", "")
    pieces = digits.replace("/", "-").replace(".", "-").split("-")
    try:
        year, month, day = (int(piece) for piece in pieces)
        return date(year, month, day).isoformat()
    except ValueError:
        message = f"日期「{written.strip()}」无法识别，请写作 2024-08-01 这样的形式。"
        raise ServiceProblemError(message) from None


def _problem(text: str) -> ServiceProblemError:
    try:
        body: ErrorBody = ErrorEnvelope.model_validate(json.loads(text)).error
    except (ValidationError, ValueError):
        return ServiceProblemError(UNREADABLE)
    if body.code == "unknown_conversation":
        return ConversationGoneError(body.message)
    return ServiceProblemError(body.message)
