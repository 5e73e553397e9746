"""The snapshot: the same corpus as it was built from, read back from one file."""

import sqlite3
import threading
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from assistant.clauses.loader import load_corpus
from assistant.clauses.model import CorpusView
from assistant.errors import (
    IndexUnavailableError,
    SourceChangedError,
    UnknownClauseError,
    UnknownNoticeError,
)
from assistant.retrieval import Snapshot, build_index
from assistant.retrieval.stored import pack, unpack
from tests.retrieval.builders import DRAFTS, RENTAL, HashEncoder, MemoryCorpus

ROOT = Path(__file__).parents[2]


def written(corpus: CorpusView, root: Path) -> Path:
    report = build_index(corpus, root, HashEncoder())
    return root / report.build_id / "corpus.sqlite"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(MemoryCorpus(DRAFTS), tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize("real", [False, True], ids=["fictional", "corpus"])
def test_the_snapshot_equals_the_corpus(tmp_path: Path, real: bool) -> None:
    corpus: CorpusView = load_corpus(ROOT / "corpus") if real else MemoryCorpus(DRAFTS)
    snapshot = Snapshot(written(corpus, tmp_path))
    assert snapshot.digest == corpus.digest
    assert list(snapshot.notices()) == list(corpus.notices())
    for notice in corpus.notices():
        assert snapshot.notice(notice.notice_id) == notice
        assert snapshot.clauses_of(notice.notice_id) == tuple(corpus.clauses_of(notice.notice_id))
        for part in notice.parts:
            assert snapshot.source(part.file) == corpus.source(part.file)
        if notice.doc_number:
            assert snapshot.notice_by_number(notice.doc_number) == notice


def test_unknown_names_are_typed_errors(path: Path) -> None:
    snapshot = Snapshot(path)
    assert snapshot.notice_by_number("无政发〔1999〕1号") is None
    with pytest.raises(UnknownNoticeError):
        snapshot.notice("nowhere")
    with pytest.raises(UnknownNoticeError):
        snapshot.clauses_of("nowhere")
    with pytest.raises(UnknownClauseError):
        snapshot.clause("moon-2024-7__sec_99")


@pytest.mark.parametrize("position", [0, 12, -1])
def test_one_changed_character_of_a_stored_source_is_noticed(tmp_path: Path, position: int) -> None:
    path = written(MemoryCorpus(DRAFTS), tmp_path)
    connection = sqlite3.connect(path)
    file = f"sources/{RENTAL.notice_id}.txt"
    (text,) = connection.execute("SELECT text FROM sources WHERE file = ?", (file,)).fetchone()
    characters = list(text)
    characters[position] = "改"
    # Whoever changes the text may mend its own hash too; the manifest's hash is what counts.
    changed = "".join(characters)
    digest = sha256(changed.encode()).hexdigest()
    connection.execute(
        "UPDATE sources SET text = ?, sha256 = ? WHERE file = ?", (changed, digest, file)
    )
    connection.commit()
    connection.close()
    with pytest.raises(SourceChangedError, match=RENTAL.notice_id):
        Snapshot(path)


def test_a_missing_source_is_noticed(tmp_path: Path) -> None:
    path = written(MemoryCorpus(DRAFTS), tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM sources WHERE file LIKE '%star%'")
    connection.commit()
    connection.close()
    with pytest.raises(IndexUnavailableError, match="star-2024-7"):
        Snapshot(path)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100], ids=["empty", "garbage"])
def test_a_file_that_is_no_database_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "corpus.sqlite").write_bytes(content)
    with pytest.raises(IndexUnavailableError, match="assistant index"):
        Snapshot(tmp_path / "corpus.sqlite")


def test_many_threads_read_the_same(path: Path) -> None:
    corpus, snapshot = MemoryCorpus(DRAFTS), Snapshot(path)
    wanted = [c for n in corpus.notices() for c in corpus.clauses_of(n.notice_id)]
    wrong: list[str] = []

    def read() -> None:
        wrong.extend(c.clause_id for c in wanted if snapshot.clause(c.clause_id) != c)
        wrong.extend(n.notice_id for n in corpus.notices() if snapshot.notice(n.notice_id) != n)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_only_ranked_units_are_leaves(path: Path) -> None:
    snapshot = Snapshot(path)
    leaves = snapshot.leaves(snapshot.leaves_of([RENTAL.notice_id])).values()
    assert sorted(leaf.clause_id for leaf in leaves) == [
        "moon-2024-7__sec_1",
        "moon-2024-7__sec_2__para_1",
        "moon-2024-7__sec_2__para_2",
        "moon-2024-7__sec_3",
    ]


def test_a_stored_vector_keeps_its_direction() -> None:
    vector = HashEncoder().encode(["租赁落户"])[0]
    assert float(unpack(pack(vector)) @ vector) == pytest.approx(1.0, abs=1e-3)
    assert unpack(pack(vector)).dtype == np.float32
