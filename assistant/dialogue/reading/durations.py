"""Lengths of time and days as people say them: 半年多, 不到一年, 去年3月, 四十五六岁, 79年生."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from assistant.clauses.numerals import quantities
from assistant.rules import add_months

_N = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,5}|俩|仨)"
_PAIR = r"(?:[一二两三四五六七八九][二三四五六七八九](?=个|年|天|岁|周))"
_Y4 = r"(?:(?:19|20)\d{2}|[一二][零〇○九0][零〇○一二三四五六七八九]{2})"
_Y2 = r"(?<![\d.])(?:[0-9]\d|[零〇一二五六七八九][零〇一二三四五六七八九])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|正|腊)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_RELATIVE_YEAR = r"(?:大前年|前年|去年|上一?年|旧年|今年|当年|本年|明年|后年)"
_PART = r"(?:年?初|年中|年?底|年?末|上半年|下半年|春天|夏天|秋天|冬天|春节|过年|暑假|国庆|开春)"

_BELOW = r"(?:还)?(?:没有?|未|不|尚未)(?:登记|交|缴|住|租|做|干|上班?)?(?:满|到|足|够)(?:了)?|不足|不够|还不到"
_NEARLY = r"(?:眼看|马上|就)?(?:快要?|将近|接近|临近|近)(?:满|到|有)?|马上(?:就)?满|就要满|即将满"
_ABOUT = r"(?:差不多|大概|大约|约摸|约|大致|好像|好象|可能|估计|应该|兴许|也许|得有|似乎|貌似)(?:也)?(?:是|有|满|快)?(?:了)?"
_ATLEAST = r"(?:起码|至少|最少|超过|不止|不低于|多于)(?:也)?(?:有|是|了)?"
_AFTER_ABOUT = r"(?:左右|上下|的样子|来月|前后|样子|出头)"

_DURATION = re.compile(
    rf"(?P<before>{_BELOW}|{_NEARLY}|{_ABOUT}|{_ATLEAST})?(?:整整|整|足足|满|有|了|已经|才|刚|也就|也)?"
    r"(?P<core>"
    r"(?P<idiom>[大小多]半年|小一年|半年|半个月|个把月|一整年|整年|一年整|整一年|大半个?月)"
    rf"|(?P<pair>{_PAIR})(?P<pair_unit>个多?月|年|天|周)"
    rf"|(?P<from>{_N})(?:到|至|-|~|、|，)(?P<to>{_N})(?P<range_unit>个月|年|天)"
    rf"|(?P<years>{_N})年(?:零|又|加)?(?P<months>{_N})个?月(?![份\d初底末])"
    rf"|(?P<half_years>{_N})年半"
    rf"|(?P<half_months>{_N})个半月"
    r"|(?P<teen>十几|几十|二十几|三十几)(?P<teen_unit>个月|年|天)"
    rf"|(?P<number>{_N})(?P<more>多|来|余)?(?P<unit>周年|个多?月|个?星期|个礼拜|年|天|日(?!期|元|常)|周(?!岁|末|边|围|一|二|三|四|五|六|日)|月(?![份\d初底末]))"
    r")"
    rf"(?P<after>多|有余|出头|{_AFTER_ABOUT}|不到|还差点|及?以上|吧)?"
)
_AGO = re.compile(r"(?:之?前|以前)(?!后)")
_LATER = re.compile(r"(?:之?后|以后)")
_CALENDAR_YEAR_AFTER = re.compile(
    rf"(?:{_MONTH}月|年?[初底末]|毕业|出生|生人?|的?时候|那年|登记|开始|来的?|租|交|缴|办|成立|退|到现在|至今|起|以来|入职|进|参加|拿|考|买|的生)"
)
_POINTS = (
    re.compile(
        rf"(?P<y>{_Y4}|{_Y2})年(?P<m>{_MONTH})月(?P<d>{_DAY})(?:[日号]|(?![直共起定样般个天年边路次下些日号]))"
    ),
    re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d.])"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(
        rf"(?P<rel>{_RELATIVE_YEAR})(?:的)?(?P<m>{_MONTH})月(?P<d>{_DAY})(?:[日号]|(?![直共起定样般个天年边路次下些日号]))"
    ),
    re.compile(
        rf"(?P<y>{_Y4}|{_Y2})年(?P<m>{_MONTH})月(?:份)?(?P<third>初|中旬?|底|末|上旬|下旬)?"
    ),
    re.compile(
        r"(?<![\d.])(?P<y>(?:19|20)\d{2})[-/.](?P<m>1[0-2]|0?[1-9])(?![\d.]|个|年|岁|万|元|块)"
    ),
    re.compile(
        rf"(?P<rel>{_RELATIVE_YEAR})(?:的)?(?P<m>{_MONTH})月(?:份)?(?P<third>初|中旬?|底|末|上旬|下旬)?"
    ),
    re.compile(rf"(?P<rel>{_RELATIVE_YEAR})(?P<part>{_PART})"),
    re.compile(rf"(?P<y>{_Y4})年(?P<part>{_PART})"),
    re.compile(rf"(?P<mon>上上个?月|上个?月|这个?月|本月|下下个?月|下个?月)(?P<d>{_DAY})[日号]"),
    re.compile(
        r"(?P<mon>上上个?月|上个?月|这个?月|本月|当月|下下个?月|下个?月)(?P<third>初|中旬?|底|末|上旬|下旬)?"
    ),
    re.compile(rf"(?<![\d个第])(?P<m>{_MONTH})月(?P<d>{_DAY})[日号]"),
    re.compile(rf"(?<![\d个第])(?P<m>{_MONTH})月份(?P<third>初|中旬?|底|末)?"),
    re.compile(
        rf"(?<![\d个第一二三四五六七八九十])(?P<m>{_MONTH})月(?P<third>初|中旬?|底|末)?(?=[，。？份开起才到至登租交缴办来入就刚去的做录退发买毕出在]|$)"
    ),
    re.compile(r"(?P<day>大前天|前天|昨天|昨日|今天|今日|明天|后天)"),
    re.compile(r"(?P<week>上上?个?(?:周|星期|礼拜)|这个?(?:周|星期|礼拜))"),
    re.compile(rf"(?P<y>{_Y4})年(?!代|度)"),
    re.compile(rf"(?P<y>{_Y2})年(?={_CALENDAR_YEAR_AFTER.pattern})"),
    re.compile(rf"(?P<rel>{_RELATIVE_YEAR})"),
    re.compile(r"(?<![去今前明后一\d])(?P<part>年初|年底|上半年|下半年|春节|过年)"),
)
_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_RELATIVE = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "旧年": -1,
    "上年": -1,
    "上一年": -1,
    "明年": 1,
    "后年": 2,
}
_MONTHS_AWAY = {"上上": -2, "上": -1, "下下": 2, "下": 1}
_DAYS_AWAY = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "明天": 1, "后天": 2}
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
_IDIOMS = {
    "半年": (6, None, None, False),
    "大半年": (6, 6, 11, False),
    "多半年": (6, 6, 11, False),
    "小半年": (4, 4, 6, True),
    "小一年": (11, 10, 11, True),
    "个把月": (1, 1, 2, True),
    "一整年": (12, None, None, False),
    "整年": (12, None, None, False),
    "一年整": (12, None, None, False),
    "整一年": (12, None, None, False),
}


_MOST = 40  # times and ages in one message; more of them is no question


@dataclass(frozen=True, slots=True)
class Months:
    """A length of time in months; `ago`: it is told as a point (半年前)."""

    start: int
    end: int
    value: int
    low: int | None = None
    high: int | None = None
    hedged: bool = False
    ago: bool = False
    later: bool = False
    whole_years: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or the stretch that `low` and `high` leave open; `value` is its last day."""

    start: int
    end: int
    value: date
    low: date | None = None
    high: date | None = None
    hedged: bool = False
    counted: bool = False  # reckoned from a number of days: 180天


