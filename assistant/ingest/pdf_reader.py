"""PDF with a text layer: lines are rebuilt from the page's geometry and joined to paragraphs.

A PDF has no paragraphs, only characters at places. Where a line ends because the page is that
wide, the sentence runs on; where it ends early, the paragraph ends. Page headers, footers and
page numbers stand in the margins and repeat, or are numbers only.
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from assistant.errors import IngestError
from assistant.ingest.encoding import reject_mojibake
from assistant.ingest.pdf_integrity import find_damage
from assistant.ingest.readers import Extract

_MAX_PAGES = 1000
_MARGIN = 0.12  # share of the page's height above and below which running titles stand
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’—…·〔〕"
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN_START = re.compile(r"[0-9A-Za-z.\-/:@_%]+")
_WIDE_BEFORE = re.compile(f"[{_WIDE}]$")
_WIDE_AFTER = re.compile(f"^[{_WIDE}]")
_PAGE_NUMBER = re.compile(
    r"[\s\-—–－·•~～]*(?:第?\s*(?:\d{1,4}|[ivxlIVXL]{1,6}|[一二三四五六七八九十百]{1,4})\s*页?)"
    r"(?:\s*[/／,，]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?[\s\-—–－·•~～]*"
)
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffe]")
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
_SPACE_MAP = {0x00A0: " ", 0x2002: " ", 0x2003: "\u3000"}


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed line and where it stands; `top` counts down from the page's upper edge."""

    text: str
    page: int
    left: float
    right: float
    top: float
    size: float
    count: int  # characters, blanks before the first one included


@dataclass(frozen=True, slots=True)
class _Page:
    lines: tuple[_Line, ...]
    height: float
    width: float
    pictures: int


def read_pdf(content: bytes, name: str) -> Extract:
    """Read the text layer; without one, or with a broken one, say what to do instead."""
    damage = find_damage(content)
    if damage:
        raise IngestError(f"{name}：PDF 不完整或已损坏（{damage}）。请重新下载或导出后再试。")
    pages = _load(content, name)
    count = sum(len(line.text) for page in pages for line in page.lines)
    pictures = sum(page.pictures for page in pages)
    if count == 0 or (pictures and count < 15 * len(pages)):
        raise IngestError(
            f"{name}：共 {len(pages)} 页，没有文字层，像是扫描件或图片。"
            "请向发布单位索取电子原件，或先做文字识别并逐字核对，存为 DOCX 或 TXT 后再试。"
        )
    lines, running = _without_margins(pages)
    paragraphs, doubts = _paragraphs(lines)
    text = "".join(paragraph + "\n" for paragraph in paragraphs)
    _check_layer(text, name)
    return Extract(text, 0, len(text), remarks=tuple(_remarks(pages, running, doubts)))


def _remarks(
    pages: Sequence[_Page], running: Sequence[str], doubts: Sequence[str]
) -> Iterator[str]:
    bare = [str(i) for i, page in enumerate(pages, 1) if page.pictures and not page.lines]
    if bare:
        yield f"第 {'、'.join(bare)} 页只有图片，图中文字未读入，请核对"
    empty = [str(i) for i, page in enumerate(pages, 1) if not page.pictures and not page.lines]
    if empty:
        yield f"第 {'、'.join(empty)} 页没有文字，请核对是否空白页"
    for text in running:
        yield f"页眉页脚“{text}”未读入，请核对不是正文"
    for text in doubts:
        yield f"“{text}”恰好排满一行，请核对段落是否在此结束"


def _load(content: bytes, name: str) -> list[_Page]:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    broken = IngestError(f"{name}：PDF 已损坏，打不开。请重新下载或导出后再试。")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise IngestError(
                f"{name}：PDF 已加密，需要密码才能打开。请取消密码保护后另存，再试一次。"
            ) from error
        raise broken from error
    try:
        if len(document) == 0:
            raise broken
        if len(document) > _MAX_PAGES:
            raise IngestError(
                f"{name}：PDF 有 {len(document)} 页，超过上限 {_MAX_PAGES} 页。请拆成单个文件后再试。"
            )
        return [_read_page(document[i], i) for i in range(len(document))]
    except pdfium.PdfiumError as error:
        raise broken from error
    finally:
        document.close()


def _check_layer(text: str, name: str) -> None:
    try:
        reject_mojibake(text, name)
    except IngestError as error:
        raise IngestError(
            f"{name}：PDF 的文字层是乱码（字体没有附带文字对照表），选中复制出来也不是原文。"
            "请向发布单位索取 DOCX 或网页版再试。"
        ) from error


def _read_page(page: Any, number: int) -> _Page:
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    width, height = page.get_size()
    left, bottom, _, top = page.get_bbox()
    textpage = page.get_textpage()
    try:
        glyphs = list(_glyphs(textpage, raw))
    finally:
        textpage.close()
    pictures = sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    lines = tuple(_lines(glyphs, number, left, top))
    page.close()
    return _Page(lines, height or top - bottom, width, pictures)


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    left: float
    right: float
    bottom: float
    size: float
    made_up: bool  # a space that pdfium inserted for a gap, not one that was typed


