"""The examples of docs/examples, run as their readers run them: as programs, on real sockets."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eval.serving import ROOT, served

Run = Callable[..., str]
EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("examples")


@pytest.fixture(scope="session")
def run(var: Path) -> Run:
    """What an example prints; it must end well, and warn of nothing of ours."""

    def run(name: str, *arguments: str, **variables: str) -> str:
        done = subprocess.run(
            [sys.executable, str(EXAMPLES / name), *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                "ASSISTANT_VAR_DIR": str(var),
                "ASSISTANT_TODAY": "2026-11-22",
                "PYTHONIOENCODING": "utf-8",
                "NO_PROXY": "127.0.0.1",
                **variables,
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def address(var: Path) -> Iterator[str]:
    """A running service."""
    with served(var) as address:
        yield address
