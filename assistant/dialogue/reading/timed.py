"""What a length or a day tells, by what it is said of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.dialogue.reading.found import ELSEWHERE, Found
from assistant.dialogue.reading.places import FAR, HERE, NEAR, PlaceSaid
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Months, Point
from assistant.dialogue.reading.topics import Topic
from assistant.rules import add_months, latest_start

CUMULATIVE = re.compile(
    r"累计|加起来|一共|总共|前后|前前后后|合计|合起来|拼起来|加一块|拢共|拢总|总计|断断续续|总的"
)

_RUN = re.compile("连续|连着|不间断|没断|一口气|最近")
"""What says, after 累计, that the length that follows is of one stretch."""


def is_summed(before: str) -> bool:
    """Whether the length that follows these words is a sum: 累计10个月, and not 累计10个月连续."""
    summed = [m.end() for m in CUMULATIVE.finditer(before)]
    return bool(summed) and not _RUN.search(before, summed[-1])


_UNTIL = re.compile(r"到期|有效期(?:到|至|是)?|期限到|过期|截止|为止|届满|(?:租到|签到|到)$")


def read_timed(scene: Scene, time: Months | Point, topic: Topic) -> Iterator[Found]:
    """The facts that a length or a day tells of a topic."""
    if topic is Topic.PENSION:
        yield from _pension(scene, time)
    elif topic is Topic.REG:
        yield from _registration(scene, time)
    elif topic is Topic.RENT:
        yield from _rent(scene, time)
    elif topic is Topic.PERMIT:
        yield from _permit_days(scene, time)
    elif topic is Topic.LIVE:
        yield from _residence(scene, time)
    elif topic in _SIMPLE:
        months, start = _SIMPLE[topic]
        yield from _simple(scene, time, months, start)


_SIMPLE: Mapping[Topic, tuple[str | None, str | None]] = {
    Topic.JOB: ("job.months", "job.start"),
    Topic.CONTRACT: ("job.contract_months", None),
    Topic.GRADUATION: ("edu.years_since_graduation", "edu.graduated_on"),
    Topic.RETIREMENT: (None, "retired_on"),
    Topic.FOUNDING: (None, "employer.founded_on"),
    Topic.APPLYING: (None, "apply.on"),
}


def _simple(
    scene: Scene, time: Months | Point, months: str | None, start: str | None
) -> Iterator[Found]:
    if isinstance(time, Point):
        if start and (time.value <= scene.as_of or start == "apply.on"):
            if start == "edu.graduated_on" and not _vocational(scene):
                return
            if (
                start == "employer.founded_on"
                and time.low == date(scene.as_of.year, 1, 1)
                and time.high == scene.as_of
            ):
                return
            if start == "retired_on" and re.search(
                "快|要|准备|想|打算|能|可以", scene.before(time.start)[-3:]
            ):
                return
            yield day_fact(scene, start, time)
        return
    if time.later:
        return
    if start in {"retired_on", "employer.founded_on"} and (
        time.ago or start == "employer.founded_on"
    ):
        yield _since(scene, start or "", time)
        return
    if months == "edu.years_since_graduation":
        if time.value % 12 == 0 and _vocational(scene):
            yield replace(
                length_fact(scene, months, time), value=time.value // 12, low=None, high=None
            )
        return
    if months == "job.months" and scene.person_at(time.start) and _works_elsewhere(scene, time):
        return
    if months:
        yield length_fact(scene, months, time)


def _works_elsewhere(scene: Scene, time: Months) -> bool:
    before = scene.marked[scene.clause(time.start).start : time.end]
    return bool(ELSEWHERE.search(before))


def _vocational(scene: Scene) -> bool:
    """Whether the school that was left is, or may be, the vocational one that the rule means."""
    return re.search("中专|技校|中职|职高|职业高中|中技", scene.typed.text) is not None


def length_fact(scene: Scene, name: str, time: Months) -> Found:
    """A length of time as a fact."""
    return Found(
        name,
        time.value,
        time.start,
        time.end,
        _person_of_time(scene, time),
        time.hedged or scene.is_hedged(time.start, time.end),
        time.low,
        time.high,
    )


def day_fact(scene: Scene, name: str, time: Point) -> Found:
    """A day as a fact."""
    return Found(
        name,
        time.value,
        time.start,
        time.end,
        _person_of_time(scene, time),
        time.hedged or scene.is_hedged(time.start, time.end),
        time.low,
        time.high,
    )


def _person_of_time(scene: Scene, time: Months | Point) -> str:
    return scene.person_at(time.start)


def _since(scene: Scene, name: str, time: Months) -> Found:
    latest = latest_start(time.value, scene.as_of)
    return replace(
        length_fact(scene, name, time),
        value=latest,
        low=add_months(scene.as_of, -(time.high or time.value) - 1),
        high=latest,
    )


_REGISTERED_AFAR = re.compile(
    rf"(?:不过|但是?|可是?|只是|就是|都|是|登记)*(?:在)?{FAR}++[^，。？{HERE}]{{0,6}}(?:登记|办|做|弄)"
)
"""登记了七个月，不过是在上海登记的."""


def _following(scene: Scene, time: Months | Point) -> str:
    """The clause after the one that a time stands in, marked."""
    index = scene.typed.clause_at(time.start) + 1
    if index >= len(scene.typed.clauses):
        return ""
    clause = scene.typed.clauses[index]
    return scene.marked[clause.start : clause.end]


_OTHER_PREMIUM = re.compile(
    r"商业(?:养老|保险|险)|意外险|医保|医疗保险|公积金|失业保险|工伤|党费|学费|房[租贷]|居民养老|城居保|农保|(?P<pension>养老|社保|职工|五险)"
)


def _pays_something_else(scene: Scene, time: Months | Point) -> bool:
    """给我交的是商业养老保险，交了四个月: what a bare 交 is of was said before."""
    index = scene.typed.clause_at(time.start)
    clause = scene.typed.clauses[index]
    own = scene.typed.text[clause.start : clause.end]
    if _OTHER_PREMIUM.search(own):
        return False
    begin = scene.typed.clauses[max(0, index - 2)].start
    named = list(_OTHER_PREMIUM.finditer(scene.typed.text, begin, clause.start))
    return bool(named) and named[-1]["pension"] is None


def _registration(scene: Scene, time: Months | Point) -> Iterator[Found]:
    place = _place_before(scene, time.start)
    if (
        place is not None
        and place.nearness == FAR
        and (place.place is not None or "外省" in scene.typed.text)
    ):
        return
    if _REGISTERED_AFAR.match(_following(scene, time)):
        return
    near = scene.typed.text[max(scene.clause(time.start).start, time.start - 12) : time.start]
    if isinstance(time, Point):
        ended = _ended(scene, time) or re.search("[到至]$", near)
        if time.value <= scene.as_of and not ended and not CUMULATIVE.search(near):
            yield day_fact(scene, "reg.start", time)
        return
    if time.later or _is_gap_length(scene, time):
        return
    name = "reg.cumulative_months" if is_summed(near) else "reg.months"
    yield length_fact(scene, name, time)


def _is_gap_length(scene: Scene, time: Months) -> bool:
    if re.match("(?:是|都|里)?(?:断|没登记|没交|没缴|空)", scene.after(time.end)):
        return True
    return bool(
        re.search(
            "断(?:过|了|开|缴了?|交了?)*(?:有|将近|快)?$|空了$|漏了$|停了$",
            scene.before(time.start),
        )
    )


def _ended(scene: Scene, time: Point) -> bool:
    """Whether a stretch is told that ended before today: 去年3月到今年5月."""
    rest = scene.typed.text[time.end : time.end + 3]
    if re.match("到现|至今|到今天|到目|到如", scene.typed.text[time.end : time.end + 3]):
        return False
    if re.match("[到至-]", rest):
        following = [t for t in scene.times if time.end < t.start <= time.end + 2]
        return (
            bool(following) and isinstance(following[0], Point) and following[0].value < scene.as_of
        )
    before = scene.typed.text[max(0, time.start - 1) : time.start]
    return before in {"到", "至"} and any(
        isinstance(t, Point) and t.end <= time.start <= t.end + 2 for t in scene.times
    )


def _rent(scene: Scene, time: Months | Point) -> Iterator[Found]:
    before, after = scene.before(time.start), scene.after(time.end)
    if isinstance(time, Point):
        if _UNTIL.search(before[-5:]) or re.match(
            "(?:才|就|的)?(?:到期|为止|届满|退租|截止)", after
        ):
            yield replace(day_fact(scene, "rent.end", time))
        elif time.value <= scene.as_of:
            yield day_fact(scene, "rent.start", time)
        return
    if (
        time.later
        or re.search("(?:合同|租约|租期|签|押)[^，。？]{0,4}$", before)
        or re.match("(?:的)?(?:合同|租约|租期|房租)", after)
    ):
        return
    yield length_fact(scene, "rent.months", time)


def _permit_days(scene: Scene, time: Months | Point) -> Iterator[Found]:
    before, after = scene.before(time.start), scene.after(time.end)
    until = bool(_UNTIL.search(before[-6:])) or bool(
        re.match("(?:才|就|就要|会|的)?(?:到期|过期|为止|届满|失效)", after)
    )
    if isinstance(time, Point) and time.value == scene.as_of and not until:
        return  # 今天去办: the day of the errand
    if isinstance(time, Point):
        if time.value > scene.as_of and not until and not re.match("(?:前|之前|都)?有效", after):
            return  # 明年去办
        if until or time.value > scene.as_of:
            low = time.low or time.value
            yield replace(day_fact(scene, "permit.valid_until", time), value=low)
        else:
            yield day_fact(scene, "permit.issued_on", time)
        return
    if time.later or re.search("还有|再过|还剩", before[-4:]):
        end = add_months(scene.as_of, time.value)
        yield replace(
            length_fact(scene, "permit.valid_until", time),
            value=end,
            low=None,
            high=None,
            hedged=True,
        )
    elif not until:
        yield _since(scene, "permit.issued_on", time)


_SAME_COUNTY = re.compile(r"市本级|同一个?(?:县|市|区|地方)|没换过(?:地方|县)")


def _residence(scene: Scene, time: Months | Point) -> Iterator[Found]:
    place = _place_before(scene, time.start)
    county = place is not None and place.place is not None and place.place.area is not None
    same = _SAME_COUNTY.search(scene.typed.text[: time.start])
    if not (county and place is not None and place.nearness == HERE) and not same:
        return
    if isinstance(time, Point):
        if time.value <= scene.as_of:
            yield day_fact(scene, "residence.start_same_county", time)
    elif not time.later:
        yield length_fact(scene, "residence.months_same_county", time)


_PENSION_WORD = re.compile(r"养老|职工(?!医|基本医)")

_RESIDENTS = re.compile(r"居民(?!户口|医)|农保|城居保")

_IN_ONE_YEAR = re.compile(r"(?:一年内|近一年|最近一年|这一年|过去一年)(?:里)?[^，。？]{0,12}$")


def _pension(scene: Scene, time: Months | Point) -> Iterator[Found]:
    place = _place_before(scene, time.start)
    window = scene.typed.text[
        scene.typed.clauses[max(0, scene.typed.clause_at(time.start) - 2)].start : scene.clause(
            time.start
        ).end
    ]
    whole = scene.typed.text
    if _pays_something_else(scene, time):
        return
    if re.search("不是职工|并非职工", whole) or ("职工" not in whole and _RESIDENTS.search(whole)):
        return
    if _RESIDENTS.search(window) and not re.search("不是居民|职工", window):
        return
    asked = (scene.asked or "").startswith("pension.")
    loose = not asked and not _PENSION_WORD.search(window)
    if isinstance(time, Months) and (time.later or _is_gap_length(scene, time)):
        return
    if isinstance(time, Months) and _IN_ONE_YEAR.search(scene.before(time.start)):
        yield length_fact(scene, "insurance.months_in_year", time)
        return
    here = place is None or place.nearness == HERE
    if here and isinstance(time, Months) and is_summed(scene.before(time.start)[-12:]):
        return  # 断断续续, 一共: nothing is said of how long without a break
    named = re.match(
        f"(?:的)?([{HERE}{NEAR}{FAR}])+(?:的)?(?:养老|社保|职工)", scene.marked[time.end :]
    )
    if (named and named[1] != HERE) or (not named and place is not None and place.nearness != HERE):
        if isinstance(time, Months):
            found = length_fact(scene, "pension.months_elsewhere", time)
            yield replace(found, hedged=found.hedged or loose)
        return
    if isinstance(time, Point):
        ended = _ended(scene, time) or re.search("[到至]$", scene.before(time.start))
        if time.value <= scene.as_of and not ended:
            found = day_fact(scene, "pension.start", time)
            yield replace(found, hedged=found.hedged or loose)
        return
    found = length_fact(scene, "pension.consecutive_months_city", time)
    yield replace(found, hedged=found.hedged or loose)


def _place_before(scene: Scene, position: int) -> PlaceSaid | None:
    """The place that a statement is about: named in its clause, else in the clauses before."""
    index = scene.typed.clause_at(position)
    clause = scene.typed.clauses[index]
    inside = [p for p in scene.places if clause.start <= p.start < position]
    if inside:
        return inside[-1]
    back = scene.typed.clauses[max(0, index - 1)]
    earlier = [p for p in scene.places if back.start <= p.start < clause.start]
    return earlier[-1] if earlier else None
