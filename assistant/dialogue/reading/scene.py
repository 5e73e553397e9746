"""One message prepared for reading: folded, with its places, people, times and manner found."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.days import read_days
from assistant.dialogue.model import APPLICANT, Cast
from assistant.dialogue.reading.age_words import Age, read_ages, read_births
from assistant.dialogue.reading.coming import Roles
from assistant.dialogue.reading.designations import is_by_name
from assistant.dialogue.reading.durations import read_times
from assistant.dialogue.reading.people import NODES, SELF, People, read_people
from assistant.dialogue.reading.places import PlaceSaid, Surroundings, mark
from assistant.dialogue.reading.roles import read_roles
from assistant.dialogue.reading.time_words import Point, Time
from assistant.dialogue.reading.typed import Clause, Typed, read_typed

_REPORTED = re.compile(
    r"听说|据说|听人|草案|意见稿|解读(?:里|说)|办法(?:里|说)|网上|(?<![按照])(?:政策|规定)|通知(?:里|上|说|写)|文件(?:里|上|说|写)|条款|条例|(?<!身份)(?<!档案)(?<!档案里)(?<!证上)(?<!本上)(?<!合同)(?<!合同上)(?<!表上)写的是|(?<!证上)(?<!证上面)(?<!证)写着|说是|说要|人家说|都说|意思是|要求"
)
_MODAL = re.compile(
    r"需要|必须|必需|须|应当|是不是(?:要|得|必须|一定)|要不要|是否[要需得]|用不用|非得|非要|得要|一定要|"
    r"(?<![想只不还需快就主重将简首])要(?!是|不是|落|迁|办|申|问|投|转|上户|退|来|去|把|咨|带|不要紧)|(?<![记觉懂晓舍值取获显])得(?=有|满|登|交|缴|买|办|连|住|租|先)|凡是|对于"
)
_ONLY_THEN = re.compile(r"[^，。？]{0,8}?才(?:能|可以|行|算|让|给|可)")
_THEN = re.compile(r"[^，。？]{0,4}?就(?:能|可以|行|够)")
_WHETHER = re.compile(
    r"(?:有没有?|是不是|要不要|是否有?|有无|算不算|需不需要?|能不能)[^，。？]{0,2}$"
)
_QUESTION = re.compile(
    r"什么|哪|怎么|如何|多少|(?<![一二三四五六七八九十\d])几(?:个|年|岁|月)|多久|吗|能不能|可不可以|是否|能否|不$|么$"
)
_TOLD = re.compile(
    r"^(?!.*(?:以[上下]|多少|什么|怎么|哪|几个|吗|能|可以|要|需))(?:.*(?:现在|已经|刚|今年|去年|前年|好像|当初|目前|租的|发的|签发|在职|退休[一二两三四五六七八九十\d]+年|[过了的]$))"
)
"""A clause of its own that tells how things stand, before the question: 温州发的居住证，…"""
_HEDGE = re.compile(
    r"好像|好象|大概|大约|可能(?!不)|也许|估计|似乎|印象|貌似|差不多|应该(?!能|可以|怎|要)|约摸|约莫|估摸|八成|怕是|恐怕|没准|没记错|兴许|大致|我?记得|(?:我|俺)(?:自己)?[猜估](?!对|到|得)|瞎猜|猜(?:着|想|测)"
)
_HEDGE_AFTER = re.compile(
    r"(?:了|的|过|登记|[^，。？]{0,3})?(?:左右|吧(?=[，。？]|$|我?(?:也|又|都)?(?:不|没|说不|拿不|吃不))|的样子|来着|上下)"
)
_UNSURE = re.compile(
    r"(?:我|具体)?(?:也|又|都|有点|实在|真的?|就)*(?:记不[太得大]?清?楚?了?|不太?确定|忘(?:记)?了|记不得|不记得|不太?清楚|没把握|不敢肯定|[说讲吃拿](?:不|勿)(?:准|好|清)|没数|心里没底|不(?:太)?有把握)"
)
_PERHAPS = re.compile(
    r"(?:我|也|就|反正)*(?:也许|可能|大概|差不多|应该|好像|估计|兴许|或许|八成|没准|不一定)(?:是|有|够|到|满)*(?:的|这样|这么|样子|这些)*(?:吧|呢)*"
)
"""登记六个月？也许吧: a clause of its own that makes unsure what stands before it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything found in a message before any of it counts as a fact."""

    typed: Typed
    as_of: date
    places: tuple[PlaceSaid, ...]
    people: People
    roles: Roles
    marked: str
    times: tuple[Time, ...]
    ages: tuple[Age, ...]
    births: tuple[Point, ...]
    asked: str | None = None  # the fact that a question is pending on
    talent: bool = False  # the one who is joined was said to be settled as a talent

    def clause(self, position: int) -> Clause:
        """The clause that holds a position."""
        return self.typed.clauses[self.typed.clause_at(position)]

    def before(self, position: int) -> str:
        """What stands before a position in its clause."""
        return self.typed.text[self.clause(position).start : position]

    def after(self, position: int) -> str:
        """What stands from a position to the end of its clause."""
        if not self.typed.clauses:
            return ""
        return self.typed.text[position : max(position, self.clause(max(0, position - 1)).end)]

    def is_general(self, start: int, end: int) -> bool:
        """Whether a statement tells what is required of people, not how it stands with one."""
        before = self.before(start)
        if _REPORTED.search(before) and not re.search(
            f"[{SELF}]", self.marked[start - len(before) : start]
        ):
            return True
        if _MODAL.search(before[-14:]) or _WHETHER.search(
            before + self.typed.text[start : start + 2]
        ):
            return True
        after = self.after(end)
        if _ONLY_THEN.match(after) or re.match(r"[^，。？]{0,4}(?:就好了|该多好)", after):
            return True
        begin = self.sentence_start(start)
        speaks = any(
            m.person == APPLICANT and not m.is_object and begin <= m.start < start
            for m in self.people.mentions
        )
        told = "了" in before[-6:] + self.typed.text[start:end]
        return bool(_THEN.match(after)) and not speaks and not told

    def is_impersonal(self, position: int) -> bool:
        """Whether a statement is part of a question that speaks of nobody in particular."""
        text = self.typed.text
        ends = [i for i in (text.find("。", position), text.find("？", position)) if i >= 0]
        end = min(ends, default=len(text))
        sentence = text[self.sentence_start(position) : end]
        if any(re.match("[我俺咱本他她]", text[m.start :]) for m in self.people.mentions):
            return False
        if any(is_by_name(text[m.start : m.end]) for m in self.people.mentions):
            return False
        clause = self.clause(position)
        if _TOLD.search(text[clause.start : clause.end]) and clause.stop == "，":
            return False
        return bool(_QUESTION.search(sentence) or text[end : end + 1] == "？")

    def is_hedged(self, start: int, end: int) -> bool:
        """Whether the person says that they are not sure of what stands there."""
        if _HEDGE.search(self.before(start)[-8:]) or _HEDGE_AFTER.match(self.after(end)):
            return True
        if _HEDGE.search(self.typed.text, start, end) or _UNSURE.match(self.after(end)):
            return True
        index = self.typed.clause_at(start) + 1
        if index < len(self.typed.clauses):
            following = self.typed.clauses[index]
            text = self.typed.text[following.start : following.end]
            if _PERHAPS.fullmatch(text):
                return True
            found = _UNSURE.match(text)
            return bool(found) and len(text) - (found.end() if found else 0) <= 2
        return False

    def person_at(self, position: int) -> str:
        """Whose fact stands at a position; empty where nobody was named."""
        return self.people.subject_at(position) or ""

    def sentence_start(self, position: int) -> int:
        """Where the sentence begins that holds a position."""
        text = self.typed.text
        return max(text.rfind("。", 0, position), text.rfind("？", 0, position)) + 1


def read_scene(
    message: str,
    as_of: date,
    surroundings: Surroundings,
    asked: str | None = None,
    cast: Cast | None = None,
) -> Scene:
    """Prepare a message for reading; `cast` is whom the talk is about, where it leaves that out."""
    typed = read_typed(message)
    places = surroundings.find(typed.text)
    people = read_people(typed, cast.spoken_of if cast else None)
    marked = people.mark(mark(typed.text, places))
    return Scene(
        typed,
        as_of,
        places,
        people,
        _roles(people, marked, cast),
        marked,
        _without_documents(typed.text, read_times(typed.text, as_of), as_of),
        read_ages(typed.text),
        read_births(typed.text, as_of),
        asked,
        cast is not None and cast.talent,
    )


def _roles(people: People, marked: str, cast: Cast | None) -> Roles:
    roles = read_roles(people, marked)
    if cast is None or roles != Roles():
        return roles
    if cast.host is None:
        if cast.applicant == APPLICANT:
            return roles
        return replace(roles, applicant=cast.applicant, explicit=True, spoken_for=True)
    return Roles(cast.applicant, cast.host, explicit=cast.applicant != APPLICANT)


def _without_documents(text: str, times: tuple[Time, ...], as_of: date) -> tuple[Time, ...]:
    """The times without today, the day asked about, and years that name a document."""
    days = read_days(text, as_of)
    asked = days.day.said if days.day is not None and days.day.with_ask else ""
    if days.day is not None and re.match(r"(?:19|20)\d{2}", asked) and days.day.day != as_of:
        asked = ""  # another day was asked about: this one is of the story
    begin = text.find(asked) if asked else -1
    return tuple(
        t
        for t in times
        if not (
            isinstance(t, Point)
            and (
                (t.value == as_of and _ALONE.fullmatch(_clause_of(text, t)))
                or _NOW.search(text, 0, t.start)
                or _names_document(t, days.document_years)
                or (t.start < begin + len(asked) and begin < t.end)
            )
        )
    )


_ALONE = re.compile(
    r"(?:时间|日子|那天|日期|就|以|按|当|到了?|在|截[至止]到?|定在?|是|放在|假定|假设|设|回到)*\ue010(?:那天|当天|当时|那会儿?|这天|的时候|时|那时|为准|止|来看|来说|来算)*"
)
"""到2021年6月1日，…: the day as of which it is told stands in a clause of its own."""


def _clause_of(text: str, time: Point) -> str:
    """The clause of a time, with one sign in its place."""
    begin = max(text.rfind(stop, 0, time.start) for stop in "，。？") + 1
    ends = [i for i in (text.find(stop, time.end) for stop in "，。？") if i >= 0]
    return f"{text[begin : time.start]}\ue010{text[time.end : min(ends, default=len(text))]}"


_NOW = re.compile(
    r"(?:现在|今天|今日|今儿|眼下|如今|目前|当前)(?:是|都|已经?|才|刚|都已经?|也就|，)*$"
)
"""现在11月22号: the day on which something is said, not one that is told."""


def _names_document(time: Point, years: tuple[int, ...]) -> bool:
    return time.low is not None and time.value.year in years and time.low.month == 1


def is_elder(person: str) -> bool:
    """Whether a person belongs to an older generation than the one who writes."""
    return NODES.get(person) in {"父母", "配偶父母", "祖辈", "配偶祖辈", "长辈"}
