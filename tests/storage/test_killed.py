"""Processes killed amid many conversations: no acknowledged turn is lost, none is crossed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.storage import Stores
from tests.storage.talker import question

ROOT = Path(__file__).parents[2]
CONVERSATIONS = 50
TURNS = 10


def talker(url: str, turns: int, ids: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.talker", url, str(turns), *ids],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def heard(process: subprocess.Popen[str], enough: int | None = None) -> list[tuple[str, int]]:
    """The turns acknowledged until there are `enough`, and then the process is killed."""
    lines: list[str] = []
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            if line.endswith("\n"):
                lines.append(line)
            if len(lines) == enough:
                process.kill()  # what it printed meanwhile was acknowledged too, and is read on
    process.wait()
    return [(id_, int(position)) for id_, position in (line.split() for line in lines)]


@pytest.mark.parametrize("kill_after", [(1, 80, 160)], ids=["three_times"])
def test_fifty_conversations_survive_kills(
    stores: Stores, url: str, kill_after: tuple[int, ...]
) -> None:
    ids = [stores.conversations.create().conversation_id for _ in range(CONVERSATIONS)]
    acknowledged: list[tuple[str, int]] = []
    killed = 0
    for enough in kill_after:
        process = talker(url, TURNS, ids)
        turns = heard(process, enough)
        killed += process.returncode == -signal.SIGKILL
        acknowledged += turns
        for id_, position in turns:
            stored = stores.conversations.load(id_).turns[position - 1]
            assert stored.question == question(id_, position)
            assert stored.answer == {"text": stored.question}
    last = talker(url, TURNS, ids)
    acknowledged += heard(last)
    assert last.returncode == 0
    assert killed, "every process ended before it could be killed"
    assert len(acknowledged) == len(set(acknowledged))
    for id_ in ids:
        whole = stores.conversations.load(id_)
        asked = [question(id_, position) for position in range(1, TURNS + 1)]
        assert [turn.question for turn in whole.turns] == asked
        assert [fact["said"] for fact in whole.facts.values()] == asked


def test_two_processes_in_one_conversation_lose_nothing(stores: Stores, url: str) -> None:
    id_ = stores.conversations.create().conversation_id
    processes = [talker(url, 20, [id_] * 5) for _ in range(2)]
    acknowledged = [turn for process in processes for turn in heard(process)]
    assert [process.returncode for process in processes] == [0, 0]
    whole = stores.conversations.load(id_)
    positions = sorted(position for _, position in acknowledged)
    assert (
        positions == [turn.position for turn in whole.turns] == list(range(1, len(positions) + 1))
    )
    assert len(positions) >= 20
    assert all(turn.answer is not None for turn in whole.turns)
