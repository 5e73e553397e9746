"""One database, SQLite or PostgreSQL: opened, brought up to date, and used in short transactions."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from assistant.errors import StorageError
from assistant.storage.migrations import HEAD

_WRITING = "storage_writing"
_PATIENCE_S = 30
_MIGRATION_LOCK = 4_021_968_331  # any number, the same for all processes of this program
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}

_log = logging.getLogger(__name__)


class Database:
    """Gives out transactions; may be shared by threads, and must be closed."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        # SQLite lets one write and has the others poll; within a process they can queue instead.
        queues = engine.dialect.name == "sqlite"
        self._is_write_failing = False
        self._turn_to_write: AbstractContextManager[Any] = Lock() if queues else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that only reads; raises StorageError when the database fails."""
        with _in_chinese(self.engine), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes all or nothing; raises StorageError when the database fails.

        SQLite takes its one writer's lock at the start: a reader that turns writer halfway could
        find that another came first, and would have to begin again.
        """
        try:
            with _in_chinese(self.engine), self._turn_to_write, _begun(self.engine) as connection:
                yield connection
        except StorageError:
            self._is_write_failing = True
            raise
        self._is_write_failing = False

    def forget_deleted(self) -> None:
        """Take deleted text out of SQLite's journal too, as far as nobody is reading it."""
        if self.engine.dialect.name != "sqlite":
            return
        with _in_chinese(self.engine), self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def problem(self) -> str | None:
        """Why the database cannot be used now; None when it can.

        After a write that failed (a full disk can still be read), a write must succeed.
        """
        try:
            with self.reading() as connection:
                connection.execute(sa.text("SELECT 1 FROM conversations LIMIT 1"))
            if self._is_write_failing:
                self._try_writing()
        except StorageError as error:
            return error.message
        return None

    def _try_writing(self) -> None:
        with self.writing() as connection:
            connection.execute(sa.text("CREATE TABLE writing_tried (id INTEGER)"))
            connection.execute(sa.text("DROP TABLE writing_tried"))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(url: str | None, var_dir: Path) -> Database:
    """The database at `url` (None: a file in `var_dir`), up to date; raises StorageError."""
    engine = _engine(_read_url(url, var_dir))
    try:
        _migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine)


def _read_url(url: str | None, var_dir: Path) -> URL:
    if url is None:
        return URL.create(_DRIVERS["sqlite"], database=str(var_dir / "assistant.sqlite"))
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    driver = parsed and _DRIVERS.get(parsed.drivername, parsed.drivername)
    if parsed is None or driver not in _DRIVERS.values():
        raise StorageError(  # the value may hold a password, so it is not repeated
            "设置 ASSISTANT_DATABASE_URL 不是可用的数据库地址。"
            "请写作 postgresql://用户:密码@主机/库名 或 sqlite:///文件路径；不设则用 var 下的文件。",
            field="database_url",
        )
    return parsed.set(drivername=driver)


def _engine(url: URL) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        return sa.create_engine(
            url,
            pool_pre_ping=True,  # a server that was restarted costs no request
            pool_size=10,
            max_overflow=20,
            hide_parameters=True,  # what people said stays out of errors, hence out of logs
            connect_args={"connect_timeout": 5},
        )
    _make_folder(url)
    engine = sa.create_engine(
        url,
        pool_size=5,
        max_overflow=50,
        hide_parameters=True,
        connect_args={"timeout": _PATIENCE_S},
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise StorageError(
            "SQLite 数据库必须是一个文件（sqlite:///文件路径），否则重启后对话会丢失。",
            field="database_url",
        )
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"建不了数据库文件夹 {folder}：{error}。请检查权限。") from error


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # transactions begin where we say so (`_begin_sqlite`)
    cursor = raw.cursor()
    for pragma in (
        "journal_mode=WAL",  # readers and the writer do not wait for each other
        "synchronous=NORMAL",  # a killed process loses nothing; a power cut, the last moments
        "foreign_keys=ON",
        "secure_delete=ON",  # what is deleted is overwritten in the file
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _begun(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection:
        connection.execution_options(**{_WRITING: True})
        with connection.begin():
            yield connection


def _migrate(engine: sa.Engine) -> None:
    """Take the steps that are missing; of several processes that start at once, one does."""
    with _in_chinese(engine), engine.connect() as connection:
        if _revision(connection) == HEAD:
            return
    with _in_chinese(engine), _begun(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        if (before := _revision(connection)) != HEAD:
            _upgrade(connection, before)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        sa.text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def _upgrade(connection: sa.Connection, before: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "assistant.storage:migrations")
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, HEAD)
    except CommandError as error:
        raise StorageError(
            f"数据库的版本是 {before}，本程序只认得到 {HEAD}：数据库比程序新。"
            "请更新程序，或改用别的 ASSISTANT_DATABASE_URL。"
        ) from error
    _log.info("database brought from %s to %s", before, HEAD)


@contextmanager
def _in_chinese(engine: sa.Engine) -> Iterator[None]:
    """Turn the library's errors into ours, without repeating values or passwords."""
    try:
        yield
    except SQLAlchemyError as error:
        _log.warning("database failed: %s", type(getattr(error, "orig", None) or error).__name__)
        where = engine.url.database if engine.dialect.name == "sqlite" else engine.url.host
        raise StorageError(
            "数据库暂时不能读写，请稍后再试。",
            detail=f"数据库是 {where or '本机'}。一直如此，请检查它是否在运行、文件是否完好、"
            "磁盘是否已满或只读、ASSISTANT_DATABASE_URL 是否正确。",
        ) from error
