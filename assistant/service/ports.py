"""What the service needs of the rooms below it; `assembly` wires the real one."""

from datetime import date
from typing import Protocol

from assistant.clauses.model import CorpusView
from assistant.schemas import Answer, AskRequest, ScoredCitation


class PolicyService(Protocol):
    """Answers, searches and shows one whole corpus."""

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one question; raises AssistantError."""

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> list[ScoredCitation]:
        """The clauses nearest to `q`, best first, binding ones before the others."""

    def today(self) -> date:
        """The day it is here."""

    def view(self) -> CorpusView:
        """The corpus snapshot that answers now; raises IndexUnavailableError."""

    def readiness(self) -> dict[str, str]:
        """`ok`, or a Chinese reason, per dependency."""
