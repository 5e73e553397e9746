"""Accounts, roles and sessions of the people who work with the service."""

from assistant.accounts.desk import AccountDesk
from assistant.accounts.model import (
    ROLE_NAMES,
    Account,
    Role,
    Session,
    StoredSession,
    Task,
    may,
)
from assistant.accounts.ports import AccountStore

__all__ = [
    "ROLE_NAMES",
    "Account",
    "AccountDesk",
    "AccountStore",
    "Role",
    "Session",
    "StoredSession",
    "Task",
    "may",
]
