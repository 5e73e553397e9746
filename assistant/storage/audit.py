"""How every answer came about, and what people thought of it, in a database.

A record outlives its conversation, but its texts do not: request, state, facts and outcome go when
the conversation is deleted; which clauses, rules and build the answer stood on remains.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from assistant.dialogue.ports import AuditRecord, Clock, Feedback, Rating, outcome_digest
from assistant.errors import UnknownAnswerError
from assistant.storage.database import Database
from assistant.storage.tables import audit, conversations, feedback

_TEXTS = ("request", "state", "facts", "outcome")


class SqlAuditStore:
    """Implements `AuditStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, record: AuditRecord) -> None:
        """Keep a record; without its texts where the conversation is gone by now."""
        with self._database.writing() as connection:
            alive = connection.execute(
                sa.select(conversations.c.version)  # locked: a deletion waits, and then erases
                .where(conversations.c.conversation_id == record.conversation_id)
                .with_for_update(read=True)
            ).first()
            gone = {} if alive else dict.fromkeys(_TEXTS)
            connection.execute(sa.insert(audit).values(**_values(record) | gone))

    def get(self, answer_id: str) -> AuditRecord:
        """The record of an answer; raises UnknownAnswerError."""
        with self._database.reading() as connection:
            row = connection.execute(
                sa.select(audit).where(audit.c.answer_id == answer_id)
            ).one_or_none()
        if row is None:
            raise unknown_answer(answer_id)
        values = dict(row._mapping)
        return AuditRecord(**values | {"retrieved": tuple(values["retrieved"])})


class SqlFeedbackStore:
    """Implements `FeedbackStore`."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, answer_id: str, rating: Rating, reason: str | None) -> None:
        """Keep one opinion on an answer; raises UnknownAnswerError."""
        with self._database.writing() as connection:
            known = connection.execute(
                sa.select(audit.c.request)
                .where(audit.c.answer_id == answer_id)
                .with_for_update(read=True)
            ).one_or_none()
            if known is None:
                raise unknown_answer(answer_id)
            connection.execute(
                sa.insert(feedback).values(
                    answer_id=answer_id,
                    rating=rating,
                    reason=reason
                    if known.request is not None
                    else None,  # its conversation is gone
                    at=self._clock(),
                )
            )

    def of(self, answer_id: str) -> tuple[Feedback, ...]:
        """What was said of an answer, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                sa.select(feedback)
                .where(feedback.c.answer_id == answer_id)
                .order_by(feedback.c.feedback_id)
            ).all()
        return tuple(Feedback(row.answer_id, row.rating, row.reason, row.at) for row in rows)

    def rated(self) -> list[tuple[AuditRecord, Feedback]]:
        """Every opinion with the record of its answer, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                sa.select(
                    feedback.c.rating, feedback.c.reason, feedback.c.at.label("rated_at"), audit
                )
                .join(audit, audit.c.answer_id == feedback.c.answer_id)
                .order_by(feedback.c.feedback_id)
            ).all()
        found = []
        for row in rows:
            values = dict(row._mapping)
            rating, reason, rated_at = (values.pop(n) for n in ("rating", "reason", "rated_at"))
            record = AuditRecord(**values | {"retrieved": tuple(values["retrieved"])})
            found.append((record, Feedback(record.answer_id, rating, reason, rated_at)))
        return found


def erase_texts(connection: sa.Connection, conversation_ids: Sequence[str]) -> None:
    """Erase what the audit and feedback hold of the wording of these conversations."""
    theirs = audit.c.conversation_id.in_(conversation_ids)
    answers = sa.select(audit.c.answer_id).where(theirs)
    connection.execute(
        sa.update(feedback).where(feedback.c.answer_id.in_(answers)).values(reason=None)
    )
    connection.execute(sa.update(audit).where(theirs).values(dict.fromkeys(_TEXTS)))


def unknown_answer(answer_id: str) -> UnknownAnswerError:
    """The error for an id that no answer bears."""
    return UnknownAnswerError(
        f"没有编号为「{answer_id[:64]}」的答复记录。请核对编号；它在答复的 answer_id 里。",
        field="answer_id",
    )


def _values(record: AuditRecord) -> dict[str, Any]:
    """The record as the table has it; JSON columns take plain dictionaries and lists only."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    if record.outcome is not None:
        values["outcome_digest"] = outcome_digest(record.outcome)
    plain = {name: dict(value) for name, value in values.items() if isinstance(value, Mapping)}
    return values | plain | {"retrieved": list(record.retrieved)}
