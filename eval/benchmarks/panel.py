"""The operator's panel as it is met: from key press to clause hits, from tick to verdict, to an answer.

    python -m eval.benchmarks.panel [--questions 30] [--json OUT]

A real Chromium at the real service, questions of the policy set typed sign by sign. The clock is
the browser's own: it starts with the key press, and stops when the hits of the words as they then
stand are in the document and a frame was drawn.
"""

import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.accounts import Role
from assistant.assembly import build_accounts
from assistant.config import Settings
from assistant.storage import open_stores
from eval.benchmarks.browsing import WARM_UP, chromium, options
from eval.benchmarks.measured import keep, questions_of, share_of
from eval.benchmarks.table import Row, print_table
from eval.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIGNS = 8  # of each question; nobody types on once the clause is there
BETWEEN_MS = 120  # a quick typist; below that, keys are looked up together
TICKS = 40

SEARCH_CLOCK = """() => {
  window.times = [];
  const query = document.getElementById("query");
  const hits = document.getElementById("hits");
  let began = null;
  addEventListener("input", () => (began = performance.now()), { capture: true });
  new MutationObserver(() => {
    if (began === null || hits.dataset.words !== query.value.trim()) return;
    const since = began;
    began = null;
    requestAnimationFrame(() => requestAnimationFrame(() => window.times.push(performance.now() - since)));
  }).observe(hits, { attributes: true, childList: true });
}"""
CHANGE_CLOCK = """([selector, event]) => {
  window.time = null;
  addEventListener(event, () => {
    const began = performance.now();
    const watching = new MutationObserver(() => {
      watching.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => (window.time = performance.now() - began)));
    });
    watching.observe(document.querySelector(selector), { childList: true, subtree: true });
  }, { once: true, capture: true });
}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds, sorted."""

    key_to_hits: tuple[float, ...]
    tick_to_verdict: tuple[float, ...]
    enter_to_answer: tuple[float, ...]


def measure(questions: Sequence[str]) -> Figures:
    """Type, tick and ask on one open panel."""
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        password = secrets.token_urlsafe(16)
        _add_operator(Path(work), password)
        with Served(Path(work)) as service, chromium() as browser:
            page = browser.new_page(viewport={"width": 400, "height": 780}, locale="zh-CN")
            page.goto(f"{service.address}/operator")
            page.get_by_label("登录名").fill("bench")
            page.get_by_label("密码").fill(password)
            page.keyboard.press("Enter")
            page.locator("html[data-ready]").wait_for()
            typed = _typed(page, questions)
            ticked = [_ticked(page, number) for number in range(WARM_UP + TICKS)][WARM_UP:]
            asked = [_asked(page, question) for question in questions][WARM_UP:]
    return Figures(*(tuple(sorted(times)) for times in (typed, ticked, asked)))


def _add_operator(var: Path, password: str) -> None:
    stores = open_stores(None, var)
    build_accounts(Settings(var_dir=var), stores).add("bench", Role.OPERATOR, password)
    stores.close()


def _typed(page: "Page", questions: Sequence[str]) -> list[float]:
    """From each key press to the hits of what is written by then."""
    page.evaluate(SEARCH_CLOCK)
    for question in questions:
        page.locator("#query").fill("")
        page.locator("#query").press_sequentially(question[:SIGNS], delay=BETWEEN_MS)
        page.wait_for_timeout(2 * BETWEEN_MS)
    page.keyboard.press("Escape")
    times: list[float] = page.evaluate("window.times")
    return times[WARM_UP:]


def _ticked(page: "Page", number: int) -> float:
    """From a tick to the verdicts of all channels."""
    if number == 0:
        page.locator("#tab-sheet").click()
    choice = page.locator("#panel-sheet [data-fact='rent.is_urban_commodity_housing'] label").nth(
        number % 2
    )
    page.evaluate(CHANGE_CLOCK, ["#channels", "change"])
    choice.click()
    return _time(page)


def _asked(page: "Page", question: str) -> float:
    """From Enter to the whole answer."""
    page.locator("#new-call").click()
    page.locator("#query").fill(question)
    page.keyboard.press("Escape")
    page.evaluate(CHANGE_CLOCK, ["#script", "keydown"])
    page.keyboard.press("Enter")
    return _time(page)


def _time(page: "Page") -> float:
    page.wait_for_function("() => window.time !== null")
    time: float = page.evaluate("window.time")
    return time


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    asked = options(arguments, module="eval.benchmarks.panel", title="面板", questions=30)
    if asked is None:
        return 1
    figures = measure(questions_of("policy", asked.questions + WARM_UP))
    measured = (
        ("次按键，到查到的条款", figures.key_to_hits),
        ("次勾选，到全部途径的结论", figures.tick_to_verdict),
        ("问，按下回车到完整答复", figures.enter_to_answer),
    )
    rows = [
        Row("坐席面板", f"{len(values)} {what}，{name}", f"{ms:.0f} ms")
        for what, values in measured
        for name, ms in (("p50", share_of(values, 0.5)), ("p95", share_of(values, 0.95)))
    ]
    print_table("坐席面板", rows)
    keep(asked.json, {"machine": asked.machine, "load_average": asked.load, **asdict(figures)})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
