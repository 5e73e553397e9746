"""What accounts need kept for them; `assistant.storage` keeps it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from assistant.accounts.model import Account, Role, StoredSession

Clock = Callable[[], datetime]
"""The time now, with its zone."""


class AccountStore(Protocol):
    """Keeps accounts and their sessions; every method is one transaction.

    All raise StorageError when the database fails; those that name an account, UnknownAccountError.
    """

    def add(self, login: str, role: Role, password_hash: str) -> Account:
        """A new account; raises AccountError where the login is taken."""
        ...

    def all(self) -> tuple[Account, ...]:
        """Every account, by login."""
        ...

    def password_of(self, login: str) -> str | None:
        """The hash of an account that is not disabled; None where there is no such account."""
        ...

    def set_password(self, login: str, password_hash: str, *, end_sessions: bool) -> None:
        """Another hash; ends the sessions where the password itself changed."""
        ...

    def set_disabled(self, login: str, *, disabled: bool) -> None:
        """Disable, which ends the sessions, or enable again."""
        ...

    def begin_session(self, login: str, token_hash: str) -> None:
        """Keep a new session."""
        ...

    def session(self, token_hash: str) -> StoredSession | None:
        """The session, unless it ended or its account was disabled."""
        ...

    def touch_session(self, token_hash: str) -> None:
        """Note that it is in use."""
        ...

    def end_session(self, token_hash: str) -> None:
        """End it; nothing happens where there is none."""
        ...

    def end_sessions_before(self, *, used: datetime, created: datetime) -> int:
        """End those last used or begun before these moments; returns how many."""
        ...
