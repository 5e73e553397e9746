"""The tables as they are now; `migrations` says how a database of an older release gets here."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        """Only moments with a zone are kept."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, _: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_JSON = JSON(none_as_null=True)

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("turn_count", Integer, nullable=False),
    Column("state", _JSON, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column(
        "conversation_id",
        String(64),
        ForeignKey("conversations.conversation_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("question", Text, nullable=False),
    Column("request", _JSON, nullable=False),
    Column("answer", _JSON),
    Column("at", Instant, nullable=False),
)

# No foreign key to conversations: that an answer was given is kept when its conversation is gone.
audit = Table(
    "audit",
    metadata,
    Column("answer_id", String(64), primary_key=True),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("today", Date, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("jurisdiction", String(100), nullable=False),
    Column("corpus_digest", String(128), nullable=False),
    Column("build_id", String(64), nullable=False),
    Column("composer", String(200), nullable=False),
    Column("rule_versions", _JSON, nullable=False),
    Column("retrieved", _JSON, nullable=False),
    Column("request", _JSON),
    Column("state", _JSON),
    Column("facts", _JSON),
    Column("outcome", _JSON),
    Column("outcome_digest", String(64), nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("feedback_id", Integer, primary_key=True),
    Column("answer_id", String(64), ForeignKey("audit.answer_id"), nullable=False),
    Column("rating", String(8), nullable=False),
    Column("reason", Text),
    Column("at", Instant, nullable=False),
    Index("ix_feedback_answer_id", "answer_id"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("login", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

# Only the hash of a token is kept: who reads the database can take over no session.
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column(
        "login",
        String(64),
        ForeignKey("accounts.login", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
)

# What was said in the call stays with the conversation; here is only what reviewers add to it.
reviews = Table(
    "reviews",
    metadata,
    Column("review_id", String(64), primary_key=True),
    Column("answer_id", String(64), ForeignKey("audit.answer_id"), nullable=False, index=True),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("asked_by", String(64), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("note", Text),
    Column("decided_by", String(64)),
    Column("decided_at", Instant),
    Column("decision_note", Text),
    Column("correction", Text),
    Index("ix_reviews_state_asked_at", "state", "asked_at"),
)
