"""A visit to the citizen page with a real browser: asking, waiting, and what must hold of any page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

expect.set_options(timeout=20_000)  # a busy machine is no defect

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


SMALL_LETTERS = """e => [...e.querySelectorAll('*')].filter(x => x.offsetParent
  && [...x.childNodes].some(n => n.nodeType === 3 && n.data.trim())
  && parseFloat(getComputedStyle(x).fontSize) < 16).map(x => x.outerHTML)"""


SETTLED = """() => Promise.all(document.getAnimations()
  .filter(a => Number.isFinite(a.effect?.getComputedTiming().endTime))
  .map(a => a.finished.catch(() => null)))"""
"""Every change of colour or place that ends has ended."""


TOLD = """() => {
  const told = document.getElementById("heard")?.textContent ?? "";
  const whole = [...document.querySelectorAll("#talk .turn")].at(-1)?.querySelector(".to-copy");
  return Boolean(whole) || (told !== "" && !told.startsWith("正在"));
}"""
"""The newest turn is whole, or what came of it has been told."""


@dataclass
class Visit:
    """A browser context at one address, and every request it made."""

    address: str
    context: BrowserContext
    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def ask(self, question: str) -> None:
        before = self.page.locator("#talk .turn").count()
        self.page.locator("#question textarea").fill(question)
        self.page.keyboard.press("Enter")
        self.settled(before + 1)

    def tap(self, choice: str) -> None:
        """Tap a choice of the newest question."""
        before = self.page.locator("#talk .turn").count()
        self.page.locator("#talk .asking").get_by_role("button", name=choice, exact=True).click()
        self.settled(before + 1)

    def settled(self, turns: int) -> None:
        """Wait until the page shows so many turns and has told the newest."""
        expect(self.page.locator("#talk .turn")).to_have_count(turns)
        self.page.locator("#talk .reply.waiting").wait_for(state="detached")
        self.page.wait_for_function(TOLD)

    def asks_no_other_host(self) -> None:
        """Every request went to the service itself."""
        ours = (f"{self.address}/", "data:", "blob:")
        assert [url for url in self.requests if not url.startswith(ours)] == []

    def assert_readable(self, width: int) -> None:
        """Nothing scrolls sideways, and no letter is smaller than sixteen pixels."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width
        assert self.page.eval_on_selector("body", SMALL_LETTERS) == []


def findings(page: Page) -> list[str]:
    """What axe-core counts as serious or critical, with the element it is found in."""
    page.evaluate(SETTLED)
    found = Axe().run(page).response["violations"]
    return [
        f"{violation['impact']} {violation['id']}: {node['html'][:200]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@contextmanager
def visiting(browser: Browser, address: str, **options: Any) -> Iterator[Visit]:
    """A new context at `address`, on a phone unless `options` say otherwise."""
    context = browser.new_context(
        **{"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", **options}
    )
    seen = Visit(address, context, context.new_page())
    seen.watch(seen.page)
    context.on("page", seen.watch)
    seen.page.goto(f"{address}/")
    seen.page.locator("#question textarea").wait_for()
    yield seen
    context.close()
