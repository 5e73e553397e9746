"""A whole call without a mouse."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import PASSWORD, Panel, Staffed, context_of

pytestmark = pytest.mark.browser

OUTLINED = """() => {
  const at = document.activeElement;
  const drawn = (e) => e && getComputedStyle(e).outlineStyle !== 'none'
    && parseFloat(getComputedStyle(e).outlineWidth) >= 2;
  return drawn(at) || drawn(at.nextElementSibling);
}"""


def focused(page: Page) -> str:
    told: str = page.evaluate("document.activeElement.id || document.activeElement.className")
    return told


def test_a_whole_call_without_a_mouse(browser: Browser, desk: Staffed) -> None:
    with context_of(browser) as context:
        page = context.new_page()
        seen = Panel(desk.address, context, page)
        press = page.keyboard.press

        page.goto(f"{desk.address}/operator?call=K-1")
        page.locator("#login-login").wait_for()
        page.keyboard.type("li")
        press("Tab")
        page.keyboard.type(PASSWORD)
        press("Enter")
        seen.ready()
        expect(page.locator("#call-name")).to_have_text("通话 K-1")
        assert focused(page) == "query"

        page.keyboard.type("租赁落户", delay=20)
        expect(page.locator("#hits")).to_have_attribute("data-words", "租赁落户")
        expect(page.locator("#hits [role=option]").first).to_contain_text("规则")
        press("ArrowDown")
        expect(page.locator("[role=option][aria-selected=true]")).to_contain_text("租赁落户")
        press("Enter")
        expect(page.locator("#panel-sheet")).to_be_visible()
        expect(page.locator("#rule")).to_have_value("settle.rental")
        housing = page.locator("fieldset[data-fact='rent.is_urban_commodity_housing']")
        expect(housing.locator("input").first).to_be_focused()
        assert page.evaluate(OUTLINED)
        press("1")
        start = page.locator("fieldset[data-fact='reg.start']")
        expect(start.locator("input").first).to_be_focused()
        for _ in range(5):
            if page.evaluate("document.activeElement.type") == "number":
                break
            press("Tab")
        page.keyboard.type("5")
        expect(seen.conclusion).to_have_text("不符合租赁落户最早 2026-12-22")
        assert seen.copied().startswith("话术：按您说的情况，不符合租赁落户的条件")

        press("Alt+s")
        page.keyboard.type("租房落户要登记满几个月")
        press("Escape")
        press("Enter")
        expect(page.locator("#panel-answer .asked")).to_contain_text("租房落户要登记满几个月")
        press("Alt+u")
        page.keyboard.type("请后台核对")
        press("Control+Enter")
        expect(page.locator("#status")).to_contain_text("已存档")
        press("Alt+m")
        page.keyboard.type("请看看")
        press("Control+Enter")
        expect(page.locator("#status")).to_contain_text("已交班长复核")

        press("Alt+t")
        review = page.locator(".review")
        expect(review).to_have_count(1)
        for _ in range(20):
            if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
                break
            press("Tab")
            assert page.evaluate(OUTLINED)
        page.keyboard.type("答复无误")
        press("Tab")
        press("Tab")
        expect(page.get_by_role("button", name="无误")).to_be_focused()
        press("Enter")
        expect(review).to_have_count(0)

        press("Alt+r")
        expect(page.locator("#panel-history ol button").first).to_be_focused()
        press("?")
        expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
        press("Escape")
        press("Alt+n")
        assert focused(page) == "query"
        expect(page.locator("#call-name")).not_to_contain_text("K-1")

    (packet,) = (desk.var / "escalations").iterdir()
    assert json.loads(packet.read_text("utf-8"))["call"] == "K-1"


def test_the_tabs_go_by_arrows_and_the_first_stop_skips_to_the_field(
    browser: Browser, desk: Staffed
) -> None:
    with context_of(browser) as context:
        seen = Panel(desk.address, context, context.new_page()).log_in()
        seen.page.locator("#tab-answer").focus()
        seen.page.keyboard.press("ArrowRight")
        expect(seen.page.locator("#tab-sheet")).to_be_focused()
        expect(seen.page.locator("#panel-sheet")).to_be_visible()
        seen.page.keyboard.press("ArrowRight")
        seen.page.keyboard.press("ArrowRight")
        expect(seen.page.locator("#tab-answer")).to_be_focused()
        seen.page.locator("#query").focus()
        for _ in range(4):
            seen.page.keyboard.press("Shift+Tab")
        expect(seen.page.locator(".skip")).to_be_focused()
        assert seen.page.evaluate("document.activeElement.offsetHeight") > 20, "it can be seen"


def test_a_question_mark_in_the_empty_field_shows_the_keys(seen: Panel) -> None:
    assert focused(seen.page) == "query"
    seen.page.keyboard.press("?")
    expect(seen.page.get_by_role("dialog", name="快捷键")).to_be_visible()
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.type("要登记吗?")
    expect(seen.page.locator("#query")).to_have_value("要登记吗?")
    expect(seen.page.get_by_role("dialog")).to_have_count(0)


def test_what_an_answered_question_found_does_not_come_back_over_the_answer(seen: Panel) -> None:
    seen.page.keyboard.type("租房落户要登记满几个月", delay=20)
    expect(seen.page.locator("#hits [role=option]").first).to_be_visible()
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator("#query")).to_have_value("")
    seen.page.keyboard.press("Alt+m")
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.press("Alt+s")
    expect(seen.page.locator("#query")).to_be_focused()
    expect(seen.page.locator("#hits")).to_be_hidden()


@pytest.mark.parametrize("leaving", ["Alt+q", "Alt+r", "Alt+w", "Alt+u"])
def test_what_was_found_does_not_stay_over_what_the_keys_lead_to(seen: Panel, leaving: str) -> None:
    seen.page.keyboard.type("租赁落户要登记满几个月", delay=20)
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator("#query")).to_have_value("")
    seen.page.keyboard.press("Alt+s")
    seen.page.keyboard.type("居住证", delay=20)
    expect(seen.page.locator("#hits [role=option]").first).to_be_visible()
    seen.page.keyboard.press(leaving)
    expect(seen.page.locator("#hits")).to_be_hidden()


BEHIND_THE_DOCK = """() => {
  const dock = document.getElementById('dock'), at = document.activeElement;
  return !dock.contains(at) && at !== document.body
    && at.getBoundingClientRect().bottom > dock.getBoundingClientRect().top;
}"""


@pytest.mark.parametrize("height", [600, 780])
def test_no_control_takes_the_focus_behind_the_dock(
    browser: Browser, desk: Staffed, height: int
) -> None:
    with context_of(browser, viewport={"width": 380, "height": height}) as context:
        seen = Panel(desk.address, context, context.new_page()).log_in()
        seen.ask("我租的城里商品房，居住登记五个月，能落户吗")
        expect(seen.conclusion).to_contain_text("不符合")
        seen.page.keyboard.press("Alt+w")
        expect(seen.fact("reg.start")).to_be_visible()
        for _ in range(12):
            assert not seen.page.evaluate(BEHIND_THE_DOCK), focused(seen.page)
            seen.page.keyboard.press("Tab")


def test_a_dock_that_grows_does_not_hide_what_the_keys_are_on(
    browser: Browser, desk: Staffed
) -> None:
    with context_of(browser, viewport={"width": 380, "height": 600}) as context:
        seen = Panel(desk.address, context, context.new_page()).log_in()
        seen.ask("我租的城里商品房，居住登记五个月，能落户吗")
        expect(seen.conclusion).to_contain_text("不符合")
        seen.page.keyboard.press("Alt+w")
        expect(seen.fact("reg.start")).to_be_visible()
        for _ in range(4):
            seen.page.keyboard.press("Tab")
        seen.page.evaluate("document.getElementById('script').textContent = '字'.repeat(180)")
        seen.page.wait_for_function(f"!({BEHIND_THE_DOCK})()")


def test_what_was_chosen_stays_chosen_when_more_is_found(seen: Panel) -> None:
    seen.page.keyboard.type("租赁")
    expect(seen.page.locator("#hits")).to_have_attribute("data-words", "租赁")
    seen.page.keyboard.press("ArrowDown")
    chosen = seen.page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("租赁落户")
    seen.page.keyboard.type("落户")
    expect(seen.page.locator("#hits")).to_have_attribute("data-words", "租赁落户")
    expect(chosen).to_contain_text("租赁落户")
    assert seen.page.get_attribute("#query", "aria-activedescendant") == chosen.get_attribute("id")
