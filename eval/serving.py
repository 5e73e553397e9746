"""The real service as a process of its own, started by its own command: for tests and benchmarks."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import httpx

from assistant.errors import AssistantError
from eval.model import EVAL_DAY

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 240
_COMMAND = "from assistant.commands.main import main; main()"


class NotServedError(AssistantError):
    """The service did not come up."""


class Served:
    """A service that is ready, at `address`; `log` holds what it printed, if asked to keep it."""

    def __init__(
        self, var: Path, variables: Mapping[str, str] | None = None, log: Path | None = None
    ) -> None:
        self._log = None if log is None else log.open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-c", _COMMAND, "serve", "--port", "0"],
            cwd=ROOT,
            env={
                **os.environ,
                "ASSISTANT_VAR_DIR": str(var),
                "ASSISTANT_TODAY": EVAL_DAY.isoformat(),
                **(variables or {}),
            },
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.process_id = self._process.pid
        try:
            self.address = self._ready_address()
        except NotServedError:
            self.kill()
            raise

    def __enter__(self) -> "Served":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None and self._process.poll() is None:
                self._process.send_signal(signal.SIGTERM)
                self._process.wait(timeout=30)
        finally:
            self.kill()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        if self._log is not None:
            self._log.close()

    def _ready_address(self) -> str:
        first = self._process.stdout.readline() if self._process.stdout else ""
        found = re.search(r"http://[\w.:\[\]]+", first)
        if found is None:
            raise NotServedError("服务没有启动，请先运行 assistant serve 看它说什么。")
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and self._process.poll() is None:
            try:
                if httpx.get(f"{found[0]}/readyz", trust_env=False).status_code == 200:
                    return found[0]
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise NotServedError("服务没有就绪，请先运行 assistant serve 看它说什么。")


@contextmanager
def served(var: Path, **variables: str) -> Iterator[str]:
    """The address of a service that is ready; it must end by itself when told to."""
    with Served(var, variables) as service:
        yield service.address
