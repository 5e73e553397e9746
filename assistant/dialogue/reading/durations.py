"""Lengths of time as people say them: 半年多, 不到一年, 一年零三个月; with the days beside them."""

import re
from dataclasses import replace
from datetime import date, timedelta

from assistant.dialogue.reading.days import read_points
from assistant.dialogue.reading.time_words import (
    ABOUT,
    AFTER_ABOUT,
    ATLEAST,
    BELOW,
    MOST,
    NEARLY,
    NUMERAL,
    Months,
    Point,
    Time,
    number,
)
from assistant.rules import latest_start

_PAIR = r"(?:[一二两三四五六七八九][二三四五六七八九](?=个|年|天|岁|周))"

_DURATION = re.compile(
    rf"(?P<before>{BELOW}|{NEARLY}|{ABOUT}|{ATLEAST})?(?:整整|整|足足|满|有|了|已经|才|刚|也就|也)?"
    r"(?P<core>"
    r"(?P<idiom>[大小多]半年|小一年|半年|半个月|个把月|一整年|整年|一年整|整一年|大半个?月)"
    rf"|(?P<pair>{_PAIR})(?P<pair_unit>个多?月|年|天|周)"
    rf"|(?P<from>{NUMERAL})(?:到|至|-|~|、|，)(?P<to>{NUMERAL})(?P<range_unit>个月|年|天)"
    rf"|(?P<years>{NUMERAL})年(?:零|又|加)?(?P<months>{NUMERAL})个?月(?![份\d初底末])"
    rf"|(?P<half_years>{NUMERAL})年半"
    rf"|(?P<half_months>{NUMERAL})个半月"
    r"|(?P<tens>[一二三四五六七八九]?十)(?P<tens_from>[一二三四五六七八])(?P<tens_to>[二三四五六七八九])(?P<tens_unit>个月|年|天)"
    r"|(?P<teen>十几|几十|二十几|三十几)(?P<teen_unit>个月|年|天)"
    rf"|(?P<number>{NUMERAL})(?P<more>多|来|余)?(?P<unit>周年|个?季度|个[多来把]?月|个?星期|个礼拜|年|天|日(?!期|元|常)|周(?!岁|末|边|围|一|二|三|四|五|六|日)|月(?![份\d初底末]))"
    r")"
    rf"(?:(?:零|又|多|加|外加|带)(?:{NUMERAL})天)?"
    rf"(?P<after>多|有余|出头|{AFTER_ABOUT}|不到|还差点|及?以上|吧)?"
)

_AGO = re.compile(r"(?:之?前|以前)(?!后)")

_LATER = re.compile(r"(?:之?后|以后)(?!面|头|来|半|一段)")

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


def read_times(text: str, as_of: date) -> tuple[Time, ...]:
    """Every length of time and every day in folded text, in order, without overlaps."""
    taken = bytearray(len(text))
    found: list[Time] = []
    for point in read_points(text, as_of):
        if not any(taken[point.start : point.end]):
            taken[point.start : point.end] = b"\1" * (point.end - point.start)
            found.append(point)
    for match in _DURATION.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        time = _duration(match, as_of)
        if isinstance(time, Months):
            time = _short_of(text, time, as_of)
            taken[match.end() : time.end] = b"\1" * max(0, time.end - match.end())
            found = [t for t in found if t.end <= time.start or t.start >= time.end]
        if time is not None:
            found.append(time)
    found += _ordinals(text, taken)
    return _either(text, sorted(found, key=lambda time: time.start)[:MOST])


_ORDINAL = re.compile(
    rf"第(?P<n>{NUMERAL})个月(?P<full>(?:也|都|已经?|刚好|正好|刚|就|才|缴|交|登记|的)*(?:满|完|足)(?!意))?"
)
_FULL = re.compile("(?:满|够|足)(?:了)?$")
_PAID_TIMES = re.compile(rf"(?<=[续着缴交扣了]|共)(?P<n>{NUMERAL})(?:笔|期)(?![间限待])")


def _ordinals(text: str, taken: bytearray) -> list[Time]:
    """缴到第四个月满, 连续九笔: lengths by the number of the last month, or of the payments."""
    found: list[Time] = []
    for match in (*_ORDINAL.finditer(text), *_PAID_TIMES.finditer(text)):
        count = number(match["n"])
        if count is None or any(taken[match.start() : match.end()]):
            continue
        if match.re is _PAID_TIMES or match["full"] or _FULL.search(text, 0, match.start()):
            found.append(Months(match.start(), match.end(), count))
        elif re.search("[到在是入](?:了)?$", text[: match.start()]):
            low = max(0, count - 1)
            found.append(Months(match.start(), match.end(), low, low, count, hedged=True))
    return found


_OR = re.compile(
    "到|至|~|—|-|(?:了|的)?(?:，)?(?:还是|或者?|或是|要么|抑或|也?可能是?|也?兴许是?|也?许是?)"
)


def _either(text: str, times: list[Time]) -> tuple[Time, ...]:
    """俩月还是三个月: of two lengths told as alternatives, whichever it is."""
    found: list[Time] = []
    for time in times:
        last = found[-1] if found else None
        if (
            isinstance(last, Months)
            and isinstance(time, Months)
            and _OR.fullmatch(text, last.end, time.start)
        ):
            low = min(last.value if last.low is None else last.low, time.low or time.value)
            high = max(last.high or last.value, time.high or time.value)
            found[-1] = replace(last, end=time.end, value=low, low=low, high=high, hedged=True)
        else:
            found.append(time)
    return tuple(found)


