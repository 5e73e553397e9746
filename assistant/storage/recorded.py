"""One conversation in memory: what a replay talks to, and what messages sent together are read in."""

from dataclasses import replace
from datetime import datetime

from assistant.dialogue.ports import (
    AuditRecord,
    Change,
    Json,
    StoredConversation,
    StoredTurn,
)
from assistant.errors import UnknownAnswerError, UnknownConversationError


class HeldConversation:
    """Implements `ConversationStore` and `AuditStore` for one conversation; nothing is kept."""

    def __init__(self, conversation_id: str, state: Json, at: datetime) -> None:
        self._now = at
        self._conversation = StoredConversation(
            conversation_id, created_at=at, used_at=at, version=1, state=dict(state)
        )

    def create(self, state: Json | None = None) -> StoredConversation:
        """The conversation begun again, under the same id."""
        self._conversation = replace(self._conversation, state=dict(state or {}), turns=())
        return self._conversation

    def load(self, conversation_id: str) -> StoredConversation:
        """The conversation as it stands."""
        if conversation_id != self._conversation.conversation_id:
            raise UnknownConversationError("这里没有别的对话。", field="conversation_id")
        return self._conversation

    def append_turn(
        self,
        conversation_id: str,
        question: str,
        request: Json,
        *,
        change: Change | None = None,
        answer: Json | None = None,
    ) -> StoredConversation:
        """Add the turn, in memory."""
        turn = StoredTurn(
            len(self.load(conversation_id).turns) + 1, question, request, answer, self._now
        )
        changed = self._changed(conversation_id, change)
        self._conversation = replace(changed, turns=(*changed.turns, turn))
        return self._conversation

    def answer_turn(
        self, conversation_id: str, position: int, answer: Json, *, change: Change | None = None
    ) -> None:
        """Complete the turn, in memory."""
        changed = self._changed(conversation_id, change)
        turns = [
            replace(turn, answer=answer) if turn.position == position else turn
            for turn in changed.turns
        ]
        self._conversation = replace(changed, turns=tuple(turns))

    def update(self, conversation_id: str, change: Change) -> StoredConversation:
        """Change the state, in memory."""
        self._conversation = self._changed(conversation_id, change)
        return self._conversation

    def delete(self, conversation_id: str) -> None:
        """There is nothing to erase."""

    def purge(self, now: datetime, retention_days: int) -> int:  # noqa: ARG002
        """There is nothing to erase."""
        return 0

    def record(self, record: AuditRecord) -> None:
        """Nothing is recorded."""

    def get(self, answer_id: str) -> AuditRecord:
        """There are no records."""
        raise UnknownAnswerError(f"这里没有答复 {answer_id}。", field="answer_id")

    def _changed(self, conversation_id: str, change: Change | None) -> StoredConversation:
        now = self.load(conversation_id)
        state = dict(change(dict(now.state)) if change else now.state)
        return replace(now, state=state, version=now.version + 1)


class RecordedConversation(HeldConversation):
    """A conversation as it stood before a recorded turn: what a replay talks to."""

    def __init__(self, record: AuditRecord) -> None:
        super().__init__(record.conversation_id, record.state or {}, record.at)
