"""Ages and days of birth as people say them: 四十五六岁, 虚岁, 79年生."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.reading.days import month_number, year_number
from assistant.dialogue.reading.time_words import (
    ABOUT,
    BELOW,
    DAY,
    MONTH,
    MOST,
    NEARLY,
    YEAR2,
    YEAR4,
    Point,
    Whole,
    number,
)

_AGE = re.compile(
    rf"(?P<before>{BELOW}|{NEARLY}|{ABOUT}|年近|年纪?满|刚满|刚过|已满|年满|满|虚岁|周岁|实岁|今年|都|年龄|才|刚)?(?:都|也|快|有|是|已经|了|，)?"
    r"(?:"
    r"(?P<tens>[二三四五六七八九]?十)(?P<ones>[一二三四五六七八九])(?P<more_ones>[一二三四五六七八九])(?=岁|周岁|来岁)"
    r"|(?P<from>\d{1,2}|[一二三四五六七八九十]{1,3})(?:到|至|-|~)(?P<to>\d{1,2}|[一二三四五六七八九十]{1,3})(?=岁|周岁)"
    r"|(?P<round>[二三四五六七八九]十|[2-9]0)(?P<several>几|多|来)(?=岁|周岁)?"
    r"|(?P<number>\d{1,3}|[一二两三四五六七八九十][零一二三四五六七八九十有百]{0,4})"
    r")"
    r"(?P<unit>周岁|岁半|岁|虚岁)(?P<after>多|左右|上下|出头|不到|的样子|吧|还差|以上|以下|以内|之间|及以)?"
)

_AGE_BARE = re.compile(
    r"(?:今年|年龄|周岁|岁数|[我俺她他]都?|(?<=[我俺咱])[爹爸妈娘]|(?:儿子|女儿|闺女|囡囡|孩子|弟弟|妹妹|哥哥|姐姐|爷爷|奶奶|外公|外婆|孙子|孙女|儿媳妇?|女婿|老爸|老妈|老婆|老公|媳妇|父亲|母亲|爸爸|妈妈|公公|婆婆|岳父|岳母|丈母娘|爱人|老伴)|刚满|已满|年满|(?<=[，。])满|^满|虚岁|虚|实岁|实足|足岁|实龄)(?:都|也|快|有|是|已经|刚|满|：)?"
    r"(?P<number>\d{2}|[二三四五六七八九]?十[有]?[一二三四五六七八九]?)(?=[，。？了的我俺他她]|$|在|退休|男|女|还|上班|周岁数|没|未|有|单身|大专|本科|高中|初中|中专|想|能)"
)

_AGE_FINAL = re.compile(
    r"(?:^|[，。])(?:今年|我|都|也|已经|刚|哦|嗯|[他她])*(?P<number>\d{2}|[二三四五六七八九]十[一二三四五六七八九]?)(?:了)(?=[，。？]|$)"
    r"|(?:(?<=[他她])(?:才|刚|都)|才)(?P<young>1\d|十[一二三四五六七八九]?)(?=[，。？]|$)"
    r"|(?:^|[，。男女])(?P<short>\d{2})(?=在职|在编|事业|公务|参公|退休|编外|机关|企业|市本级)"
)

_AGE_ROUND = re.compile(
    r"(?<![第\d一二三四五六七八九百元块月价差])(?:都|也|才|快|已经)*(?P<round>[二三四五六七八九]十|[2-9]0)(?P<shade>不到|出头|(?<=[我俺他她]..)多了?|好几|挂零|来岁|还没到)(?=[，。？了的]|$)"
)
"""四十不到, 六十出头: an age by its decade, without 岁."""

_AGE_ALONE = re.compile(
    r"(?:^|[，。])(?:今年|他|她)?(?P<number>[2-9]\d|[二三四五六七八九]十[一二三四五六七八九]?)(?=[，。？]|$)"
)
_OF_A_POST = re.compile(
    "在职|退休|在编|公务员|编外|事业编|账户|医疗补助|补充医|企业补充|上班|个账|医保卡|卡里|参公|有编|编制"
)
"""Where somebody tells their post, a number between two commas is their age: 公务员，59，…"""
_POST = r"(?:在职|在编|在岗|退休|退职|公务员|事业(?:编制?|单位)?|行政编制?|有编制?|编制内?|老师|教师|医生|护士|工勤|职工|员工|职员|工人|干部|司机|编外|参公|机关|企业|单位|公司|厂里|上班|男|女)"
_AGE_TOLD = re.compile(
    r"(?:(?:^|(?<=[，。？(]))(?:我|俺|咱|他|她|本人|自己|今年|现在|目前|眼下|年纪|岁数|年龄|差不多|好像|大概|大约|可能|兴许|约莫|估计|虽然|虽说|整|正|到了?|都|也|已经?|刚刚?好?|正好|才|快|是|有|了|哦|嗯|那|这个?|就)*"
    rf"|(?<=[我俺咱他她])(?:今年|现在|整|正|差不多|好像|大概|大约|可能|兴许|约莫|估计|都|也|已经?|刚刚?|正好|才|了|是|有)*|今年(?:差不多|好像|大概|大约|可能|兴许|约莫|估计|整|刚刚?好?|正好|都|也|已经?|才|虚|满|了|是|有)*|(?:(?:明|后|下)年|下个?月|年底|月底|过完年|(?<=[年月])(?:初|底)?|(?:再过|还差|还有)[一二两三四五六七八九十几半\\d]+(?:个?月|年|天))(?:我|就|才|要|正好|将)*(?:满|到|是)?|{_POST}(?:的|了|今年|，)?)"
    r"(?P<number>(?<![\d.])[2-7]\d(?![\d.])|(?<![一二三四五六七八九])[二三四五六七八九]十[一二三四五六七八九]?(?![百千万]))"
    rf"(?=了|[，。？)我俺他她的整]|$|{_POST}|[每按能可该应享划个医就在还没未已从但可不]|一个月|月月|到手|拿)(?!个(?!人|账)|的?(?:钱|块|元|那档|标准))"
)
"""我四十三, 今年三十八每个月…, 在职46: the number that somebody is, where posts are spoken of."""
_ROUGHLY = re.compile(
    r"(?<![\d一二三四五六七八九十百千年第])(?P<ten>[2-7]0|[二三四五六七八九]十)(?P<several>好几|几|多|来|出头|挂零|不到|左右|上下)(?![一二三四五六七八九十\d岁]|周岁|元|块|个|人|年|天|万|%|名|位|号|次|公里|平)"
)
"""三十出头, 四十好几: an age without 岁, where posts are spoken of."""
_OF_HEADS = re.compile(
    r"基数|筹资|社平|[缴交](?:多少|几|费|额|$|[，。？])|平均?工资|人数|[\d十百]人"
)
"""Where staff are counted, 在职46 tells how many of them there are."""


def counts_heads(text: str) -> bool:
    """Whether numbers beside 在职 and 退休 tell how many there are."""
    return _OF_HEADS.search(text) is not None


_BIRTH = re.compile(
    rf"(?:(?:出生(?:日期|年月)?|生日|(?<![发专科学先校考新医])生)(?:是|在|于|：|，)?(?P<y1>{YEAR4}|{YEAR2})年(?:(?P<m1>{MONTH})月(?:份)?(?:(?P<d1>{DAY})[日号]?)?)?"
    rf"|(?P<y2>{YEAR4}|{YEAR2})年?(?:(?P<m2>{MONTH})月(?:份)?(?:(?P<d2>{DAY})[日号]?)?)?(?:左右)?(?:出生|生人?(?!日)|的(?=[，。？]|$)|年生)"
    r"|(?:(?:出生(?:日期|年月)?|生日)(?:是|在|于|：|，)?)?(?P<y3>(?:19|20)\d{2})[-/.年]?(?P<m3>\d{1,2})[-/.月]?(?P<d3>\d{1,2})[日号]?(?:出生|生人?|生的)"
    r"|(?:出生(?:日期|年月)?|生日|身份证(?:上|上面|写的|显示)+)(?:写的|写|是|在|于|：|，)*(?P<y4>(?:19|20)\d{2})[-/.年]?(?P<m4>\d{1,2})[-/.月]?(?P<d4>\d{1,2})(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Age(Whole):
    """An age in years, or the range that the words leave open."""


_BIRTHDAY_AHEAD = re.compile(
    r"(?:的)?生日(?:就|是|要|都|也|在|还)*(?:明天|后天|大后天|下周|下个?月|月底|年底|没到|没过|未到|未过|差|有[几\d一二两三四五六七八九十]+(?:天|个月))"
)
"""45周岁生日就在明天: today that age is not reached yet."""


def read_ages(text: str) -> tuple[Age, ...]:
    """Every age said in folded text; limits such as 45岁以上 are no one's age."""
    found: list[Age] = []
    for match in _AGE.finditer(text):
        age = _age(match)
        if age is not None:
            found.append(age)
    if _OF_A_POST.search(text) and not counts_heads(text):
        found += [
            _roughly(m)
            for m in _ROUGHLY.finditer(text)
            if not any(age.start < m.end() and m.start() < age.end for age in found)
        ]
    bare: tuple[re.Pattern[str], ...] = (_AGE_BARE, _AGE_FINAL)
    if _OF_A_POST.search(text):
        bare += (_AGE_ALONE,) if counts_heads(text) else (_AGE_ALONE, _AGE_TOLD)
    for pattern in bare if len(found) < MOST else ():
        for match in pattern.finditer(text):
            if any(age.start < match.end() and match.start() < age.end for age in found):
                continue
            value = number(
                match["number"]
                or match.groupdict().get("short")
                or match.groupdict().get("young")
                or ""
            )
            if value is not None and 14 <= value <= 99:
                nominal = "虚" in match.group()
                age = Age(match.start(), match.end(), value)
                if nominal:
                    age = replace(age, value=value - 1, low=value - 2, high=value - 1, hedged=True)
                found.append(age)
    for match in _AGE_ROUND.finditer(text):
        if any(age.start < match.end() and match.start("round") < age.end for age in found):
            continue
        decade = number(match["round"]) or 0
        low, high = (decade - 5, decade - 1) if "到" in match["shade"] else (decade, decade + 9)
        value = high if "到" in match["shade"] else low
        found.append(Age(match.start("round"), match.end(), value, low, high, hedged=True))
    return tuple(sorted(found, key=lambda age: age.start)[:MOST])


