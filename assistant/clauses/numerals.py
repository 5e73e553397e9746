"""Numbers with their units, read the same however they are written: 半年, 6个月, 六个月, 6 个月.

`normalize` is for indexes and comparison, never for display; `quantities` points back into the
text it was given.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_BRACKETS = str.maketrans("〔〕【】", "[][]")

# At most 18 digits: longer runs are identifiers, and Decimal would round them.
_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.\d{1,9})?"
_SCALED = rf"{_ARABIC}(?:[百千万亿]+(?!分)(?:{_ARABIC}[百千万亿]+(?!分))*)?"
_HAN = r"[零〇一二两俩仨三四五六七八九十百千万亿]+"
_NUMBER = rf"(?:{_SCALED}|{_HAN}(?:点[零〇一二三四五六七八九]{{1,9}})?)"
_YEAR = r"(?:\d{4}|[一二][零〇一二三四五六七八九]{3})"
_UPTO_99 = r"(?:\d{1,2}|[零〇一二三四五六七八九十]{1,3})"

# Written unit -> (canonical unit, factor). Longer spellings come first in the pattern.
_UNITS: dict[str, tuple[str, int]] = {
    "个工作日": ("工作日", 1),
    "工作日": ("工作日", 1),
    "个月": ("个月", 1),
    "周年": ("个月", 12),
    "年": ("个月", 12),
    "周岁": ("周岁", 1),
    "岁": ("周岁", 1),
    "个星期": ("天", 7),
    "星期": ("天", 7),
    "个礼拜": ("天", 7),
    "周": ("天", 7),
    "天": ("天", 1),
    "日": ("天", 1),
    "小时": ("小时", 1),
    "个小时": ("小时", 1),
    "分钟": ("分钟", 1),
    "美元": ("美元", 1),
    "美金": ("美元", 1),
    "欧元": ("欧元", 1),
    "元人民币": ("元", 1),
    "元钱": ("元", 1),
    "元": ("元", 1),
    "块钱": ("元", 1),
    "块": ("元", 1),
    "%": ("%", 1),
    "个百分点": ("百分点", 1),
    "平方米": ("平方米", 1),
    "平米": ("平方米", 1),
    "m2": ("平方米", 1),
    "公里": ("公里", 1),
    "倍": ("倍", 1),
    "级": ("级", 1),
    "号": ("号", 1),
    "家": ("家", 1),
    "件": ("件", 1),
    "次": ("次", 1),
    "名": ("人", 1),
    "位": ("人", 1),
    "人": ("人", 1),
    "户": ("户", 1),
    "套": ("套", 1),
    "间": ("间", 1),
    "份": ("份", 1),
    "项": ("项", 1),
    "种": ("种", 1),
    "条": ("条", 1),
    "分": ("分", 1),
}
# Words that begin with the same character as a unit, and are none.
_NOT_UNIT = {
    "年": "级代度画",
    "周": "围期转边末密到全年岁",
    "天": "然津生",
    "日": "期常元均本",
    "元": "素旦",
    "块": "儿",
    "家": "庭属长人具里",
    "人": "才员口事民社均",
    "户": "口籍主",
    "级": "别",
    "次": "性",
    "分": "之钟别为期局管公",
    "名": "称单",
    "位": "于置",
    "项": "目",
    "种": "类",
    "条": "件例款",
}
# 一件事, 一户, 两人, 一块: with these a small numeral is grammar, not a count.
_CLASSIFIERS = frozenset("件家次名位人户套间份项种条块号倍分")
_UNIT = "|".join(
    re.escape(unit) + (f"(?![{_NOT_UNIT[unit]}])" if unit in _NOT_UNIT else "")
    for unit in sorted(_UNITS, key=len, reverse=True)
)
_PER = r"(?:(?:/|每个?)(?:个?月|年|天|日|人|平方米)|[一1]个月)"

_TOKEN = re.compile(
    "|".join(
        (
            rf"第{_NUMBER}",  # 第一款, 第3条: a label, left alone
            r"[\[(](?P<doc_year>\d{4})[\])](?P<doc_no>\d{1,5})号",
            rf"(?P<year>{_YEAR})年(?P<month>{_UPTO_99})月份?(?:(?P<day>{_UPTO_99})[日号])?",
            r"(?<![\d.])(?P<iso_year>\d{4})(?P<sep>[-/.])(?P<iso_month>\d{1,2})(?P=sep)"
            r"(?P<iso_day>\d{1,2})(?![\d.])",
            rf"(?P<md_month>{_UPTO_99})月份?(?P<md_day>{_UPTO_99})[日号]",
            rf"(?P<only_year>{_YEAR})年(?!代|以上|以下|以内|及)",
            r"百分之(?P<fraction>百|" + _NUMBER + ")",
            r"(?P<tenths>[一二三四五六七八九])成(?P<tenths_half>[一二三四五六七八九半])?"
            r"(?![立年为员本都长果家人功绩效])",
            rf"(?P<span_years>{_NUMBER})年零?(?:(?P<half_year>半)年?|(?P<span_months>{_NUMBER})个月)",
            rf"(?P<half_month>{_NUMBER})个半月",
            r"(?<![上下前后大小多])(?P<half>半年)(?!度)",
            r"(?P<idiom_months>[两俩仨])月",
            rf"(?P<only_month>{_UPTO_99})月份?(?!度)",
            rf"(?P<low>{_NUMBER})(?=[-~至到—]{{1,2}}{_NUMBER}(?P<low_unit>{_UNIT}))",
            rf"(?P<number>{_NUMBER})(?:(?P<unit>{_UNIT})(?:(?<=[元块钱金币])(?P<per>{_PER}))?)?",
        )
    )
)
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """One number found in the squeezed text, and how it is written canonically."""

    value: Decimal
    unit: str
    start: int
    end: int
    canonical: str


def normalize(text: str) -> str:
    """Fold width, case, brackets, spaces and numerals, so that equal things are spelled equally."""
    written, _ = _squeeze(text)
    for _ in range(4):  # a rewritten number may complete the one before it: 三年一年半
        again, _ = _squeeze(_rewrite(written))
        if again == written:
            break
        written = again
    return written


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of `text` with its canonical unit; offsets are into `text` itself."""
    squeezed, offsets = _squeeze(text)
    found = [
        Quantity(r.value, r.unit, offsets[r.start][0], offsets[r.end - 1][1])
        for r in _with_rates(squeezed, list(_readings(squeezed)))
    ]
    return tuple(found)


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """One character, width and case folded; a fixed point of itself."""
    folded = unicodedata.normalize("NFKC", char).translate(_BRACKETS)
    again = unicodedata.normalize("NFKC", folded.lower()).translate(_BRACKETS)
    return again if again == folded else "".join(_fold(c) for c in again)


