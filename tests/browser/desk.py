"""Operators before the real service: people who may log in, and what they do in the panel."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from assistant.accounts import Role
from assistant.assembly import build_accounts
from assistant.config import Settings
from assistant.storage import open_stores
from eval.serving import served
from tests.browser.visit import Visit

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery"
PEOPLE = {"wang": Role.OPERATOR, "li": Role.SUPERVISOR, "sun": Role.EVALUATOR}


@dataclass(frozen=True)
class Staffed:
    """A service with people, the folder it keeps things in, and a page that may frame its panel."""

    address: str
    var: Path
    host: str


@contextmanager
def staffed(var: Path, **variables: str) -> Iterator[Staffed]:
    """The real service, started by the real command, beside a host that serves `docs/`."""
    settings = Settings(var_dir=var)
    stores = open_stores(None, var)
    for login, role in PEOPLE.items():
        build_accounts(settings, stores).add(login, role, PASSWORD)
    stores.close()
    with hosting() as host:
        origins = " ".join((host, variables.pop("ASSISTANT_EMBED_ORIGINS", ""))).strip()
        many = {"ASSISTANT_LOGIN_LIMIT": ""} | variables  # each test logs in, from one address
        with served(var, ASSISTANT_EMBED_ORIGINS=origins, **many) as address:
            yield Staffed(address, var, host)


@contextmanager
def hosting() -> Iterator[str]:
    """The origin of another site, which holds the demonstration page."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    handler = partial(Quiet, directory=str(ROOT / "docs"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def context_of(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """A new profile as wide as the panel, which may use the clipboard."""
    context = browser.new_context(
        **{"viewport": {"width": 400, "height": 780}, "locale": "zh-CN", **options}
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    try:
        yield context
    finally:
        context.close()


@dataclass
class Panel(Visit):
    """A panel in a browser."""

    def log_in(self, login: str = "wang", path: str = "/operator") -> "Panel":
        self.page.goto(self.address + path)
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.ready()
        return self

    def ready(self) -> None:
        self.page.locator("html[data-ready]").wait_for()

    def ask(self, question: str) -> None:
        self.page.locator("#query").fill(question)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#panel-answer .asked")).to_contain_text(question)

    def fact(self, name: str) -> Locator:
        return self.page.locator(f"#panel-sheet fieldset[data-fact='{name}']")

    def tick(self, name: str, choice: str) -> None:
        self.fact(name).get_by_text(choice, exact=True).click()

    def choose(self, rule_id: str) -> None:
        self.page.locator("#tab-sheet").click()
        self.page.locator("#rule").select_option(rule_id)

    @property
    def conclusion(self) -> Locator:
        return self.page.locator("#conclusion")

    def copied(self) -> str:
        """What the copy key put on the clipboard."""
        self.page.evaluate("navigator.clipboard.writeText('')")
        self.page.keyboard.press("Alt+c")
        self.page.wait_for_function("navigator.clipboard.readText().then(told => told !== '')")
        expect(self.page.locator("#status")).to_contain_text("已复制")
        told: str = self.page.evaluate("navigator.clipboard.readText()")
        return told


@contextmanager
def panel(
    browser: Browser, staffed: Staffed, login: str = "wang", **options: Any
) -> Iterator[Panel]:
    """A panel of somebody who has logged in."""
    with context_of(browser, **options) as context:
        seen = Panel(staffed.address, context, context.new_page())
        seen.watch(seen.page)
        context.on("page", seen.watch)
        yield seen.log_in(login)