def _glyphs(textpage: Any, raw: Any) -> Iterator[_Glyph]:
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00, 0
        if code in {0, 10, 13}:
            continue
        angle = raw.FPDFText_GetCharAngle(textpage, i)
        if 0.1 < angle < 6.18:
            continue  # slanted or upright text is a watermark or a stamp
        raw.FPDFText_GetLooseCharBox(textpage, i, box)
        raw.FPDFText_GetCharOrigin(textpage, i, x, y)
        made_up = bool(raw.FPDFText_IsGenerated(textpage, i))
        raw.FPDFText_GetMatrix(textpage, i, matrix)
        # Some producers set the type at size 1, or at screen size, and scale it by a matrix.
        size = raw.FPDFText_GetFontSize(textpage, i) * math.hypot(matrix.c, matrix.d)
        char = _SPACE_MAP.get(code) or _unified(chr(code))
        yield _Glyph(char, box.left, box.right, y.value, size, made_up)


def _unified(char: str) -> str:
    """Some producers map 一 to the radical ⼀, which looks the same and is found by nobody."""
    is_double = "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff"
    return unicodedata.normalize("NFKC", char) if is_double else char


def _lines(glyphs: Sequence[_Glyph], page: int, left: float, top: float) -> Iterator[_Line]:
    """Group glyphs in reading order; a new base line, or a step far back, starts a line."""
    row: list[_Glyph] = []
    for glyph in glyphs:
        if glyph.made_up:
            if row:
                row.append(glyph)
            continue
        before = next((g for g in reversed(row) if not g.made_up), None)
        if before is not None and _starts_line(before, glyph):
            yield from _finish(row, page, left, top)
            row = []
        row.append(glyph)
    yield from _finish(row, page, left, top)


def _starts_line(before: _Glyph, glyph: _Glyph) -> bool:
    size = max(before.size, glyph.size, 1.0)
    return abs(before.bottom - glyph.bottom) > 0.5 * size or glyph.left < before.left - 2 * size


def _finish(row: list[_Glyph], page: int, left: float, top: float) -> Iterator[_Line]:
    printed = [g for g in row if not g.made_up and not g.char.isspace()]
    if not printed:
        return
    text = _INVISIBLE.sub("", _row_text(row)).strip()
    if not text:
        return
    yield _Line(
        text,
        page,
        min(g.left for g in printed) - left,
        max(g.right for g in printed) - left,
        top - max(g.bottom for g in printed),
        median(g.size for g in printed),
        sum(not g.made_up for g in row),
    )


def _row_text(row: Sequence[_Glyph]) -> str:
    """The characters of a line; a space stands where it was typed, or where its gap shows."""
    usual = _usual_gap(row)
    text = ""
    before: _Glyph | None = None
    parted = False
    for glyph in row:
        if glyph.made_up:
            parted = True
            continue
        if before is not None:
            text += _gap(before, glyph, parted, usual)
        text += glyph.char
        before, parted = glyph, False
    return text


def _usual_gap(row: Sequence[_Glyph]) -> float:
    """How far justification has drawn the characters of a line apart."""
    gaps = [b.left - a.right for a, b in pairwise(row) if not a.made_up and not b.made_up]
    return median(gaps) if gaps else 0.0


def _gap(before: _Glyph, glyph: _Glyph, parted: bool, usual: float) -> str:
    if before.char.isspace() or glyph.char.isspace():
        return ""
    distance = glyph.left - before.right - usual
    if distance > 1.8 * glyph.size:
        return "\t"  # columns of a table
    if not parted:
        return ""
    if _HAN.fullmatch(before.char) and _HAN.fullmatch(glyph.char):
        return " " if distance > 0.15 * glyph.size else ""
    # Between Chinese and digits a small gap is set by the program and typed by nobody.
    wide = _WIDE_BEFORE.search(before.char) or _WIDE_AFTER.search(glyph.char)
    return "" if wide else " "


def _without_margins(pages: Sequence[_Page]) -> tuple[list[_Line], list[str]]:
    """The lines of all pages without page numbers and running titles; and what those say."""
    seen: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    for page in pages:
        seen.update({_shape(line.text) for line in page.lines if _in_margin(line, page)})
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0]
    kept: list[_Line] = []
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


def _is_small_print(line: _Line, page: _Page, size: float) -> bool:
    """A single page repeats nothing: its running title is small type set apart at the top."""
    below = [other.top - line.top for other in page.lines if other.top > line.top + 1]
    return (
        line.top < page.height / 2 and line.size < 0.9 * size and min(below, default=0) > 2 * size
    )


def _in_margin(line: _Line, page: _Page) -> bool:
    return not _MARGIN * page.height < line.top < (1 - _MARGIN) * page.height


def _shape(text: str) -> str:
    return _DIGITS.sub("#", re.sub(r"\s", "", text))


def _paragraphs(lines: Sequence[_Line]) -> tuple[list[str], list[str]]:
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
    def of(cls, lines: Sequence[_Line]) -> "_Frame":
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

    def runs_on(self, before: _Line, line: _Line) -> bool | None:
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

    def _is_full(self, line: _Line, room: float) -> bool:
        # Up to two characters may be missing: no punctuation begins a line, and an opening
        # bracket is not parted from what follows it.
        return line.right >= self.right - room or 0 < self.columns <= line.count

    def _is_large(self, line: _Line) -> bool:
        return line.size > 1.15 * self.size

    def _continues_title(self, before: _Line, line: _Line) -> bool:
        same = abs(before.size - line.size) < 0.05 * self.size
        close = before.page == line.page and line.top - before.top < 2.2 * line.size
        return same and close and self._is_centred(before) and self._is_centred(line)

    def _is_centred(self, line: _Line) -> bool:
        middle = (self.left + self.right) / 2
        return abs((line.left + line.right) / 2 - middle) < 2 * self.size
