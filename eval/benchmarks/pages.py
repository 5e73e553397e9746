"""The citizen's page as it is met: from Enter to the first text, and to the whole answer.

    python -m eval.benchmarks.pages [--questions 60] [--json OUT]

A real Chromium at the real service, questions of the policy set. The clock is the browser's own:
it starts with the key press, and stops when the words are in the document and a frame was drawn.
"""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.benchmarks.table import Row, print_table
from eval.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

CASES = Path("eval/policy/cases.jsonl")
CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
WARM_UP = 5
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
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory(prefix="bench-") as work,
        Served(Path(work)) as service,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
        page.goto(service.address)
        page.locator("#question textarea").wait_for()
        timed = [_timed(page, question) for question in questions][WARM_UP:]
        browser.close()
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


def share(sorted_ms: Sequence[float], part: float) -> float:
    """The value that `part` of the sorted ones do not exceed."""
    return sorted_ms[min(len(sorted_ms) - 1, int(part * len(sorted_ms)))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.pages", description="网页计时")
    parser.add_argument("--questions", type=int, default=60, help="问多少个")
    parser.add_argument("--json", type=Path, help="结果写到这里")
    options = parser.parse_args(arguments)
    if not CHROMIUM.exists():
        print(f"没有 {CHROMIUM}，请先安装（apt-get install chromium）。")
        return 1
    machine = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核"
    load = os.getloadavg()[0]
    print(f"{machine}，开始时负载 {load:.1f}")
    questions = _questions(options.questions + WARM_UP)
    figures = measure(questions)
    shares = {
        what: {name: round(share(values, part)) for name, part in (("p50", 0.5), ("p95", 0.95))}
        for what, values in asdict(figures).items()
    }
    rows = [
        Row("网页", f"按下回车到{WHAT[what]}，{name}", f"{ms} ms")
        for what, several in shares.items()
        for name, ms in several.items()
    ]
    print_table(f"网页，{len(figures.first_text)} 问", rows)
    if options.json:
        kept = {"machine": machine, "load_average": round(load, 1), "unit": "ms", **shares}
        kept["questions"] = len(figures.first_text)
        options.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def _questions(count: int) -> list[str]:
    """Questions of the policy set, as many as asked for, from all over it."""
    lines = CASES.read_text("utf-8").splitlines()
    asked = [json.loads(line)["turns"][0]["question"] for line in lines if line]
    step = max(1, len(asked) // count)
    return asked[::step][:count]


if __name__ == "__main__":
    raise SystemExit(main())
