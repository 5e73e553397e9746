"""The day a question speaks of: 去年, 2021年, 2024年8月1日以前; and years that only name a document."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.clauses.day_words import DAYS_AWAY, YEARS_AWAY
from assistant.clauses.numerals import in_digits, ordinal
from assistant.rules import add_months

_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)}  # full-width digits
_SINCE = re.compile(
    r"\s*(?:的)?(?:今天)?(?:就)?(?:开始|起(?!效)|以来|至今|到现在|一直|出生|生的?|的?时候?出生)"
)
_DATED = re.compile(
    r"\s*(?:就|才|去|刚|又)?(?:办|签|入职|退休|毕业|登记|缴|交|租[的了下]|住进|买[的了]|领|来的?|搬|参保|申请|受理|失效|到期|为止)"
)
_EVENT = r"(?:办|领|签|登|录|报|拿|考|评|买|租|来|搬|生|毕业|退休|入职|上班|参保|登记|结婚|领证|离婚|落户|迁|交|缴|申请|受理|递交|提交|上交)"
_HAPPENED = re.compile(
    rf"\s*(?:[上下]半年|年?[初底末])?(?:我|他|她)?(?:就|才|去|又|已经)?(?:刚刚?)?{_EVENT}[理取到来下过进]{{0,2}}的(?!话|时候|那)"
    rf"|\s*(?:我|他|她)?(?:就|才|又|已经)?(?:刚刚?)?{_EVENT}[理取到来下过进]{{0,2}}了[^，,。？?]{{0,12}}[，,]"
    r"|\s*(?:就|才)?刚刚?[\u4e00-\u9fff]"
)
"""去年办的，去年领了证，…: when something of the person's happened, whatever day is asked about."""
_FROM = re.compile(
    r"(?:(?:租|签|证|有效|效期)(?:期)?[到至]|从|自|自从|打从|有效期(?:到|至)?|(?:登记|到期|签发|出生|毕业|入职|领证|办理|起租|发证|办证|成立)(?:日期|日|时间|年月)?(?:是|为|:|：)?|(?:单|证|表|本|合同|回执)(?:子)?上(?:面)?写(?:的|着)?(?:是)?|到期日?(?:是|为)?|截[止至]到?|生日(?:是|为)?)\s*$"
)
_DOCUMENT = (
    r"\s*第?\d{1,4}\s*号|\s*(?:的|那|这|个|份)+第?\d{1,4}\s*号(?:文|通知)|(?:年?度)?的?(?:那?[一两]?[份个版]|嘉兴市?|浙江省?|全市|户籍|户口|居住证|新|老|旧|制度|改革|工作|市政府|人民政府|市级|行政|立法|重大|政府)*"
    r"(?:通知|文件|办法|意见|方案|公报|试点|征求意见稿|草案|解读|目录|计划|决策|人事|任免|条例|[〔\[（(])"
)
_BEFORE = re.compile(r"\s*(?:[之以]前|前(?!后)|没?到之前)")
_OF_A_WAGE = re.compile(
    r"\s*(?:度|的)*(?:浙江|全省|全市|社会|全社会|单位|就业人员|职工|社平|月|在岗)*(?:平均)?(?:月)?(?:工资|基数|社平)"
)
"""上年月平均工资: the year belongs to the base."""
_OF_A_LIFE = re.compile(
    r"\s*(?:就|才|刚好?|正好|要|正式|将|是|的)*(?:年?满|到|过)?\s*(?:[\d一二三四五六七八九十]{1,4}(?:周?岁)?(?:的)?生日|[\d一二三四五六七八九十]{2,4}周?岁|生日)(?!的话|以后|之后|后)"
    r"|\s*(?:就|才|刚好?|正好|要|正式|将)*(?:年?满)[\d一二三四五六七八九十]{2,3}(?![个年月天\d])"
    r"|\s*(?:就|才|要|正式|份|底|初|我|他|她)*(?:办)?退休(?!的话|以后|之后|后|了?能|怎)"
)
"""明天才满四十五, 下个月退休: when something of the person's will happen."""
_CAME_TO_AN_END = re.compile(
    r"\s*(?:就|才|已经|都|刚)?(?:到了?期|过了?期|失效|断[过了]|停[过了]|注销|卖掉|拆|退掉|辞职|离职)(?!了?[吗么能怎可会]|的话|后|以后|之后)|\s*的(?:老)?事"
)
"""上月到期没续, 那是去年的事: when something of the person's was over."""
_BIRTHDAY = re.compile(r"生日(?:就|是|在|还|也|都)*$")
_LABEL = re.compile(
    r"(?:日期|时间|年月|日子|到期日|起租日|签发日|登记单上?|证上|本上|单子上|材料上|系统里|身份证|档案|显示)(?:上|里|的)?(?:都|也)?(?:是|为|在|写的?(?:是)?|显示(?:是)?|记的?(?:是)?|:|：|\s)*$"
)
"""登记日期是2026年5月22日: the day of what is named before it."""
_CAME_ABOUT = re.compile(
    r"\s*(?:[上下]半年|年?[初底末])?(?:的时候)?(?:我|他|她|单位|公司|厂里?)?(?:就|才|去|又|已经)?(?:刚刚?)?(?:进(?:的)?(?:厂|公司|单位|去)|入(?:职|厂)|到(?:厂|岗)|上(?:班|岗)|参保|开始|停(?:保|缴|了)|断(?:缴|保|了|过)|到期|过期|失效|退(?:租|保|下来)|辞(?:职|了)|离职|搬|新开|开的(?:公司|厂|店)|成立|注册|开业|住(?:的|了|过)?(?:医)?院|开(?:的)?刀|动(?:的)?手术)"
    r"|\s*的(?:老|旧|那张|那本)?(?:居住证|证|房子?|合同|登记)(?!法|政策|规定|制度|试点)"
)
"""今年八月进厂: what came about then, told on the way to the ask."""
_EARLIEST = 2012  # no text of the corpus is of an earlier year: such a year is of a life
_NOW = re.compile(r"现在|目前|至今|到现在|如今|眼下")  # a day told before it is one of a story
_SHORTEST_STORY = 4
_THEN = re.compile(r"那时|当时|那会|那年|那阵")
_BARE_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*(?:年(?!\s*\d)|(?=[要是的那降放版]))")
_COMPARES = re.compile(
    r"分别|各自|对照|对着|降到|放宽到|变成|两边|两个通知|从.{2,5}年到|区别|不同|不一样|变化|变了|对比|相比|差别|比较|改了"
)
_SHORT_YEAR = re.compile(
    r"(?<![\d〇零一二三四五六七八九十])(?:二[〇零○一二三四五六七八九]|[12]\d)(?=年(?![前内以期制级多]))"
)
_OF_TEXTS = re.compile(r"通知|文件|政策|规定|条文|门槛|分别|各自")
_NUMBER_BRACKETS = re.compile(r"[〔\[［【(（]\s*$")
_TO_SETTLE = r"(?=(?:我|再|就|想|打算|准备)*(?:去|来)(?:窗口|派出所|办证中心)?(?:申请|办理?)?(?:落户|迁户|入户)[^，,。？?了过的]{0,8}(?:[吗么]|行|能|可以|够|成))"
"""11月19日去申请落户行吗: a day without its year, on which the ask itself is put."""
_YEAR = r"(?:大前年|前年|去年|上一?年|今年|明年|后年)"
_PATTERNS = (
    re.compile(r"(?P<y>(?:19|20)\d{2})\s*[年/.\-]\s*(?P<m>1[0-2]|0?[1-9])\s*[月/.\-]\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d|岁|周岁|个|年)\s*[日号]?"),
    re.compile(r"(?P<y>(?:19|20)\d{2})\s*年\s*(?P<m>1[0-2]|0?[1-9])\s*月份?"),
    re.compile(r"(?P<y>(?:19|20)\d{2})\s*年?(?P<half>上半年|下半年|年?初|年?底|年?末)"),
    re.compile(r"(?P<y>(?:19|20)\d{2})\s*年"),
    re.compile(r"(?<!\d)(?P<yy>[012]\d)年(?P<m>1[0-2]|[1-9])月份?(?!\d)"),
    re.compile(r"(?<!\d)(?P<yy>[012]\d)年(?=的时候|那会|那时|那阵|当时|那年|[1-9一]月|初|底)"),
    re.compile(rf"(?P<rel>{_YEAR})(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])[日号]"),
    re.compile(rf"(?P<rel>{_YEAR})(?P<m>1[0-2]|0?[1-9])月份?"),
    re.compile(rf"(?P<rel>{_YEAR})(?P<half>上半年|下半年|年?初|年?底|年?末)?"),
    re.compile(r"(?P<ago>\d{1,2}|[一二两三四五六七八九十])年(?:以?前|之前)"),
    re.compile(r"(?P<next>上个?月|这个月|本月|下个?月)(?:的)?(?P<d>3[01]|[12]\d|0?[1-9])[日号]"),
    re.compile(rf"(?<![年\d.\-/])(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])[日号]{_TO_SETTLE}"),
    re.compile(r"(?P<day>昨天|前天|明天|后天|今天|上个?月|下个?月|上半年|下半年)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day that the question names; `said` are its words."""

    day: date
    said: str
    with_ask: bool = False  # it stands with the ask: 那时候能不能, 2021年能落户吗

    @property
    def dated(self) -> bool:
        """Whether the words are a day of the calendar, not 以前 or 今年."""
        return any(character.isdecimal() for character in self.said)


@dataclass(frozen=True, slots=True)
class Days:
    """What a question says of time: the day it asks about, and years that name documents."""

    day: DayMention | None
    document_years: tuple[int, ...]


def read_days(text: str, today: date) -> Days:
    """The day `text` asks about, relative to `today`; a whole year stands for its last day."""
    text = _in_full(text.translate(_NARROW))
    text = re.sub(
        r"[一二][〇零○一二三四五六七八九]{3}(?=年)",
        lambda m: in_digits(m.group()),
        text,
    )
    text = re.sub(
        r"(?<![〇零○一二三四五六七八九十百\d])[〇零一二][〇零○一二三四五六七八九](?=年(?:的时候|那会|那时|那阵|当时|那年|[初底]|上半|下半|[一二三四五六七八九十\d]{1,2}月))",
        lambda m: in_digits(m.group()),
        text,
    )
    text = re.sub(
        r"(?<=年)(十[一二]?|[一二三四五六七八九])(?=月)", lambda m: str(ordinal(m.group())), text
    )
    text = re.sub(
        r"(?<=\d月)(三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])",
        lambda m: str(ordinal(m.group())),
        text,
    )
    day: DayMention | None = None
    years: list[int] = []
    taken = [False] * len(text)
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if any(taken[found.start() : found.end()]):
                continue
            taken[found.start() : found.end()] = [True] * (found.end() - found.start())
            year = found.groupdict().get("y")
            if year and _names_document(text, found):
                years.append(int(year))
                continue
            value = _resolve(found, today)
            if value is None or day is not None or _is_told(text, found):
                continue
            before = _BEFORE.match(text, found.end())
            if before and found.groupdict().get("ago") is None:
                value = _first_day(found, today) - timedelta(days=1)
            day = DayMention(value, found.group(), _stands_with_ask(text, found))
    if _COMPARES.search(text):
        compared = [int(found["y"]) for found in _BARE_YEAR.finditer(text)]
        if len(set(compared)) > 1:
            return Days(None, tuple(dict.fromkeys([*years, *compared])))
    return Days(day, tuple(dict.fromkeys(years)))


def _in_full(text: str) -> str:
    """Years of two figures with their century, where several are compared: 20年和24年两个通知."""
    short = {in_digits(found.group())[-2:] for found in _SHORT_YEAR.finditer(text)}
    if len(short) < 2 or not (_OF_TEXTS.search(text) or _COMPARES.search(text)):
        return text
    return _SHORT_YEAR.sub(lambda found: f"20{in_digits(found.group())[-2:]}", text)


_STOPS = "，,。；;！!？?\n：: "
_ASKS = re.compile(
    r"能(?!力|源)|可以|可不可|行不|行[吗么]|够(?!了)|符合|[落入上转]户(?!的|了|在|到|那)|落不|投靠|规定|政策|条件|要求|怎么|咋|多少|什么|啥|哪|几|吗|呢|么$|不$|"
    r"办理|申请|有没有|是不是|算不算|要不要|材料|文件|通知|标准"
)
_HAS_HAPPENED = re.compile(
    r"了(?!解)|过(?!期(?:吗|没))|着|没断|连续|一直|不断|(?<=[\u4e00-\u9fff])的$|的(?:居住|居住证|房|登记|社保|养老|合同|证|材料|户口)|起$|才|刚|已经|开始|到现在|至今|搬|[买领拿签办租考评交收递][到下好成完]|回来$|来的?$|来嘉"
)
_AT_THAT_TIME = re.compile(
    r"\s*(?:的)?(?:那(?:个)?时候?|那会儿?|那天|那阵子?|那年|当时|当天|的?时候|时(?=[，,\u4e00-\u9fff])|呢|的话|来(?:计?算|看|说|论|判)(?!病|望))"
)
_ASKED_THEN = re.compile(
    r"(?:按|照|用)?(?:那(?:个)?时候?|当时|那会儿?|那年|那阵子?|那一?天|当天|当日|当年)[^，,。；;！!？?]*"
)
_AS_OF = re.compile(
    r"(?:按|照|按照|依|以|如果|要是|假如|放在|换[成到]|推到|退回|回到)(?:是|在|到)?\s*$"
)
_APPLIES = re.compile(
    r"[^，,。？?]{0,12}(?:收[了下走]|接[了收]|申请|受理|递交|交上去|办退|参加|退出)"
)
_SETTLES_THEN = re.compile(_TO_SETTLE)
_GRADUATES = re.compile(
    r"\s*(?:份)?(?:[初底中]|上半年|下半年)?(?:我|他|她)?(?:的)?(?:刚)?(?:从)?[^，,。？?能]{0,6}(?:毕业|退休|入职|出生)"
)


def _is_told(text: str, found: re.Match[str]) -> bool:
    """Whether the day is one of the person's story, and not the one that they ask about.

    A day is asked about where it stands with the ask (那时候能不能, 按…的规定), or where nothing
    in its clause says that something came about then.
    """
    if _SINCE.match(text, found.end()):
        return True
    if _is_named_for_the_ask(text, found):
        return False
    if _tells_a_fact(text, found) or _leads_to_now(text, found):
        return True
    if _GRADUATES.match(text, found.end()):
        return True
    lead, rest = _around(text, found)
    return _HAS_HAPPENED.search(rest) is not None and not _ASKS.search(lead + "，" + rest)


def _is_named_for_the_ask(text: str, found: re.Match[str]) -> bool:
    """按2021年的, 2021年那时候, or 那时候能不能 further on."""
    if found.groupdict().get("m") and _SETTLES_THEN.match(text, found.end()):
        return True
    if _AT_THAT_TIME.match(text, found.end()) or _AS_OF.search(text[: found.start()]):
        return True
    return any(_ASKS.search(then.group()) for then in _ASKED_THEN.finditer(text, found.end()))


def _stands_with_ask(text: str, found: re.Match[str]) -> bool:
    if _APPLIES.match(text, found.end()):
        return False  # the day of applying is a fact as well
    if _is_named_for_the_ask(text, found):
        return True
    lead, rest = _around(text, found)
    return _ASKS.search(lead + "，" + rest) is not None and not _HAS_HAPPENED.search(rest)


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a day in its clause."""
    ends = [i for i in (text.find(stop, found.end()) for stop in _STOPS) if i >= 0]
    begin = max(text.rfind(stop, 0, found.start()) for stop in _STOPS) + 1
    rest = text[found.end() : min(ends, default=len(text))]
    return text[begin : found.start()], rest.rstrip()


def _leads_to_now(text: str, found: re.Match[str]) -> bool:
    """Whether a year begins a story that ends now: 前年断过，后来一直连续到现在."""
    now = _NOW.search(text, found.end())
    if now is None or found.groupdict().get("d") or _THEN.search(text):
        return False
    return now.start() - found.end() >= _SHORTEST_STORY


def _tells_a_fact(text: str, found: re.Match[str]) -> bool:
    """Whether the day is one on which something of the person's began or ended: 从去年5月起."""
    after, before = text[found.end() :], text[: found.start()]
    if re.search(r"[了过][，,]\s*$", before) and not after.strip("。！!～~ "):
        return True
    if _OF_A_WAGE.match(after) or _OF_A_LIFE.match(after) or _BIRTHDAY.search(before):
        return True
    if _CAME_TO_AN_END.match(after):
        return True
    lead, rest = _around(text, found)
    if _LABEL.search(before):
        return True
    if _CAME_ABOUT.match(after) and not _ASKS.search(rest):
        return True
    year = found.groupdict().get("y")
    if year and int(year) < _EARLIEST and not _ASKS.search(lead + rest):
        return True
    if _SINCE.match(after) or _FROM.search(before) or _HAPPENED.match(after):
        return True
    return bool(found.groupdict().get("d")) and _DATED.match(after) is not None


def _names_document(text: str, found: re.Match[str]) -> bool:
    if _NUMBER_BRACKETS.search(text[: found.start()]):
        return True
    inside = text.rfind("《", 0, found.start()) > text.rfind("》", 0, found.start())
    return inside or re.match(_DOCUMENT, text[found.end() :]) is not None


def _resolve(found: re.Match[str], today: date) -> date | None:
    parts = found.groupdict()
    if parts.get("ago"):
        return add_months(today, -12 * ordinal(parts["ago"]))
    if parts.get("day"):
        return _relative(parts["day"], today)
    if parts.get("next"):
        return _of_a_month(parts, today)
    year = _year(parts, today)
    if year is None:
        return None
    try:
        if parts.get("d") and not (parts.get("y") or parts.get("rel")):
            return _nearest(int(parts["m"]), int(parts["d"]), today)
        if parts.get("d"):
            return date(year, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None
    if parts.get("m"):
        month = int(parts["m"])
        last = date(year, month, calendar.monthrange(year, month)[1])
        return min(last, today) if (year, month) == (today.year, today.month) else last
    half = parts.get("half") or ""
    if half.endswith(("上半年", "初")):
        return date(year, 6, 30) if "半" in half else date(year, 1, 31)
    if half.endswith(("底", "末")):
        return date(year, 12, 31)
    if year == today.year:
        return today
    return date(year, 1, 1) if year > today.year else date(year, 12, 31)


_RECENT = 90  # days; a day of the calendar that lies further back is of the year that comes


def _nearest(month: int, day: int, today: date) -> date:
    """11月19日: a day without its year, just past or the next that comes."""
    value = date(today.year, month, day)
    return value if (today - value).days <= _RECENT else date(today.year + 1, month, day)


def _of_a_month(parts: dict[str, str | None], today: date) -> date | None:
    """下个月6号: the day of the month before, of this one or of the next."""
    away = {"上": -1, "下": 1}.get((parts["next"] or "")[0], 0)
    then = add_months(today.replace(day=1), away)
    try:
        return then.replace(day=int(parts["d"] or 0))
    except ValueError:
        return None


def _first_day(found: re.Match[str], today: date) -> date:
    parts = found.groupdict()
    if parts.get("next"):
        return _of_a_month(parts, today) or today
    year = _year(parts, today) or today.year
    if parts.get("d"):
        return date(year, int(parts["m"]), int(parts["d"]))
    return date(year, int(parts.get("m") or 1), 1)


def _year(parts: dict[str, str | None], today: date) -> int | None:
    if parts.get("y"):
        return int(parts["y"] or 0)
    if parts.get("yy"):
        return 2000 + int(parts["yy"] or 0)
    if parts.get("rel"):
        return today.year + YEARS_AWAY[parts["rel"] or "今年"]
    if parts.get("d"):
        return today.year
    return None


def _relative(word: str | None, today: date) -> date | None:
    if word in DAYS_AWAY:
        return today + timedelta(days=DAYS_AWAY[word])
    if word and word.endswith("月"):
        then = add_months(today, -1 if word.startswith("上") else 1)
        return then.replace(day=calendar.monthrange(then.year, then.month)[1])
    return None
