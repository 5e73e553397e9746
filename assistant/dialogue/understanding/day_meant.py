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
    r"(?:那|那么|那天|那时候?|那会儿?|当时|要是|如果|到了?|在|等到?|换成|换做|换到|改成|改到|放在|放到|按|去|来|办理?|申请|的?话|就|呢|吗|，|。|？|\?|\s)*"
)


@dataclass(frozen=True, slots=True)
class DayMeant:
    """The day as of which a message is read, and how it came to be meant."""

    as_of: date
    named: bool  # by the request or the message; otherwise it is the day of the talk, or today
    leaning: date | None = None  # the message names this day and nothing else: 2021年呢
    answers: str | None = None  # the fact asked for to which the day named is the answer


def day_meant(
    words: str, named: Question, state: State, book: RuleBook, *, given: date | None, today: date
) -> DayMeant:
    """The day meant by `words`; `named` is what they name, `given` the day of the request."""
    if given is not None:
        return DayMeant(named.as_of if named.other_day else given, named=True)
    answers = _asked_of_time(state, book) if "呢" not in words else None
    leaning = None
    if state.topic.question and ("呢" in words or not [n for n in state.asked if n != CHANNEL]):
        leaning = _leaning_day(words, state.topic.day or today, today)
    if answers is not None and not _leaning_day(words, today, today):
        answers = None
    other_day = named.other_day and answers is None
    as_of = named.as_of if other_day else leaning or state.as_of or today
    is_named = other_day or leaning is not None or _TODAY.search(words) is not None
    return DayMeant(as_of, is_named, leaning, answers)


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