Time = Months | Point


@lru_cache(maxsize=2048)
def number(numeral: str) -> int | None:
    """The value of 45, 四十五, 三十有八, 俩; None for what is no whole number."""
    found = quantities(f"{numeral.replace('有', '')}元")
    if len(found) != 1 or found[0].unit != "元" or found[0].value != int(found[0].value):
        return None
    return int(found[0].value)


def read_times(text: str, as_of: date) -> tuple[Time, ...]:
    """Every length of time and every day in folded text, in order, without overlaps."""
    taken = bytearray(len(text))
    found: list[Time] = []
    for point in _points(text, as_of):
        if not any(taken[point.start : point.end]):
            taken[point.start : point.end] = b"\1" * (point.end - point.start)
            found.append(point)
    for match in _DURATION.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        time = _duration(match, as_of)
        if time is not None:
            found.append(time)
    return tuple(sorted(found, key=lambda time: time.start)[:_MOST])


def _points(text: str, as_of: date) -> list[Point]:
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
        return Point(start, end, as_of + timedelta(days=_DAYS_AWAY.get(parts["day"] or "", 0)))
    if parts.get("week"):
        return _week(match, as_of)
    year, month = _year_and_month(parts, as_of)
    if year is None or not 1900 <= year <= 2100:
        return None
    if parts.get("d"):
        day = number(parts["d"] or "")
        try:
            return Point(start, end, date(year, month or 1, day or 0))
        except ValueError:
            return None
    return _stretch(start, end, parts, year, month, as_of)


