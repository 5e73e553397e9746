"""资格自测 in a real browser: any rule, any day, decided while it is filled in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.fake import FRAMEWORK_WARNS, HOUSING
from tests.browser.visit import Visit, visiting

pytestmark = [pytest.mark.browser, FRAMEWORK_WARNS]

RENTING, CITY_HOUSING = "租赁落户", f'[data-fact="{HOUSING}"]'


@pytest.fixture
def visit(browser: Browser, talking: str) -> Iterator[Visit]:
    with visiting(browser, talking) as seen:
        seen.page.get_by_role("button", name="资格自测").click()
        seen.page.locator("#check-verdict .ruled").wait_for()
        yield seen


def outcome(visit: Visit, words: str) -> None:
    expect(visit.page.locator("#check-verdict .ruled")).to_have_text(words)


def yes(visit: Visit, field: str) -> None:
    visit.page.locator(field).get_by_role("radio", name="是", exact=True).check()


def test_the_verdict_follows_what_is_filled_in(visit: Visit) -> None:
    expect(visit.page.locator("#question")).to_be_hidden()
    outcome(visit, f"待确认 {RENTING}")
    yes(visit, CITY_HOUSING)
    months = visit.page.locator('[name="reg.months"]')
    months.fill("5")
    outcome(visit, f"不符合 {RENTING}")
    expect(visit.page.locator("#check-verdict")).to_contain_text("2026年12月22日")
    expect(visit.page.locator("#heard")).to_contain_text("不符合")
    months.fill("6")
    outcome(visit, f"符合 {RENTING}")
    expect(months).to_have_value("6")
    expect(visit.page.locator("#check-verdict .card blockquote").first).to_be_visible()


def test_any_day_can_be_chosen(visit: Visit) -> None:
    yes(visit, CITY_HOUSING)
    visit.page.locator('[name="reg.months"]').fill("6")
    outcome(visit, f"符合 {RENTING}")
    visit.page.locator("#check").get_by_label("按哪一天的规定").fill("2022-05-01")
    outcome(visit, f"文件没有定论 {RENTING}")
    visit.page.locator("#check").get_by_label("按哪一天的规定").fill("2019-05-01")
    outcome(visit, f"不适用 {RENTING}")


def test_every_rule_can_be_chosen_and_is_decided(visit: Visit) -> None:
    choice = visit.page.get_by_label("想核对哪一条规定")
    for option in choice.locator("option").all():
        name = option.inner_text()
        choice.select_option(label=name)
        expect(visit.page.locator("#check-verdict .ruled")).to_contain_text(name)
        visit.assert_readable(390)
    assert choice.locator("option").count() == 24


def test_another_rule_starts_with_empty_fields(visit: Visit) -> None:
    for field in visit.page.locator("#check form input[type=text]").all():
        field.fill("7")
    for choice in visit.page.locator("#check .radios").all():
        choice.locator("input").first.check()
    visit.page.get_by_label("想核对哪一条规定").select_option(label="合法稳定就业落户")
    outcome(visit, "待确认 合法稳定就业落户")
    expect(visit.page.locator('[data-fact="job.stable_in_city"]')).to_be_visible()
    held = visit.page.eval_on_selector_all(
        "#check .field[data-fact] input",
        "all => all.filter(e => e.type !== 'radio' || e.checked).map(e => e.value)",
    )
    assert set(held) == {"", "不清楚"}


def test_what_is_missing_leads_to_its_field(visit: Visit) -> None:
    missing = visit.page.locator("#check-verdict .missing button").first
    missing.click()
    assert visit.page.evaluate("document.activeElement.closest('#check') !== null")


def test_what_is_no_number_is_told_beside_the_form(visit: Visit) -> None:
    visit.page.locator('[name="reg.months"]').fill("五")
    expect(visit.page.locator("#check-verdict .problem")).to_contain_text("不是数字")
    visit.page.locator('[name="reg.months"]').fill("1201")
    expect(visit.page.locator("#check-verdict .problem")).to_contain_text("1200")


def test_a_verdict_of_the_conversation_is_taken_over(visit: Visit) -> None:
    visit.page.get_by_role("button", name="提问", exact=True).first.click()
    visit.ask("租房半年了能落户吗")
    visit.tap("是")
    visit.tap("5个月")
    visit.page.get_by_role("button", name=f"填表自测：{RENTING}").last.click()
    outcome(visit, f"不符合 {RENTING}")
    expect(visit.page.locator('[name="reg.months"]')).to_have_value("5")
    visit.page.locator('[name="reg.months"]').fill("7")
    outcome(visit, f"符合 {RENTING}")


def test_the_form_needs_no_mouse(visit: Visit) -> None:
    keys = visit.page.keyboard
    visit.page.locator("#check").get_by_label("按哪一天的规定").focus()
    for _ in range(12):
        keys.press("Tab")
        if visit.page.evaluate("document.activeElement.name") == HOUSING:
            break
    keys.press("ArrowRight")  # 不清楚 wraps to 是
    keys.press("Tab")
    for _ in range(12):
        if visit.page.evaluate("document.activeElement.name") == "reg.months":
            break
        keys.press("Tab")
    keys.type("6")
    outcome(visit, f"符合 {RENTING}")


def test_a_link_leads_straight_to_the_form(visit: Visit) -> None:
    other = visit.context.new_page()
    other.goto(f"{visit.address}/#check")
    expect(other.locator("#check form")).to_be_visible()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_width_scrolls_sideways(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    yes(visit, CITY_HOUSING)
    visit.assert_readable(width)


def test_enlarged_four_times_the_form_stays_usable(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 256})
    field = visit.page.locator('[name="reg.months"]')
    field.fill("5")
    visit.assert_readable(320)
    expect(field).to_be_in_viewport()


def test_the_form_asks_no_other_host(visit: Visit) -> None:
    yes(visit, CITY_HOUSING)
    visit.asks_no_other_host()
    assert visit.complaints == []
