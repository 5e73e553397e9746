"""What can be done with an answer, in a real browser."""

import io
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.browser.fake import FRAMEWORK_WARNS, TalkingService
from tests.browser.visit import Visit, visiting

pytestmark = [pytest.mark.browser, FRAMEWORK_WARNS]

OPENING = "租房半年了能落户吗"
RENTAL = "租房落户要登记满几个月"


@pytest.fixture
def visit(browser: Browser, talking: str) -> Iterator[Visit]:
    permissions = ["clipboard-read", "clipboard-write"]
    with visiting(browser, talking, permissions=permissions) as seen:
        yield seen


def latest(visit: Visit) -> Locator:
    return visit.page.locator("#talk .turn").last


def act(visit: Visit, name: str) -> None:
    latest(visit).locator(".actions").get_by_role("button", name=name).click()


def clipboard(visit: Visit) -> str:
    return str(visit.page.evaluate("navigator.clipboard.readText()"))


def test_an_answer_is_copied_with_its_basis(visit: Visit) -> None:
    visit.ask(RENTAL)
    quote = latest(visit).locator("blockquote").inner_text()
    act(visit, "复制")
    expect(visit.page.locator("#heard")).to_have_text("已复制")
    copied = clipboard(visit)
    for words in (RENTAL, quote, "嘉政办发〔2024〕16号", "现行有效", f"{visit.address}/basis?"):
        assert words in copied


def test_the_link_passed_on_shows_the_quotes_and_nothing_of_the_person(visit: Visit) -> None:
    visit.ask(OPENING)
    visit.tap("是")
    visit.tap("5个月")
    quotes = latest(visit).locator("blockquote").all_inner_texts()
    visit.page.evaluate("delete Navigator.prototype.share")
    act(visit, "转发依据")
    expect(visit.page.locator("#heard")).to_have_text("链接已复制")
    link = clipboard(visit)
    for personal in ("5个月", "reg.months", "c-1", "a-c", OPENING):
        assert personal not in unquote(link)
    visit.page.goto(link)
    assert visit.page.locator("blockquote").all_inner_texts() == quotes
    assert OPENING not in visit.page.content()
    visit.page.get_by_role("link", name="查看原文").nth(1).click()
    expect(visit.page.locator("mark").first).to_be_visible()
    assert "".join(visit.page.locator("mark").all_text_contents()) == quotes[1]


def test_one_answer_is_printed_clean_and_with_its_basis(visit: Visit) -> None:
    visit.ask(RENTAL)
    visit.ask("公积金怎么提取")
    visit.page.evaluate("window.print = () => {}")
    first = visit.page.locator("#talk .turn").first
    first.get_by_role("button", name="打印").click()
    visit.page.emulate_media(media="print")
    expect(first.locator("blockquote")).to_be_visible()
    expect(first.locator(".print-only")).to_contain_text(f"{visit.address}/basis?")
    expect(latest(visit)).to_be_hidden()
    for control in visit.page.locator("button, textarea, input, summary").all():
        expect(control).to_be_hidden()
    quote = first.locator("blockquote").inner_text()
    text = pdf_text(visit.page.pdf())
    assert squeezed(quote) in squeezed(text)
    assert "现行有效" in text
    assert "公积金" not in text


def test_after_printing_the_page_is_as_it_was(visit: Visit) -> None:
    visit.ask(RENTAL)
    visit.page.evaluate("window.print = () => dispatchEvent(new Event('afterprint'))")
    act(visit, "打印")
    assert visit.page.locator(".printed, .one").count() == 0


def test_an_answer_is_read_aloud_in_chinese_and_stopped(visit: Visit) -> None:
    visit.page.evaluate(
        "SpeechSynthesis.prototype.speak = words => { window.said = [words.lang, words.text] };"
        "SpeechSynthesis.prototype.cancel = () => { window.said = null }"
    )
    visit.ask(RENTAL)
    act(visit, "朗读")
    language, words = visit.page.evaluate("window.said")
    assert language == "zh-CN"
    assert "满六个月" in words
    assert not re.search(r"\[?1\]?。", words)
    act(visit, "停止朗读")
    assert visit.page.evaluate("window.said") is None


def test_a_thumb_is_kept_and_stays_shown(visit: Visit, service: TalkingService) -> None:
    service.ratings.clear()
    visit.ask(RENTAL)
    act(visit, "有帮助")
    expect(latest(visit).locator(".rated")).to_have_text("谢谢，已记下。")
    assert service.ratings == [("a-1", "up", None)]
    visit.ask("公积金怎么提取")
    first = visit.page.locator("#talk .turn").first
    expect(first.get_by_role("button", name="有帮助")).to_have_attribute("aria-pressed", "true")


