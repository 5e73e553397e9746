"""What a language model thinks was meant, before the person: a tap confirms it or leaves it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from eval.wording.scripted import MODEL, ScriptedModel, scripted_model
from tests.browser.desk import Staffed, panel, staffed
from tests.browser.fake import FRAMEWORK_WARNS
from tests.browser.visit import findings, visiting

pytestmark = [pytest.mark.browser, FRAMEWORK_WARNS]

TOLD = "我租的是带电梯的大平层，居住登记连续满七个月了，能租赁落户吗"
READ = {"fact": "rent.is_urban_commodity_housing", "value": True, "words": "带电梯的大平层"}
ASKED = "您说的「带电梯的大平层」是指"
YES, NO = "是这个意思", "不是这个意思"


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with scripted_model() as model:
        model.say(READ)
        yield model


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, model: ScriptedModel) -> Iterator[Staffed]:
    variables = {
        "ASSISTANT_LLM_BASE_URL": model.base_url,
        "ASSISTANT_LLM_MODEL": MODEL,
        "ASSISTANT_LLM_FAILURES": "1000",
    }
    with staffed(tmp_path_factory.mktemp("var"), **variables) as desk:
        yield desk


def test_a_citizen_taps_what_was_meant_and_only_then_it_counts(
    browser: Browser, desk: Staffed
) -> None:
    with visiting(browser, desk.address) as visit:
        visit.ask(TOLD)
        turn = visit.page.locator("#talk .turn").last
        asking = turn.locator(".asking")
        expect(asking.locator(".question")).to_contain_text(ASKED)
        expect(asking.get_by_role("button")).to_have_text([YES, NO])
        expect(turn).not_to_contain_text("符合「租赁落户」的条件")
        expect(turn).not_to_contain_text("请回答「")
        assert findings(visit.page) == []
        visit.tap(YES)
        decided = visit.page.locator("#talk .turn").last
        expect(decided).to_contain_text("符合「租赁落户」的条件")
        expect(decided.locator(".facts")).to_contain_text("带电梯的大平层")


def test_a_citizen_who_meant_something_else_is_asked_by_us(browser: Browser, desk: Staffed) -> None:
    with visiting(browser, desk.address) as visit:
        visit.ask(TOLD)
        visit.tap(NO)
        turn = visit.page.locator("#talk .turn").last
        expect(turn.locator(".asking .question")).not_to_contain_text(ASKED)
        expect(turn.locator(".asking").get_by_role("button").first).to_be_visible()
        expect(turn).not_to_contain_text("符合「租赁落户」的条件")


def test_an_operator_taps_what_the_caller_says(browser: Browser, desk: Staffed) -> None:
    with panel(browser, desk) as seen:
        seen.ask(TOLD)
        meant = seen.page.locator("#panel-answer .meant")
        expect(meant).to_contain_text(ASKED)
        expect(meant.get_by_role("button")).to_have_text([YES, NO])
        expect(seen.page.locator("#panel-answer .verdict-line")).not_to_contain_text(["符合"])
        assert findings(seen.page) == []
        meant.get_by_role("button", name=YES, exact=True).click()
        expect(seen.page.locator("#panel-answer .asked")).to_contain_text(YES)
        expect(seen.page.locator("#panel-answer .verdict-line").first).to_contain_text("符合")
        expect(seen.page.locator("#panel-answer .meant")).to_have_count(0)
        assert seen.complaints == []
