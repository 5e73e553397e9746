"""Logging in and out, and what administrators do with accounts."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from assistant.accounts.model import Account, Role, Session, checked_login
from assistant.accounts.passwords import LONGEST, Passwords, checked_password
from assistant.accounts.ports import AccountStore, Clock
from assistant.errors import AccountError

_RARELY = timedelta(minutes=1)  # how exactly the last use of a session is kept


class AccountDesk:
    """Accounts and sessions over one store; may be shared by threads."""

    def __init__(
        self,
        store: AccountStore,
        *,
        clock: Clock,
        idle: timedelta,
        lifetime: timedelta,
        passwords: Passwords | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._idle = idle
        self._lifetime = lifetime
        self._passwords = passwords or Passwords()

    def add(self, login: str, role: Role, password: str) -> Account:
        """A new account; raises AccountError for a login or password that will not do."""
        name = checked_login(login)
        kept = self._passwords.hash(checked_password(password, name))
        return self._store.add(name, role, kept)

    def all(self) -> tuple[Account, ...]:
        """Every account, by login."""
        return self._store.all()

    def change_password(self, login: str, password: str) -> None:
        """Set a password and end the account's sessions; raises AccountError."""
        name = checked_login(login)
        kept = self._passwords.hash(checked_password(password, name))
        self._store.set_password(name, kept, end_sessions=True)

    def set_disabled(self, login: str, *, disabled: bool) -> None:
        """Shut an account, with its sessions, or open it again; raises UnknownAccountError."""
        self._store.set_disabled(checked_login(login), disabled=disabled)

    def log_in(self, login: str, password: str, replaced: str | None = None) -> Session | None:
        """A new session, in place of the one whose token is `replaced`; None: login or password wrong.

        Whether the login exists shows neither in the answer nor in the time it takes.
        """
        try:
            name = checked_login(login)
        except AccountError:
            name = ""
        kept = self._store.password_of(name)
        if not self._passwords.is_right(kept, password) or kept is None or len(password) > LONGEST:
            return None
        if self._passwords.is_dated(kept):
            self._store.set_password(name, self._passwords.hash(password), end_sessions=False)
        self._forget_old()
        if replaced is not None:
            self.log_out(replaced)
        token = secrets.token_urlsafe(32)
        self._store.begin_session(name, _hashed(token))
        return self.session(token)

    def session(self, token: str) -> Session | None:
        """The session of a token; None where it ended, idled too long, or never was."""
        hashed = _hashed(token)
        stored = self._store.session(hashed)
        if stored is None:
            return None
        now = self._clock()
        if now - stored.used_at > self._idle or now - stored.created_at > self._lifetime:
            self._store.end_session(hashed)
            return None
        if now - stored.used_at > _RARELY:
            self._store.touch_session(hashed)
        return Session(token, csrf_of(token), stored.account.login, stored.account.role)

    def log_out(self, token: str) -> None:
        """End a session."""
        self._store.end_session(_hashed(token))

    def _forget_old(self) -> None:
        now = self._clock()
        self._store.end_sessions_before(used=now - self._idle, created=now - self._lifetime)


def csrf_of(token: str) -> str:
    """What a page of this very session knows and another site cannot: bound to its token."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