def test_a_thumb_down_asks_for_the_reason(visit: Visit, service: TalkingService) -> None:
    service.ratings.clear()
    visit.ask(RENTAL)
    act(visit, "没帮助")
    form = latest(visit).locator("form.reason")
    form.get_by_role("button", name="看不懂").click()
    form.get_by_role("textbox").fill("<b>太长</b>")
    form.get_by_role("button", name="提交").click()
    expect(latest(visit).locator(".rated")).to_have_text("谢谢，已记下。")
    expect(form).to_be_hidden()
    assert service.ratings == [("a-1", "down", "看不懂；<b>太长</b>")]


def test_a_rating_that_does_not_arrive_is_told(visit: Visit) -> None:
    visit.ask(RENTAL)
    visit.page.route("**/api/feedback", lambda route: route.abort())
    act(visit, "有帮助")
    expect(latest(visit).locator(".rated")).to_contain_text("没有送到")


def test_the_same_question_is_asked_of_another_day_and_of_today_again(visit: Visit) -> None:
    visit.ask(RENTAL)
    expect(latest(visit).locator(".anew")).to_have_count(0)
    latest(visit).get_by_text("换个日期看").click()
    field = latest(visit).get_by_label("想看哪一天的规定")
    expect(field).to_have_value("2026-11-22")
    field.fill("2024-07-31")
    latest(visit).locator(".other-day").get_by_role("button", name="确定").click()
    visit.settled(2)
    expect(latest(visit).locator(".asked bdi")).to_have_text("换成2024年7月31日的规定看")
    expect(latest(visit).locator(".anew")).to_contain_text("不是今天的规定")


def test_larger_letters_and_contrast_are_kept_from_page_to_page(visit: Visit) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    before = visit.page.evaluate(size)
    visit.page.get_by_role("button", name="大字").click()
    visit.page.get_by_role("button", name="高对比").click()
    assert visit.page.evaluate(size) >= before * 1.25
    visit.page.set_viewport_size({"width": 320, "height": 700})
    visit.ask(OPENING)
    visit.assert_readable(320)
    visit.page.goto(f"{visit.address}/source/jx-gbo-2024-16__sec_1")
    ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    expect(visit.page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    visit.assert_readable(320)
    visit.page.get_by_role("button", name="大字").click()
    visit.page.goto(visit.address)
    visit.page.locator("h1").wait_for()
    assert visit.page.evaluate(size) == before


def test_what_is_pressed_stays_so_when_the_masthead_is_drawn_again(visit: Visit) -> None:
    visit.page.get_by_role("button", name="大字").click()
    held: list[Route] = []
    page = visit.context.new_page()
    page.route("**/gradio_api/queue/join*", lambda route: held.append(route))
    page.goto(f"{visit.address}/")
    pressed = page.locator("#masthead [aria-pressed=true]")
    expect(pressed).to_have_text(["大字", "提问"])
    page.get_by_role("button", name="资格自测").click()
    expect(pressed).to_have_text(["大字", "资格自测"])
    for route in held:
        route.continue_()
    expect(page.locator("#masthead .fresh")).to_be_visible()
    expect(pressed).to_have_text(["大字", "资格自测"])
    page.get_by_role("button", name="大字").click()


def test_body_text_on_a_phone_is_at_least_eighteen_pixels(visit: Visit) -> None:
    visit.ask(RENTAL)
    sizes = visit.page.eval_on_selector_all(
        ".said p, blockquote, textarea, .choice",
        "all => all.map(e => getComputedStyle(e).fontSize)",
    )
    assert min(float(size.removesuffix("px")) for size in sizes) >= 18


def test_what_a_finger_must_hit_is_large_enough(visit: Visit) -> None:
    visit.ask(OPENING)
    small = visit.page.eval_on_selector_all(
        "button, summary, input, textarea, a.open, a.plain",
        """all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)
                  .map(e => e.outerHTML)""",
    )
    assert small == []


def test_actions_ask_no_other_host(visit: Visit) -> None:
    visit.ask(RENTAL)
    act(visit, "复制")
    act(visit, "有帮助")
    expect(latest(visit).locator(".rated")).to_have_text("谢谢，已记下。")
    visit.asks_no_other_host()
    assert visit.complaints == []


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def pdf_text(content: bytes) -> str:
    document = pdfium.PdfDocument(io.BytesIO(content))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)
