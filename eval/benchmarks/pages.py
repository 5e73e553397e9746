"""The citizen's page as it is met: from Enter to the first text, and to the whole answer.

    python -m eval.benchmarks.pages [--questions 60] [--json OUT]

A real Chromium at the real service, questions of the policy set. The clock is the browser's own:
it starts with the key press, and stops when the words are in the document and a frame was drawn.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.browsing import WARM_UP, chromium, options
from eval.benchmarks.measured import keep, questions_of, share_of
from eval.benchmarks.table import Row, print_table
from eval.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

WHAT = {"first_text": "第一段文字", "whole_answer": "完整答复"}

CLOCK = """() => {
  const frame = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  window.clock = { first: null, whole: null };
  const turns = document.querySelectorAll("#talk .turn").length;
  const look = () => {
    const now = document.querySelectorAll("#talk .turn");
    const said = now.length > turns ? now[now.length - 1].querySelector(".said, .problem") : null;
    if (window.clock.first === null && (said || document.querySelector("#draft .said"))) {
      window.clock.first = 0;
      frame(() => (window.clock.first = performance.now() - window.clock.began));
    }
    if (said && window.clock.whole === null) {
      window.clock.whole = 0;
      frame(() => (window.clock.whole = performance.now() - window.clock.began));
    }
  };
  const watching = new MutationObserver(look);
  watching.observe(document.body, { childList: true, subtree: true });
  addEventListener("keydown", () => (window.clock.began = performance.now()), { once: true, capture: true });
}"""
DONE = "() => window.clock.first > 0 && window.clock.whole > 0"


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds from the key press, sorted."""

    first_text: tuple[float, ...]
    whole_answer: tuple[float, ...]


def measure(questions: Sequence[str]) -> Figures:
    """Ask every question in a conversation of its own on one open page."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as work,
        Served(Path(work)) as service,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
        page.goto(service.address)
        page.locator("#question textarea").wait_for()
        timed = [_timed(page, question) for question in questions][WARM_UP:]
    return Figures(
        tuple(sorted(first for first, _ in timed)), tuple(sorted(whole for _, whole in timed))
    )


def _timed(page: "Page", question: str) -> tuple[float, float]:
    page.locator("#question textarea").fill(question)
    page.evaluate(CLOCK)
    page.keyboard.press("Enter")
    page.wait_for_function(DONE)
    clock = page.evaluate("window.clock")
    page.get_by_role("button", name="重新开始").click()
    page.locator("#examples").wait_for()
    return clock["first"], clock["whole"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    asked = options(arguments, module="eval.benchmarks.pages", title="网页", questions=60)
    if asked is None:
        return 1
    figures = measure(questions_of("policy", asked.questions + WARM_UP))
    shares = {
        what: {name: round(share_of(values, part)) for name, part in (("p50", 0.5), ("p95", 0.95))}
        for what, values in asdict(figures).items()
    }
    rows = [
        Row("网页", f"按下回车到{WHAT[what]}，{name}", f"{ms} ms")
        for what, several in shares.items()
        for name, ms in several.items()
    ]
    print_table(f"网页，{len(figures.first_text)} 问", rows)
    keep(
        asked.json,
        {
            "machine": asked.machine,
            "load_average": asked.load,
            "unit": "ms",
            **shares,
            "questions": len(figures.first_text),
        },
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