def _is_spaced_script(char: str) -> bool:
    """Whether spaces around `char` separate words (Latin letters, digits, …)."""
    return char.isalnum() and ord(char) < 0x2E80


def _squeeze(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Folded text without the spaces that Chinese does not need, and the origin of each character."""
    chars: list[str] = []
    origins: list[tuple[int, int]] = []
    gap = -1  # where a run of spaces began
    for index, char in enumerate(text):
        for folded in _fold(char):
            if folded.isspace():
                gap = index if gap < 0 else gap
                continue
            if gap >= 0 and chars and _is_spaced_script(chars[-1]) and _is_spaced_script(folded):
                chars.append(" ")
                origins.append((gap, gap + 1))
            gap = -1
            chars.append(folded)
            origins.append((index, index + 1))
    return "".join(chars), origins


def _rewrite(squeezed: str) -> str:
    """Each number of the squeezed text in its canonical spelling."""
    written = ""
    position = 0
    for reading in _readings(squeezed):
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


def _readings(text: str) -> Iterator[_Reading]:
    """Numbers of the squeezed text, left to right."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        reading = _READERS[_kind_of(match)](match)
        if reading is not None:
            yield reading


def _kind_of(match: re.Match[str]) -> str:
    """The alternative of `_TOKEN` that matched, by its leading group."""
    return next(name for name in _READERS if match[name] is not None)


def _parse(numeral: str) -> Decimal | None:
    """The value of 3000万, 四十五 or 五点五; None for what is no number (十四五, 一一)."""
    if numeral[0].isascii():
        return _parse_scaled(numeral)
    whole, _, fraction = numeral.partition("点")
    value = _parse_han(whole)
    if value is None or not fraction:
        return value
    digits = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{value}.{digits}")


def _parse_scaled(numeral: str) -> Decimal:
    """The value of 1.5万, 1亿5000万 or 300,000."""
    total = Decimal(0)
    for digits, scale in re.findall(r"([\d.,]+)([百千万亿]*)", numeral):
        factor = 1
        for char in scale:
            factor *= _SMALL.get(char, 0) or _LARGE[char]
        total += Decimal(digits.replace(",", "")) * factor
    return total


def _parse_han(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral; a trailing digit may drop its scale (三万五)."""
    if len(numeral) == 1:
        value = _DIGITS.get(numeral, 10 if numeral == "十" else None)
        return None if value is None else Decimal(value)
    total = section = 0
    digit = -1
    last_scale = 1
    after_zero = False
    for char in numeral:
        if char in _DIGITS:
            if digit >= 0:
                return None
            if _DIGITS[char] == 0:
                after_zero = True
            else:
                digit = _DIGITS[char]
        elif char in _SMALL:
            if digit < 0 and not (char == "十" and section == 0 and total == 0):
                return None
            section += max(digit, 1) * _SMALL[char]
            digit, last_scale, after_zero = -1, _SMALL[char], False
        else:
            section += max(digit, 0)
            if section == 0 and total == 0:
                return None
            total = (
                (total + section) * _LARGE[char] if section == 0 else total + section * _LARGE[char]
            )
            section, digit, last_scale, after_zero = 0, -1, _LARGE[char], False
    if digit >= 0:
        section += digit * (1 if after_zero or last_scale <= 10 else last_scale // 10)
    return Decimal(total + section)


def _plain(value: Decimal) -> str:
    """`value` without exponent or trailing zeros."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _spelled(numeral: str, value: Decimal) -> str:
    """The canonical spelling; 0573 keeps its zero, as codes and parts of dates do."""
    return numeral if re.match(r"0\d", numeral) else _plain(value)


def _small_number(numeral: str) -> int | None:
    """A month or a day, in either script."""
    value = _parse(numeral)
    return None if value is None else int(value)


def _year_number(numeral: str) -> int:
    """A year written in either script."""
    return int("".join(c if c.isdigit() and c.isascii() else str(_DIGITS[c]) for c in numeral))


def _read_document(match: re.Match[str]) -> _Reading:
    year, number = match["doc_year"], match["doc_no"]
    value = Decimal(year) * 100_000 + Decimal(number)
    return _Reading(value, "文号", *match.span(), f"[{year}]{int(number)}号")


def _read_date(match: re.Match[str]) -> _Reading | None:
    month = _small_number(match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    year = _year_number(match["year"])
    if match["day"] is None:
        value = Decimal(year * 100 + month)
        return _Reading(value, "年月", *match.span(), f"{year:04}年{month}月")
    day = _small_number(match["day"])
    return None if day is None else _full_date(match, year, month, day)


def _read_iso_date(match: re.Match[str]) -> _Reading | None:
    return _full_date(match, *(int(match[name]) for name in ("iso_year", "iso_month", "iso_day")))


def _full_date(match: re.Match[str], year: int, month: int, day: int) -> _Reading | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    value = Decimal(year * 10_000 + month * 100 + day)
    return _Reading(value, "日期", *match.span(), f"{year:04}年{month}月{day}日")


def _read_month_day(match: re.Match[str]) -> _Reading | None:
    month, day = _small_number(match["md_month"]), _small_number(match["md_day"])
    if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _Reading(Decimal(month * 100 + day), "月日", *match.span(), f"{month}月{day}日")


def _read_year(match: re.Match[str]) -> _Reading:
    year = _year_number(match["only_year"])
    return _Reading(Decimal(year), "年份", *match.span(), f"{year:04}年")


def _read_fraction(match: re.Match[str]) -> _Reading | None:
    written = match["fraction"]
    value = Decimal(100) if written == "百" else _parse(written)
    return None if value is None else _Reading(value, "%", *match.span(), f"{_plain(value)}%")


def _read_tenths(match: re.Match[str]) -> _Reading:
    half = match["tenths_half"]
    ones = 0 if half is None else 5 if half == "半" else _DIGITS[half]
    value = Decimal(_DIGITS[match["tenths"]] * 10 + ones)
    return _Reading(value, "%", *match.span(), f"{value}%")


def _months(match: re.Match[str], value: Decimal) -> _Reading:
    return _Reading(value, "个月", *match.span(), f"{_plain(value)}个月")


def _read_years_and_months(match: re.Match[str]) -> _Reading | None:
    years = _parse(match["span_years"])
    more = Decimal(6) if match["half_year"] else _parse(match["span_months"])
    return None if years is None or more is None else _months(match, years * 12 + more)


def _read_half_month(match: re.Match[str]) -> _Reading | None:
    value = _parse(match["half_month"])
    return None if value is None else _months(match, value + Decimal("0.5"))


def _read_month(match: re.Match[str]) -> _Reading | None:
    value = _small_number(match["only_month"])
    if value is None or not 1 <= value <= 12:
        return None
    return _Reading(Decimal(value), "月份", *match.span(), f"{value}月")


def _read_low(match: re.Match[str]) -> _Reading | None:
    value = _parse(match["low"])
    if value is None:
        return None
    unit, factor = _UNITS[match["low_unit"]]
    return _Reading(value * factor, unit, *match.span("low"), _spelled(match["low"], value))


def _read_number(match: re.Match[str]) -> _Reading | None:
    numeral, unit = match["number"], match["unit"]
    if _is_word(match):
        return None
    value = _parse(numeral)
    if value is None:
        return None
    if unit is None:
        return _Reading(value, "", *match.span(), _spelled(numeral, value))
    canonical, factor = _UNITS[unit]
    written = "年" if unit == "周年" else unit if factor > 1 else canonical
    if canonical in {"工作日", "百分点"}:
        written = f"个{canonical}"
    per = match["per"] or ""
    if per:
        per = "/" + per.lstrip("/每个一1")
    return _Reading(
        value * factor,
        canonical + per,
        *match.span(),
        f"{_spelled(numeral, value)}{written}{per}",
    )


def _is_word(match: re.Match[str]) -> bool:
    """Whether the characters belong to a word (统一, 十分, 数十, 十几) and state no number."""
    numeral, unit = match["number"], match["unit"]
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if numeral[0].isascii():
        # v2, gb2260: a number inside a Latin word is part of its name
        return bool(before) and (before.isascii() and (before.isalpha() or before == "."))
    if before and (before in "数几" or (numeral == "一" and before in "统惟唯专划同万")):
        return True
    if after and unit is None and after in "几多来余分":
        return True
    if unit is None:
        return len(numeral) == 1 or not any(c in numeral for c in "十百千万亿")
    return unit in _CLASSIFIERS and (numeral == "一" or unit == "分")


_READERS: dict[str, Callable[[re.Match[str]], _Reading | None]] = {
    "doc_year": _read_document,
    "year": _read_date,
    "iso_year": _read_iso_date,
    "md_month": _read_month_day,
    "only_year": _read_year,
    "fraction": _read_fraction,
    "tenths": _read_tenths,
    "span_years": _read_years_and_months,
    "half_month": _read_half_month,
    "half": lambda match: _months(match, Decimal(6)),
    "idiom_months": lambda match: _months(match, Decimal(_DIGITS[match["idiom_months"]])),
    "only_month": _read_month,
    "low": _read_low,
    "number": _read_number,
}


def _with_rates(text: str, readings: list[_Reading]) -> Iterator[_Reading]:
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
            yield _Reading(reading.value, unit, reading.start, reading.end, reading.canonical)
