"""Each number of folded text, as it is written and as it is meant: dates, shares, terms, sums."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.clauses.numerals.numbers import (
    DIGITS,
    in_digits,
    parse,
    plain,
    small_number,
    spelled,
)
from assistant.clauses.numerals.units import CLASSIFIERS, UNIT, UNITS

# At most 18 digits: longer runs are identifiers, and Decimal would round them.
_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?:\.\d{1,9})?"
_TRAILING = r"(?:(?<=[百千万亿])[1-9一二三四五六七八九](?=[元块钱，,。;；、!！?？）)]|$|\D(?<![个年月日号天岁周点.几到至成百千万亿十套次家间件笔倍份项条:：~/\-])))"
"""1万2 is 12000: a last digit that has dropped its scale, and is not the number of what follows."""
_SCALED = rf"{_ARABIC}(?:[百千万亿]+(?!分)(?:{_ARABIC}[百千万亿]+(?!分))*{_TRAILING}?)?"
_HAN = r"[零〇一二两俩仨三四五六七八九十百千万亿]+"
_NUMBER = rf"(?:{_SCALED}|{_HAN}(?:点[零〇一二三四五六七八九]{{1,9}})?)"
_YEAR = r"(?:\d{4}|[一二][零〇一二三四五六七八九]{3})"
_UPTO_99 = r"(?:\d{1,2}|[零〇一二三四五六七八九十]{1,3})"

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
            rf"(?P<low>{_NUMBER})(?=[-~至到—]{{1,2}}{_NUMBER}(?P<low_unit>{UNIT}))",
            rf"(?P<number>{_NUMBER})(?:(?P<unit>{UNIT})(?:(?<=[元块钱金币])(?P<per>{_PER}))?)?",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One number found in the squeezed text, and how it is written canonically."""

    value: Decimal
    unit: str
    start: int
    end: int
    canonical: str


def readings(text: str) -> Iterator[Reading]:
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


def _read_document(match: re.Match[str]) -> Reading:
    year, number = match["doc_year"], match["doc_no"]
    value = Decimal(year) * 100_000 + Decimal(number)
    return Reading(value, "文号", *match.span(), f"[{year}]{int(number)}号")


def _read_date(match: re.Match[str]) -> Reading | None:
    month = small_number(match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    year = int(in_digits(match["year"]))
    if match["day"] is None:
        value = Decimal(year * 100 + month)
        return Reading(value, "年月", *match.span(), f"{year:04}年{month}月")
    day = small_number(match["day"])
    return None if day is None else _full_date(match, year, month, day)


def _read_iso_date(match: re.Match[str]) -> Reading | None:
    return _full_date(match, *(int(match[name]) for name in ("iso_year", "iso_month", "iso_day")))


def _full_date(match: re.Match[str], year: int, month: int, day: int) -> Reading | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    value = Decimal(year * 10_000 + month * 100 + day)
    return Reading(value, "日期", *match.span(), f"{year:04}年{month}月{day}日")


def _read_month_day(match: re.Match[str]) -> Reading | None:
    month, day = small_number(match["md_month"]), small_number(match["md_day"])
    if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Reading(Decimal(month * 100 + day), "月日", *match.span(), f"{month}月{day}日")


def _read_year(match: re.Match[str]) -> Reading:
    year = int(in_digits(match["only_year"]))
    return Reading(Decimal(year), "年份", *match.span(), f"{year:04}年")


def _read_fraction(match: re.Match[str]) -> Reading | None:
    written = match["fraction"]
    value = Decimal(100) if written == "百" else parse(written)
    return None if value is None else Reading(value, "%", *match.span(), f"{plain(value)}%")


def _read_tenths(match: re.Match[str]) -> Reading:
    half = match["tenths_half"]
    ones = 0 if half is None else 5 if half == "半" else DIGITS[half]
    value = Decimal(DIGITS[match["tenths"]] * 10 + ones)
    return Reading(value, "%", *match.span(), f"{value}%")


def _months(match: re.Match[str], value: Decimal) -> Reading:
    return Reading(value, "个月", *match.span(), f"{plain(value)}个月")


def _read_years_and_months(match: re.Match[str]) -> Reading | None:
    years = parse(match["span_years"])
    more = Decimal(6) if match["half_year"] else parse(match["span_months"])
    return None if years is None or more is None else _months(match, years * 12 + more)


def _read_half_month(match: re.Match[str]) -> Reading | None:
    value = parse(match["half_month"])
    return None if value is None else _months(match, value + Decimal("0.5"))


def _read_month(match: re.Match[str]) -> Reading | None:
    value = small_number(match["only_month"])
    if value is None or not 1 <= value <= 12:
        return None
    return Reading(Decimal(value), "月份", *match.span(), f"{value}月")


def _read_low(match: re.Match[str]) -> Reading | None:
    value = parse(match["low"])
    if value is None:
        return None
    unit, factor = UNITS[match["low_unit"]]
    return Reading(value * factor, unit, *match.span("low"), spelled(match["low"], value))


def _read_number(match: re.Match[str]) -> Reading | None:
    numeral, unit = match["number"], match["unit"]
    if _is_word(match):
        return None
    value = parse(numeral)
    if value is None:
        return None
    if unit is None:
        return Reading(value, "", *match.span(), spelled(numeral, value))
    canonical, factor = UNITS[unit]
    written = "年" if unit == "周年" else unit if factor > 1 else canonical
    if canonical in {"工作日", "百分点"}:
        written = f"个{canonical}"
    per = match["per"] or ""
    if per:
        per = "/" + per.lstrip("/每个一1")
    return Reading(
        value * factor,
        canonical + per,
        *match.span(),
        f"{spelled(numeral, value)}{written}{per}",
    )


_A_NOUN = re.compile(r"[基人总系倍次参岁指份件户]数$")
"""基数七千五: what is counted, and not 数千."""


def _is_word(match: re.Match[str]) -> bool:
    """Whether the characters belong to a word (统一, 十分, 数十, 十几) and state no number."""
    numeral, unit = match["number"], match["unit"]
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if numeral[0].isascii():
        # v2, gb2260: a number inside a Latin word is part of its name
        return bool(before) and (before.isascii() and (before.isalpha() or before == "."))
    several = before in "数几" and not _A_NOUN.search(text, 0, match.start())
    if before and (several or (numeral == "一" and before in "统惟唯专划同万")):
        return True
    if after and unit is None and after in "几多来余分":
        return True
    if unit is None:
        return len(numeral) == 1 or not any(c in numeral for c in "十百千万亿")
    return unit in CLASSIFIERS and (numeral == "一" or unit == "分")


_READERS: dict[str, Callable[[re.Match[str]], Reading | None]] = {
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
    "idiom_months": lambda match: _months(match, Decimal(DIGITS[match["idiom_months"]])),
    "only_month": _read_month,
    "low": _read_low,
    "number": _read_number,
}
