"""Conversations, feedback, the audit record, accounts and reviews, kept in SQLite or PostgreSQL."""

from assistant.storage.accounts import SqlAccountStore
from assistant.storage.audit import SqlAuditStore, SqlFeedbackStore
from assistant.storage.conversations import SqlConversationStore
from assistant.storage.database import Database, open_database
from assistant.storage.recorded import HeldConversation, RecordedConversation
from assistant.storage.retention import RetentionJob
from assistant.storage.reviews import SqlReviewStore
from assistant.storage.stores import Stores, open_stores

__all__ = [
    "Database",
    "HeldConversation",
    "RecordedConversation",
    "RetentionJob",
    "SqlAccountStore",
    "SqlAuditStore",
    "SqlConversationStore",
    "SqlFeedbackStore",
    "SqlReviewStore",
    "Stores",
    "open_database",
    "open_stores",
]
