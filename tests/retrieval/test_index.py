"""Builds: differences only, published whole, followed by what serves; damage is noticed."""

import gc
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import AssistantError, IndexUnavailableError
from assistant.retrieval import (
    STEPS,
    Index,
    Lexicon,
    Searcher,
    build_index,
    dense,
    layout,
)
from assistant.retrieval.building import build as making
from tests.retrieval.builders import (
    CITY,
    DAY,
    DRAFTS,
    MEDICAL,
    RENTAL,
    Draft,
    HashEncoder,
    MemoryCorpus,
    build,
    unrelated,
)

QUESTIONS = ("租房落户要登记满几个月", "退休人员个人账户每月多少", "桥梁由谁巡查", "博士随迁配偶")


def opened(root: Path) -> Index:
    return Index.open(root, HashEncoder(), Lexicon())


def results(found: Searcher) -> list[object]:
    """Everything a caller can see of a build."""
    return [
        (found.search(question, as_of=day, place=CITY, binding=binding, limit=30))
        for question in QUESTIONS
        for day in (DAY, date(2022, 1, 1))
        for binding in (True, False)
    ]


def reworded(draft: Draft, text: str) -> Draft:
    heading, _ = draft.sections[0]
    return replace(draft, sections=((heading, text), *draft.sections[1:]))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index over the fictional notices, to be copied."""
    root = tmp_path_factory.mktemp("template")
    build(root, DRAFTS)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """A copy of the template, free to be changed."""
    return shutil.copytree(template, tmp_path / "index")


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    first = build(tmp_path, DRAFTS)
    second = build(tmp_path, DRAFTS)
    assert (second.build_id, second.unchanged, second.added) == (first.build_id, True, 0)


def test_a_rebuild_can_be_asked_for(root: Path) -> None:
    first = layout.read_manifest(layout.current_build(root))
    again = build_index(MemoryCorpus(DRAFTS), root, HashEncoder(), rebuild=True)
    assert again.build_id != first.build_id
    assert (again.incremental, again.encoded) == (False, again.leaves)


CHANGES: dict[str, tuple[Draft, ...]] = {
    "added": (*DRAFTS, *unrelated(3, start=90)),
    "removed": DRAFTS[1:],
    "reworded": (reworded(RENTAL, "租房连续居住登记满五个月，可以落户。"), *DRAFTS[1:]),
    "expired": (replace(RENTAL, effective_to=date(2024, 6, 30)), *DRAFTS[1:]),
    "moved": (replace(RENTAL, jurisdiction="330700"), *DRAFTS[1:]),
    "retitled": (replace(RENTAL, title="月亮市人民政府关于租赁落户若干事项的通知"), *DRAFTS[1:]),
    "everything_at_once": (
        reworded(MEDICAL, "在职人员每月划入九十元。"),
        replace(RENTAL, effective_to=date(2024, 6, 30)),
        *unrelated(2, start=80),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_incremental_build_finds_what_a_build_from_nothing_finds(
    tmp_path: Path, change: str
) -> None:
    build(tmp_path / "grown", (*DRAFTS, *unrelated(30)))
    drafts = (*CHANGES[change], *unrelated(30))
    report = build(tmp_path / "grown", drafts)
    build(tmp_path / "whole", drafts)
    assert report.incremental
    grown, whole = opened(tmp_path / "grown").searcher(), opened(tmp_path / "whole").searcher()
    assert results(grown) == results(whole)
    assert list(grown.view.notices()) == list(whole.view.notices())


def test_removed_leaves_that_stay_in_the_statistics_do_not_turn_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_EXACT_UP_TO", 0)
    monkeypatch.setattr(making, "_MOST_TOMBSTONES", 1.0)
    build(tmp_path, (*DRAFTS, *unrelated(30)))
    build(tmp_path, (*CHANGES["everything_at_once"], *unrelated(30)))
    found = opened(tmp_path).searcher()
    assert layout.read_manifest(layout.current_build(tmp_path)).tombstones == 10
    hits = found.search("个人账户每月九十元", as_of=DAY, place=CITY)
    assert found.view.clause(hits[0].clause_id).text.endswith("在职人员每月划入九十元。")
    assert found.search(QUESTIONS[0], as_of=DAY, place=CITY, binding=False)


def test_only_what_changed_is_written_and_only_new_text_is_encoded(root: Path) -> None:
    encoder = HashEncoder()
    changed = reworded(RENTAL, "租房连续居住登记满五个月，可以落户。")
    report = build(root, (changed, *DRAFTS[1:]), encoder)
    assert (report.added, report.removed, report.encoded) == (4, 4, 1)
    assert encoder.encoded == 1


def test_a_change_of_dates_alone_encodes_nothing(root: Path) -> None:
    encoder = HashEncoder()
    report = build(root, (replace(RENTAL, effective_to=date(2030, 1, 1)), *DRAFTS[1:]), encoder)
    assert (report.added, report.encoded, encoder.encoded) == (4, 0, 0)


def test_a_lexicon_alone_makes_a_new_build_without_new_leaves(root: Path) -> None:
    report = build_index(MemoryCorpus(DRAFTS), root, HashEncoder(), lexicon_digest="another")
    assert (report.unchanged, report.added, report.removed) == (False, 0, 0)


def test_another_encoder_starts_from_nothing(root: Path) -> None:
    report = build(root, DRAFTS, HashEncoder("hash-32", 32))
    assert (report.incremental, report.encoded) == (False, report.leaves)


def test_leaves_move_when_an_index_outgrows_one_collection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "TOGETHER", 20)
    build(tmp_path / "grown", DRAFTS)
    drafts = (*DRAFTS, *unrelated(30), *unrelated(9, start=50, jurisdiction="330700"))
    build(tmp_path / "grown", drafts)
    build(tmp_path / "whole", drafts)
    manifest = layout.read_manifest(layout.current_build(tmp_path / "grown"))
    assert sorted(manifest.collections) == [
        "330400-ended",
        "330400-never",
        "330400-open",
        "330700-open",
    ]
    assert results(opened(tmp_path / "grown").searcher()) == results(
        opened(tmp_path / "whole").searcher()
    )


def test_an_empty_corpus_is_an_index_in_which_nothing_is_found(tmp_path: Path) -> None:
    report = build(tmp_path, ())
    found = opened(tmp_path).searcher()
    assert report.leaves == 0
    assert found.search(QUESTIONS[0], as_of=DAY, place=CITY) == []
    assert found.lookup(RENTAL.title, as_of=DAY, place=CITY) == ()
    assert build(tmp_path, DRAFTS).leaves == 10


def test_a_service_follows_a_completed_build_without_a_restart(tmp_path: Path) -> None:
    build(tmp_path, DRAFTS[1:])
    index = opened(tmp_path)
    before = index.searcher()
    assert before.search(QUESTIONS[0], as_of=DAY, place=CITY, limit=1)[0].lexical >= 0
    build(tmp_path, DRAFTS)
    after = _wait_for(lambda: index.searcher() if index.searcher() is not before else None)
    best = after.search(QUESTIONS[0], as_of=DAY, place=CITY)[0]
    assert best.clause_id == "moon-2024-7__sec_1"
    # A request under way keeps the build it began with, whole.
    assert all(n.notice_id != "moon-2024-7" for n in before.view.notices())
    assert results(before)


def test_a_build_in_use_outlives_later_builds_and_then_goes(root: Path) -> None:
    first = layout.current_build(root).name
    reader = opened(root).searcher()
    expected = results(reader)
    second = build(root, DRAFTS[1:]).build_id
    build(root, DRAFTS[2:])
    build(root, DRAFTS[3:])
    assert (root / first).is_dir()
    assert not (root / second).exists()
    assert results(reader) == expected
    del reader
    gc.collect()
    build(root, DRAFTS[2:])
    assert not (root / first).exists()


def test_a_build_that_fails_at_any_step_leaves_the_old_one_serving(root: Path) -> None:
    index = opened(root)
    expected = results(index.searcher())
    builds = _builds(root)
    for step in STEPS[:-1]:
        with pytest.raises(KeyboardInterrupt):
            build_index(MemoryCorpus(DRAFTS[1:]), root, HashEncoder(), progress=_failing_at(step))
        assert results(index.searcher()) == results(opened(root).searcher()) == expected
        assert _builds(root) == builds
    assert build(root, DRAFTS[1:]).removed == 4


def test_every_step_is_told_in_order(tmp_path: Path) -> None:
    told: list[str] = []
    build_index(
        MemoryCorpus(DRAFTS), tmp_path, HashEncoder(), progress=lambda s, *_: told.append(s)
    )
    assert tuple(dict.fromkeys(told)) == STEPS


def test_a_full_disk_is_a_clear_error_and_changes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = results(opened(root).searcher())

    def full(_folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(layout, "flush", full)
    with pytest.raises(IndexUnavailableError, match="原有索引不受影响"):
        build(root, DRAFTS[1:])
    assert results(opened(root).searcher()) == expected


def test_two_builders_do_not_meet(tmp_path: Path) -> None:
    with layout.only_builder(tmp_path), pytest.raises(IndexUnavailableError, match="另一个"):
        build(tmp_path, DRAFTS)
    assert build(tmp_path, DRAFTS).leaves


def test_without_an_index_the_way_out_is_named(tmp_path: Path) -> None:
    for root in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexUnavailableError, match="assistant index"):
            opened(root)


def test_an_index_made_later_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.retrieval.index._RETRY_SECONDS", 0.0)
    index = Index(tmp_path, HashEncoder(), Lexicon())
    with pytest.raises(IndexUnavailableError):
        index.searcher()
    build(tmp_path, DRAFTS)
    assert results(index.searcher())
    assert index.problem is None


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "no_manifest": lambda b: (b / "manifest.json").unlink(),
    "half_a_manifest": lambda b: _cut(b / "manifest.json"),
    "no_snapshot": lambda b: (b / "corpus.sqlite").unlink(),
    "half_a_snapshot": lambda b: _cut(b / "corpus.sqlite"),
    "no_lexical_segment": lambda b: next((b / "lexical").glob("*.idx")).unlink(),
    "half_a_lexical_segment": lambda b: _cut(next((b / "lexical").glob("*.store"))),
    "a_changed_byte": lambda b: _flip(next((b / "lexical").glob("*.term"))),
    "no_lexical_meta": lambda b: (b / "lexical" / "meta.json").unlink(),
    "no_dense_store": lambda b: (b / "dense" / "chroma.sqlite3").unlink(),
    "pointer_to_nothing": lambda b: (b.parent / "CURRENT").write_text("000099-00000000\n"),
    "pointer_of_garbage": lambda b: (b.parent / "CURRENT").write_bytes(b"\xff\xfe"),
    "pointer_outside": lambda b: (b.parent / "CURRENT").write_text("../../etc\n"),
    "another_format": lambda b: (b / "manifest.json").write_text(
        (b / "manifest.json").read_text().replace(f'"format": {layout.FORMAT}', '"format": 0')
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_noticed_on_opening(root: Path, damage: str) -> None:
    DAMAGE[damage](layout.current_build(root))
    with pytest.raises(AssistantError, match="assistant index"):
        opened(root)


@pytest.mark.parametrize("damage", ["half_a_snapshot", "no_dense_store", "pointer_of_garbage"])
def test_damage_is_mended_by_the_next_build(root: Path, damage: str) -> None:
    expected = results(opened(root).searcher())
    gc.collect()
    DAMAGE[damage](layout.current_build(root))
    report = build(root, DRAFTS)
    assert (report.unchanged, report.incremental) == (False, False)
    assert results(opened(root).searcher()) == expected


def test_a_damaged_new_build_leaves_the_old_one_serving(root: Path) -> None:
    index = opened(root)
    expected = results(index.searcher())
    (root / "CURRENT").write_text("000099-00000000\n")
    assert results(index.searcher()) == expected
    assert "000099-00000000" in (index.problem or "")


def test_vectors_of_another_model_are_refused(root: Path) -> None:
    with pytest.raises(IndexUnavailableError, match=r"hash-32.*assistant index"):
        Index.open(root, HashEncoder("hash-32", 32), Lexicon())


def test_readers_in_many_threads_see_whole_builds_while_builds_go_on(root: Path) -> None:
    variants = [DRAFTS, DRAFTS[1:], DRAFTS[2:]]
    counts = {10, 6, 5}
    index = opened(root)
    stop = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        while not stop.is_set():
            found = index.searcher()
            leaves = found.view.count()[2]
            hits = found.search("落户 个人账户", as_of=DAY, place=CITY, limit=50)
            held = {notice.notice_id for notice in found.view.notices()}
            if leaves not in counts or any(h.clause_id.split("__")[0] not in held for h in hits):
                wrong.append((leaves, hits))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for variant in variants[1:] + variants:
        assert build(root, variant).leaves in counts
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def _failing_at(step: str) -> Callable[[str, int, int], None]:
    def tell(now: str, _done: int, _total: int) -> None:
        if now == step:
            raise KeyboardInterrupt

    return tell


def _builds(root: Path) -> set[str]:
    return {path.name for path in root.iterdir() if path.is_dir()}


def _wait_for(ready: Callable[[], Searcher | None]) -> Searcher:
    for _ in range(200):
        value = ready()
        if value is not None:
            return value
        time.sleep(0.05)
    raise AssertionError("the new build was not followed within ten seconds")
