"""`assistant index`, and the index that other commands see to before they begin."""

import threading
import time
from pathlib import Path

import pytest

from assistant.assembly import build, build_service, index_root
from assistant.commands.index import ensure_index
from assistant.config import Settings
from assistant.errors import IndexUnavailableError
from assistant.retrieval import layout


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var")


def test_a_first_index_that_another_process_builds_is_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paused = threading.Event()

    def pause(seconds: float) -> None:
        paused.set()
        threading.Event().wait(seconds / 10)

    monkeypatch.setattr(time, "sleep", pause)
    waiting = threading.Thread(target=ensure_index, args=(settings,))
    with layout.only_builder(index_root(settings)):
        waiting.start()
        assert paused.wait(60)
    waiting.join()
    assert layout.current_build(index_root(settings)).is_dir()
    assert capsys.readouterr().err.count("另一个进程正在建立索引") == 1


def test_an_index_that_is_there_serves_while_another_process_builds(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = build(settings).build_id
    with layout.only_builder(index_root(settings)):
        ensure_index(settings)
    assert layout.current_build(index_root(settings)).name == before
    assert "先用原有的索引" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(settings: Settings) -> None:
    (index_root(settings) / ".lock").mkdir(parents=True)  # as a read-only disk: it cannot be opened
    with pytest.raises(IndexUnavailableError, match="写不了索引文件夹"):
        ensure_index(settings)


def test_a_build_that_cannot_be_marked_as_read_is_told(settings: Settings) -> None:
    build(settings)
    folder = layout.current_build(index_root(settings))
    (folder / ".in-use").mkdir()
    with pytest.raises(IndexUnavailableError, match="写不了索引文件夹"):
        build_service(settings)
