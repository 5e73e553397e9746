"""The day that a message means: one that it names, or that of the turn before."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answering.days import read_days
from assistant.answering.question import Question
from assistant.dialogue.elicitation import CHANNEL
from assistant.dialogue.reading.durations import read_times
from assistant.dialogue.reading.time_words import Point
from assistant.dialogue.state import State
from assistant.rules import FactType, RuleBook

_TODAY = re.compile("现在|今天|目前|眼下")
_NEXT_DAY = re.compile(r"(?:第二|后一|下一)天|次日")
_DAY_OF_YEAR = re.compile(r"(?<![年\d.\-/])(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])[日号]")
_ONLY_A_DAY = re.compile(
    r"(?:那|那么|那天|那年|那时候?|那会儿?|当时|的时候|要是|如果|假如|到了?|在|等到?|换[成做到]?|改[成到]?|放[在到]?|推[到后]?|退回?|再?(?:往|向)[前后]|再?[更再]?早一?点?|晚一?点|回到|按|照|去|来说?|来看|再?看看?|算|说|办理?|申请|的?话|就是?|是|份|左右|以?前|之前|"
    r"呢|吗|嘛|啊|哎|行不行|行[吗么不]|可以[吗么不]?|能[吗么不]?|能不能|能办[吗么不]?|成不成|怎么样|咋样|还行|别的|其他|其余|条件|情况|都|全|也|一样|照旧|不变|没变|同样|，|,|。|？|\?|\s)*"
)


@dataclass(frozen=True, slots=True)
class DayMeant:
    """The day as of which a message is read, and how it came to be meant."""

    as_of: date
    named: bool  # by the request or the message; otherwise it is the day of the talk, or today
    leaning: date | None = None  # the message names this day and nothing else: 2021年呢
    answers: str | None = None  # the fact asked for to which the day named is the answer
    tells: bool = False  # beside that day, the message tells what was different on it


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
    if answers is not None and not _leaning_day(words, today, today):
        answers = None
    other_day = named.other_day and answers is None
    as_of = named.as_of if other_day else leaning or state.as_of or today
    is_named = other_day or leaning is not None or _TODAY.search(words) is not None
    return DayMeant(as_of, is_named, leaning, answers, tells)


_PUTS_A_DAY = re.compile(r"呢\s*[。？?！!]?$|^(?:那|要是|如果|假如|换|放|推|现在)")
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


def _leaning_day(words: str, base: date, today: date) -> date | None:
    """The day that `words` name, saying nothing else; 第二天 and 9月1号 are counted from `base`."""
    named = read_days(words, today).day
    if named is not None:
        return named.day if _ONLY_A_DAY.fullmatch(words.replace(named.said, "", 1)) else None
    told = [t for t in read_times(words, today) if isinstance(t, Point) and t.low is None]
    if len(told) == 1 and re.search(r"\d{4}", words[told[0].start : told[0].end]):
        rest = words[: told[0].start] + words[told[0].end :]
        return told[0].value if _ONLY_A_DAY.fullmatch(rest) else None
    found = _DAY_OF_YEAR.search(words)
    rest = _NEXT_DAY.sub("", _DAY_OF_YEAR.sub("", words))
    if not _ONLY_A_DAY.fullmatch(rest):
        return None
    if found is not None:
        try:
            return base.replace(month=int(found[1]), day=int(found[2]))
        except ValueError:
            return None
    return base + timedelta(days=1) if _NEXT_DAY.search(words) else None


def _asked_of_time(state: State, book: RuleBook) -> str | None:
    """Of the facts asked for, the first that a day may answer: a day, or months since one."""
    asked = [book.facts[n] for n in state.asked if n != CHANNEL]
    return next((f.name for f in asked if f.start_of or f.type is FactType.DATE), None)
