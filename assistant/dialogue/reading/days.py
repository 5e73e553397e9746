"""Days as people say them: 去年3月, 上个月15号, 年初, 79年."""

import re
from calendar import monthrange
from datetime import date, timedelta

from assistant.clauses.day_words import DAYS_AWAY, YEARS_AWAY
from assistant.clauses.numerals import in_digits
from assistant.dialogue.reading.time_words import DAY, MONTH, YEAR2, YEAR4, Point, number
from assistant.rules import add_months

_RELATIVE_YEAR = r"(?:大前年|前年|去年|上一?年|旧年|今年|当年|本年|明年|后年)"

_PART = r"(?:年?初|年中|年?底|年?末|上半年|下半年|春天|夏天|秋天|冬天|春节|过年|暑假|国庆|开春)"

_CALENDAR_YEAR_AFTER = re.compile(
    rf"(?:{MONTH}月|年?[初底末]|毕业|出生|生人?|的?时候|那年|登记|开始|来的?|租|交|缴|办|成立|退|到现在|至今|起|以来|入职|进|参加|拿|考|买|的生)"
)

_POINTS = (
    re.compile(
        rf"(?P<y>{YEAR4}|{YEAR2})年(?P<m>{MONTH})月(?P<d>{DAY})(?:[日号]|(?![直共起定样般个天年边路次下些日号]))"
    ),
    re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d.])"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(
        rf"(?P<rel>{_RELATIVE_YEAR})(?:的)?(?P<m>{MONTH})月(?P<d>{DAY})(?:[日号]|(?![直共起定样般个天年边路次下些日号]))"
    ),
    re.compile(
        rf"(?P<y>{YEAR4}|{YEAR2})年(?P<m>{MONTH})月(?:份)?(?P<third>初|中旬?|底|末|上旬|下旬)?"
    ),
    re.compile(
        r"(?<![\d.])(?P<y>(?:19|20)\d{2})[-/.](?P<m>1[0-2]|0?[1-9])(?![\d.]|个|年|岁|万|元|块)"
    ),
    re.compile(
        rf"(?P<rel>{_RELATIVE_YEAR})(?:的)?(?P<m>{MONTH})月(?:份)?(?P<third>初|中旬?|底|末|上旬|下旬)?"
    ),
    re.compile(rf"(?P<rel>{_RELATIVE_YEAR})(?P<part>{_PART})"),
    re.compile(rf"(?P<y>{YEAR4})年(?P<part>{_PART})"),
    re.compile(rf"(?P<mon>上上个?月|上个?月|这个?月|本月|下下个?月|下个?月)(?P<d>{DAY})[日号]"),
    re.compile(
        r"(?P<mon>上上个?月|上个?月|这个?月|本月|当月|下下个?月|下个?月)(?P<third>初|中旬?|底|末|上旬|下旬)?"
    ),
    re.compile(rf"(?<![\d个第])(?P<m>{MONTH})月(?P<d>{DAY})[日号]"),
    re.compile(
        rf"(?<![\d个第一二三四五六七八九十])(?P<m>{MONTH})月(?P<d>三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[12]\d|3[01])(?=上的|办的|登|录|起|那天|开始|才|就|刚|签|搬|租|交|缴|，|。|$)"
    ),
    re.compile(rf"(?<![\d个第])(?P<m>{MONTH})月份(?P<third>初|中旬?|底|末)?"),
    re.compile(
        rf"(?<![\d个第一二三四五六七八九十])(?P<m>{MONTH})月(?P<third>初|中旬?|底|末)?(?=[，。？份开起才到至登租交缴办来入就刚去的做录退发买毕出在]|$)"
    ),
    re.compile(r"(?P<day>大前天|前天|昨天|昨日|今天|今日|明天|后天)"),
    re.compile(r"(?P<week>上上?个?(?:周|星期|礼拜)|这个?(?:周|星期|礼拜))"),
    re.compile(rf"(?P<y>{YEAR4})年(?!代|度)"),
    re.compile(rf"(?P<y>{YEAR2})年(?={_CALENDAR_YEAR_AFTER.pattern})"),
    re.compile(rf"(?P<rel>{_RELATIVE_YEAR})"),
    re.compile(r"(?<![去今前明后一\d])(?P<part>年初|年底|上半年|下半年|春节|过年)"),
)

