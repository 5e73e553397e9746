"""Databases: brought up to date once, refused in Chinese, never left open."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from assistant.errors import StorageError
from assistant.storage import Stores, open_database, open_stores
from assistant.storage.migrations import HEAD
from assistant.storage.tables import metadata


def test_head_is_the_newest_step() -> None:
    config = Config()
    config.set_main_option("script_location", "assistant.storage:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_steps_lead_to_the_tables_as_they_are(stores: Stores) -> None:
    with stores.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_many_that_start_at_once_take_the_steps_once(url: str, tmp_path: Path) -> None:
    def start(_: int) -> None:
        open_database(url, tmp_path).close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(start, range(6)))
    opened = open_database(url, tmp_path)
    with opened.reading() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).all() == [
            (HEAD,)
        ]
    opened.close()


def test_a_database_newer_than_the_program_is_refused(url: str, tmp_path: Path) -> None:
    opened = open_database(url, tmp_path)
    with opened.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(StorageError, match="数据库比程序新"):
        open_database(url, tmp_path)


def test_the_default_is_a_file_under_var(tmp_path: Path) -> None:
    opened = open_stores(None, tmp_path / "var")
    assert opened.problem() is None
    opened.close()
    assert (tmp_path / "var" / "assistant.sqlite").is_file()


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "mysql://root:geheim@host/db",
        "geheim",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+asyncpg://a:geheim@b/c",
    ],
)
def test_a_url_that_cannot_be_is_refused_without_repeating_it(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as told:
        open_database(wrong, tmp_path)
    assert told.value.field == "database_url"
    assert "geheim" not in told.value.message


def test_a_server_that_is_away_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="暂时不能读写") as told:
        open_database("postgresql://me:geheim@127.0.0.1:1/db", tmp_path)
    assert "geheim" not in told.value.message


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "assistant.sqlite").write_text("这不是数据库" * 100, "utf-8")
    with pytest.raises(StorageError, match="暂时不能读写"):
        open_database(None, tmp_path)


def test_a_disk_that_is_full_is_a_problem_until_there_is_room(tmp_path: Path) -> None:
    opened = open_database(None, tmp_path)
    is_full = True

    def fill(raw: Any, _record: Any) -> None:
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count = {pages if is_full else pages + 1000}")

    sa.event.listen(opened.engine, "connect", fill)
    opened.engine.dispose()
    assert opened.problem() is None  # it can be read, and nothing has failed yet
    with pytest.raises(StorageError, match="磁盘是否已满") as told, opened.writing() as connection:
        connection.execute(sa.text("CREATE TABLE more (x)"))
    assert str(tmp_path) in told.value.detail
    assert str(tmp_path) not in told.value.message
    assert opened.problem() == told.value.message
    is_full = False
    opened.engine.dispose()
    assert opened.problem() is None
    opened.close()


def test_a_database_that_loses_its_tables_is_a_problem(stores: Stores) -> None:
    assert stores.problem() is None
    with stores.database.writing() as connection:
        connection.execute(sa.text("DROP TABLE turns"))
        connection.execute(sa.text("DROP TABLE conversations"))
    assert "数据库" in (stores.problem() or "")


def test_old_schemes_of_postgres_are_read(postgres_server: str, tmp_path: Path) -> None:
    address = postgres_server.format(name="postgres").replace("postgresql:", "postgres:")
    opened = open_stores(address, tmp_path)
    assert opened.problem() is None
    opened.close()


def test_errors_do_not_repeat_what_was_said(stores: Stores) -> None:
    with stores.database.writing() as connection:
        connection.execute(sa.text("DROP TABLE feedback"))
        connection.execute(sa.text("DROP TABLE turns"))
    id_ = stores.conversations.create().conversation_id
    with pytest.raises(StorageError) as told:
        stores.conversations.append_turn(id_, "我说的话", {"secret": "geheim"})
    assert "我说的话" not in f"{told.value}{told.value.__cause__}"
    assert "geheim" not in f"{told.value}{told.value.__cause__}"


def test_connections_cut_by_the_server_cost_no_request(
    postgres_server: str, tmp_path: Path
) -> None:
    opened = open_stores(postgres_server.format(name="postgres"), tmp_path)
    id_ = opened.conversations.create().conversation_id
    other = open_database(postgres_server.format(name="postgres"), tmp_path)
    with other.writing() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = 'postgres' AND pid <> pg_backend_pid()"
            )
        )
    other.close()
    assert opened.conversations.append_turn(id_, "问", {}).turns[-1].position == 1
    opened.close()