_SHORT_AFTER = re.compile(
    rf"(?:还|就|只)?(?:缺|差(?!不多|别)|少)(?:了|个)?(?:(?P<n>{NUMERAL})(?P<u>天|日|个?星期|个?礼拜|周|个?月)|(?:一)?点儿?|一丢丢|一点点|几天|两三天|些|没几天)"
)
_SHORT_BEFORE = re.compile(
    rf"(?:还|就|只)?(?:缺|差(?!不多))(?:了|个)?(?:(?P<n>{NUMERAL})(?P<u>天|日|个?星期|个?礼拜|周|个?月)|(?:一)?点儿?|一丢丢|一点点|几天|两三天|没几天)(?:就|才|到|不|没|能|我|的|居住|登记|连续|社保|职工|养老|保险|缴|交|凑)*(?:满|够|到|足|齐)*$"
)
"""一年缺一天, 差三天半年: a length that is not reached yet, and by how much."""


_NOT_ONE = re.compile("一[天日](?:也|都|儿|，)*(?:没有?|不|未)(?:落|断|少|缺|停|拉|间|歇)")


def _short_of(text: str, months: Months, as_of: date) -> Time:
    """A length as far as it goes: with the days told that it lacks, else as one month less."""
    short = _SHORT_AFTER.match(text, months.end) or _SHORT_BEFORE.search(text, 0, months.start)
    if short is None or months.low is not None or months.value < 1:
        return months
    start, end = min(months.start, short.start()), max(months.end, short.end())
    count = number(short["n"]) if short["n"] else None
    unit = short["u"] or ""
    if count is not None and "月" in unit:
        return replace(months, start=start, end=end, value=max(0, months.value - count))
    if count is not None:
        days = count * (1 if unit in {"天", "日"} else 7)
        began = latest_start(months.value, as_of) + timedelta(days=days)
        return Point(start, end, began, counted=True)
    less = max(0, months.value - 1)
    return replace(months, start=start, end=end, value=less, low=less, high=less)


def _duration(match: re.Match[str], as_of: date) -> Time | None:
    before, after = match["before"] or "", match["after"] or ""
    text = match.string
    if re.search(r"[第每]$", text[: match.start()]) or re.match(
        "内|以内|之内|[^，。？]{0,2}一(?:次|回|签|换|审|交|缴)(?!性|都|也|没|不)|代|级",
        text[match.end() :],
    ):
        return None
    if re.search(r"\d\.$", text[: match.start("core")]):
        return None  # 0.4年
    if _NOT_ONE.match(text, match.start("core")):
        return None  # 一天没落下
    if match["core"] == "一天" and text[: match.start("core")].endswith("头"):
        return None  # 头一天
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
    factor = {"年": 12, "季": 3}.get(unit, 1)
    months = Months(start, end, low * factor, ago=bool(ago), later=bool(later))
    if match["idiom"]:
        value, least, most, hedged = _IDIOMS[match["idiom"]]
        months = replace(months, value=value, low=least, high=most, hedged=hedged)
    elif match["half_years"]:
        months = replace(months, value=low * 12 + 6)
    elif match["years"]:
        months = replace(months, value=low * 12 + (number(match["months"]) or 0))
    elif low != high:
        months = replace(months, low=low * factor, high=high * factor, hedged=True)
    unit_said = match["unit"] or ""
    more = (match["more"] or "") + ("多" if "多" in unit_said else "")
    if "来" in unit_said or "把" in unit_said:
        after = after or "左右"  # 一个来月
    return _shade(months, before, after + more, factor)


def _amount(match: re.Match[str]) -> tuple[int | None, int | None]:
    if match["idiom"]:
        return 15 if "月" in match["idiom"] else 6, 15 if "月" in match["idiom"] else 6
    if match["pair"]:
        return number(match["pair"][0]), number(match["pair"][1])
    if match["tens"]:
        tens = number(match["tens"]) or 10
        return tens + (number(match["tens_from"]) or 0), tens + (number(match["tens_to"]) or 0)
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
        match["pair_unit"]
        or match["range_unit"]
        or match["tens_unit"]
        or match["teen_unit"]
        or match["unit"]
        or ""
    )
    if match["idiom"] in {"半个月", "大半个月", "大半月"} or unit == "天":
        return "天"
    if "星期" in unit or "礼拜" in unit or unit == "周":
        return "天"
    if "季" in unit:
        return "季"
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
    hedged = bool(re.search(ABOUT, match["before"] or "")) or (match["after"] or "") in {
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
    if (before and re.fullmatch(BELOW, before)) or after == "不到":
        return replace(
            months, value=max(0, value - 1), low=0, high=max(0, value - 1), hedged=value > 6
        )
    if (before and re.fullmatch(NEARLY, before)) or after == "还差点":
        least = max(0, value - (2 if value < 24 else 4))
        return replace(months, value=max(0, value - 1), low=least, high=value, hedged=True)
    if (before and re.fullmatch(ATLEAST, before)) or after in {"以上", "及以上", "有余", "开外"}:
        return replace(months, low=value, high=None)
    if "多" in after or "余" in after or after == "出头":
        spread = 11 if factor == 12 else 5 if value == 6 else 0
        shaded = replace(months, low=value, high=value + spread)
        months = shaded if spread else months
        return replace(months, hedged=months.hedged or bool(re.match(ABOUT, before)))
    about = (before and re.match(ABOUT, before)) or after in {
        "左右",
        "上下",
        "的样子",
        "样子",
        "前后",
        "光景",
        "来月",
    }
    if about:
        spread = 1 if factor == 1 else 2
        return replace(months, low=max(0, value - spread), high=value + spread, hedged=True)
    return replace(months, hedged=months.hedged or after == "吧")
