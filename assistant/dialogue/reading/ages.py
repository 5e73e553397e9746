"""Ages and days of birth, with whose they are."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.age_words import Age
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.people import KIN
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene, is_elder
from assistant.dialogue.reading.time_words import Point, number


def read_owned_ages(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Every age said of somebody; a limit such as 45岁以上 is no one's."""
    for told in scene.ages:
        age = _before_it(scene, told) or told
        if age is told and _is_limit(scene, age):
            continue
        person = age_owner(scene, age)
        begin = age.start + len(_STOP.match(scene.typed.text, age.start).group())  # type: ignore[union-attr]
        yield Found(
            "age",
            age.value,
            begin,
            age.end,
            person,
            age.hedged or scene.is_hedged(age.start, age.end),
            age.low,
            age.high,
        )


_AHEAD = re.compile(
    r"(?:(?P<year>明年|后年|过完年)|(?:再过|过|再等|还差|差|还有)(?P<n>[\d一二两三四五六七八九十半几]+)(?P<u>个多?月|年|天|周)|下个?月|下周|明天|后天|大后天|月底|年底|(?:过|再过)(?:几|两三)(?:天|个月))"
    r"(?:[\d一二三四五六七八九十]{1,3}月(?:份|底|初)?|上半年|下半年|年?[底初])?(?:我|他|她|就|才|要|将|正好|刚好|也|都|该|周岁)*(?:满|到|是|够|过|上)?$"
)


_BIRTHDAY = re.compile(
    r"(?:的)?生日(?:是|在|要|得|就|还|等|到|，)*(?P<year>今年|明年)?(?:的)?(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<d>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]?)?"
)


def _birthday_ahead(scene: Scene, age: Age) -> bool:
    """45岁生日是今年12月3号: whether the day on which that age is reached is still to come."""
    match = _BIRTHDAY.match(scene.typed.text, age.end)
    if match is None:
        return False
    if match["year"] == "明年":
        return True
    month, day = number(match["m"].lstrip("0")), number((match["d"] or "1").lstrip("0"))
    today = scene.as_of
    return month is not None and day is not None and (month, day) > (today.month, today.day)


def _before_it(scene: Scene, age: Age) -> Age | None:
    """明年一月满45, 还差三个月到45: the age that is not reached yet, as what it is until then."""
    if age.low is None and _birthday_ahead(scene, age):
        return replace(age, value=age.value - 1)
    ahead = _AHEAD.search(scene.before(age.start) + _own_lead(scene, age))
    if ahead is None or age.low is not None or age.value < _LEAST:
        return None
    if _THEN.search(scene.typed.text, age.end):
        return None  # what will be then is asked
    years = {"明年": 1, "后年": 2, "过完年": 1}.get(ahead["year"] or "", 0)
    if ahead["u"] == "年":
        count = number(ahead["n"])
        if count is None:
            return None
        years = count
    low = age.value - max(1, years) - (1 if years else 0)
    high = age.value - max(1, years)
    return replace(age, value=high, low=low, high=high)


_LEAST = 20
_STOP = re.compile("[，。？(]*")
_THEN = re.compile(
    r"到时候?|那时|届时|到那|以后|之后|往后|满了(?:就|再|能|可以|会|是)|(?:能|会|可以|是不是|是否|就)(?:变|涨|调|升|改|换|多划|提)"
)


def _own_lead(scene: Scene, age: Age) -> str:
    lead = re.match(r"[^\d一二三四五六七八九十]*", scene.typed.text[age.start : age.end])
    return lead.group() if lead else ""


def _is_limit(scene: Scene, age: Age) -> bool:
    text = scene.typed.text
    if scene.is_general(age.start, age.end) or re.search("[明后]$", text[: age.start]):
        return True  # 明年满45岁
    if re.search("男性?(?:年?满)?$|女性?(?:年?满)?$", text[: age.start]) and re.search(
        "男[^，。？]{0,6}女|女[^，。？]{0,6}男", text
    ):
        return True
    return bool(
        re.match(
            "(?:[（(]?含[）)]?)?(?:及?以[上下])|(?:的)?(?:那档|档|标准|这档|之前|以前|后|退休(?!了|的|人|职|工|教))|以上|以下|和|或者|还是",
            text[age.end :],
        )
    )


def age_owner(scene: Scene, age: Age) -> str:
    """Whose age it is: 三岁的孩子 belongs to the child."""
    joined = (
        "?" if scene.typed.text[age.end - 1] == "岁" and age.end < len(scene.typed.text) else ""
    )
    if joined and scene.typed.text[age.end] in "我俺咱":
        joined = ""
    following = re.match(rf"的{joined}(?:小|大|老|亲)?{KIN}++", scene.marked[age.end :])
    if following:
        return scene.people.at(age.end + following.end() - 1) or scene.person_at(age.start)
    person = scene.person_at(age.end)
    if is_elder(person) and not scene.people.named_in_clause(age.end) and age.value < 38:
        return APPLICANT
    return person


_ON_PAPER = re.compile("身份证|户口本|档案|证件|证上")
_IN_TRUTH = re.compile("实际|其实|真实|真正|事实上")


def _doubted(scene: Scene) -> tuple[Point, ...]:
    """身份证上写1981年，实际是1983年: births that papers and person tell apart, as wide as both."""
    text = scene.typed.text
    if len(scene.births) < 2 or not (_ON_PAPER.search(text) and _IN_TRUTH.search(text)):
        return scene.births
    low = min(b.low or b.value for b in scene.births)
    high = max(b.high or b.value for b in scene.births)
    return tuple(replace(b, value=high, low=low, high=high, hedged=True) for b in scene.births)


def read_owned_births(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Every day of birth, with whose it is."""
    for birth in _doubted(scene):
        yield Found(
            "birth_date",
            birth.value,
            birth.start,
            birth.end,
            scene.person_at(birth.end),
            scene.is_hedged(birth.start, birth.end),
            birth.low,
            birth.high,
        )
