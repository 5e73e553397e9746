"""axe-core finds nothing serious or critical on any state of the page, in light and dark."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.fake import FRAMEWORK_WARNS
from tests.browser.visit import Visit, findings, visiting

pytestmark = [pytest.mark.browser, FRAMEWORK_WARNS]


@pytest.fixture(params=["light", "dark"])
def visit(browser: Browser, talking: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visiting(browser, talking, color_scheme=request.param) as seen:
        yield seen


def test_what_is_wrong_would_be_found(visit: Visit) -> None:
    visit.page.evaluate("document.body.append(document.createElement('button'))")
    assert any("button-name" in finding for finding in findings(visit.page))


def test_the_first_page(visit: Visit) -> None:
    assert findings(visit.page) == []
    visit.page.get_by_role("button", name="换个日期或地方").click()
    visit.page.get_by_label("哪个地方").wait_for()
    assert findings(visit.page) == []


def test_an_answer(visit: Visit) -> None:
    visit.ask("租房落户要登记满几个月")
    assert findings(visit.page) == []
    visit.page.get_by_role("button", name="没帮助").click()
    visit.page.get_by_text("换个日期看").click()
    assert findings(visit.page) == []


def test_a_question_asked_back_and_a_verdict(visit: Visit) -> None:
    visit.ask("租房半年了能落户吗")
    assert findings(visit.page) == []
    visit.tap("是")
    visit.tap("5个月")
    assert findings(visit.page) == []
    visit.page.evaluate("document.querySelectorAll('#talk details').forEach(d => d.open = true)")
    assert findings(visit.page) == []


def test_a_small_input(visit: Visit) -> None:
    visit.ask("从哪天起租算能落户")
    visit.tap("是")
    assert findings(visit.page) == []


def test_a_refusal_and_a_failure(visit: Visit) -> None:
    visit.ask("公积金怎么提取")
    assert findings(visit.page) == []
    visit.page.get_by_role("button", name="换个日期或地方").click()
    visit.page.get_by_label("按哪一天的规定").fill("2021-02-30")
    expect(visit.page.locator("#terms .read")).to_contain_text("看不懂")
    assert findings(visit.page) == []
    visit.page.get_by_label("按哪一天的规定").fill("")
    visit.page.get_by_label("哪个地方").fill("乌有市")
    visit.ask("公积金怎么提取")
    expect(visit.page.locator("#talk .problem")).to_be_visible()
    assert findings(visit.page) == []


PAGES = (
    "source/jx-gbo-2024-16__sec_1",
    "source/jx-gbo-2020-28__sec_1__para_2",
    "source/jx-gbo-2024-20__chapeau",
    "source/nowhere",
    "nowhere",
    "compare/jx-gbo-2020-28/jx-gbo-2024-16",
    "basis?q=jx-gbo-2024-16__sec_1&q=jx-gbo-2020-28__sec_1__para_2",
)


def test_the_pages_to_read(visit: Visit) -> None:
    for path in PAGES:
        visit.page.goto(f"{visit.address}/{path}")
        assert findings(visit.page) == [], path


def test_the_self_test(visit: Visit) -> None:
    visit.page.get_by_role("button", name="资格自测").click()
    visit.page.locator("#check-verdict .ruled").wait_for()
    assert findings(visit.page) == []


def test_large_letters_in_high_contrast(visit: Visit) -> None:
    visit.page.get_by_role("button", name="大字").click()
    visit.page.get_by_role("button", name="高对比").click()
    assert findings(visit.page) == []
    visit.ask("租房半年了能落户吗")
    visit.tap("是")
    visit.tap("5个月")
    visit.page.get_by_role("button", name="没帮助").last.click()
    visit.page.evaluate("document.querySelectorAll('#talk details').forEach(d => d.open = true)")
    assert findings(visit.page) == []
    for path in PAGES:
        visit.page.goto(f"{visit.address}/{path}")
        assert findings(visit.page) == [], path
