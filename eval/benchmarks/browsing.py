"""A real Chromium for the benchmarks of pages."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.measured import load_average, machine

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
_SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
WARM_UP = 5  # questions asked before the clock counts


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser that is closed in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_SWITCHES))
        yield browser
        browser.close()


def options(
    arguments: Sequence[str] | None, *, module: str, title: str, questions: int
) -> argparse.Namespace | None:
    """What was asked for on the command line, the machine told; None where there is no browser."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=f"{title}计时")
    parser.add_argument("--questions", type=int, default=questions, help="问多少个")
    parser.add_argument("--json", type=Path, help="结果写到这里")
    found = parser.parse_args(arguments)
    if not CHROMIUM.exists():
        print(f"没有 {CHROMIUM}，请先安装（apt-get install chromium）。")
        return None
    found.machine, found.load = machine(), load_average()
    print(f"{found.machine}，开始时负载 {found.load}")
    return found
