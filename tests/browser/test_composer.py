"""The line to write in: what its fields show is what is sent, once, and nothing written is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from assistant.schemas import Stage
from tests.browser.fake import FRAMEWORK_WARNS, TalkingService, spoken_with
from tests.browser.visit import Visit, visiting

pytestmark = [pytest.mark.browser, FRAMEWORK_WARNS]

OPENING, NEXT = "租房半年了能落户吗", "公积金怎么提取"
AT_ONCE = """
new MutationObserver((_changes, watching) => {
  const form = document.querySelector("#question textarea")?.form;
  if (!form?.elements.as_of) return;
  watching.disconnect();
  for (const [name, words] of [["question", "租房半年了能落户吗"], ["as_of", "2024年7月31日"]]) {
    form.elements[name].value = words;
    form.elements[name].dispatchEvent(new Event("input", { bubbles: true }));
  }
}).observe(document, { childList: true, subtree: true });
"""
"""Writes as soon as there is a field to write in, long before the page has loaded."""


@pytest.fixture
def visit(browser: Browser, talking: str) -> Iterator[Visit]:
    with visiting(browser, talking) as seen:
        yield seen


def test_what_was_written_while_the_page_was_loading_is_what_is_sent(visit: Visit) -> None:
    page = visit.context.new_page()
    page.add_init_script(AT_ONCE)
    page.goto(f"{visit.address}/")
    page.locator("#masthead .fresh").wait_for()
    expect(page.locator("#question textarea")).to_have_value(OPENING)
    page.locator("#question textarea").press("Enter")
    expect(page.locator("#talk .basis")).to_contain_text("2024年7月31日")


def test_a_day_written_as_soon_as_the_field_is_shown_is_what_is_sent(visit: Visit) -> None:
    visit.page.evaluate(
        """() => {
          document.querySelector("#where-when").click();
          const day = document.querySelector("#as-of");
          day.value = "2024.7.31";
          day.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    expect(visit.page.locator("#terms .read")).to_have_text("按2024年7月31日的规定回答。")
    expect(visit.page.locator("#where-when .chosen")).to_have_text("（2024年7月31日）")
    visit.ask(OPENING)
    expect(visit.page.locator("#talk .basis")).to_contain_text("2024年7月31日")


def test_a_tap_too_is_answered_for_the_day_that_is_shown(visit: Visit) -> None:
    visit.page.get_by_role("button", name="换个日期或地方").click()
    visit.page.get_by_label("按哪一天的规定").fill("2024-07-31")
    visit.page.locator("#examples").get_by_role("button", name=OPENING).click()
    visit.settled(1)
    expect(visit.page.locator("#talk .basis")).to_contain_text("2024年7月31日")


def test_enter_and_taps_in_quick_succession_ask_once(visit: Visit) -> None:
    visit.page.locator("#question textarea").fill(OPENING)
    visit.page.evaluate(
        """() => {
          const line = document.querySelector("#question textarea");
          const enter = () => line.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
          enter();
          line.value = "公积金怎么提取";
          enter();
          document.querySelector("#send").click();
          document.querySelector("#examples button").click();
        }"""
    )
    visit.settled(1)
    expect(visit.page.locator("#talk .asked bdi")).to_have_text(OPENING)
    expect(visit.page.locator("#question textarea")).to_have_value(NEXT)
    visit.page.locator("#question textarea").press("Enter")
    visit.settled(2)
    expect(visit.page.locator("#talk .asked bdi").last).to_have_text(NEXT)


def test_a_choice_tapped_the_moment_it_is_drawn_counts(visit: Visit) -> None:
    visit.page.evaluate(
        """() => new MutationObserver((_changes, watching) => {
          const choice = document.querySelector("#talk .choice");
          if (!choice) return;
          watching.disconnect();
          choice.click();
        }).observe(document.querySelector("#talk"), { childList: true, subtree: true })"""
    )
    visit.page.locator("#question textarea").fill(OPENING)
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#talk .turn")).to_have_count(2)
    expect(visit.page.locator("#talk .question")).to_contain_text("几个月")


def test_a_choice_tapped_twice_is_one_reply(visit: Visit) -> None:
    visit.ask(OPENING)
    visit.page.evaluate(
        """() => {
          const choice = document.querySelector("#talk .choice");
          choice.click();
          choice.click();
        }"""
    )
    visit.settled(2)
    expect(visit.page.locator("#talk .question")).to_contain_text("几个月")


def test_what_is_written_while_an_answer_comes_about_stays(
    visit: Visit, service: TalkingService
) -> None:
    line = visit.page.locator("#question textarea")
    with service.holding(Stage):
        line.fill(OPENING)
        line.press("Enter")
        expect(visit.page.locator("#draft .stage")).to_be_visible()
        line.press_sequentially(NEXT)
        line.press("Enter")  # not yet
        expect(visit.page.locator("#heard")).to_contain_text("请等它答完")
    visit.settled(1)
    expect(line).to_have_value(NEXT)
    expect(line).to_be_focused()


def test_confirming_a_word_of_an_input_method_sends_nothing(visit: Visit) -> None:
    visit.page.locator("#question textarea").fill("zufang")
    visit.page.evaluate(
        """() => document.querySelector("#question textarea").dispatchEvent(new KeyboardEvent(
          "keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    visit.page.keyboard.press("Shift+Enter")
    expect(visit.page.locator("#question textarea")).to_have_value("zufang\n")
    expect(visit.page.locator("#send")).not_to_have_attribute("aria-disabled", "true")
    expect(visit.page.locator("#draft .turn")).to_have_count(0)


def test_a_question_that_could_not_be_answered_is_given_back(
    visit: Visit, service: TalkingService
) -> None:
    service.broken = RuntimeError("unforeseen")
    try:
        visit.ask(OPENING)
    finally:
        service.broken = None
    expect(visit.page.locator("#talk .problem")).to_be_visible()
    expect(visit.page.locator("#question textarea")).to_have_value(OPENING)


def test_who_asks_too_often_is_told_when_to_ask_again_and_keeps_the_question(
    browser: Browser,
) -> None:
    with (
        spoken_with(TalkingService(), ask_limit="1/minute") as address,
        visiting(browser, address) as visit,
    ):
        visit.page.get_by_role("button", name="资格自测").click()
        expect(visit.page.locator("#check-verdict .ruled")).to_be_visible()  # asks nothing
        visit.page.get_by_role("button", name="提问", exact=True).first.click()
        visit.ask(OPENING)
        expect(visit.page.locator("#talk .question")).to_be_visible()
        visit.ask(NEXT)
        expect(visit.page.locator("#talk .problem")).to_contain_text("提问过于频繁，请")
        expect(visit.page.locator("#talk .problem")).to_contain_text("后再试")
        expect(visit.page.locator("#question textarea")).to_have_value(NEXT)
        expect(visit.page.locator("#lost")).to_have_count(0)


def test_an_empty_line_asks_nothing_and_keeps_the_cursor(visit: Visit) -> None:
    visit.page.get_by_role("button", name="提问", exact=True).last.click()
    expect(visit.page.locator("#question textarea")).to_be_focused()
    expect(visit.page.locator("#examples")).to_be_visible()
