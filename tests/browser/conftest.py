"""A real browser before the real service."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.serving import served

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
        self.page.locator("#talk .turn").nth(before).wait_for()
        self.page.locator("#talk .reply.waiting").wait_for(state="detached")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("var")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("没有 /usr/bin/chromium，请先安装（apt-get install chromium）")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    seen = Visit(address, context, context.new_page())
    seen.watch(seen.page)
    context.on("page", seen.watch)
    seen.page.goto(f"{address}/")
    seen.page.locator("#question textarea").wait_for()
    yield seen
    context.close()
