"""Text with its numbers spelled alike, and the quantities that a text holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.clauses.numerals.folding import squeeze
from assistant.clauses.numerals.readings import Reading, readings

_MONTHLY = re.compile(
    r"(?:每个?|按|[一1]个)(?P<period>月|年)"
    r"(?:[^,。;:!?0-9一二两三四五六七八九十]{0,10})$"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in its canonical unit, and where it stands in the text it was read from.

    Years of duration are 个月; a 日期 is yyyymmdd, a 年月 yyyymm, a 月日 mmdd; a 文号 is year and
    number; a number without a unit has the unit "".
    """

    value: Decimal
    unit: str
    start: int
    end: int


def normalize(text: str) -> str:
    """Fold width, case, brackets, spaces and numerals, so that equal things are spelled equally."""
    written, _ = squeeze(text)
    for _ in range(4):  # a rewritten number may complete the one before it: 三年一年半
        again, _ = squeeze(_rewrite(written))
        if again == written:
            break
        written = again
    return written


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of `text` with its canonical unit; offsets are into `text` itself."""
    squeezed, offsets = squeeze(text)
    found = [
        Quantity(r.value, r.unit, offsets[r.start][0], offsets[r.end - 1][1])
        for r in _with_rates(squeezed, list(readings(squeezed)))
    ]
    return tuple(found)


def _rewrite(squeezed: str) -> str:
    """Each number of the squeezed text in its canonical spelling."""
    written = ""
    position = 0
    for reading in readings(squeezed):
        written += squeezed[position : reading.start]
        position = reading.end
        after = squeezed[position : position + 1]
        if _runs_into_digits(written, reading.canonical, after):
            written += squeezed[reading.start : reading.end]
        else:
            written += reading.canonical
    return written + squeezed[position:]


def _runs_into_digits(before: str, canonical: str, after: str) -> bool:
    """Whether the canonical spelling would join digits beside it into another number."""
    digits = "0123456789"
    return (before[-1:] in digits and before != "") or (
        canonical[-1] in digits and after != "" and after in digits
    )


def _with_rates(text: str, readings: list[Reading]) -> Iterator[Reading]:
    """Amounts told as 每月80元 or 一个月80块 get the unit 元/月; the 一个月 is then no duration."""
    dropped: set[int] = set()
    rated: dict[int, str] = {}
    for index, reading in enumerate(readings):
        if reading.unit not in {"元", "美元"}:
            continue
        period = _MONTHLY.search(text[max(0, reading.start - 16) : reading.start])
        if period is None:
            continue
        rated[index] = f"{reading.unit}/{period['period']}"
        begin = reading.start - min(16, reading.start) + period.start()
        dropped |= {i for i, r in enumerate(readings[:index]) if r.start >= begin}
    for index, reading in enumerate(readings):
        if index not in dropped:
            unit = rated.get(index, reading.unit)
            yield Reading(reading.value, unit, reading.start, reading.end, reading.canonical)
