"""A conversation in a real browser: decided by taps, mended by taps, begun anew."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.fake import FRAMEWORK_WARNS, TalkingService
from tests.browser.visit import Visit, visiting

pytestmark = [pytest.mark.browser, FRAMEWORK_WARNS]

OPENING = "租房半年了能落户吗"


@pytest.fixture
def visit(browser: Browser, talking: str) -> Iterator[Visit]:
    with visiting(browser, talking) as seen:
        yield seen


def latest(visit: Visit) -> Locator:
    return visit.page.locator("#talk .turn").last


def decided(visit: Visit, months: str = "5个月") -> Locator:
    """The verdict that three taps lead to."""
    visit.page.locator("#examples").get_by_role("button", name=OPENING).click()
    visit.settled(1)
    visit.tap("是")
    visit.tap(months)
    return latest(visit)


def test_a_verdict_is_reached_by_tapping_alone(visit: Visit) -> None:
    turn = decided(visit)
    ruling = turn.locator(".ruling")
    expect(ruling.locator("h3")).to_have_text("不符合 租赁落户")
    expect(ruling.locator(".checks > li")).to_have_count(2)
    expect(ruling.locator(".checks .state")).to_have_text(["符合", "不符合"])
    expect(ruling).to_contain_text("最早可以符合 2026年12月22日")
    expect(ruling).to_contain_text("待准备 《房屋租赁登记备案证明》")
    expect(ruling).to_contain_text("居住登记一直连续，没有中断过")
    expect(turn.locator(".said.first")).to_contain_text("不符合「租赁落户」的条件")
    expect(visit.page.locator("#heard")).to_contain_text("不符合「租赁落户」")
    assert len(re.findall("在浙江省范围内连续居住登记", turn.inner_text())) == 3
    assert "请告诉我" not in visit.page.locator("#talk").inner_text()


def test_a_condition_leads_to_its_quote_and_the_quote_to_the_source(visit: Visit) -> None:
    turn = decided(visit)
    turn.locator(".checks .ref").nth(1).click()
    quote = turn.locator(".quote.sought")
    expect(quote).to_be_in_viewport()
    words = quote.locator("blockquote").text_content()
    with visit.context.expect_page() as opened:
        quote.get_by_role("link").click()
    opened.value.wait_for_load_state()
    assert "".join(opened.value.locator("mark").all_text_contents()) == words
    assert words == "在浙江省范围内连续居住登记满六个月的"


def test_not_knowing_is_an_answer_too(visit: Visit) -> None:
    visit.ask(OPENING)
    visit.tap("不清楚")
    expect(latest(visit).locator(".asked")).to_contain_text("不清楚")
    expect(latest(visit).locator(".question")).to_contain_text("几个月")


def test_a_fact_is_mended_and_the_verdict_follows(visit: Visit) -> None:
    facts = decided(visit).locator(".facts")
    expect(facts.locator("ul")).to_be_hidden()
    facts.locator("> summary").click()
    row = facts.locator("li").filter(has_text="连续居住登记月数")
    row.get_by_text("修改").click()
    field = row.get_by_role("textbox", name="连续居住登记月数")
    assert field.input_value() == "5"
    field.fill("7")
    field.press("Enter")
    visit.settled(4)
    expect(latest(visit).locator(".asked")).to_contain_text("更正「连续居住登记月数」：7个月")
    expect(latest(visit).locator(".ruling h3")).to_have_text("符合 租赁落户")


def test_a_fact_is_removed_and_asked_for_again(visit: Visit) -> None:
    facts = decided(visit).locator(".facts")
    facts.locator("> summary").click()
    facts.get_by_role("button", name="删去：连续居住登记月数").click()
    visit.settled(4)
    expect(latest(visit).locator(".question")).to_contain_text("几个月")
    expect(latest(visit).locator(".facts summary").first).to_contain_text("（1 项）")


def test_a_day_is_given_in_a_small_input(visit: Visit) -> None:
    visit.ask("从哪天起租算能落户")
    visit.tap("是")
    field = latest(visit).locator(".asking input[type=date]")
    field.fill("2026-05-20")
    field.press("Enter")
    visit.settled(3)
    expect(latest(visit).locator(".asked bdi")).to_have_text("2026年5月20日")


def test_another_day_changes_the_verdict(visit: Visit) -> None:
    visit.page.get_by_role("button", name="换个日期或地方").click()
    visit.page.get_by_label("按哪一天的规定").fill("2024-07-31")
    visit.ask(OPENING)
    expect(latest(visit).locator(".basis")).to_contain_text("2024年7月31日")
    expect(latest(visit).locator(".ruling h3")).not_to_have_text("待确认 租赁落户")


def test_what_was_masked_is_told_at_once(visit: Visit) -> None:
    visit.ask(f"我的身份证是11010519491231002X，{OPENING}")
    expect(latest(visit).locator(".notice.privacy")).to_be_visible()


def test_starting_over_empties_the_page_and_the_conversation(visit: Visit) -> None:
    expect(visit.page.get_by_role("button", name="重新开始")).to_be_hidden()
    decided(visit)
    visit.page.get_by_role("button", name="重新开始").click()
    expect(visit.page.locator("#talk .turn")).to_have_count(0)
    expect(visit.page.locator("#examples")).to_be_visible()
    visit.ask(OPENING)
    expect(latest(visit).locator(".facts")).to_have_count(0)


def test_a_forgotten_conversation_is_told_and_begun_anew(
    visit: Visit, service: TalkingService
) -> None:
    visit.ask(OPENING)
    service.kept.clear()
    visit.tap("是")
    expect(latest(visit).locator(".problem")).to_contain_text("已重新开始")
    visit.ask(OPENING)
    expect(latest(visit).locator(".question")).to_be_visible()
    service.kept.clear()
    visit.ask(OPENING)
    expect(latest(visit).locator(".anew")).to_contain_text("已重新开始")
    expect(latest(visit).locator(".question")).to_be_visible()


def test_only_the_newest_question_can_be_tapped(visit: Visit) -> None:
    visit.ask(OPENING)
    visit.tap("是")
    expect(visit.page.locator("#talk .asking")).to_have_count(1)
    visit.page.get_by_text("当时的答复").first.click()
    expect(visit.page.locator("#talk .turn").first.locator(".ruling")).to_be_visible()


def test_the_conversation_needs_no_mouse(visit: Visit) -> None:
    keys = visit.page.keyboard
    visit.page.locator("#question textarea").focus()
    keys.type(OPENING)
    keys.press("Enter")
    visit.settled(1)
    for _ in range(20):
        keys.press("Shift+Tab")
        if visit.page.evaluate("document.activeElement.dataset.value") == "是":
            break
    keys.press("Enter")
    visit.settled(2)
    expect(latest(visit).locator(".question")).to_be_focused()
    for _ in range(5):
        keys.press("Tab")
    assert visit.page.evaluate("document.activeElement.dataset.value") == "4个月"
    keys.press("Space")
    visit.settled(3)
    expect(latest(visit).locator(".said.first")).to_be_focused()
    expect(latest(visit).locator(".ruling h3")).to_have_text("不符合 租赁落户")


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_state_scrolls_sideways_and_no_letter_is_small(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.ask(OPENING)
    visit.assert_readable(width)
    visit.tap("是")
    visit.tap("5个月")
    visit.page.evaluate("document.querySelectorAll('#talk details').forEach(d => d.open = true)")
    visit.assert_readable(width)


def test_enlarged_four_times_the_question_and_the_input_stay_usable(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400 %
    visit.ask(OPENING)
    expect(latest(visit).locator(".said.first")).to_be_in_viewport()
    visit.tap("是")
    visit.tap("5个月")
    visit.assert_readable(320)
    expect(latest(visit).locator(".said.first")).to_be_in_viewport()
    visit.page.locator("#question textarea").scroll_into_view_if_needed()
    expect(visit.page.locator("#question textarea")).to_be_in_viewport()
    expect(visit.page.locator("#send")).to_be_in_viewport()


def test_headings_descend_without_gaps(visit: Visit) -> None:
    decided(visit)
    levels = visit.page.eval_on_selector_all(
        "h1, h2, h3, h4", "all => all.filter(h => h.offsetParent).map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_conversation_asks_no_other_host_for_anything(visit: Visit) -> None:
    decided(visit)
    assert [
        url for url in visit.requests if not url.startswith((f"{visit.address}/", "data:"))
    ] == []
    assert visit.complaints == []
