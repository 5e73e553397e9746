"""What a citizen meets, in a real browser: question, card, source, nothing from elsewhere."""

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

RENTAL = "嘉兴租房落户要求居住登记满几个月"
HOSTILE = "租房落户<img src=x onerror=\"document.title='bad'\"> {{constructor}} ${document.title='bad'} [点我](http://evil.example)"


def test_question_card_and_source_agree_to_the_character(visit: Visit) -> None:
    visit.ask(RENTAL)
    card = visit.page.locator("#talk .card").first
    quote = card.locator("blockquote").text_content()
    expect(card).to_contain_text("现行有效")
    expect(card).to_contain_text("嘉政办发〔2024〕16号")
    with visit.context.expect_page() as opened:
        card.get_by_role("link").click()
    source = opened.value
    source.wait_for_load_state()
    marks = source.locator("mark")
    expect(marks.first).to_be_in_viewport()
    assert "".join(marks.all_text_contents()) == quote
    assert "满六个月" in (quote or "")
    expect(source.locator(".validity")).to_contain_text("现行有效")


def test_nothing_is_fetched_from_another_host(visit: Visit) -> None:
    visit.ask(RENTAL)
    source = visit.context.new_page()
    source.goto(visit.address + "/source/jx-gbo-2024-16__sec_1?start=3937&end=4019")
    visit.page.wait_for_timeout(1000)
    foreign = [
        url for url in visit.requests if not url.startswith((visit.address + "/", "data:", "blob:"))
    ]
    assert len(visit.requests) > 10
    assert foreign == []
    assert visit.complaints == []


def test_hostile_words_stay_words(visit: Visit) -> None:
    visit.ask(HOSTILE)
    asked = visit.page.locator("#talk .asked bdi")
    assert asked.text_content() == HOSTILE
    assert visit.page.title() == "嘉兴政策问答"
    assert visit.page.locator("#talk img, #talk a[href*=evil]").count() == 0


def test_an_example_is_asked_by_one_tap(visit: Visit) -> None:
    example = visit.page.locator("#examples button").nth(1)
    words = example.inner_text()
    example.click()
    expect(visit.page.locator("#talk .asked bdi")).to_have_text(words)
    expect(visit.page.locator("#talk .card").first).to_be_visible()
    expect(visit.page.locator("#examples")).to_be_hidden()


def test_a_verdict_is_reached_by_tapping_alone_and_mended(visit: Visit) -> None:
    visit.ask("我能落户吗")
    visit.tap("在嘉兴租房住")
    visit.tap("是")
    visit.tap("5个月")
    newest = visit.page.locator("#talk .turn").last
    expect(newest.locator(".ruling h3")).to_have_text("不符合 租赁落户")
    expect(newest.locator(".ruling")).to_contain_text("2026年12月22日")
    newest.locator(".facts > summary").click()
    row = newest.locator(".facts li").filter(has_text="连续居住登记月数")
    row.get_by_text("修改").click()
    row.get_by_role("textbox").fill("7")
    row.get_by_role("button", name="确定").click()
    visit.settled(5)
    expect(newest.locator(".ruling h3")).to_have_text("符合 租赁落户")
    visit.page.get_by_role("button", name="重新开始").click()
    expect(visit.page.locator("#talk .turn")).to_have_count(0)


def test_another_day_is_honoured_and_a_bad_one_is_told(visit: Visit) -> None:
    visit.page.get_by_role("button", name="换个日期或地方").click()
    visit.page.get_by_label("按哪一天的规定").fill("2021年5月1日")
    visit.ask("租房落户要登记满几年")
    expect(visit.page.locator("#talk .basis").first).to_contain_text("2021年5月1日")
    day = visit.page.get_by_label("按哪一天的规定")
    day.fill("2021-02-30")
    expect(visit.page.locator("#terms .read")).to_contain_text("看不懂这个日期")
    visit.page.locator("#question textarea").fill("租房落户要登记满几年")
    visit.page.keyboard.press("Enter")
    expect(day).to_be_focused()
    expect(visit.page.locator("#talk .turn")).to_have_count(1)
    expect(visit.page.locator("#question textarea")).to_have_value("租房落户要登记满几年")


def test_another_place_is_honoured_and_an_unknown_one_is_told(visit: Visit) -> None:
    visit.page.get_by_role("button", name="换个日期或地方").click()
    visit.page.get_by_label("哪个地方").fill("金华")
    visit.ask("租房落户要登记满几个月")
    expect(visit.page.locator("#talk .basis").first).to_contain_text("金华市")
    visit.page.get_by_label("哪个地方").fill("乌有市")
    visit.ask(RENTAL)
    expect(visit.page.locator("#talk .problem")).to_contain_text("乌有市")


def test_a_refusal_says_whom_to_ask(visit: Visit) -> None:
    visit.ask("落户窗口在哪里，地址是什么")
    reply = visit.page.locator("#talk .reply.refuse")
    expect(reply).to_contain_text("0573")
    expect(reply.locator("a[href^='tel:']").first).to_be_visible()


def test_the_page_is_chinese_and_has_no_stock_footer(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(visit.page.locator("footer")).to_be_hidden()
    expect(visit.page.get_by_text("Gradio")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_width_scrolls_sideways_and_no_letter_is_small(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.ask(RENTAL)
    visit.assert_readable(width)
    visit.page.goto(visit.address + "/source/jx-gbo-2014-permit-pilot__sec_3")
    visit.assert_readable(width)


def test_the_whole_flow_needs_no_mouse(visit: Visit) -> None:
    keys = visit.page.keyboard
    for _ in range(12):
        keys.press("Tab")
        if visit.page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    keys.type(RENTAL)
    keys.press("Enter")
    link = visit.page.locator("#talk a.open").first
    link.wait_for()
    for _ in range(20):
        keys.press("Shift+Tab")
        if visit.page.evaluate("document.activeElement.className") == "open":
            break
    with visit.context.expect_page() as opened:
        keys.press("Enter")
    expect(opened.value.locator("mark").first).to_be_visible()
