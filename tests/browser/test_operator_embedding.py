"""The panel inside another system's page, and beside any page as an extension."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import PASSWORD, ROOT, Staffed, context_of, hosting, staffed
from tests.browser.visit import CHROMIUM, SWITCHES

pytestmark = pytest.mark.browser

EXTENSION = ROOT / "extension"
EXTENSION_ID = "bdnoepdhdkmajlnheljplaoghgklopap"


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    """A service set up for the extension, as docs/embedding.md says."""
    own = {
        "ASSISTANT_EMBED_ORIGINS": f"chrome-extension://{EXTENSION_ID}",
        "ASSISTANT_SESSION_COOKIE": "embedded",
    }
    with staffed(tmp_path_factory.mktemp("var"), **own) as desk:
        yield desk


@pytest.fixture
def host(browser: Browser, desk: Staffed) -> Iterator[Page]:
    with context_of(browser, viewport={"width": 1000, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{desk.host}/embed-demo.html?service={desk.address}")
        yield page


def told(host: Page, event: str) -> list[dict[str, Any]]:
    """The messages of one kind that the host has heard."""
    expect(host.locator(f"#events [data-type='assistant.{event}']").first).to_be_attached()
    lines = host.locator(f"#events [data-type='assistant.{event}']").all_text_contents()
    return [json.loads(line) for line in lines]


def log_in(page: Any) -> None:
    page.get_by_label("登录名").fill("wang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_the_host_opens_calls_and_hears_what_comes_of_them(host: Page, desk: Staffed) -> None:
    host.get_by_role("button", name="打开这次通话").click()
    frame = host.frame_locator("#panel")
    log_in(frame)
    assert told(host, "ready") == [{"type": "assistant.ready", "version": 1}]
    expect(frame.locator("#call-name")).to_have_text("通话 CRM-77")
    expect(frame.locator("#query")).to_have_value("租房怎么落户")

    frame.locator("#query").fill("嘉兴租房落户要求居住登记满几个月")
    frame.locator("#query").press("Enter")
    answer = told(host, "answer")[0]
    assert (answer["call"], answer["version"]) == ("CRM-77", 1)
    assert {"answer_id", "conversation_id", "kind", "reason", "script"} <= answer.keys()

    frame.locator("#tab-sheet").click()
    frame.locator("#rule").select_option("settle.rental")
    verdict = told(host, "verdict")[-1]
    assert verdict["rule_id"] == "settle.rental"
    assert (verdict["outcome"], verdict["earliest_date"]) == ("ineligible", "2026-12-22")

    frame.locator("#copy").click()
    copied = told(host, "copied")[0]["text"]
    assert copied.startswith("话术：按您说的情况，不符合租赁落户的条件")
    assert host.evaluate("navigator.clipboard.readText()") == copied

    frame.locator("#escalate").click()
    frame.get_by_label("备注").fill("请回电")
    frame.get_by_role("button", name="送出").click()
    escalated = told(host, "escalated")[0]
    assert escalated["state"] == "kept"
    assert (desk.var / "escalations" / f"{escalated['escalation_id']}.json").is_file()

    host.get_by_label("通话编号").fill("CRM-78")
    host.get_by_label("已知情况（JSON）").fill('{"edu": "本科", "nonsense": 1}')
    host.get_by_role("button", name="打开这次通话").click()
    expect(frame.locator("#call-name")).to_have_text("通话 CRM-78")
    expect(frame.locator("#told")).to_contain_text("不认识的情况「nonsense」")
    frame.locator("#tab-sheet").click()
    frame.locator("#rule").select_option("settle.talent")
    expect(frame.locator("#conclusion")).to_have_text("符合人才落户")


def test_messages_from_anybody_else_are_not_heard(host: Page) -> None:
    host.get_by_role("button", name="打开这次通话").click()
    frame = host.frame_locator("#panel")
    log_in(frame)
    told(host, "ready")
    inner = next(f for f in host.frames if "/operator" in f.url)
    inner.evaluate("window.postMessage({type: 'assistant.open', call: 'EVIL'}, '*')")
    host.evaluate("frames[0].postMessage({type: 'other', call: 'EVIL'}, '*')")
    host.evaluate("frames[0].postMessage('EVIL', '*')")
    host.wait_for_timeout(300)
    expect(frame.locator("#call-name")).to_have_text("通话 CRM-77")


def test_a_site_that_is_not_allowed_cannot_frame_it(browser: Browser, desk: Staffed) -> None:
    with hosting() as elsewhere, context_of(browser) as context:
        page = context.new_page()
        page.goto(f"{elsewhere}/embed-demo.html?service={desk.address}")
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.get_by_role("button", name="打开这次通话").click()
        assert page.frame_locator("#panel").locator("#login-login").count() == 0


def test_the_extension_asks_for_little_and_runs_nothing_remote() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    assert manifest["manifest_version"] == 3
    assert manifest["permissions"] == ["sidePanel", "storage"]
    assert not manifest.keys() & {"host_permissions", "content_scripts", "optional_permissions"}
    policy = manifest["content_security_policy"]["extension_pages"]
    assert "default-src 'none'; script-src 'self';" in policy
    for file in EXTENSION.glob("*.js"):
        assert not re.search(r"eval\(|new Function|innerHTML|import\(", file.read_text("utf-8"))


def test_the_extension_loads_and_shows_the_panel(
    browser: Browser, beside: Staffed, tmp_path: Path
) -> None:
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=CHROMIUM,
        ignore_default_args=["--disable-extensions"],
        args=[
            *SWITCHES,
            "--headless=new",
            "--disable-features=DisableLoadExtensionCommandLineSwitch",
            f"--disable-extensions-except={EXTENSION}",
            f"--load-extension={EXTENSION}",
        ],
        viewport={"width": 400, "height": 780},
    )
    try:
        worker = (
            context.service_workers[0]
            if context.service_workers
            else context.wait_for_event("serviceworker")
        )
        assert worker.url == f"chrome-extension://{EXTENSION_ID}/worker.js"
        behavior = worker.evaluate("chrome.sidePanel.getPanelBehavior()")
        assert behavior == {"openPanelOnActionClick": True}

        options = context.new_page()
        options.goto(f"chrome-extension://{EXTENSION_ID}/options.html")
        expect(options.locator("#setting")).to_contain_text(f"chrome-extension://{EXTENSION_ID}")
        options.get_by_label("服务地址").fill("http://crm.example.gov.cn")
        options.get_by_role("button", name="保存").click()
        expect(options.locator("#told")).to_contain_text("https://")

        side = context.new_page()
        side.goto(f"chrome-extension://{EXTENSION_ID}/panel.html")
        expect(side.get_by_text("还没有填服务地址")).to_be_visible()
        options.get_by_label("服务地址").fill(beside.address + "/operator")
        options.get_by_role("button", name="保存").click()
        frame = side.frame_locator("iframe")
        log_in(frame)
        frame.locator("html[data-ready]").wait_for()
        frame.locator("#query").fill("嘉兴租房落户要求居住登记满几个月")
        frame.locator("#query").press("Enter")
        expect(frame.locator("#panel-answer .lead")).to_contain_text("满六个月")
    finally:
        context.close()
