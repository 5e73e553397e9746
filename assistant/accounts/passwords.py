"""Passwords: what is accepted, and how they are kept (argon2id)."""

import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import AccountError

SHORTEST, LONGEST = 12, 128
_AT_ONCE = 4  # each check takes 19 MiB: many at the same time must not take the machine


class Passwords:
    """Hashes and checks; one cost for all, also for logins that do not exist."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._turn = BoundedSemaphore(_AT_ONCE)
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._turn:
            return self._hasher.hash(_plain(password))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Whether the password belongs to the hash; without one, false after the same work."""
        if self._nobody is None:
            self._nobody = self.hash("nobody has this password")
        with self._turn:
            try:
                self._hasher.verify(kept or self._nobody, _plain(password)[:LONGEST])
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_dated(self, kept: str) -> bool:
        """Whether it was hashed at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)


def checked_password(password: str, login: str) -> str:
    """The password, fit to be used; raises AccountError that says what to mend."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise AccountError(f"密码太短：至少 {SHORTEST} 个字符。", field="password")
    if len(plain) > LONGEST:
        raise AccountError(f"密码太长：最多 {LONGEST} 个字符。", field="password")
    if login in plain.casefold():
        raise AccountError("密码里不能含登录名。", field="password")
    if len(set(plain)) < 5:
        raise AccountError("密码太简单：不同的字符至少 5 个。", field="password")
    return plain


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
