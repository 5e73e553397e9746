"""Heading numbers of Chinese official documents: what is one, and what only looks like one.

The ladder is that of GB/T 9704-2012, 7.3.3: 第一章, 第一条, 一、, （一）, 1., （1）. A line that merely
begins like a heading (a cross-reference pushed to the start of a line by a page break) is none:
a number must follow its predecessor, and the text before it must have ended.
"""

import re
from collections.abc import Sequence

from assistant.clauses.model import ClauseKind
from assistant.clauses.numerals import ordinal

HAN = "〇零一二三四五六七八九十百"

_MARKERS: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    (ClauseKind.CHAPTER, re.compile(rf"第([{HAN}]+)章[\s　]*")),
    (ClauseKind.ARTICLE, re.compile(rf"第([{HAN}]+)条[\s　]*")),
    (ClauseKind.SECTION, re.compile(rf"([{HAN}]+)、")),
    (ClauseKind.SUBSECTION, re.compile(rf"[（(]([{HAN}]+)[）)]")),
    (ClauseKind.POINT, re.compile(r"(\d{1,2})[.．、](?!\d)[ ]*")),
    (ClauseKind.SUBPOINT, re.compile(r"[（(](\d{1,2})[）)]")),
)

RANK = {kind: rank for rank, (kind, _) in enumerate(_MARKERS)}

_CROSS_REFERENCE = re.compile(
    rf"(?:[{HAN}]+)?(?:条|款|项|点|目)(?:[、，,和及至或的之]|规定|所|$)|规定|所列|之规定"
)

_SENTENCE_MARK = re.compile(r"[，,。；;：:！!？?]")

TERMINAL = re.compile(r"[。；;：:！!？?…]”?[）)〕\]]?$|[〕]$")

LEANS_ON = re.compile(r"(?:[第、，,的和及与或按依照据将在由对向为从《“（(〔]|根据)$")

_HEADING_LIMIT = 24  # characters; longer first sentences are text, not headings


def marker(text: str) -> tuple[ClauseKind, str, int] | None:
    """Kind, number and length of the heading number at the start of `text`."""
    for kind, pattern in _MARKERS:
        found = pattern.match(text)
        if found:
            rest = text[found.end() :]
            if kind is ClauseKind.SECTION and _CROSS_REFERENCE.match(rest):
                return None
            runs_on = not found.group().endswith((" ", "\u3000"))
            if (
                kind is ClauseKind.ARTICLE
                and runs_on
                and re.match(r"第|[、和及或至]|规定|所", rest)
            ):
                return None
            return kind, found.group(1), found.end()
    return None


def heading_lines(texts: Sequence[str]) -> set[int]:
    """Which lines are headings: numbered, short, and without sentence punctuation.

    Below the level of 一、 headings come all together: where one sibling is running text, a line
    without punctuation is the first half of a sentence that a page break cut.
    """
    headings: set[int] = set()
    groups: dict[ClauseKind, list[int]] = {}
    for index, text in enumerate([*texts, ""]):
        found = marker(text)
        if found is None and index < len(texts):
            continue
        rank = -1 if found is None else RANK[found[0]]
        for kind in [k for k in groups if RANK[k] > rank]:
            headings |= _headings_of(kind, groups.pop(kind), texts)
        if found is not None:
            groups.setdefault(found[0], []).append(index)
    return headings


def _headings_of(kind: ClauseKind, group: Sequence[int], texts: Sequence[str]) -> set[int]:
    shapes = {index: shape(texts[index]) for index in group}
    running = "text" in shapes.values()
    if RANK[kind] > RANK[ClauseKind.SECTION] and running:
        return set()
    wanted = {"heading"} if running or len(group) == 1 else {"heading", "slogan"}
    return {index for index, shape in shapes.items() if shape in wanted}


def shape(text: str) -> str:
    """heading (nothing but a heading), slogan (the same with one comma), lead (heading, full
    stop, text), or text.
    """
    found = marker(text)
    if found is None:
        return "text"
    rest = text[found[2] :]
    if found[0] is ClauseKind.CHAPTER:
        return "heading"
    if rest and not _SENTENCE_MARK.search(rest):
        return "heading" if len(rest) <= _HEADING_LIMIT and _balanced(rest) else "text"
    if len(_SENTENCE_MARK.findall(rest)) == 1 and re.fullmatch(r"\w+[，,]\w+", rest):
        return "slogan" if len(rest) <= _HEADING_LIMIT else "text"
    return "lead" if lead(rest) else "text"


def lead(rest: str) -> re.Match[str] | None:
    """A short first sentence that heads the text after it: 筹资标准。用人单位按……"""
    found = re.match(rf"([^，,。；;：:！!？?]{{2,{_HEADING_LIMIT}}})([。：:])(?!//)", rest)
    return found if found and _balanced(found.group(1)) else None


def _balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("《") == text.count("》")


class Numbering:
    """The numbers seen so far, to tell a heading from a number at the start of a line."""

    def __init__(self) -> None:
        self._last: dict[ClauseKind, int] = {}

    def follows(self, text: str) -> bool:
        """Whether the number at the start of `text` is the next one of its kind."""
        found = marker(text)
        if found is None:
            return False
        return ordinal(found[1]) == self._last.get(found[0], 0) + 1

    def enter(self, text: str) -> None:
        """Take note of the number at the start of `text`; deeper ones begin anew."""
        found = marker(text)
        if found is None:
            return
        self._last[found[0]] = ordinal(found[1])
        for kind, rank in RANK.items():
            if rank > RANK[found[0]] and found[0] is not ClauseKind.CHAPTER:
                self._last.pop(kind, None)
