"""Conversations, feedback and the audit record, kept in SQLite or PostgreSQL."""

from assistant.storage.audit import SqlAuditStore, SqlFeedbackStore
from assistant.storage.conversations import SqlConversationStore
from assistant.storage.database import Database, open_database
from assistant.storage.recorded import RecordedConversation
from assistant.storage.retention import RetentionJob
from assistant.storage.stores import Stores, open_stores

__all__ = [
    "Database",
    "RecordedConversation",
    "RetentionJob",
    "SqlAuditStore",
    "SqlConversationStore",
    "SqlFeedbackStore",
    "Stores",
    "open_database",
    "open_stores",
]
