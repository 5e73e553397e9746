"""axe-core finds nothing serious or critical on any state of the panel, in light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import Panel, Staffed, context_of, hosting, panel
from tests.browser.visit import findings

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def seen(browser: Browser, desk: Staffed, request: pytest.FixtureRequest) -> Iterator[Panel]:
    with panel(browser, desk, "li", color_scheme=request.param) as seen:
        yield seen


def test_what_is_wrong_would_be_found(seen: Panel) -> None:
    seen.page.evaluate("document.body.append(document.createElement('button'))")
    assert any("button-name" in finding for finding in findings(seen.page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_login_and_its_complaint(browser: Browser, desk: Staffed, scheme: str) -> None:
    with context_of(browser, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/auth/login")
        page.locator("#login-login").wait_for()
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        assert findings(page) == []
        page.get_by_label("登录名").fill("wang")
        page.get_by_label("密码").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("登录名或密码不对。")
        assert findings(page) == []


def test_the_start_the_hits_and_the_shortcuts(seen: Panel) -> None:
    assert seen.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert findings(seen.page) == []
    seen.page.keyboard.type("租房落户")
    seen.page.locator(".hit").first.wait_for()
    seen.page.keyboard.press("ArrowDown")
    assert findings(seen.page) == []
    seen.page.locator("#open-help").click()
    assert findings(seen.page) == []


def test_answers_of_each_kind(seen: Panel) -> None:
    for question in (
        "嘉兴租房落户要求居住登记满几个月",
        "2021年5月租房落户要几年",
        "租房半年了能落户吗",
        "落户窗口在哪里，地址是什么",
        "你好",
    ):
        seen.ask(question)
        seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert findings(seen.page) == []


def test_the_facts_and_the_verdicts(seen: Panel) -> None:
    for rule in ("", "settle.join_child", "medical.public.account"):
        seen.choose(rule)
        seen.page.locator("#facts .fact:not([hidden]) input, #facts select").first.wait_for()
        seen.page.get_by_role("button", name="其他情况").click()
        seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert findings(seen.page) == []
    seen.choose("settle.rental")
    seen.tick("rent.is_urban_commodity_housing", "是")
    months = seen.fact("reg.start").get_by_label("连续居住登记月数")
    months.fill("5")
    expect(seen.conclusion).to_contain_text("最早")
    assert findings(seen.page) == []
    months.fill("-1")
    assert findings(seen.page) == []


def test_the_history_the_dialogs_and_the_reviews(seen: Panel) -> None:
    seen.ask("嘉兴租房落户要求居住登记满几个月")
    seen.page.locator("#tab-history").click()
    assert findings(seen.page) == []
    seen.page.locator("#escalate").click()
    assert findings(seen.page) == []
    seen.page.keyboard.press("Escape")
    seen.page.locator("#doubt").click()
    seen.page.get_by_label("备注").fill("请看看")
    assert findings(seen.page) == []
    seen.page.keyboard.press("Control+Enter")
    expect(seen.page.locator("#status")).to_contain_text("已交")
    assert findings(seen.page) == []
    seen.page.locator("#tab-reviews").click()
    seen.page.locator(".review").first.wait_for()
    seen.page.get_by_role("button", name="更正").first.click()
    assert findings(seen.page) == []
    seen.page.get_by_role("button", name="处理过的").click()
    assert findings(seen.page) == []


def test_complaints_and_an_ended_session(seen: Panel) -> None:
    seen.page.goto(f"{seen.address}/operator?facts=[]")
    seen.ready()
    assert findings(seen.page) == []
    seen.context.clear_cookies()
    seen.page.locator("#query").fill("你好")
    seen.page.keyboard.press("Enter")
    seen.page.get_by_role("dialog", name="重新登录").wait_for()
    assert findings(seen.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_demonstration_of_embedding(browser: Browser, scheme: str) -> None:
    with hosting() as host, context_of(browser, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{host}/embed-demo.html")
        assert findings(page) == []
