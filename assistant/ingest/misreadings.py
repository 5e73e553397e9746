"""Text that looks misread, and telephone numbers: what a reviewer wants pointed out."""

import re
from collections.abc import Iterable, Iterator

from assistant.clauses import squeeze
from assistant.clauses.model import Misreading

_PHONE = re.compile(
    r"(?P<label>(?:[\u4e00-\u9fff]{0,10}(?:电\s*话|热线|传真|联系方式))\s*[：:]?\s*)?"
    r"(?P<number>(?<!\d)0\d{2,3}\s*[-—－–]\s*\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)(?:12345|123\d{2})(?!\d))"
)
_UNSEEN = "\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
_MISREADINGS = (
    (
        re.compile(r"第[一二三四五六七八九十百]*?([一二三四五六七八九])\1[条款项点章节]"),
        "原文如此，数字连写两遍，疑为识读错误，请核对原件。",
    ),
    (
        re.compile(r"(?<!\d)(?:19|20)\d{2}(?:1[0-2]|0?[1-9])(?:3[01]|[12]\d|0?[1-9])日"),
        "原文如此，疑为日期漏了「年」「月」，请核对原件。",
    ),
    (re.compile(r"(?:19|20)\d{2}年\d{3,4}日"), "原文如此，疑为日期漏了「月」，请核对原件。"),
    (re.compile(r"[^\s。]{0,6}\ufffd[^\s。]{0,6}"), "有无法还原的字符，请核对原件。"),
    (
        re.compile(rf"[^\s。]{{0,6}}[{_UNSEEN}][^\s。]{{0,6}}"),
        "原文如此，夹有看不见的字符（零宽，或改变文字方向），看到的与实际可能不同，请核对原件。",
    ),
    (re.compile(r"(?<![一二三四五六七八九十])([，。；：、])\1"), "标点重复，请核对原件。"),
)
DIGIT_DATE_LINE = re.compile(r"(?:19|20)\d{2}(?:1[0-2]|0?[1-9])(?:3[01]|[12]\d|0?[1-9])")


"""A date line whose 年, 月 and 日 were lost."""


def find_misreadings(texts: Iterable[str], lines: Iterable[str]) -> Iterator[Misreading]:
    """Each suspicious passage once; the text itself is never changed."""
    seen: set[str] = set()
    for text in texts:
        for pattern, note in _MISREADINGS:
            for found in pattern.finditer(text):
                if found.group() not in seen:
                    seen.add(found.group())
                    yield Misreading(found.group(), note)
    for line in lines:
        if DIGIT_DATE_LINE.fullmatch(line) and line not in seen:
            seen.add(line)
            yield Misreading(line, "原文如此，疑为日期漏了「年」「月」「日」，请核对原件。")


def find_contacts(texts: Iterable[str]) -> Iterator[str]:
    """Telephone numbers with the words that introduce them."""
    for text in texts:
        for found in _PHONE.finditer(text):
            if found["label"] or "-" in found["number"] or "—" in found["number"]:
                yield squeeze(found.group())
