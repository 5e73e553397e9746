"""The real service as a process of its own, started by the real command."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 120


class ServedError(Exception):
    """The service did not come up."""


@contextmanager
def served(var: Path, **variables: str) -> Iterator[str]:
    """The address of a service that is ready; it must end by itself when told to."""
    code = "from assistant.commands.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", code, "serve", "--port", "0"],
        cwd=ROOT,
        env={
            **os.environ,
            "ASSISTANT_VAR_DIR": str(var),
            "ASSISTANT_TODAY": "2026-11-22",
            **variables,
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield _ready_address(process)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _ready_address(process: subprocess.Popen[str]) -> str:
    first = process.stdout.readline() if process.stdout else ""
    found = re.search(r"http://[\w.:\[\]]+", first)
    if found is None:
        raise ServedError(first)
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE_S and process.poll() is None:
        try:
            ready = httpx.get(f"{found[0]}/readyz", trust_env=False)
        except httpx.ConnectError:
            ready = None
        if ready is not None and ready.status_code == 200:
            return found[0]
        time.sleep(0.1)
    raise ServedError("not ready")
