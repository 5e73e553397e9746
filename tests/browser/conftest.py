"""A real browser before the real service."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from eval.serving import served
from tests.browser.desk import Panel, Staffed, panel, staffed
from tests.browser.fake import TalkingService, spoken_with
from tests.browser.visit import CHROMIUM, SWITCHES, Visit, visiting


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("var")) as address:
        yield address


@pytest.fixture(scope="session")
def service() -> TalkingService:
    """What answers at `talking`; a test that changes how leaves it as it was."""
    return TalkingService()


@pytest.fixture(scope="session")
def talking(service: TalkingService) -> Iterator[str]:
    with spoken_with(service) as address:
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
    with visiting(browser, address) as seen:
        yield seen


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("var")) as desk:
        yield desk


@pytest.fixture
def seen(browser: Browser, desk: Staffed) -> Iterator[Panel]:
    with panel(browser, desk) as seen:
        yield seen
        assert seen.complaints == []
