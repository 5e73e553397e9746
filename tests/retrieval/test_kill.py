"""`kill -9` while an index is written: what serves goes on answering from a whole build."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.retrieval import STEPS, Index, Lexicon
from tests.retrieval.builders import CITY, DAY, DRAFTS, HashEncoder, build, unrelated

ROOT = Path(__file__).parents[2]
QUESTIONS = ("租房落户要登记满几个月", "退休人员个人账户每月多少", "第3号桥梁由谁巡查")
OLD, NEW = 20, 400


class Builder:
    """The helper process; `start` gives the pid of the child that builds."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.retrieval.kill_builder", str(root)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, step: str, count: int) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{step} {count}\n")
        self._process.stdin.flush()
        return int(self.read().split()[1])

    def read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def kill(self, child: int) -> None:
        """`kill -9`, and wait until the child is no more."""
        with contextlib.suppress(ProcessLookupError):  # it was quicker
            os.kill(child, signal.SIGKILL)
        while self.read() != "gone":
            pass

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


class Reader(threading.Thread):
    """Asks without pause, and keeps whatever differs from what a whole build answers."""

    def __init__(self, root: Path, whole: tuple[object, object]) -> None:
        super().__init__(daemon=True)
        self.index = Index.open(root, HashEncoder(), Lexicon())
        self._stop_asking = threading.Event()
        self._whole = whole
        self.wrong: list[object] = []
        self.asked = 0

    def run(self) -> None:
        while not self._stop_asking.is_set():
            try:
                found = answers(self.index)
            except Exception as error:  # noqa: BLE001 # a reader must never see any
                self.wrong.append(error)
                continue
            if found not in self._whole:
                self.wrong.append(found)
            self.asked += 1

    def finish(self) -> None:
        self._stop_asking.set()
        self.join()


def answers(index: Index) -> object:
    found = index.searcher()
    hits = [found.search(q, as_of=DAY, place=CITY, limit=5) for q in QUESTIONS]
    return found.view.count(), hits


@pytest.fixture
def root(tmp_path: Path) -> Path:
    build(tmp_path, (*DRAFTS, *unrelated(OLD)))
    return tmp_path


@pytest.fixture
def builder(root: Path) -> Iterator[Builder]:
    helper = Builder(root)
    yield helper
    helper.close()


def opened_afresh(root: Path) -> object:
    return answers(Index.open(root, HashEncoder(), Lexicon()))


def test_killed_at_any_step_or_moment_a_whole_index_serves(
    root: Path, builder: Builder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    drafts = (*DRAFTS, *unrelated(NEW))
    build(elsewhere, drafts)
    old, new = opened_afresh(root), opened_afresh(elsewhere)
    reader = Reader(root, (old, new))
    reader.start()
    for step in STEPS[:-1]:
        child = builder.start(step, NEW)
        assert builder.read() == f"at {step}"
        builder.kill(child)
        assert opened_afresh(root) == old, step
    moments = random.Random(7)
    for _ in range(5):
        child = builder.start("-", NEW)
        time.sleep(moments.uniform(0.02, 0.5))
        builder.kill(child)
        assert opened_afresh(root) in (old, new)  # new where the build was quicker than the kill
    build(root, drafts)
    _wait_until(lambda: answers(reader.index) == new)
    reader.finish()
    assert reader.wrong == []
    assert reader.asked > 0
    assert len([path for path in root.iterdir() if path.is_dir()]) <= 2


def test_killed_after_publishing_the_new_index_serves(root: Path, builder: Builder) -> None:
    old = opened_afresh(root)
    child = builder.start("published", NEW)
    assert builder.read() == "at published"
    builder.kill(child)
    new = opened_afresh(root)
    assert new != old
    assert build(root, (*DRAFTS, *unrelated(NEW))).unchanged
    assert opened_afresh(root) == new


def _wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("the new build was not followed within ten seconds")