def _roughly(match: re.Match[str]) -> Age:
    """三十出头 is 30 to 34, 四十好几 45 to 49, 五十不到 48 or 49."""
    ten = number(match["ten"]) or 0
    low, high = {
        "出头": (ten, ten + 4),
        "挂零": (ten, ten + 3),
        "好几": (ten + 4, ten + 9),
        "不到": (ten - 3, ten - 1),
        "左右": (ten - 2, ten + 2),
        "上下": (ten - 2, ten + 2),
    }.get(match["several"], (ten, ten + 9))
    return Age(*match.span(), low, low, high, hedged=True)


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
    lacks = re.match("(?:还|就)?(?:差|缺)(?!不多)", match.string[end:])
    if _BIRTHDAY_AHEAD.match(match.string, end):
        return Age(start, end, low - 1)
    if re.fullmatch(BELOW, before) or after in {"不到", "还差"} or lacks:
        return Age(start, end, max(0, low - 1), 0, max(0, low - 1), hedged=low > 46)
    if re.fullmatch(NEARLY + "|年近", before):
        return Age(start, end, low - 1, low - 2, low - 1, hedged=True)
    if re.fullmatch(ABOUT, before) or after in {"左右", "上下", "的样子"}:
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
    month, day = month_number(part("m")), number(part("d") or "") if part("d") else None
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
