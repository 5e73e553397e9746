"""The corpus as one build of the index holds it: a SQLite file, read lazily, never changed.

Serving reads notices and clauses from here and not from the corpus folder, so that an edit under
way there is not half visible, and a corpus of a million clauses costs no start-up time.
"""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from assistant.clauses.loader import check_part
from assistant.clauses.model import Clause, Notice
from assistant.errors import IndexUnavailableError, UnknownClauseError, UnknownNoticeError
from assistant.retrieval.stored import CLAUSE, NOTICE, Vector, batches, marks, unpack

_CACHED_CLAUSES = 8192
_CACHED_SOURCES = 32


@dataclass(frozen=True, slots=True)
class Leaf:
    """A clause that is ranked: where and when it binds, and its vector."""

    leaf: int
    clause_id: str
    code: int
    first: int
    last: int
    vector: Vector


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """What a notice is called by."""

    notice_id: str
    doc_number: str | None
    title: str
    jurisdiction: str


class Snapshot:
    """Read access to the corpus inside a build (a `CorpusView`); safe to use from many threads.

    Raises SourceChangedError on opening when a stored source is not the one vouched for.
    """

    def __init__(self, path: Path) -> None:
        self._pool = _Pool(path)
        self._finalizer = weakref.finalize(self, self._pool.close)
        self._notice = lru_cache(maxsize=1024)(self._read_notice)
        self._clause = lru_cache(maxsize=_CACHED_CLAUSES)(self._read_clause)
        self._clauses = lru_cache(maxsize=256)(self._read_clauses)
        self._source = lru_cache(maxsize=_CACHED_SOURCES)(self._read_source)
        self._digest = self._meta("digest")
        self._check_sources()

    @property
    def digest(self) -> str:
        """Hash over all manifests, sources and the parser's version."""
        return self._digest

    def notice(self, notice_id: str) -> Notice:
        """The notice; raises UnknownNoticeError."""
        return self._notice(notice_id)

    def notices(self) -> Iterable[Notice]:
        """All approved notices, by id."""
        return (self.notice(entry.notice_id) for entry in self.catalogue)

    def notice_by_number(self, doc_number: str) -> Notice | None:
        """The notice that bears this normalised 文号."""
        rows = self._rows("SELECT notice_id FROM notices WHERE doc_number = ?", (doc_number,))
        return self.notice(rows[0][0]) if rows else None

    def clause(self, clause_id: str) -> Clause:
        """The clause; raises UnknownClauseError."""
        return self._clause(clause_id)

    def clauses_of(self, notice_id: str) -> tuple[Clause, ...]:
        """All clauses of a notice in document order."""
        self.notice(notice_id)
        return self._clauses(notice_id)

    def source(self, file: str) -> str:
        """The whole text of a source file."""
        return self._source(file)

    @cached_property
    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """Number and title of every notice, by id."""
        rows = self._rows(
            "SELECT notice_id, doc_number, title, jurisdiction FROM notices ORDER BY notice_id"
        )
        return tuple(CatalogueEntry(*row) for row in rows)

    def leaves(self, numbers: Iterable[int]) -> dict[int, Leaf]:
        """The leaves of these numbers."""
        wanted = sorted(set(numbers))
        return {
            row[0]: Leaf(row[0], row[1], row[2], row[3], row[4], unpack(row[5]))
            for batch in batches(wanted)
            for row in self._rows(
                f"SELECT leaf, clause_id, code, first, last, vector FROM leaves WHERE leaf IN ({marks(batch)})",  # noqa: S608 # question marks only
                batch,
            )
        }

    def lives(self, numbers: Iterable[int]) -> dict[int, tuple[int, int, int]]:
        """Jurisdiction, first and last binding day of these leaves."""
        return {
            row[0]: (row[1], row[2], row[3])
            for batch in batches(sorted(set(numbers)))
            for row in self._rows(
                f"SELECT leaf, code, first, last FROM leaves WHERE leaf IN ({marks(batch)})",  # noqa: S608
                batch,
            )
        }

    def leaves_of(self, notice_ids: Iterable[str]) -> list[int]:
        """The numbers of all leaves of these notices."""
        return [
            row[0]
            for batch in batches(sorted(notice_ids))
            for row in self._rows(
                f"SELECT leaf FROM leaves WHERE notice_id IN ({marks(batch)})",  # noqa: S608
                batch,
            )
        ]

    def count(self) -> tuple[int, int, int]:
        """How many notices, clauses and leaves there are."""
        rows = self._rows(
            "SELECT (SELECT count(*) FROM notices), (SELECT count(*) FROM clauses),"
            " (SELECT count(*) FROM leaves)"
        )
        return (rows[0][0], rows[0][1], rows[0][2])

    def close(self) -> None:
        """Release the file; also happens when nobody holds the snapshot any more."""
        self._finalizer()

    def _meta(self, name: str) -> str:
        rows = self._rows("SELECT value FROM meta WHERE name = ?", (name,))
        if not rows:
            raise IndexUnavailableError("索引里的语料不完整。请运行 assistant index 重建索引。")
        return str(rows[0][0])

    def _check_sources(self) -> None:
        """Hash each part again; the sources pass through memory one file at a time."""
        parts: dict[str, list[tuple[str, int]]] = {}
        for notice_id, content in self._stream("SELECT notice_id, content FROM notices"):
            for number, part in enumerate(json.loads(content)["parts"]):
                parts.setdefault(part["file"], []).append((notice_id, number))
        for file, text in self._stream("SELECT file, text FROM sources"):
            for notice_id, number in parts.pop(file, ()):
                part = self._read_notice(notice_id).parts[number]
                check_part(part, text, notice_id)
        if parts:
            raise IndexUnavailableError(
                f"索引里缺少原文 {min(parts)}。请运行 assistant index 重建索引。"
            )

    def _read_notice(self, notice_id: str) -> Notice:
        rows = self._rows("SELECT content FROM notices WHERE notice_id = ?", (notice_id,))
        if not rows:
            raise UnknownNoticeError(f"语料库里没有编号为 {notice_id} 的文件。")
        return NOTICE.validate_json(rows[0][0])

    def _read_clause(self, clause_id: str) -> Clause:
        rows = self._rows("SELECT content FROM clauses WHERE clause_id = ?", (clause_id,))
        if not rows:
            raise UnknownClauseError(f"语料库里没有编号为 {clause_id} 的条款。")
        return CLAUSE.validate_json(rows[0][0])

    def _read_clauses(self, notice_id: str) -> tuple[Clause, ...]:
        rows = self._rows(
            "SELECT content FROM clauses WHERE notice_id = ? ORDER BY ordinal", (notice_id,)
        )
        return tuple(CLAUSE.validate_json(row[0]) for row in rows)

    def _read_source(self, file: str) -> str:
        rows = self._rows("SELECT text FROM sources WHERE file = ?", (file,))
        if not rows:
            raise UnknownNoticeError(f"语料库里没有原文 {file}。")
        return str(rows[0][0])

    def _rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._pool.connection() as connection:
            return connection.execute(statement, values).fetchall()

    def _stream(self, statement: str) -> Iterator[tuple[str, str]]:
        with self._pool.connection() as connection:
            yield from connection.execute(statement)


class _Pool:
    """Read-only connections to one file, lent to one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection for as long as the block runs."""
        try:
            with self._lock:
                connection = self._idle.pop() if self._idle else None
            connection = connection or sqlite3.connect(
                self._uri, uri=True, check_same_thread=False, cached_statements=64
            )
            yield connection
        except sqlite3.Error as error:
            raise IndexUnavailableError(
                f"索引里的语料读不出来（{error}）。请运行 assistant index 重建索引。"
            ) from error
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
