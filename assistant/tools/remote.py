"""The tools over a running service, by HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from assistant.errors import AssistantError
from assistant.schemas import Answer, AskRequest, Decision, ErrorEnvelope, RuleList
from assistant.service.plain import Link, source_link
from assistant.service.shapes import ClauseDetail, SearchPage
from assistant.tools.backend import only

UNREADABLE = "问答服务的回复无法读取，请核对地址，再稍后重试。"

_Shape = TypeVar("_Shape", bound=BaseModel)


class RemoteTools:
    """Implements `PolicyTools` over the service at `base_url`."""

    def __init__(self, base_url: str, *, timeout_s: float = 30.0) -> None:
        self._base_url = base_url.rstrip("/")
        next_door: dict[str, httpx.BaseTransport | None] = {
            "all://127.0.0.1": None,
            "all://localhost": None,
        }
        self._http = httpx.Client(  # next door is never behind a proxy
            base_url=self._base_url, timeout=timeout_s, mounts=next_door
        )
        self.link: Link = source_link(self._base_url)

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one message of a conversation."""
        body = request.model_dump(mode="json")
        return self._call(Answer, "POST", "/api/ask", body=body)

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> SearchPage:
        """The clauses nearest to `q`, best first."""
        query = {"q": q, "limit": str(limit), **_when_and_where(as_of, jurisdiction)}
        return self._call(SearchPage, "GET", "/api/search", query=query)

    def clause(self, clause_id: str, as_of: date | None, jurisdiction: str | None) -> ClauseDetail:
        """One clause, its validity and its neighbours."""
        path = f"/api/clauses/{quote(clause_id, safe='')}"
        return self._call(ClauseDetail, "GET", path, query=_when_and_where(as_of, jurisdiction))

    def rules(self, rule_id: str | None) -> RuleList:
        """All rules, or the one asked for."""
        return only(self._call(RuleList, "GET", "/api/rules"), rule_id)

    def decide(
        self, rule_id: str, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Decision:
        """What follows from one rule."""
        body = {"facts": dict(facts), **_when_and_where(as_of, jurisdiction)}
        return self._call(
            Decision, "POST", f"/api/rules/{quote(rule_id, safe='')}/decide", body=body
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _call(
        self,
        shape: type[_Shape],
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> _Shape:
        try:
            response = self._http.request(method, path, params=query, json=body)
        except httpx.HTTPError as error:
            message = f"连不上 {self._base_url} 的问答服务，请确认它在运行、地址无误。"
            raise AssistantError(message) from error
        try:
            if response.is_success:
                return shape.model_validate_json(response.content)
            told = ErrorEnvelope.model_validate_json(response.content).error
        except ValidationError as error:
            raise AssistantError(UNREADABLE) from error
        raise AssistantError(told.message, field=told.field)


def _when_and_where(as_of: date | None, jurisdiction: str | None) -> dict[str, str]:
    given = {"as_of": as_of.isoformat() if as_of else None, "jurisdiction": jurisdiction}
    return {name: value for name, value in given.items() if value is not None}
