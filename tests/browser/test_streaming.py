"""What is seen while an answer comes about: stages, then text, then cards."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from assistant.schemas import Delta, Stage
from tests.browser.fake import FRAMEWORK_WARNS, TalkingService
from tests.browser.visit import Visit, visiting

pytestmark = [pytest.mark.browser, FRAMEWORK_WARNS]

OPENING = "租房半年了能落户吗"


@pytest.fixture
def visit(browser: Browser, talking: str) -> Iterator[Visit]:
    with visiting(browser, talking) as seen:
        yield seen


def begin(visit: Visit, question: str) -> None:
    visit.page.locator("#question textarea").fill(question)
    visit.page.keyboard.press("Enter")


def test_stages_and_checked_text_are_seen_before_the_answer_is_whole(
    visit: Visit, service: TalkingService
) -> None:
    draft = visit.page.locator("#draft")
    with service.holding(Stage, Delta) as (stage, delta):
        begin(visit, "租房落户要登记满几个月")
        expect(draft.locator(".asked bdi")).to_have_text("租房落户要登记满几个月")
        expect(draft.locator(".stage")).to_contain_text("正在读懂问题")
        expect(visit.page.locator("#heard")).to_contain_text("正在读懂问题")
        stage.set()
        expect(draft.locator(".said")).to_contain_text("连续居住登记满六个月")
        expect(visit.page.locator("#talk .card")).to_have_count(0)
        delta.set()
        visit.settled(1)
    expect(draft.locator(".turn")).to_have_count(0)
    expect(visit.page.locator("#talk .card")).to_have_count(1)


def test_while_an_answer_comes_about_nothing_earlier_can_be_tapped(
    visit: Visit, service: TalkingService
) -> None:
    visit.ask(OPENING)
    with service.holding(Stage):
        begin(visit, "公积金怎么提取")
        expect(visit.page.locator("#draft .stage")).to_be_visible()
        choice = visit.page.locator("#talk .choice").first
        assert choice.evaluate("button => button.inert")
    visit.settled(2)


def test_a_failure_on_the_way_is_told_and_the_page_goes_on(
    visit: Visit, service: TalkingService
) -> None:
    service.broken = RuntimeError("unforeseen")
    try:
        visit.ask("租房落户要登记满几个月")
    finally:
        service.broken = None
    expect(visit.page.locator("#talk .problem")).to_be_visible()
    assert "unforeseen" not in visit.page.content()
    visit.ask("租房落户要登记满几个月")
    expect(visit.page.locator("#talk .card")).to_have_count(1)


def test_a_broken_connection_is_told_in_chinese_and_what_was_written_is_kept(
    visit: Visit,
) -> None:
    visit.ask(OPENING)
    visit.page.route("**/gradio_api/queue/**", lambda route: route.abort())
    begin(visit, "租房落户要登记满几个月")
    lost = visit.page.locator("#lost")
    expect(lost).to_contain_text("正在重新连接")
    expect(visit.page.locator(".toast-wrap")).to_be_hidden()
    visit.page.unroute("**/gradio_api/queue/**")
    expect(lost).to_contain_text("已重新连接")
    expect(visit.page.locator("#question textarea")).to_have_value("租房落户要登记满几个月")
    visit.page.keyboard.press("Tab")
    visit.ask("租房落户要登记满几个月")
    expect(visit.page.locator("#talk .card")).to_have_count(1)
