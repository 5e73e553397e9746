"""The day that a message means: one that it names, or that of the turn before."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answering.days import read_days
from assistant.answering.question import Question
from assistant.dialogue.elicitation import CHANNEL
from assistant.dialogue.reading.durations import read_times
from assistant.dialogue.reading.time_words import Months, Point, number
from assistant.dialogue.state import State
from assistant.dialogue.understanding.frames import changes_only
from assistant.rules import FactType, RuleBook, add_months

_LAST = 31  # of a month: its last day
_TODAY = re.compile("现在|今天|目前|眼下")
_NEXT_DAY = re.compile(r"(?:第二|后一|下一)天|次日")
_DAY_OF_YEAR = re.compile(r"(?<![年\d.\-/])(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])[日号]")
_ONLY_A_DAY = re.compile(
    r"(?:那|那么|过了?|搁(?:在|到)?|比方说?|比如说?|譬如|例如|假定|打个比方|拿|拖|再(?=办|去|来|申请)|以|就|那天|那年|那时候?|那会儿?|当时|的时候|要是|如果|假如|到了?|在|等到?|换[成做到]?|改[成到]?|改?约[成到在]?|改期[到在]?|顺延[到至]?|放[在到]?|推[到后]?|退回?|再?(?:往|向)[前后]|再?[更再]?早一?点?|晚一?点|回到|按|照|去|来说?|来看|再?看看?|算|说|办理?|申请|的?话|就是?|是|份|左右|以?前|之前|"
    r"呢|吗|嘛|啊|哎|行不行|行[吗么不]|可以[吗么不]?|能[吗么不]?|能不能|能办[吗么不]?|成不成|怎么样|咋样|还行|喽|咯|了|算不算|够不够|够|符不符合|符合|成[吗么不]?|别的|其他|其余|条件|情况|都|全|也|一样|照旧|不变|没变|同样|，|,|。|？|\?|\s)*"
)


@dataclass(frozen=True, slots=True)
class DayMeant:
    """The day as of which a message is read, and how it came to be meant."""

    as_of: date
    named: bool  # by the request or the message; otherwise it is the day of the talk, or today
    leaning: date | None = None  # the message names this day and nothing else: 2021年呢
    answers: str | None = None  # the fact asked for to which the day named is the answer
    tells: bool = False  # beside that day, the message tells what was different on it
    told: bool = False  # the day named is part of what is told, and is not asked about


def day_meant(
    words: str, named: Question, state: State, book: RuleBook, *, given: date | None, today: date
) -> DayMeant:
    """The day meant by `words`; `named` is what they name, `given` the day of the request."""
    if given is not None:
        return DayMeant(named.as_of if named.other_day else given, named=True)
    answers = _asked_of_time(state, book) if "呢" not in words else None
    leaning, tells = None, False
    if state.topic.question and ("呢" in words or not [n for n in state.asked if n != CHANNEL]):
        leaning = _leaning_day(words, state.topic.day or today, today)
        if leaning is None and state.topic.decides and _PUTS_A_DAY.search(words):
            leaning, tells = _day_of_a_case(words, today), True
            tells = leaning is not None
    if answers is not None and not (
        _leaning_day(words, today, today) or _tells_a_time(words, today)
    ):
        answers = None
    then = _THEN.search(words) is not None and state.topic.day is not None
    if leaning is None and then and not named.other_day:
        leaning = state.topic.day
    now = _asks_of_now(words, named)
    told = now or (state.topic.decides and leaning is None and _WEIGHS.search(words) is None)
    other_day = named.other_day and answers is None and not told
    as_of = leaning or (named.as_of if other_day else state.as_of or today)
    is_named = other_day or leaning is not None or _TODAY.search(words) is not None
    return DayMeant(as_of, is_named, leaning, answers, tells, told)


def _asks_of_now(words: str, named: Question) -> bool:
    """马上毕业了，明年六月，现在能落吗: whether it is asked of today, beside another day that is told."""
    if not named.other_day:
        return False
    clauses = [clause for clause in _STOPS.split(words) if clause]
    asking = clauses[-1] if clauses else ""
    return _NOW_MAY.search(asking) is not None and read_days(asking, named.as_of).day is None


_NOW_MAY = re.compile(r"(?:现在|目前|眼下|如今)[^\d年月]{0,6}(?:能|可以|行|够|符合)")
_THEN = re.compile("那时候?|那会儿|当时|那年|那一年|那天")
"""那时候能带老婆吗: the day that was talked of before."""
_WEIGHS = re.compile(
    r"[吗么呢？?]|按|(?<![执护牌拍])照|算|政策|规定|文件|(?:办|申请|申领|去|来)的?(?:话|时候|行|能|可以)|能|可以|行不|^(?:那|要是|如果|假如|换|放|推)"
)
"""What asks or supposes something of a day, so that the day is no answer."""


def _tells_a_time(words: str, today: date) -> bool:
    """大概去年夏天, 记错了是去年七月: a day told, with nothing asked of it."""
    told = [t for t in read_times(words, today) if isinstance(t, Point) and t.value <= today]
    return len(told) == 1 and _WEIGHS.search(words) is None


_PUTS_A_DAY = re.compile(r"呢\s*[。？?！!]?$|^(?:那|要是|如果|假如|换|放|推|现在|拿|按|照|以|就)")
_NOW = re.compile(r"(?:那|哎|，)*(?:现在|今天|眼下|目前|如今)(?:办|去办|来办|来说|的话|呢)*")
_STOPS = re.compile(r"[，,。；;？?！!\s]+")
_ASKS_TEXT = re.compile("材料|什么|哪|怎么|规定|政策|文件|为什么|电话|多久")


def _day_of_a_case(words: str, today: date) -> date | None:
    """The day in one clause, where the others tell how things stood: 按2023年算，他刚满五十六呢."""
    if _ASKS_TEXT.search(words):
        return None
    for clause in _STOPS.split(words):
        if _NOW.fullmatch(clause):
            return today
        named = read_days(clause, today).day
        if named is not None and _ONLY_A_DAY.fullmatch(clause.replace(named.said, "", 1)):
            return named.day
    return None


_WAITS = re.compile(
    r"(?:那|么|假如|如果|要是|假设|等|我|他|她|再|又|继续|多|过|熬|交|缴|登记|住|租|上|个|满|够|之?后|以后|呢|的?话|去|来|就|办理?|申请|落户|能|可以|行|不|吗|么|嘛|了|好|没有?|问题|，|,|。|？|\?|\s)*"
)
_WAITING = re.compile("再|等|过|以?后|继续|熬")
_SAME_DAY = re.compile("(?:的)?(?:这个?时候|这会儿?|今天|同一天|这一天|此时|同期)")


def _day_waited_for(words: str, base: date) -> date | None:
    """假如再等两个月, 半年后行吗: the day that comes after so long, where nothing else is said."""
    told = [t for t in read_times(words, base) if isinstance(t, Months)]
    if len(told) != 1 or not _WAITING.search(words):
        return None
    time = told[0]
    rest = words[: time.start] + words[time.end :]
    return add_months(base, time.value) if _WAITS.fullmatch(rest) else None


def _same_day(words: str, said: str, named: date, today: date) -> date | None:
    """那去年这个时候呢: this very day of the year named."""
    rest = _SAME_DAY.sub("", words.replace(said, "", 1))
    if not _ONLY_A_DAY.fullmatch(rest):
        return None
    try:
        return today.replace(year=named.year)
    except ValueError:
        return named


_MONTH_SAID = re.compile(
    r"(?<![\d一二三四五六七八九十几个])(?P<n>十[一二]?|[一二三四五六七八九])(?=月(?!以?后|之后))"
)


def _in_digits(match: re.Match[str]) -> str:
    return str(number(match["n"]))


def _leaning_day(words: str, base: date, today: date) -> date | None:
    """The day that `words` name, saying nothing else; 第二天 and 9月1号 are counted from `base`."""
    words = _MONTH_SAID.sub(_in_digits, words)
    waited = _day_waited_for(words, base)
    if waited is not None:
        return waited
    named = read_days(words, today).day
    if named is not None and _SAME_DAY.search(words) and not _TODAY.search(named.said):
        return _same_day(words, named.said, named.day, today)
    if named is not None:
        return named.day if _only_a_day(words, named.said, today) else None
    told = [t for t in read_times(words, today) if isinstance(t, Point) and t.low is None]
    if len(told) == 1 and re.search(r"\d{4}", words[told[0].start : told[0].end]):
        rest = words[: told[0].start] + words[told[0].end :]
        return told[0].value if _is_frame(rest) else None
    month = next(reversed(list(_MONTH_OF_YEAR.finditer(words))), None)
    if month is not None and _is_frame(_MONTH_OF_YEAR.sub("", words)):
        return _in_year(base, today, words, int(month["m"]), _DAY_IN.get(month["part"] or "", 31))
    found = next(reversed(list(_DAY_OF_YEAR.finditer(words))), None)  # 过了8月1号呢，比方8月5日
    rest = _NEXT_DAY.sub("", _DAY_OF_YEAR.sub("", words))
    if not _is_frame(rest):
        return None
    if found is not None:
        return _in_year(base, today, words, int(found[1]), int(found[2]))
    return base + timedelta(days=1) if _NEXT_DAY.search(words) else None


_MONTH_OF_YEAR = re.compile(
    r"(?<![年\d.\-/个])(?P<m>1[0-2]|0?[1-9])月(?P<part>底|末|初|中旬?|上旬|下旬)?(?:份)?(?![\d日号])"
)
_DAY_IN = {"初": 1, "上旬": 1, "中": 15, "中旬": 15}
_PUT_OFF = re.compile("再|等|拖|推|顺延|以?后|到时")
_LONG_AGO = 183  # days; the next such day is nearer
_GOES = re.compile("(?<!过)(?<!回)去(?!年)|过后")
"""1月4号去呢: who speaks of going speaks of a day to come."""


def _in_year(base: date, today: date, words: str, month: int, day: int) -> date | None:
    """That day of the year talked about; where the talk is of days to come, the next that comes."""
    try:
        day = min(day, monthrange(base.year, month)[1]) if day == _LAST else day
        meant = base.replace(month=month, day=day)
    except ValueError:
        return None
    goes = _PUT_OFF.search(words) or ((today - meant).days > _LONG_AGO and _GOES.search(words))
    ahead = base > today or (base == today and bool(goes))
    if ahead and meant.replace(year=today.year) > today:
        return meant.replace(year=today.year)
    return meant.replace(year=today.year + 1) if ahead else meant


def _only_a_day(words: str, said: str, today: date) -> bool:
    """Whether `words` name the day `said`, and say nothing else: 今天2026年11月22日呢 names it twice."""
    rest = words.replace(said, "", 1)
    if _TODAY.search(said):
        rest = rest.replace(f"{today.year}年{today.month}月{today.day}日", "", 1)
    return _is_frame(rest)


def _is_frame(rest: str) -> bool:
    return _ONLY_A_DAY.fullmatch(rest) is not None or changes_only(rest)


def _asked_of_time(state: State, book: RuleBook) -> str | None:
    """Of the facts asked for, the first that a day may answer: a day, or months since one."""
    asked = [book.facts[n] for n in state.asked if n != CHANNEL]
    return next((f.name for f in asked if f.start_of or f.type is FactType.DATE), None)
