"""Paragraphs from printed lines: margins left out, and lines joined that the page's width cut."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.ingest.pdf_lines import Line, Page

_MARGIN = 0.12  # share of the page's height above and below which running titles stand
_LATIN_START = re.compile(r"[0-9A-Za-z.\-/:@_%]+")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–－·•~～]*(?:第?\s*(?:\d{1,4}|[ivxlIVXL]{1,6}|[一二三四五六七八九十百]{1,4})\s*页?)"
    r"(?:\s*[/／,，]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?[\s\-—–－·•~～]*"
)
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
_ENDED = re.compile(r"[。；;：:！!？?…][”’」』]?[）)〕\]]?$|〕$")
_NUMBERED = re.compile(
    r"第[〇零一二三四五六七八九十百]+[章节条][\s\u3000]|第[一二三四五六七八九十]+章|"
    r"[〇零一二三四五六七八九十百]+、|[（(][一二三四五六七八九十]+[）)]|"
    r"\d{1,2}[.\uff0e、](?!\d)|[（(]\d{1,2}[）)]|附件"
)
_STANDS_ALONE = re.compile(
    r"[\u4e00-\u9fff]{2,12}\s*[〔\[［]\s*\d{4}\s*[〕\]］]\s*\d+\s*号|\d{4}\s*年\s*\d+\s*月\s*\d+\s*日"
)
_SELDOM_FIRST = re.compile(
    r"其中[，,：]|但是?[，,]|原有(?:政策|规定)|有效期|(?:咨询|联系|投诉)电话"
)
_LETTER_END = re.compile(r"[A-Za-z]$")
_LETTER_START = re.compile(r"[A-Za-z]")


def without_margins(pages: Sequence[Page]) -> tuple[list[Line], list[str]]:
    """The lines of all pages without page numbers and running titles; and what those say."""
    seen: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    for page in pages:
        seen.update({_shape(line.text) for line in page.lines if _in_margin(line, page)})
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0]
    kept: list[Line] = []
    running: dict[str, str] = {}
    for page in pages:
        for line in page.lines:
            if not _in_margin(line, page) or not (
                _PAGE_NUMBER.fullmatch(line.text)
                or (len(pages) > 1 and seen[_shape(line.text)] >= max(2, len(pages) * 0.4))
                or _is_small_print(line, page, size)
            ):
                kept.append(line)
            elif not _PAGE_NUMBER.fullmatch(line.text):
                running.setdefault(_shape(line.text), line.text)
    return kept, list(running.values())


def _is_small_print(line: Line, page: Page, size: float) -> bool:
    """A single page repeats nothing: its running title is small type set apart at the top."""
    below = [other.top - line.top for other in page.lines if other.top > line.top + 1]
    return (
        line.top < page.height / 2 and line.size < 0.9 * size and min(below, default=0) > 2 * size
    )


def _in_margin(line: Line, page: Page) -> bool:
    return not _MARGIN * page.height < line.top < (1 - _MARGIN) * page.height


def _shape(text: str) -> str:
    return _DIGITS.sub("#", re.sub(r"\s", "", text))


def paragraphs_of(lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """Join lines that the width of the page cut; and name the line ends that leave a doubt."""
    frame = _Frame.of(lines)
    out: list[str] = [lines[0].text]
    doubts: list[str] = []
    for before, line in pairwise(lines):
        runs_on = frame.runs_on(before, line)
        if runs_on is None:
            # Without indentation a full line that ends a sentence may end a paragraph as well.
            # One line in forty breaks after a full stop, one paragraph in twenty-eight fills its
            # last line: beyond 2.4 lines a paragraph the former is more frequent.
            runs_on = frame.lines_a_paragraph > 2.4
            doubts.append(before.text[-12:])
        if runs_on:
            # Latin words part where a line ends; a number that was cut is one number.
            words = _LETTER_END.search(out[-1]) and _LETTER_START.match(line.text)
            out[-1] += (" " if words else "") + line.text
        else:
            out.append(line.text)
    return out, doubts


@dataclass(frozen=True, slots=True)
class _Frame:
    """The text column: its edges, its type size, the step between lines, and its indentation."""

    left: float
    right: float
    size: float
    leading: float
    indented: bool
    lines_a_paragraph: float
    spaced: bool  # a gap stands between paragraphs
    columns: int  # characters a line, where lines were broken by counting; else 0

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Frame":
        """Measure the column that most of the text stands in."""
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        size = sizes.most_common(1)[0][0]
        body = [line for line in lines if abs(line.size - size) < 0.15 * size] or list(lines)
        left = min(line.left for line in body)
        lefts = Counter(round(line.left) for line in body)
        usual = [x for x, n in lefts.items() if n >= max(2, len(body) * 0.1)]
        left = min(usual, default=left)
        # Hanging punctuation and ragged lines: the edge is where the longest lines end.
        rights = sorted(line.right for line in body)
        right = rights[int(len(rights) * 0.9)] if len(rights) > 10 else rights[-1]
        steps = [
            b.top - a.top
            for a, b in pairwise(body)
            if a.page == b.page and 0 < b.top - a.top < 4 * size
        ]
        leading = min(steps, default=1.5 * size)
        starts = [line for line in body if _NUMBERED.match(line.text)]
        indented = sum(line.left > left + 0.8 * size for line in starts) > len(starts) / 2
        short = sum(line.right < right - 2.2 * size for line in body) or 1
        columns, times = max(Counter(line.count for line in body).items())
        counted = columns if times >= max(3, len(body) * 0.15) else 0
        share = len(body) / short
        gaps = [
            b.top - a.top > 1.2 * leading
            for a, b in pairwise(body)
            if a.page == b.page and a.right < right - 3 * size
        ]
        spaced = len(gaps) > 2 and sum(gaps) > 0.8 * len(gaps)
        return cls(left, right, size, leading, bool(starts) and indented, share, spaced, counted)

    def runs_on(self, before: Line, line: Line) -> bool | None:
        """Whether `line` continues the paragraph that `before` is of; None: it cannot be told."""
        if self._is_large(before) or self._is_large(line):
            return self._continues_title(before, line)
        # A number or word that stays in one piece leaves room at the end of the line before.
        word = _LATIN_START.match(line.text)
        room = 0.55 * self.size * len(word.group()) if word else 0.0
        flush_right = before.left > self.left + 4 * self.size
        if flush_right or line.left > self.left + 0.8 * self.size:
            return False
        if _STANDS_ALONE.fullmatch(line.text):
            return False
        if not self._is_full(before, 2.2 * self.size + room):
            return False
        if self.indented:
            return True
        if before.page == line.page and line.top - before.top > 1.2 * self.leading:
            return False
        if _NUMBERED.match(line.text):
            return False
        # After a semicolon a paragraph goes on, unless a numbered one begins.
        open_end = (
            _SELDOM_FIRST.match(line.text)
            or before.text.endswith(("；", ";"))
            or (word and before.text.endswith(("：", ":")))
        )
        if open_end or (self.spaced and before.page == line.page):
            return True
        if not _ENDED.search(before.text):
            return True
        return None if self._is_full(before, 1.1 * self.size + room) else False

    def _is_full(self, line: Line, room: float) -> bool:
        # Up to two characters may be missing: no punctuation begins a line, and an opening
        # bracket is not parted from what follows it.
        return line.right >= self.right - room or 0 < self.columns <= line.count

    def _is_large(self, line: Line) -> bool:
        return line.size > 1.15 * self.size

    def _continues_title(self, before: Line, line: Line) -> bool:
        same = abs(before.size - line.size) < 0.05 * self.size
        close = before.page == line.page and line.top - before.top < 2.2 * line.size
        return same and close and self._is_centred(before) and self._is_centred(line)

    def _is_centred(self, line: Line) -> bool:
        middle = (self.left + self.right) / 2
        return abs((line.left + line.right) / 2 - middle) < 2 * self.size
