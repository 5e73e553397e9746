"""The panel in a hurry: what is on the screen is what counts, whatever is still on its way."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk import Panel

pytestmark = pytest.mark.browser

OPENING, NEXT = "租房半年了能落户吗", "公积金怎么提取"
HOUSING, MONTHS = "rent.is_urban_commodity_housing", "reg.months"


def held(seen: Panel, question: str) -> list[Route]:
    """Ask, and keep the question from the service until its route is continued."""
    routes: list[Route] = []
    seen.page.route("**/api/operator/ask", lambda route: routes.append(route))
    seen.page.locator("#query").fill(question)
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator("#panel-answer")).to_contain_text("正在查找条款")
    return routes


def test_a_key_pressed_twice_asks_once(seen: Panel) -> None:
    routes = held(seen, OPENING)
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator("#query")).to_have_value(OPENING)
    assert len(routes) == 1
    routes[0].continue_()
    expect(seen.page.locator("#panel-answer .asked")).to_contain_text(OPENING)
    expect(seen.page.locator("#query")).to_have_value("")


def test_what_is_written_while_an_answer_comes_stays(seen: Panel) -> None:
    routes = held(seen, OPENING)
    seen.page.locator("#query").fill(NEXT)
    routes[0].continue_()
    expect(seen.page.locator("#panel-answer .asked")).to_contain_text(OPENING)
    expect(seen.page.locator("#query")).to_have_value(NEXT)


def test_a_tick_made_while_an_answer_comes_stands(seen: Panel) -> None:
    seen.choose("settle.rental")
    seen.tick(HOUSING, "是")
    routes = held(seen, OPENING)
    seen.page.locator("#tab-sheet").click()
    seen.tick(HOUSING, "否")
    expect(seen.conclusion).to_contain_text("不符合")
    routes[0].continue_()
    seen.page.locator("#tab-answer").click()
    expect(seen.page.locator("#panel-answer .asked")).to_contain_text(OPENING)
    seen.page.locator("#tab-sheet").click()
    expect(seen.fact(HOUSING).get_by_role("radio", name="否")).to_be_checked()
    expect(seen.conclusion).to_contain_text("不符合")


def test_a_number_out_of_range_is_marked_and_nothing_is_worked_out_with_the_one_before(
    seen: Panel,
) -> None:
    seen.choose("settle.rental")
    seen.tick(HOUSING, "是")
    months = seen.page.locator("#panel-sheet").get_by_label("连续居住登记月数")
    months.fill("6")
    expect(seen.conclusion).to_contain_text("符合")
    months.fill("60000")
    expect(months).to_have_attribute("aria-invalid", "true")
    expect(seen.conclusion).to_contain_text("待确认")
    expect(months).to_have_value("60000")
    months.fill("6")
    expect(months).not_to_have_attribute("aria-invalid", "true")
    expect(seen.conclusion).not_to_contain_text("待确认")