_MONTHS_AWAY = {"上上": -2, "上": -1, "下下": 2, "下": 1}

_PARTS = {
    "年初": (1, 2),
    "初": (1, 2),
    "年中": (6, 7),
    "年底": (12, 12),
    "底": (12, 12),
    "年末": (12, 12),
    "末": (12, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "春天": (3, 5),
    "开春": (2, 4),
    "夏天": (6, 8),
    "秋天": (9, 11),
    "冬天": (11, 12),
    "春节": (1, 2),
    "过年": (1, 2),
    "暑假": (7, 8),
    "国庆": (10, 10),
}


def read_points(text: str, as_of: date) -> list[Point]:
    """Every day, or stretch of days, in folded text; the surest reading of a place first."""
    found: list[Point] = []
    taken = [False] * len(text)
    for pattern in _POINTS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            point = _point(match, as_of)
            if point is not None:
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                found.append(point)
    return found


def _point(match: re.Match[str], as_of: date) -> Point | None:
    parts = match.groupdict()
    start, end = match.span()
    if parts.get("day"):
        return Point(start, end, as_of + timedelta(days=DAYS_AWAY.get(parts["day"] or "", 0)))
    if parts.get("week"):
        return _week(match, as_of)
    year, month = _year_and_month(parts, as_of, match.string[: match.start()])
    if year is None or not 1900 <= year <= 2100:
        return None
    if parts.get("d"):
        day = number(parts["d"] or "")
        try:
            return Point(start, end, date(year, month or 1, day or 0))
        except ValueError:
            return None
    return _stretch(start, end, parts, year, month, as_of)


_BY_YEARS_END = re.compile("今年(?:年?底|年?末|下半年)?的?$")
"""今年年底12月20日: the year was named beside the part of it."""


def _year_and_month(
    parts: dict[str, str | None], as_of: date, before: str
) -> tuple[int | None, int | None]:
    month = month_number(parts.get("m"))
    if parts.get("y"):
        return year_number(parts["y"] or "", as_of), month
    if parts.get("rel"):
        return as_of.year + YEARS_AWAY.get(parts["rel"] or "", 0), month
    if parts.get("mon"):
        word = (parts["mon"] or "").replace("个", "").replace("月", "")
        shifted = add_months(as_of.replace(day=1), _MONTHS_AWAY.get(word, 0))
        return shifted.year, shifted.month
    if month is not None and _BY_YEARS_END.search(before):
        return as_of.year, month
    if month is not None:
        return (as_of.year if month <= as_of.month else as_of.year - 1), month
    first = _PARTS.get(parts.get("part") or "", (1, 12))[0]
    return (as_of.year if first <= as_of.month else as_of.year - 1), None


def month_number(written: str | None) -> int | None:
    """The number of a month as written; None for none."""
    if written is None:
        return None
    return {"正": 1, "腊": 12}.get(written) or number(written)


def year_number(written: str, as_of: date) -> int:
    """A year in either script; two digits are the latest such year not after `as_of`."""
    digits = in_digits(written)
    value = int(digits)
    if len(digits) == 4:
        return value
    return 2000 + value if 2000 + value <= as_of.year + 1 else 1900 + value


def _stretch(
    start: int, end: int, parts: dict[str, str | None], year: int, month: int | None, as_of: date
) -> Point:
    first, last = (month, month) if month else _PARTS.get(parts.get("part") or "", (1, 12))
    low, high = date(year, first, 1), date(year, last, monthrange(year, last)[1])
    third = parts.get("third") or ""
    if third:
        if third[0] in "初上":
            high = low.replace(day=10)
        elif third[0] == "中":
            low, high = low.replace(day=11), low.replace(day=20)
        else:
            low = low.replace(day=21)
    if low <= as_of < high:
        high = as_of
    return Point(start, end, high, low, high)


def _week(match: re.Match[str], as_of: date) -> Point:
    back = 14 if match["week"].startswith("上上") else 7 if match["week"].startswith("上") else 0
    monday = as_of - timedelta(days=as_of.weekday() + back)
    high = min(monday + timedelta(days=6), as_of)
    return Point(match.start(), match.end(), high, monday, high)
