"""The page and the JUnit XML: whole by themselves, every failure readable, nothing held out told."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from eval.measures.comparing import compare
from eval.reporting.junit import write_junit
from eval.reporting.page import render_page
from tests.eval.reporting.test_table import failures


class Reader(HTMLParser):
    """Elements that stay open, and every address that a page would fetch."""

    VOID = frozenset(
        {"meta", "br", "hr", "img", "link", "input", "circle", "line", "rect", "polygon"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        self.fetched += [
            value or ""
            for name, value in attrs
            if name in {"src", "href"} and not (value or "").startswith("#")
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def test_the_page_is_whole_and_fetches_nothing() -> None:
    text = render_page(failures(shown=False))
    page = Reader()
    page.feed(text)
    assert page.open == []
    assert page.fetched == []
    assert '<html lang="zh-CN">' in text
    assert "<script" not in text
    assert not re.search(r"url\(|@import", text)


def test_every_failure_of_dev_is_readable_with_all_that_explains_it() -> None:
    text = render_page(failures(shown=False))
    assert "x-dev" in text
    assert "应为 refuse，实为 chat" in text
    assert "依据原文" in text


@pytest.mark.parametrize(("shown", "times"), [(False, 0), (True, 1)])
def test_what_is_held_out_is_told_only_when_asked_for(shown: bool, times: int) -> None:
    text = render_page(failures(shown=shown))
    assert (text.count('id="x-held"')) == times
    assert ("留出部分另有 1 题没有通过" in text) is not shown


def test_a_question_cannot_write_into_the_page() -> None:
    result = failures(shown=True)
    first = result.items[0]
    turn = first.turns[1].model_copy(update={"question": "<script>alert(1)</script>"})
    item = first.model_copy(update={"turns": (turn,)})
    text = render_page(result.model_copy(update={"items": (item,)}))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_comparison_stands_in_the_page() -> None:
    result = failures(shown=False)
    text = render_page(result, comparison=compare(result, result))
    assert "McNemar 精确检验 p = 1.000" in text


def test_junit_counts_and_names_failures(tmp_path: Path) -> None:
    write_junit(failures(shown=False), tmp_path / "junit.xml")
    root = ET.parse(tmp_path / "junit.xml").getroot()
    assert (root.get("tests"), root.get("failures")) == ("2", "2")
    (suite,) = root
    messages = {case.get("name"): case[0].get("message") for case in suite}
    assert messages["x-dev"] == "第 2 轮：应为 refuse，实为 chat"
    assert messages["x-held"] == "留出的题没有通过，不列细节"
    assert "第1问" not in str(messages["x-held"])
