"""Several spells of registration told in one message: put together, broken off, gone on elsewhere."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.places import HERE
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Months
from assistant.dialogue.reading.told_times import CUMULATIVE, time_fact
from assistant.dialogue.reading.topics import Topic, topics_in
from assistant.rules import whole_months


def put_together(scene: Scene, found: Sequence[Found]) -> Iterator[Found]:
    """The lengths and days found, several spells of registration among them as what they come to."""
    text = scene.typed.text
    months = [f for f in found if f.name == "reg.months"]
    past = _left_off(scene) if months else []
    if past and not any(f.name == "reg.cumulative_months" for f in found):
        yield from found
        yield from _summed([*past, months[-1]])
        return
    if len(months) > 1 and "断" in text and not _UNBROKEN.search(text):
        yield from found
        yield from _summed(months)
        return
    if len(months) > 1 and _UNBROKEN.search(text) and _IN_TURN.search(text):
        yield from (f for f in found if f not in months)
        yield from _joined(scene, months)
        return
    moved = _moved_on(scene, months, [f for f in found if f.name == "reg.start"])
    if moved is not None:
        yield from (f for f in found if f.name not in {"reg.months", "reg.start"})
        yield moved
        return
    of_places = _stretches(scene, months)
    if not of_places:
        yield from found
        return
    yield from (f for f in found if f not in of_places)
    yield from _joined(scene, of_places)


def _left_off(scene: Scene) -> list[Found]:
    """先前登记了五个月断了: lengths of registration that came to an end before the one that runs."""
    return [
        time_fact(scene, "reg.months", time)
        for time in scene.times
        if isinstance(time, Months)
        and topics_in(scene, time.start, time.end) is Topic.REG
        and _BROKE_OFF.match(scene.after(time.end))
    ]


_BROKE_OFF = re.compile("(?:后|就|又|中间|给)*(?:断(?:了|掉|开)|停(?:了|掉)|中断了|注销了)")


def _stretches(scene: Scene, months: list[Found]) -> list[Found]:
    """Registrations told one after the other, each of another place."""
    places: dict[str, Found] = {}
    for item in months:
        clause = scene.clause(item.start)
        said = [p for p in scene.places if clause.start <= p.start < item.start]
        if said:
            places[scene.typed.text[said[-1].start : said[-1].end]] = item
    return list(places.values()) if len(places) > 1 else []


_AGAIN = re.compile(
    "(?:搬|转|换|过来|来|到|回)[^，。？]{0,10}(?:又|再|重新|才|也)?[^，。？]{0,4}(?:登|办|录)|[又再](?:[去来到])?[登办]|重新[登办]"
)


def _moved_on(scene: Scene, months: list[Found], starts: list[Found]) -> Found | None:
    """在杭州登记了5个月，上个月搬来嘉兴又登记了: one length in the province, if nothing lay between."""
    if len(months) != 1 or len(starts) != 1 or starts[0].start < months[0].end:
        return None
    first, since = months[0], starts[0]
    earlier, clause = scene.clause(first.start), scene.clause(since.start)
    away = any(p.nearness != HERE for p in scene.places if earlier.start <= p.start < first.start)
    words = scene.typed.text[clause.start : clause.end]
    if earlier == clause or not away or first.person != since.person or not _AGAIN.search(words):
        return None
    latest, earliest = since.high or since.value, since.low or since.value
    if not isinstance(latest, date) or not isinstance(earliest, date):
        return None
    if not isinstance(first.value, int):
        return None
    low = first.value + max(0, whole_months(latest, scene.as_of))
    high = first.value + whole_months(earliest, scene.as_of) + 1
    before = re.search("之前|以前|原来|原先|先前|早先|前面", scene.before(first.start))
    begin = since.start if before else first.start  # 之前在杭州…: it goes on in what follows
    told = replace(first, value=low, start=begin, end=since.end)
    doubtful = _UNBROKEN.search(scene.typed.text) is None
    if latest == earliest:
        return replace(told, doubted=doubtful)
    return replace(told, low=low, high=high, hedged=True, doubted=doubtful)


def _summed(months: list[Found]) -> Iterator[Found]:
    """断过一回，先办了5个月，重新登记到现在4个月: what they come to when put together."""
    lengths = [item.value for item in months if isinstance(item.value, int)]
    if len({item.person for item in months}) == 1 and len(lengths) == len(months):
        whole = replace(months[-1], start=months[0].start, low=None, high=None)
        yield replace(whole, name="reg.cumulative_months", value=sum(lengths))


_IN_TURN = re.compile(r"接着|续上|接上|又[办登做录上]|再[办登做录上]|后来|然后")
"""登了四个月，紧接着又登了三个月: one stretch after the other."""
_UNBROKEN = re.compile(
    r"(?:没(?:有)?|未|无|不曾)(?:间断|中断|断|空档|空当|空隙|断档|空)|不间断|无缝|紧接着|紧跟着|一天(?:都|也)?没|接上了|连上了|连着登"
)


def _joined(scene: Scene, stretches: list[Found]) -> Iterator[Found]:
    """Several stretches are one length where nothing lay between; else how long is still to ask."""
    if any(not isinstance(item.value, int) for item in stretches):
        return
    total = sum(item.value for item in stretches if isinstance(item.value, int))
    first, last = stretches[0], stretches[-1]
    before = re.search("之前|以前|原来|原先|先前|早先|前面", scene.before(first.start))
    begin = last.start if before else first.start  # 之前在杭州…: it goes on in what follows
    whole = replace(last, value=total, start=begin, low=None, high=None)
    if _UNBROKEN.search(scene.typed.text):
        yield whole
    elif CUMULATIVE.search(scene.typed.text):
        yield replace(whole, name="reg.cumulative_months")
    elif re.search("连续|连着|一直", scene.before(last.start)):
        yield last
