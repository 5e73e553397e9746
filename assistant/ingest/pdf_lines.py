"""The lines of a PDF page, rebuilt from where its characters stand."""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’—…·〔〕"
_HAN = re.compile("[\u3400-\u9fff]")
_WIDE_BEFORE = re.compile(f"[{_WIDE}]$")
_WIDE_AFTER = re.compile(f"^[{_WIDE}]")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffe]")
_SPACE_MAP = {0x00A0: " ", 0x2002: " ", 0x2003: "\u3000"}


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line and where it stands; `top` counts down from the page's upper edge."""

    text: str
    page: int
    left: float
    right: float
    top: float
    size: float
    count: int  # characters, blanks before the first one included


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, its size, and how many pictures it holds."""

    lines: tuple[Line, ...]
    height: float
    width: float
    pictures: int


def read_page(page: Any, number: int) -> Page:
    """The lines of a page, as they are printed."""
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
    return Page(lines, height or top - bottom, width, pictures)


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


def _lines(glyphs: Sequence[_Glyph], page: int, left: float, top: float) -> Iterator[Line]:
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


def _finish(row: list[_Glyph], page: int, left: float, top: float) -> Iterator[Line]:
    printed = [g for g in row if not g.made_up and not g.char.isspace()]
    if not printed:
        return
    text = _INVISIBLE.sub("", _row_text(row)).strip()
    if not text:
        return
    yield Line(
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