def _year_and_month(parts: dict[str, str | None], as_of: date) -> tuple[int | None, int | None]:
    month = _month(parts.get("m"))
    if parts.get("y"):
        return year_number(parts["y"] or "", as_of), month
    if parts.get("rel"):
        return as_of.year + _RELATIVE.get(parts["rel"] or "", 0), month
    if parts.get("mon"):
        word = (parts["mon"] or "").replace("个", "").replace("月", "")
        shifted = add_months(as_of.replace(day=1), _MONTHS_AWAY.get(word, 0))
        return shifted.year, shifted.month
    if month is not None:
        return (as_of.year if month <= as_of.month else as_of.year - 1), month
    first = _PARTS.get(parts.get("part") or "", (1, 12))[0]
    return (as_of.year if first <= as_of.month else as_of.year - 1), None


def _month(written: str | None) -> int | None:
    if written is None:
        return None
    return {"正": 1, "腊": 12}.get(written) or number(written)


def year_number(written: str, as_of: date) -> int:
    """A year in either script; two digits are the latest such year not after `as_of`."""
    digits = "".join(_DIGIT.get(c, c) for c in written)
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


def _duration(match: re.Match[str], as_of: date) -> Time | None:
    before, after = match["before"] or "", match["after"] or ""
    text = match.string
    if re.search(r"第$|[每]$", text[: match.start()]) or re.match(
        "内|以内|之内|一次|代|级", text[match.end() :]
    ):
        return None
    low, high = _amount(match)
    if low is None or high is None:
        return None
    unit = _unit(match)
    start = match.start() if match["before"] else match.start("core")
    ago = _AGO.match(text, match.end())
    later = _LATER.match(text, match.end())
    end = ago.end() if ago else later.end() if later else match.end()
    if unit == "天":
        return _days(match, low, high, as_of, start, end)
    factor = 12 if unit == "年" else 1
    months = Months(
        start, end, low * factor, ago=bool(ago), later=bool(later), whole_years=factor == 12
    )
    if match["idiom"]:
        value, least, most, hedged = _IDIOMS[match["idiom"]]
        months = replace(
            months, value=value, low=least, high=most, hedged=hedged, whole_years=False
        )
    elif match["half_years"]:
        months = replace(months, value=low * 12 + 6, whole_years=False)
    elif match["years"]:
        months = replace(months, value=low * 12 + (number(match["months"]) or 0), whole_years=False)
    elif low != high:
        months = replace(months, low=low * factor, high=high * factor, hedged=True)
    more = (match["more"] or "") + ("多" if "多" in (match["unit"] or "") else "")
    return _shade(months, before, after + more, factor)


