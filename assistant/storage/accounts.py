"""Accounts and sessions in a database."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from assistant.accounts import Account, Role, StoredSession
from assistant.accounts.ports import Clock
from assistant.errors import AccountError, UnknownAccountError
from assistant.storage.database import Database
from assistant.storage.tables import accounts, sessions


class SqlAccountStore:
    """Implements `AccountStore`."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, login: str, role: Role, password_hash: str) -> Account:
        """A new account; raises AccountError where the login is taken."""
        account = Account(login, role, self._clock())
        with self._database.writing() as connection:
            try:
                connection.execute(
                    sa.insert(accounts).values(
                        login=login,
                        role=role.value,
                        password_hash=password_hash,
                        created_at=account.created_at,
                    )
                )
            except IntegrityError as error:
                raise AccountError(
                    f"已经有登录名「{login}」。要换密码，用 assistant user passwd {login}。",
                    field="login",
                ) from error
        return account

    def all(self) -> tuple[Account, ...]:
        """Every account, by login."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(accounts).order_by(accounts.c.login)).all()
        return tuple(_account(row) for row in rows)

    def password_of(self, login: str) -> str | None:
        """The hash of an account that is not disabled; None where there is no such account."""
        with self._database.reading() as connection:
            found: str | None = connection.execute(
                sa.select(accounts.c.password_hash).where(
                    accounts.c.login == login, accounts.c.disabled_at.is_(None)
                )
            ).scalar_one_or_none()
        return found

    def set_password(self, login: str, password_hash: str, *, end_sessions: bool) -> None:
        """Another hash; ends the sessions where the password itself changed."""
        self._change(login, end_sessions=end_sessions, password_hash=password_hash)

    def set_disabled(self, login: str, *, disabled: bool) -> None:
        """Disable, which ends the sessions, or enable again."""
        at = self._clock() if disabled else None
        self._change(login, end_sessions=disabled, disabled_at=at)

    def begin_session(self, login: str, token_hash: str) -> None:
        """Keep a new session."""
        now = self._clock()
        with self._database.writing() as connection:
            connection.execute(
                sa.insert(sessions).values(
                    token_hash=token_hash, login=login, created_at=now, used_at=now
                )
            )

    def session(self, token_hash: str) -> StoredSession | None:
        """The session, unless it ended or its account was disabled."""
        with self._database.reading() as connection:
            row = connection.execute(
                sa.select(
                    accounts,
                    sessions.c.created_at.label("begun_at"),
                    sessions.c.used_at.label("used_at"),
                )
                .join(sessions, sessions.c.login == accounts.c.login)
                .where(sessions.c.token_hash == token_hash, accounts.c.disabled_at.is_(None))
            ).one_or_none()
        if row is None:
            return None
        return StoredSession(token_hash, _account(row), row.begun_at, row.used_at)

    def touch_session(self, token_hash: str) -> None:
        """Note that it is in use."""
        with self._database.writing() as connection:
            connection.execute(
                sa.update(sessions)
                .where(sessions.c.token_hash == token_hash)
                .values(used_at=self._clock())
            )

    def end_session(self, token_hash: str) -> None:
        """End it; nothing happens where there is none."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(sessions).where(sessions.c.token_hash == token_hash))

    def end_sessions_before(self, *, used: datetime, created: datetime) -> int:
        """End those last used or begun before these moments; returns how many."""
        with self._database.writing() as connection:
            ended = connection.execute(
                sa.delete(sessions).where(
                    sa.or_(sessions.c.used_at < used, sessions.c.created_at < created)
                )
            )
        return int(ended.rowcount)

    def _change(self, login: str, *, end_sessions: bool, **values: object) -> None:
        with self._database.writing() as connection:
            changed = connection.execute(
                sa.update(accounts).where(accounts.c.login == login).values(**values)
            )
            if changed.rowcount == 0:
                raise UnknownAccountError(
                    f"没有登录名「{login}」。用 assistant user list 查看。", field="login"
                )
            if end_sessions:
                connection.execute(sa.delete(sessions).where(sessions.c.login == login))


def _account(row: sa.Row[tuple[object, ...]]) -> Account:
    return Account(row.login, Role(row.role), row.created_at, row.disabled_at)
