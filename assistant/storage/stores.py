"""All stores over one database, as the assembly wants them."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.dialogue.ports import Clock, NewId
from assistant.storage.accounts import SqlAccountStore
from assistant.storage.audit import SqlAuditStore, SqlFeedbackStore
from assistant.storage.conversations import SqlConversationStore
from assistant.storage.database import Database, open_database
from assistant.storage.reviews import SqlReviewStore


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of one database; close them when done."""

    database: Database
    conversations: SqlConversationStore
    audit: SqlAuditStore
    feedback: SqlFeedbackStore
    accounts: SqlAccountStore
    reviews: SqlReviewStore

    def problem(self) -> str | None:
        """Why nothing can be stored now, for readiness; None when it can."""
        return self.database.problem()

    def close(self) -> None:
        """Close every connection."""
        self.database.close()


def open_stores(
    url: str | None,
    var_dir: Path,
    *,
    clock: Clock = lambda: datetime.now(UTC),
    new_id: NewId = lambda: secrets.token_urlsafe(18),
) -> Stores:
    """The stores at `url` (None: a file in `var_dir`), brought up to date; raises StorageError."""
    database = open_database(url, var_dir)
    return Stores(
        database,
        SqlConversationStore(database, clock=clock, new_id=new_id),
        SqlAuditStore(database),
        SqlFeedbackStore(database, clock=clock),
        SqlAccountStore(database, clock=clock),
        SqlReviewStore(database, clock=clock, new_id=new_id),
    )
