"""What a length or a day tells, by what it is said of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.dialogue.reading.applying import of_an_errand
from assistant.dialogue.reading.found import ELSEWHERE, Found
from assistant.dialogue.reading.places import FAR, HERE, NEAR
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Months, Point
from assistant.dialogue.reading.told_times import (
    CUMULATIVE,
    fact_since,
    has_ended,
    is_gap,
    is_summed,
    place_after,
    place_before,
    time_fact,
)
from assistant.dialogue.reading.topics import Topic
from assistant.rules import add_months

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
        if start == "apply.on" and time.value == scene.as_of and time.low is None:
            return  # applying today is what is asked about anyway
        if start == "apply.on" and of_an_errand(scene):
            return
        if start and (time.value <= scene.as_of or start == "apply.on"):
            if start == "edu.graduated_on" and not _vocational(scene):
                return
            if (
                start == "employer.founded_on"
                and time.low == date(scene.as_of.year, 1, 1)
                and time.high == scene.as_of
            ):
                return
            if start == "retired_on" and _NOT_DONE.search(scene.after(time.end)):
                return
            if start == "retired_on" and re.search(
                "快|要|准备|想|打算|能|可以", scene.before(time.start)[-3:]
            ):
                return
            yield _next_of(scene, time_fact(scene, start, time), time)
        return
    if time.later:
        return
    if start in {"retired_on", "employer.founded_on"} and (
        time.ago or start == "employer.founded_on"
    ):
        yield fact_since(scene, start or "", time)
        return
    if months == "edu.years_since_graduation":
        if time.value % 12 == 0 and _vocational(scene):
            yield replace(
                time_fact(scene, months, time), value=time.value // 12, low=None, high=None
            )
        return
    if months == "job.months" and scene.person_at(time.start) and _works_elsewhere(scene, time):
        return
    if months:
        yield time_fact(scene, months, time)


_NOT_DONE = re.compile("(?:没|未|不)(?:有)?(?:能)?(?:正式)?(?:办|批|下来|通过|走完)")
_MEANS_TO = re.compile(r"(?:想|要|打算|准备|计划|等到?|争取)[^，。？]{0,6}$")


_HANDED = re.compile(
    r"(?:申请|提交|递交|递|交|受理|收件|报)(?:材料|申请|表|上去|进去)*(?:了(?!$)|过|的(?=[，。？]|$)|上去)"
)
"""7月1日交的材料: an application that was made already."""


def _next_of(scene: Scene, found: Found, time: Point) -> Found:
    """想12月份申请: of a month without its year, what is meant to be done is in the next."""
    words, day = scene.typed.text[time.start : time.end], found.value
    past = found.name == "apply.on" and isinstance(day, date) and day < scene.as_of
    if not past or "年" in words or re.search("[去今前]", scene.before(time.start)[-2:]):
        return found
    meant = _MEANS_TO.search(scene.before(time.start))
    if not meant and (_HANDED.search(scene.typed.text) or "补充医" not in scene.typed.text):
        return found
    return replace(
        found,
        value=add_months(time.low or time.value, 12),
        low=None,
        high=None,
    )


def _works_elsewhere(scene: Scene, time: Months) -> bool:
    before = scene.marked[scene.clause(time.start).start : time.end]
    return bool(ELSEWHERE.search(before))


def _vocational(scene: Scene) -> bool:
    """Whether the school that was left is, or may be, the vocational one that the rule means."""
    return re.search("中专|技校|中职|职高|职业高中|中技", scene.typed.text) is not None


_IS_AT = re.compile("在|是|于|到|往")


def _is_registered_afar(scene: Scene, time: Months | Point) -> bool:
    """登记在四川老家办的满一年, 登记半年在江苏: of which place the registration itself is."""
    clause = scene.clause(time.start)
    places = [p for p in scene.places if clause.start <= p.start < clause.end]
    text = scene.typed.text
    before = [p for p in places if p.end <= time.start]
    run = [p for p in before if p.nearness == FAR]
    if run and before[-1].nearness == FAR and _IS_AT.search(text[run[0].start - 1 : run[0].start]):
        named = any(p.place is not None for p in run)
        return named or re.match("(?:办|登|做|弄)", text[run[-1].end :]) is not None
    after = next((p for p in places if p.start >= time.end), None)
    if after is None or after.nearness != FAR or after.place is None:
        return False
    return re.fullmatch("(?:了|多|，|都|是|但|就|办)*在", text[time.end : after.start]) is not None


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
    place = place_before(scene, time.start)
    if _is_registered_afar(scene, time):
        return
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
        ended = has_ended(scene, time) or re.search("[到至]$", near)
        if time.value <= scene.as_of and not ended and not CUMULATIVE.search(near):
            yield time_fact(scene, "reg.start", time)
        return
    if time.later or is_gap(scene, time):
        return
    name = "reg.cumulative_months" if is_summed(near) else "reg.months"
    yield time_fact(scene, name, time)


def _rent(scene: Scene, time: Months | Point) -> Iterator[Found]:
    before, after = scene.before(time.start), scene.after(time.end)
    if isinstance(time, Point):
        if _UNTIL.search(before[-5:]) or re.match(
            "(?:才|就|的)?(?:到期|为止|届满|退租|截止)", after
        ):
            yield replace(time_fact(scene, "rent.end", time))
        elif time.value <= scene.as_of:
            yield time_fact(scene, "rent.start", time)
        return
    if (
        time.later
        or re.search("(?:合同|租约|租期|签|押)[^，。？]{0,4}$", before)
        or re.match("(?:的)?(?:合同|租约|租期|房租)", after)
    ):
        return
    yield time_fact(scene, "rent.months", time)


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
            yield replace(time_fact(scene, "permit.valid_until", time), value=low)
        else:
            yield time_fact(scene, "permit.issued_on", time)
        return
    if time.later or re.search("还有|再过|还剩", before[-4:]):
        end = add_months(scene.as_of, time.value)
        yield replace(
            time_fact(scene, "permit.valid_until", time),
            value=end,
            low=None,
            high=None,
            hedged=True,
        )
    elif not until and not _IS_WANTED.match(after):
        yield fact_since(scene, "permit.issued_on", time)


_IS_WANTED = re.compile(
    "[^，。？]{0,3}(?:能|可以|想|要|去|来|怎么|可不可以)[^，。？]{0,4}(?:办|申|领|弄|拿)"
)
"""没满半年能办居住证吗: a length of something before the permit, and not of one that is held."""


_SAME_COUNTY = re.compile(r"市本级|同一个?(?:县|市|区|地方)|没换过(?:地方|县)")


def _residence(scene: Scene, time: Months | Point) -> Iterator[Found]:
    if isinstance(time, Point) and time.value == scene.as_of and time.low is None:
        return  # 住到今天
    place = place_before(scene, time.start) or place_after(scene, time.end)
    county = place is not None and place.place is not None and place.place.area is not None
    same = _SAME_COUNTY.search(scene.typed.text[: time.start])
    if not (county and place is not None and place.nearness == HERE) and not same:
        return
    if isinstance(time, Point):
        if time.value <= scene.as_of:
            yield time_fact(scene, "residence.start_same_county", time)
    elif not time.later:
        yield time_fact(scene, "residence.months_same_county", time)


_PENSION_WORD = re.compile(r"养老|(?<!正式)(?<!在编)(?<!合同)(?<!长期)(?<!固定)职工(?!医|基本医)")
_ONLY_INSURED = re.compile("社保|社会保险")
"""社保缴了半年: of the pension of employees that is the most, and need not be any."""

_RESIDENTS = re.compile(r"居民(?!户口|医)|农保|城居保|城乡(?!居民医|医)")

_OWED = re.compile(
    r"(?:欠|拖欠|漏|少)(?:着|了|缴|交|费)*(?:[\ue011\ue012]++|的|职工|社保|养老|保险|费)*$|(?:没|未)(?:有)?(?:给[\ue011\ue012]*)?(?:交|缴|上|买)(?:的|了|过|满|够)?(?:职工|社保|养老|保险)*$"
)
"""欠社保五个月: months that were not paid."""
_STARTS_LATER = re.compile(r"[^，。？]{0,8}(?:从|自|要到|等到)(?:明年|后年|下个?月|以后)")

_IN_ONE_YEAR = re.compile(r"(?:一年内|近一年|最近一年|这一年|过去一年)(?:里)?[^，。？]{0,12}$")


def _clauses_after(scene: Scene, time: Months | Point) -> str:
    """The two clauses after that of a time, as far as they tell no other time: 才两个月，职工养老."""
    index = scene.typed.clause_at(time.start)
    later = scene.typed.clauses[index + 1 : index + 3]
    if not later:
        return ""
    begin, end = later[0].start, later[-1].end
    others = [t.start for t in scene.times if begin <= t.start < end]
    return scene.typed.text[begin : min(others, default=end)]


_RUN_AFTER = re.compile("(?:都|也|是|全|的)*(?:不间断|没断|没有断|未断|无间断|连续|连着|一天没)")


def _marked_before(scene: Scene, time: Months | Point) -> str:
    return scene.marked[scene.clause(time.start).start : time.start]


_PAID_THERE = (
    rf"(?:的|都|全|其实|应该|实际|职工|养老|保险|社保|钱|，)*是?在?(?<=[在是])[{NEAR}{FAR}]+"
    rf"[^，。？{HERE}]{{0,6}}(?:[交缴参]|上的)"
)
"""那三年是在安徽芜湖缴的: of months, the place where they were paid."""


def _pension(scene: Scene, time: Months | Point) -> Iterator[Found]:
    place = place_before(scene, time.start)
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
    loose = not asked and not _PENSION_WORD.search(window + _clauses_after(scene, time))
    if isinstance(time, Months) and (time.later or is_gap(scene, time)):
        return
    if _OWED.search(_marked_before(scene, time)) or _STARTS_LATER.match(scene.after(time.end)):
        return
    if isinstance(time, Months) and _IN_ONE_YEAR.search(scene.before(time.start)):
        yield time_fact(scene, "insurance.months_in_year", time)
        return
    here = place is None or place.nearness == HERE
    summed = is_summed(scene.before(time.start)[-12:]) and not _RUN_AFTER.match(
        scene.after(time.end)
    )
    if here and isinstance(time, Months) and summed:
        return  # 断断续续, 一共: nothing is said of how long without a break
    abroad = re.match(_PAID_THERE, scene.marked[time.end :])
    if abroad and isinstance(time, Months):
        found = time_fact(scene, "pension.months_elsewhere", time)
        yield replace(found, hedged=found.hedged or loose)
        return
    named = re.match(
        f"(?:的)?([{HERE}{NEAR}{FAR}])+(?:的)?(?:养老|社保|职工)", scene.marked[time.end :]
    )
    if (named and named[1] != HERE) or (not named and place is not None and place.nearness != HERE):
        if isinstance(time, Months):
            found = time_fact(scene, "pension.months_elsewhere", time)
            yield replace(found, hedged=found.hedged or loose)
        return
    insured = loose and _ONLY_INSURED.search(window) is not None
    if isinstance(time, Point):
        ended = has_ended(scene, time) or re.search("[到至]$", scene.before(time.start))
        if time.value <= scene.as_of and not ended:
            found = time_fact(scene, "pension.start", time)
            if insured:
                found = replace(found, low=time.low or time.value, high=scene.as_of)
            yield replace(found, hedged=found.hedged or loose)
        return
    found = time_fact(scene, "pension.consecutive_months_city", time)
    if insured:
        found = replace(found, low=0, high=(time.high or time.value) + 1)
    yield replace(found, hedged=found.hedged or loose)
