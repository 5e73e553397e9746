"""A service that says it is starting until the real one has been built."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from assistant.accounts import AccountDesk
from assistant.clauses.model import CorpusView
from assistant.dialogue.ports import Gone
from assistant.errors import IndexUnavailableError
from assistant.hotline import HotlineDesk
from assistant.schemas import (
    Answer,
    AskEvent,
    AskRequest,
    Decision,
    RuleDetail,
    RuleList,
    ScoredCitation,
    Survey,
)
from assistant.service.ports import OperatorService, PolicyService

STARTING = "服务正在启动，索引尚未就绪，请稍后再试。"


class StartingService:
    """Stands in the doorway while the index is built, then hands everything on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._service: PolicyService | None = None
        self._operators: OperatorService | None = None
        self._state = STARTING

    def report(self, state: str) -> None:
        """Say in Chinese what is being waited for, or why starting failed."""
        with self._lock:
            self._state = state

    def attach(self, service: PolicyService, operators: OperatorService | None = None) -> None:
        """From now on `service` answers, and `operators` work with theirs."""
        with self._lock:
            self._service = service
            self._operators = operators

    def ask(self, request: AskRequest) -> Answer:
        """Hand on to the real service."""
        return self._ready().ask(request)

    def stream(self, request: AskRequest, gone: Gone | None = None) -> Iterator[AskEvent]:
        """Hand on to the real service."""
        return self._ready().stream(request, gone)

    def resume(self, earlier: Sequence[AskRequest]) -> str:
        """Hand on to the real service."""
        return self._ready().resume(earlier)

    def branch(self, conversation_id: str, answer_id: str) -> str | None:
        """Hand on to the real service."""
        return self._ready().branch(conversation_id, answer_id)

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> list[ScoredCitation]:
        """Hand on to the real service."""
        return self._ready().search(q, as_of, jurisdiction, limit)

    def rules(self) -> RuleList:
        """Hand on to the real service."""
        return self._ready().rules()

    def rule(self, rule_id: str) -> RuleDetail:
        """Hand on to the real service."""
        return self._ready().rule(rule_id)

    def decide(
        self, rule_id: str, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Decision:
        """Hand on to the real service."""
        return self._ready().decide(rule_id, facts, as_of, jurisdiction)

    def survey(
        self, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Survey:
        """Hand on to the real service."""
        return self._ready().survey(facts, as_of, jurisdiction)

    def forget(self, conversation_id: str) -> None:
        """Hand on to the real service."""
        self._ready().forget(conversation_id)

    def rate(self, answer_id: str, rating: Literal["up", "down"], reason: str | None) -> None:
        """Hand on to the real service."""
        self._ready().rate(answer_id, rating, reason)

    def today(self) -> date:
        """Hand on to the real service."""
        return self._ready().today()

    def view(self) -> CorpusView:
        """Hand on to the real service."""
        return self._ready().view()

    def model_counts(self) -> Mapping[str, Mapping[str, int]]:
        """The real service's counts; none before it is there."""
        service = self._service
        return {} if service is None else service.model_counts()

    def accounts(self) -> AccountDesk:
        """Hand on to the real service."""
        return self._staffed().accounts()

    def hotline(self) -> HotlineDesk:
        """Hand on to the real service."""
        return self._staffed().hotline()

    def readiness(self) -> dict[str, str]:
        """The real service's readiness, or what is being waited for."""
        service = self._service
        return {"index": self._state} if service is None else service.readiness()

    def _staffed(self) -> OperatorService:
        operators = self._operators
        if operators is None:
            raise IndexUnavailableError(self._state)
        return operators

    def _ready(self) -> PolicyService:
        service = self._service
        if service is None:
            raise IndexUnavailableError(self._state)
        return service
