"""Days as official documents write them, and spans of years counted from a day."""

import calendar
import re
from datetime import date

from assistant.clauses.numerals import in_digits, ordinal

_HAN_YEAR = "〇○\uff2fO零一二三四五六七八九0０"
DAY = (
    r"(?:(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
    rf"|(?P<han_year>[{_HAN_YEAR}]{{4}})年(?P<han_month>[一二三四五六七八九十]{{1,2}})月"
    r"(?P<han_day>[一二三四五六七八九十]{1,3})日"
    r"|(?P<iso_year>(?:19|20)\d{2})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2}))"
)
_DAY = re.compile(DAY)
_ROUND = str.maketrans("\uff2fO０", "000")  # what scans and typists put for 〇


def find_day(text: str) -> date | None:
    """The first day written in `text` that exists in the calendar."""
    for found in _DAY.finditer(text):
        day = day_of(found)
        if day is not None:
            return day
    return None


def day_of(found: re.Match[str]) -> date | None:
    """The day that a match of `DAY` stands for; None for a 31st of June."""
    groups = found.groupdict()
    if groups["year"]:
        parts = (int(groups["year"]), int(groups["month"]), int(groups["day"]))
    elif groups["han_year"]:
        year = in_digits(groups["han_year"].translate(_ROUND))
        parts = (int(year), ordinal(groups["han_month"]), ordinal(groups["han_day"]))
    else:
        parts = (int(groups["iso_year"]), int(groups["iso_month"]), int(groups["iso_day"]))
    try:
        return date(*parts)
    except ValueError:
        return None


def last_day(start: date, years: int) -> date:
    """The last day of a term of `years` that begins on `start`: the eve of the anniversary."""
    year = start.year + years
    if (start.month, start.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date.fromordinal(start.replace(year=year).toordinal() - 1)
