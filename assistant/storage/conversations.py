"""Conversations and their turns, in a database.

A request that changes a conversation locks its row first (on SQLite: takes the one writer's lock),
reads the state as it then is, and changes that. So of two requests at the same time the second sees
what the first did, and neither a fact nor a turn is lost.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from assistant.dialogue.ports import (
    Change,
    Clock,
    Json,
    NewId,
    StoredConversation,
    StoredTurn,
)
from assistant.errors import UnknownConversationError
from assistant.storage.audit import erase_texts
from assistant.storage.database import Database
from assistant.storage.reviews import erase_notes
from assistant.storage.tables import conversations, turns

_AT_ONCE = 200  # conversations deleted in one transaction of `purge`, so that others get their turn


class SqlConversationStore:
    """Implements `ConversationStore`."""

    def __init__(self, database: Database, *, clock: Clock, new_id: NewId) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id

    def create(self, state: Json | None = None) -> StoredConversation:
        """Begin a conversation, under a new id."""
        now = self._clock()
        begun = StoredConversation(
            self._new_id(), created_at=now, used_at=now, version=1, state=dict(state or {})
        )
        with self._database.writing() as connection:
            connection.execute(
                sa.insert(conversations).values(
                    conversation_id=begun.conversation_id,
                    created_at=now,
                    used_at=now,
                    version=1,
                    turn_count=0,
                    state=begun.state,
                )
            )
        return begun

    def load(self, conversation_id: str) -> StoredConversation:
        """The conversation with its turns, as of now."""
        with self._database.reading() as connection:
            row = _row(connection, conversation_id)
            told = connection.execute(
                sa.select(turns)
                .where(turns.c.conversation_id == conversation_id)
                .order_by(turns.c.position)
                .where(turns.c.position <= row.turn_count)  # what came after the row was read
            ).all()
        return _conversation(row, [_turn(each) for each in told])

    def append_turn(
        self,
        conversation_id: str,
        question: str,
        request: Json,
        *,
        change: Change | None = None,
        answer: Json | None = None,
    ) -> StoredConversation:
        """Add a turn and change the state, both or neither; returns what was stored."""
        now = self._clock()
        with self._database.writing() as connection:
            row = _locked(connection, conversation_id)
            turn = StoredTurn(row.turn_count + 1, question, dict(request), answer, now)
            state = change(row.state) if change else row.state
            stored = _store(connection, row, now, state, turn_count=turn.position)
            connection.execute(
                sa.insert(turns).values(
                    conversation_id=conversation_id,
                    position=turn.position,
                    question=question,
                    request=turn.request,
                    answer=answer,
                    at=now,
                )
            )
            earlier = connection.execute(
                sa.select(turns)
                .where(turns.c.conversation_id == conversation_id)
                .where(turns.c.position < turn.position)
                .order_by(turns.c.position)
            ).all()
        return replace(stored, turns=(*map(_turn, earlier), turn))

    def answer_turn(
        self, conversation_id: str, position: int, answer: Json, *, change: Change | None = None
    ) -> None:
        """Complete a turn that was stored before it was answered, and change the state with it."""
        with self._database.writing() as connection:
            row = _locked(connection, conversation_id)
            done = connection.execute(
                sa.update(turns)
                .where(turns.c.conversation_id == conversation_id, turns.c.position == position)
                .values(answer=answer)
            )
            if done.rowcount != 1:
                raise _unknown(conversation_id)
            state = change(row.state) if change else row.state
            _store(connection, row, self._clock(), state, turn_count=row.turn_count)

    def update(self, conversation_id: str, change: Change) -> StoredConversation:
        """Change the state alone; returns it without turns."""
        with self._database.writing() as connection:
            row = _locked(connection, conversation_id)
            return _store(
                connection, row, self._clock(), change(row.state), turn_count=row.turn_count
            )

    def delete(self, conversation_id: str) -> None:
        """Erase the state, the turns, and all text that the audit and feedback hold of it."""
        with self._database.writing() as connection:
            _locked(connection, conversation_id)
            _delete(connection, [conversation_id])
        self._database.forget_deleted()

    def purge(self, now: datetime, retention_days: int) -> int:
        """Delete what was last used longer ago than that; returns how many conversations."""
        limit = now - timedelta(days=retention_days)
        purged = 0
        while some := self._purge_some(limit):
            purged += some
        if purged:
            self._database.forget_deleted()
        return purged

    def _purge_some(self, limit: datetime) -> int:
        with self._database.writing() as connection:
            old = connection.execute(
                sa.select(conversations.c.conversation_id)
                .where(conversations.c.used_at < limit)
                .limit(_AT_ONCE)
                .with_for_update(skip_locked=True)  # what is in use is not old
            )
            ids = old.scalars().all()
            _delete(connection, ids)
        return len(ids)


Row = sa.Row[tuple[object, ...]]


def _row(connection: sa.Connection, conversation_id: str, *, lock: bool = False) -> Row:
    query = sa.select(conversations).where(conversations.c.conversation_id == conversation_id)
    found = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise _unknown(conversation_id)
    return found


def _locked(connection: sa.Connection, conversation_id: str) -> Row:
    """The row, which nobody else can change until the transaction ends."""
    return _row(connection, conversation_id, lock=True)


def _unknown(conversation_id: str) -> UnknownConversationError:
    return UnknownConversationError(
        f"没有编号为「{conversation_id[:64]}」的对话，可能已经删除或过期。"
        "不带 conversation_id 再问一次，就会开始新的对话。",
        field="conversation_id",
    )


def _store(
    connection: sa.Connection, row: Row, now: datetime, state: Json, *, turn_count: int
) -> StoredConversation:
    stored = StoredConversation(
        row.conversation_id,
        created_at=row.created_at,
        used_at=max(now, row.used_at),
        version=row.version + 1,
        state=dict(state),
    )
    done = connection.execute(
        sa.update(conversations)
        .where(conversations.c.conversation_id == row.conversation_id)
        .where(conversations.c.version == row.version)
        .values(
            used_at=stored.used_at,
            version=stored.version,
            turn_count=turn_count,
            state=stored.state,
        )
    )
    if done.rowcount != 1:
        raise AssertionError(f"{row.conversation_id} changed while it was locked")
    return stored


def _delete(connection: sa.Connection, ids: Sequence[str]) -> None:
    for table in (turns, conversations):
        connection.execute(sa.delete(table).where(table.c.conversation_id.in_(ids)))
    erase_texts(connection, ids)
    erase_notes(connection, ids)


def _conversation(row: Row, told: Sequence[StoredTurn]) -> StoredConversation:
    return StoredConversation(
        row.conversation_id,
        created_at=row.created_at,
        used_at=row.used_at,
        version=row.version,
        state=row.state,
        turns=tuple(told),
    )


def _turn(row: Row) -> StoredTurn:
    return StoredTurn(row.position, row.question, row.request, row.answer, row.at)
