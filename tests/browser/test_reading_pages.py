"""The pages to read: the viewer, old beside new, and the basis that is passed on."""

import io

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

OLD = "source/jx-gbo-2020-28__sec_1__para_2?as_of=2026-11-22"
COMPARE = "compare/jx-gbo-2020-28/jx-gbo-2024-16?as_of=2026-11-22"
PATHS = ("source/jx-gbo-2024-16__sec_1", "source/jx-gbo-2024-20__chapeau", OLD, COMPARE)


def test_from_a_replaced_clause_to_old_beside_new_and_to_the_new_clause(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/{OLD}")
    expect(visit.page.locator(".validity .badge")).to_have_text("已被替代")
    visit.page.locator(".validity").get_by_role("link", name="新旧对照").click()
    row = visit.page.get_by_role("region", name="一、全面放开城区、城镇落户限制 第二款")
    struck = row.locator(".side.old mark")
    expect(struck).to_have_text(
        "当事人租赁城区（城镇）商品住房的，须在市本级或同一县（市）范围内已连续居住3年及以上"
    )
    row.locator(".side.new").get_by_role("link").click()
    expect(visit.page.locator(".here")).to_be_in_viewport()
    expect(visit.page.locator(".here")).to_contain_text("一、进一步放宽租赁落户")


@pytest.mark.parametrize("width", [768, 1440])
def test_old_stands_beside_new_where_there_is_room(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.page.goto(f"{visit.address}/{COMPARE}")
    row = visit.page.locator(".pair").first
    old, new = row.locator(".side.old").bounding_box(), row.locator(".side.new").bounding_box()
    assert old is not None
    assert new is not None
    assert abs(old["y"] - new["y"]) < 2
    assert old["x"] + old["width"] <= new["x"]


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_scrolls_sideways_and_no_letter_is_small(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    for path in PATHS:
        visit.page.goto(f"{visit.address}/{path}")
        visit.assert_readable(width)


def test_related_documents_are_drawn_and_lead_to_their_text(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/source/jx-gbo-2024-16__sec_1")
    drawing = visit.page.locator("svg.drawing")
    expect(drawing).to_be_visible()
    assert drawing.locator("rect").count() == 1 + visit.page.locator(".related li").count()
    drawing.locator("a").first.click()
    expect(visit.page.locator("article h1")).not_to_contain_text("高质量")


def test_a_notice_is_printed_without_what_is_for_the_screen(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/source/jx-gbo-2024-16__sec_1?start=3937&end=4019")
    visit.page.emulate_media(media="print")
    for hidden in (".bar", ".contents", ".steps", ".permalink"):
        expect(visit.page.locator(hidden).first).to_be_hidden()
    document = pdfium.PdfDocument(io.BytesIO(visit.page.pdf()))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "现行有效" in text
    assert "高对比" not in text


def test_steps_lead_through_the_notice_on_the_same_day(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/source/jx-gbo-2024-16__sec_1?as_of=2024-07-01")
    visit.page.locator("a[rel=next]").click()
    expect(visit.page.locator(".validity-day")).to_contain_text("2024年7月1日")
    visit.page.locator("a[rel=prev]").click()
    expect(visit.page.locator(".validity-what")).to_have_text("一、进一步放宽租赁落户")


def test_the_pages_to_read_need_no_mouse(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/{COMPARE}")
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator(".skip")).to_be_focused()
    expect(visit.page.locator(".skip")).to_be_in_viewport()
    for _ in range(4):
        visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.dataset.print !== undefined")


def test_nothing_is_asked_of_another_host(visit: Visit) -> None:
    for path in PATHS:
        visit.page.goto(f"{visit.address}/{path}")
    visit.asks_no_other_host()
    assert visit.complaints == []
