"""A run as JUnit XML, which build servers read."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from eval.running.results import ItemResult, RunResult
from eval.sets import HELD_OUT, SETS, WORDING

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(result: RunResult, path: Path) -> None:
    """One suite per set, one test case per item; what is held out fails without its wording."""
    root = ET.Element("testsuites", name="assistant eval")
    for name, title in {**SETS, WORDING: "语言模型措辞"}.items():
        items = [item for item in result.items if item.set_name == name]
        if items:
            root.append(_suite(name, title, items, result))
    total = list(root)
    for count in ("tests", "failures"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in total)))
    path.parent.mkdir(parents=True, exist_ok=True)
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _suite(name: str, title: str, items: list[ItemResult], result: RunResult) -> ET.Element:
    suite = ET.Element(
        "testsuite",
        name=f"{name} {title}",
        tests=str(len(items)),
        failures=str(sum(not item.passed for item in items)),
        errors="0",
        skipped="0",
        time=f"{sum(_seconds(item) for item in items):.3f}",
        timestamp=result.provenance.started_at,
    )
    for item in items:
        case = ET.SubElement(
            suite,
            "testcase",
            classname=f"eval.{name}.{item.split}.{item.category}",
            name=item.id,
            time=f"{_seconds(item):.3f}",
        )
        if not item.passed:
            case.append(_failure(item, shown=result.held_out_shown))
    return suite


def _failure(item: ItemResult, *, shown: bool) -> ET.Element:
    if item.split == HELD_OUT and not shown:
        return ET.Element("failure", message="留出的题没有通过，不列细节")
    problems = [
        f"第 {number} 轮：{problem}" if len(item.turns) > 1 else problem
        for number, turn in enumerate(item.turns, start=1)
        for problem in turn.problems
    ]
    failure = ET.Element("failure", message=_plain(problems[0] if problems else ""))
    failure.text = _plain("\n".join([*(t.question or "" for t in item.turns), *problems]))
    return failure


def _seconds(item: ItemResult) -> float:
    return sum(turn.elapsed_ms or 0.0 for turn in item.turns) / 1000


def _plain(text: str) -> str:
    return _NO_XML.sub("", text)