def _amount(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["idiom"]:
        return 15 if "月" in match["idiom"] else 6, 15 if "月" in match["idiom"] else 6
    if match["pair"]:
        return number(match["pair"][0]), number(match["pair"][1])
    if match["from"]:
        return number(match["from"]), number(match["to"])
    if match["teen"]:
        ten = {"十几": 10, "二十几": 20, "三十几": 30}.get(match["teen"], 20)
        return ten, ten + 9
    written = match["years"] or match["half_years"] or match["half_months"] or match["number"] or ""
    if match["unit"] == "月" and written not in {"俩", "仨", "两"}:
        return None, None
    if match["unit"] == "日" or (match["unit"] == "年" and re.fullmatch(r"\d{4}", written)):
        return None, None
    value = number(written)
    if (
        match["unit"] == "年"
        and value is not None
        and (value > 60 or re.fullmatch("0\\d", written))
    ):
        return None, None
    return value, value


def _unit(match: re.Match[str]) -> str:
    unit: str = (
        match["pair_unit"] or match["range_unit"] or match["teen_unit"] or match["unit"] or ""
    )
    if match["idiom"] in {"半个月", "大半个月", "大半月"} or unit == "天":
        return "天"
    if "星期" in unit or "礼拜" in unit or unit == "周":
        return "天"
    return "年" if unit in {"年", "周年"} else "月"


def _days(
    match: re.Match[str], low: int, high: int, as_of: date, start: int, end: int
) -> Point | None:
    weekly = match["unit"] and match["unit"] != "天"
    factor = 7 if weekly else 1
    more = "多" in (match["more"] or "") + (match["after"] or "")
    try:
        latest = as_of - timedelta(days=low * factor)
        earliest = as_of - timedelta(days=high * factor + (9 if more else 0))
    except OverflowError:
        return None
    vague = more or low != high
    hedged = bool(re.search(_ABOUT, match["before"] or "")) or (match["after"] or "") in {
        "左右",
        "上下",
        "吧",
        "的样子",
    }
    return Point(
        start,
        end,
        latest,
        earliest if vague else None,
        latest if vague else None,
        hedged,
        counted=True,
    )


def _shade(months: Months, before: str, after: str, factor: int) -> Months:
    """What 不到, 快, 大概, 多 and 左右 make of a number of months."""
    value = months.value
    if (before and re.fullmatch(_BELOW, before)) or after == "不到":
        return replace(
            months, value=max(0, value - 1), low=0, high=max(0, value - 1), hedged=value > 6
        )
    if (before and re.fullmatch(_NEARLY, before)) or after == "还差点":
        least = max(0, value - (2 if value < 24 else 4))
        return replace(months, value=max(0, value - 1), low=least, high=value, hedged=True)
    if (before and re.fullmatch(_ATLEAST, before)) or after in {"以上", "及以上", "有余"}:
        return replace(months, low=value, high=None)
    if "多" in after or "余" in after or after == "出头":
        spread = 11 if factor == 12 else 5 if value == 6 else 0
        shaded = replace(months, low=value, high=value + spread)
        months = shaded if spread else months
        return replace(months, hedged=months.hedged or bool(re.match(_ABOUT, before)))
    about = (before and re.match(_ABOUT, before)) or after in {
        "左右",
        "上下",
        "的样子",
        "样子",
        "前后",
    }
    if about:
        spread = 1 if factor == 1 else 2
        return replace(months, low=max(0, value - spread), high=value + spread, hedged=True)
    return replace(months, hedged=months.hedged or after == "吧")


_AGE = re.compile(
    rf"(?P<before>{_BELOW}|{_NEARLY}|{_ABOUT}|年近|年纪?满|刚满|刚过|已满|年满|满|虚岁|周岁|实岁|今年|都|年龄|才|刚)?(?:都|也|快|有|是|已经|了|，)?"
    r"(?:"
    r"(?P<tens>[二三四五六七八九]?十)(?P<ones>[一二三四五六七八九])(?P<more_ones>[一二三四五六七八九])(?=岁|周岁|来岁)"
    r"|(?P<from>\d{1,2}|[一二三四五六七八九十]{1,3})(?:到|至|-|~)(?P<to>\d{1,2}|[一二三四五六七八九十]{1,3})(?=岁|周岁)"
    r"|(?P<round>[二三四五六七八九]十|[2-9]0)(?P<several>几|多|来)(?=岁|周岁)?"
    r"|(?P<number>\d{1,3}|[一二两三四五六七八九十][零一二三四五六七八九十有百]{0,4})"
    r")"
    r"(?P<unit>周岁|岁半|岁|虚岁)(?P<after>多|左右|上下|出头|不到|的样子|吧|还差|以上|以下|以内|之间|及以)?"
)
_AGE_BARE = re.compile(
    r"(?:今年|年龄|周岁|岁数|[我俺她他]都?|(?<=[我俺咱])[爹爸妈娘]|(?:儿子|女儿|闺女|囡囡|孩子|弟弟|妹妹|哥哥|姐姐|爷爷|奶奶|外公|外婆|孙子|孙女|儿媳妇?|女婿|老爸|老妈|老婆|老公|媳妇|父亲|母亲|爸爸|妈妈|公公|婆婆|岳父|岳母|丈母娘|爱人|老伴)|刚满|已满|年满|(?<=[，。])满|^满|虚岁|虚|实岁)(?:都|也|快|有|是|已经|刚|满|：)?"
    r"(?P<number>\d{2}|[二三四五六七八九]?十[有]?[一二三四五六七八九]?)(?=[，。？了的我俺他她]|$|在|退休|男|女|还|上班|周岁数|没|未|有|单身|大专|本科|高中|初中|中专|想|能)"
)
_AGE_FINAL = re.compile(
    r"(?:^|[，。])(?P<number>\d{2})(?:了)(?=[，。？]|$)"
    r"|(?:^|[，。男女])(?P<short>\d{2})(?=在职|在编|事业|公务|参公|退休|编外|机关|企业|市本级)"
)
_BIRTH = re.compile(
    rf"(?:(?:出生(?:日期|年月)?|生日|生)(?:是|在|于|：|，)?(?P<y1>{_Y4}|{_Y2})年(?:(?P<m1>{_MONTH})月(?:份)?(?:(?P<d1>{_DAY})[日号]?)?)?"
    rf"|(?P<y2>{_Y4}|{_Y2})年?(?:(?P<m2>{_MONTH})月(?:份)?(?:(?P<d2>{_DAY})[日号]?)?)?(?:左右)?(?:出生|生人?|的(?=[，。？]|$)|年生)"
    r"|(?:(?:出生(?:日期|年月)?|生日)(?:是|在|于|：|，)?)?(?P<y3>(?:19|20)\d{2})[-/.年]?(?P<m3>\d{1,2})[-/.月]?(?P<d3>\d{1,2})[日号]?(?:出生|生人?|生的)"
    r"|(?:出生(?:日期|年月)?|生日)(?:是|在|于|：|，)?(?P<y4>(?:19|20)\d{2})[-/.年]?(?P<m4>\d{1,2})[-/.月]?(?P<d4>\d{1,2})(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Age:
    """An age in years, or the range that the words leave open."""

    start: int
    end: int
    value: int
    low: int | None = None
    high: int | None = None
    hedged: bool = False


def read_ages(text: str) -> tuple[Age, ...]:
    """Every age said in folded text; limits such as 45岁以上 are no one's age."""
    found: list[Age] = []
    for match in _AGE.finditer(text):
        age = _age(match)
        if age is not None:
            found.append(age)
    for pattern in (_AGE_BARE, _AGE_FINAL) if len(found) < _MOST else ():
        for match in pattern.finditer(text):
            if any(age.start < match.end() and match.start() < age.end for age in found):
                continue
            value = number(match["number"] or match.groupdict().get("short") or "")
            if value is not None and 14 <= value <= 99:
                nominal = "虚" in match.group()
                age = Age(match.start(), match.end(), value)
                if nominal:
                    age = replace(age, value=value - 1, low=value - 2, high=value - 1, hedged=True)
                found.append(age)
    return tuple(sorted(found, key=lambda age: age.start)[:_MOST])


def _age(match: re.Match[str]) -> Age | None:
    before, after = match["before"] or "", match["after"] or ""
    if after in {"以上", "以下", "以内", "之间", "及以"} or re.match(
        "以上|以下|以内|之间|及以|才|就能|就可以", match.string[match.end() :]
    ):
        return None
    if match["tens"]:
        ten = number(match["tens"]) or 0
        low, high = ten + (number(match["ones"]) or 0), ten + (number(match["more_ones"]) or 0)
    elif match["from"]:
        low, high = number(match["from"]) or 0, number(match["to"]) or 0
    elif match["round"]:
        low = number(match["round"]) or 0
        high = low + 9
    else:
        value = number(match["number"])
        if value is None or value > 120:
            return None
        low = high = value
    start, end = match.span()
    if low != high:
        return Age(start, end, min(low, high), min(low, high), max(low, high), hedged=True)
    if "虚" in before or "虚" in match["unit"]:
        return Age(start, end, low - 1, low - 2, low - 1, hedged=True)
    if re.fullmatch(_BELOW, before) or after in {"不到", "还差"}:
        return Age(start, end, max(0, low - 1), 0, max(0, low - 1), hedged=low > 46)
    if re.fullmatch(_NEARLY + "|年近", before):
        return Age(start, end, low - 1, low - 2, low - 1, hedged=True)
    if re.fullmatch(_ABOUT, before) or after in {"左右", "上下", "的样子"}:
        return Age(start, end, low, low - 2, low + 2, hedged=True)
    if after in {"出头", "多"} and low >= 20 and low % 10 == 0:
        return Age(start, end, low, low, low + 4, hedged=True)
    return Age(start, end, low, hedged=after == "吧")


def read_births(text: str, as_of: date) -> tuple[Point, ...]:
    """Every day or year of birth said in folded text."""
    found: list[Point] = []
    for match in _BIRTH.finditer(text):
        point = _birth(match, as_of)
        if point is not None:
            found.append(point)
    return tuple(found)


def _birth(match: re.Match[str], as_of: date) -> Point | None:
    def part(name: str) -> str | None:
        return next((match[f"{name}{i}"] for i in range(1, 5) if match[f"{name}{i}"]), None)

    year = year_number(part("y") or "0", as_of)
    if match["y2"] and "生" not in match.group() and not 1930 <= year <= as_of.year - 14:
        return None
    month, day = _month(part("m")), number(part("d") or "") if part("d") else None
    if not 1900 <= year <= as_of.year:
        return None
    try:
        if month and day:
            return Point(*match.span(), date(year, month, day))
        low = date(year, month or 1, 1)
        last = month or 12
        high = date(year, last, monthrange(year, last)[1])
    except ValueError:
        return None
    return Point(*match.span(), min(high, as_of), low, min(high, as_of))
