"""What a conversation needs kept for it; `assistant.storage` keeps it, tests may keep it in memory.

Everything handed to a store is already masked (`assistant.dialogue.privacy`): stores mask nothing.
State, facts and answers are plain JSON values, so that the dialogue may change their shape without
a migration.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from assistant.schemas import Answer

Json = Mapping[str, Any]
"""A JSON object; never changed in place."""

Change = Callable[[dict[str, Any]], Json]
"""From the state as it is now to the state as it shall be.

Pure and quick: it runs while the conversation is locked, on a copy that it may change and return.
"""

Clock = Callable[[], datetime]
"""The time now, with its zone."""

NewId = Callable[[], str]
"""An id that nobody can guess and that was never given before."""

Gone = Callable[[], bool]
"""Whether the reader of a stream has gone; called often, from the thread that answers."""

FACTS = "facts"
"""The key of the state under which the facts stand, by name."""


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One exchange: what was asked, as masked, and what was answered."""

    position: int  # from 1, without gaps
    question: str
    request: Json  # the request's other fields
    answer: Json | None  # None: under way, or cut off before there was an answer
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A conversation as it stood when it was read."""

    conversation_id: str
    created_at: datetime
    used_at: datetime
    version: int  # grows with every change of the state or of the turns
    state: Json
    turns: tuple[StoredTurn, ...] = ()

    @property
    def facts(self) -> Json:
        """The facts known, by name."""
        facts: Json = self.state.get(FACTS, {})
        return facts


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """All that an answer was made from (design D10)."""

    answer_id: str
    conversation_id: str
    at: datetime
    today: date
    as_of: date
    jurisdiction: str
    corpus_digest: str
    build_id: str
    composer: str
    rule_versions: Mapping[str, str] = field(default_factory=dict)
    retrieved: tuple[str, ...] = ()
    request: Json | None = None  # the whole request, masked; None: erased on request or by age
    state: Json | None = None  # of the conversation, before this turn
    facts: Json | None = None  # as decided on
    outcome: Json | None = None  # `outcome_of` the answer
    outcome_digest: str = ""  # set by the store; stays when the outcome is erased


def outcome_of(answer: Answer) -> Json:
    """What a replay must yield again: the kind, the citations and the verdicts."""
    return answer.model_dump(mode="json", include={"kind", "citations", "verdicts"})


def outcome_bytes(outcome: Json) -> bytes:
    """An outcome as bytes that are the same on every machine."""
    return json.dumps(outcome, sort_keys=True, separators=(",", ":")).encode()


def outcome_digest(outcome: Json) -> str:
    """The SHA-256 of an outcome."""
    return hashlib.sha256(outcome_bytes(outcome)).hexdigest()


Rating = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of an answer; the reason is masked, or erased."""

    answer_id: str
    rating: Rating
    reason: str | None
    at: datetime


class ConversationStore(Protocol):
    """Keeps conversations; every method is one transaction and may be called from any thread.

    All but `create` and `purge` raise UnknownConversationError; all raise StorageError when the
    database fails.
    """

    def create(self, state: Json | None = None) -> StoredConversation:
        """Begin a conversation, under a new id."""
        ...

    def load(self, conversation_id: str) -> StoredConversation:
        """The conversation with its turns, as of now."""
        ...

    def append_turn(
        self,
        conversation_id: str,
        question: str,
        request: Json,
        *,
        change: Change | None = None,
        answer: Json | None = None,
    ) -> StoredConversation:
        """Add a turn and change the state, both or neither; returns what was stored, this turn last.

        `change` sees the latest state, whatever another request did meanwhile.
        """
        ...

    def answer_turn(
        self, conversation_id: str, position: int, answer: Json, *, change: Change | None = None
    ) -> None:
        """Complete a turn that was stored before it was answered, and change the state with it."""
        ...

    def update(self, conversation_id: str, change: Change) -> StoredConversation:
        """Change the state alone; returns it without turns."""
        ...

    def delete(self, conversation_id: str) -> None:
        """Erase the state, the turns, and all text that the audit and feedback hold of it."""
        ...

    def purge(self, now: datetime, retention_days: int) -> int:
        """Delete what was last used longer ago than that; returns how many conversations."""
        ...


class AuditStore(Protocol):
    """Keeps how every answer came about."""

    def record(self, record: AuditRecord) -> None:
        """Keep a record; without its texts where the conversation is gone by now."""
        ...

    def get(self, answer_id: str) -> AuditRecord:
        """The record of an answer; raises UnknownAnswerError."""
        ...


class FeedbackStore(Protocol):
    """Keeps what people thought of answers."""

    def add(self, answer_id: str, rating: Rating, reason: str | None) -> None:
        """Keep one opinion on an answer; raises UnknownAnswerError."""
        ...

    def of(self, answer_id: str) -> tuple[Feedback, ...]:
        """What was said of an answer, oldest first."""
        ...
