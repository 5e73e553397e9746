"""Writes the corpus of one build into a SQLite file, which is read by `snapshot`."""

import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from assistant.clauses.model import Clause, Notice
from assistant.retrieval.stored import (
    Vector,
    batches,
    clause_content,
    marks,
    notice_content,
    unpack,
)

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (file TEXT PRIMARY KEY, sha256 TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE notices (
    notice_id TEXT PRIMARY KEY, doc_number TEXT, title TEXT NOT NULL,
    jurisdiction TEXT NOT NULL, digest TEXT NOT NULL, content TEXT NOT NULL
);
CREATE INDEX notices_by_number ON notices (doc_number);
CREATE TABLE clauses (
    clause_id TEXT PRIMARY KEY, notice_id TEXT NOT NULL, ordinal INTEGER NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX clauses_by_notice ON clauses (notice_id, ordinal);
CREATE TABLE leaves (
    leaf INTEGER PRIMARY KEY AUTOINCREMENT, clause_id TEXT NOT NULL, notice_id TEXT NOT NULL,
    code INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    passage TEXT NOT NULL, collection TEXT, vector BLOB NOT NULL
);
CREATE INDEX leaves_by_notice ON leaves (notice_id);
"""


class SnapshotWriter:
    """Writes the corpus of one build, from nothing or into a copy of the build before it."""

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        # A build that dies is thrown away whole, so nothing here needs a journal.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("BEGIN")
        if fresh:
            for statement in _SCHEMA.split(";"):
                self._connection.execute(statement)

    def digests(self) -> dict[str, str]:
        """The digest under which each stored notice was written."""
        return dict(self._connection.execute("SELECT notice_id, digest FROM notices"))

    def put_source(self, file: str, text: str) -> None:
        """Store a source, unless it is there already."""
        digest = sha256(text.encode()).hexdigest()
        self._connection.execute(
            "INSERT INTO sources VALUES (?, ?, ?) ON CONFLICT (file) DO UPDATE"
            " SET sha256 = excluded.sha256, text = excluded.text"
            " WHERE sha256 <> excluded.sha256",
            (file, digest, text),
        )

    def keep_sources(self, files: Iterable[str]) -> None:
        """Drop every other source."""
        kept = set(files)
        stored = [row[0] for row in self._connection.execute("SELECT file FROM sources")]
        for file in stored:
            if file not in kept:
                self._connection.execute("DELETE FROM sources WHERE file = ?", (file,))

    def vectors_of(self, notice_id: str) -> dict[str, bytes]:
        """The stored vectors of a notice, by digest of the passage they stand for."""
        rows = self._connection.execute(
            "SELECT passage, vector FROM leaves WHERE notice_id = ?", (notice_id,)
        )
        return dict(rows.fetchall())

    def remove_notice(self, notice_id: str) -> list[tuple[int, str]]:
        """Remove a notice; its leaves as `(number, dense collection)`."""
        leaves = self._connection.execute(
            "SELECT leaf, collection FROM leaves WHERE notice_id = ?", (notice_id,)
        ).fetchall()
        for table in ("leaves", "clauses", "notices"):
            self._connection.execute(
                f"DELETE FROM {table} WHERE notice_id = ?",  # noqa: S608 # three fixed names
                (notice_id,),
            )
        return leaves

    def put_notice(self, notice: Notice, clauses: Iterable[Clause], digest: str) -> None:
        """Store a notice that is not there, with its clauses."""
        self._connection.execute(
            "INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?)",
            (
                notice.notice_id,
                notice.doc_number,
                notice.title,
                notice.jurisdiction,
                digest,
                notice_content(notice),
            ),
        )
        self._connection.executemany(
            "INSERT INTO clauses VALUES (?, ?, ?, ?)",
            ((c.clause_id, c.notice_id, c.ordinal, clause_content(c)) for c in clauses),
        )

    def put_leaf(
        self, clause: Clause, *, code: int, first: int, last: int, passage: str, vector: bytes
    ) -> int:
        """Store a leaf under a number never used before, and return that number."""
        cursor = self._connection.execute(
            "INSERT INTO leaves (clause_id, notice_id, code, first, last, passage, vector)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (clause.clause_id, clause.notice_id, code, first, last, passage, vector),
        )
        return int(cursor.lastrowid or 0)

    def leaf_numbers(self, notice_id: str) -> dict[str, int]:
        """The number of each leaf of a notice, by clause id."""
        rows = self._connection.execute(
            "SELECT clause_id, leaf FROM leaves WHERE notice_id = ?", (notice_id,)
        )
        return dict(rows.fetchall())

    def count_leaves(self, notice_ids: Iterable[str]) -> int:
        """How many leaves these notices have."""
        return sum(
            self._connection.execute(
                f"SELECT count(*) FROM leaves WHERE notice_id IN ({marks(batch)})",  # noqa: S608
                batch,
            ).fetchone()[0]
            for batch in batches(sorted(notice_ids))
        )

    def lives(self) -> list[tuple[int, int, int, int, str | None]]:
        """Number, jurisdiction, first and last binding day and dense collection of every leaf."""
        return self._connection.execute(
            "SELECT leaf, code, first, last, collection FROM leaves ORDER BY leaf"
        ).fetchall()

    def assign(self, moves: Iterable[tuple[str, int]]) -> None:
        """Record the dense collection of leaves, as `(collection, number)`."""
        self._connection.executemany("UPDATE leaves SET collection = ? WHERE leaf = ?", moves)

    def vectors(self, leaves: Sequence[int]) -> list[Vector]:
        """The vectors of these leaves, in this order."""
        found: dict[int, bytes] = {}
        for batch in batches(leaves):
            found |= dict(
                self._connection.execute(
                    f"SELECT leaf, vector FROM leaves WHERE leaf IN ({marks(batch)})",  # noqa: S608
                    batch,
                )
            )
        return [unpack(found[leaf]) for leaf in leaves]

    def finish(self, digest: str) -> None:
        """Record the corpus digest, commit and close."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('digest', ?)", (digest,))
        self._connection.execute("COMMIT")
        self._connection.close()

    def abandon(self) -> None:
        """Close without regard for what was written."""
        self._connection.close()
