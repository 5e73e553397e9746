"""What the service needs of the rooms below it; `assembly` wires the real one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, Protocol

from assistant.accounts import AccountDesk
from assistant.clauses.model import CorpusView
from assistant.dialogue.ports import Gone
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


class PolicyService(Protocol):
    """Answers, searches and shows one whole corpus."""

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one question; raises AssistantError."""

    def stream(self, request: AskRequest, gone: Gone | None = None) -> Iterator[AskEvent]:
        """The same answer as it comes about, `Answered` last; the first step raises AssistantError.

        The message is stored before the first `Delta`. Drain it even when nobody reads on: once
        `gone` says so, no language model is waited for.
        """

    def resume(self, earlier: Sequence[AskRequest]) -> str:
        """The id of a new conversation that stands where these messages would have led."""

    def branch(self, conversation_id: str, answer_id: str) -> str | None:
        """The id of a new conversation that stands where that answer left the other one.

        None where the other is gone, or something has been said in it since.
        """

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> list[ScoredCitation]:
        """The clauses nearest to `q`, best first, binding ones before the others."""

    def rules(self) -> RuleList:
        """All rules, with the facts that they read."""

    def rule(self, rule_id: str) -> RuleDetail:
        """One rule; raises UnknownRuleError."""

    def decide(
        self, rule_id: str, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Decision:
        """What follows from one rule; raises UnknownRuleError, FactError or UnknownPlaceError."""

    def survey(
        self, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Survey:
        """What follows from all channels, ranked; raises FactError or UnknownPlaceError."""

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation with all its text; raises UnknownConversationError."""

    def rate(self, answer_id: str, rating: Literal["up", "down"], reason: str | None) -> None:
        """Keep what somebody thought of an answer; raises UnknownAnswerError."""

    def today(self) -> date:
        """The day it is here."""

    def view(self) -> CorpusView:
        """The corpus snapshot that answers now; raises IndexUnavailableError."""

    def model_counts(self) -> Mapping[str, Mapping[str, int]]:
        """Calls to the language model by outcome, and its statements by fate."""

    def readiness(self) -> dict[str, str]:
        """`ok`, or a Chinese reason, per dependency."""


class OperatorService(Protocol):
    """What the people with an account work with; raises IndexUnavailableError until it is there."""

    def accounts(self) -> AccountDesk:
        """Who may log in, and who has."""

    def hotline(self) -> HotlineDesk:
        """The operators' side."""
