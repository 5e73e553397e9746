"""Lengths and days as facts: of whom, of which place, summed up, broken off or over."""

import re
from dataclasses import replace

from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.places import FAR, PlaceSaid
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Months, Point
from assistant.rules import add_months, latest_start

CUMULATIVE = re.compile(
    r"累计|加起来|凑一块|凑起来|凑在一|一共|总共|前后|前前后后|合计|合起来|拼起来|加一块|拢共|拢总|总计|断断续续|总的"
)

_RUN = re.compile("连续|连着|不间断|没断|一口气|最近")
"""What says, after 累计, that the length that follows is of one stretch."""


def is_summed(before: str) -> bool:
    """Whether the length that follows these words is a sum: 累计10个月, and not 累计10个月连续."""
    summed = [m.end() for m in CUMULATIVE.finditer(before)]
    return bool(summed) and not _RUN.search(before, summed[-1])


def time_fact(scene: Scene, name: str, time: Months | Point) -> Found:
    """A length or a day as a fact of the person it is told of."""
    return Found(
        name,
        time.value,
        time.start,
        time.end,
        scene.person_at(time.start),
        time.hedged or scene.is_hedged(time.start, time.end),
        time.low,
        time.high,
    )


def fact_since(scene: Scene, name: str, time: Months) -> Found:
    """A length as the fact of the day on which it began."""
    latest = latest_start(time.value, scene.as_of)
    return replace(
        time_fact(scene, name, time),
        value=latest,
        low=add_months(scene.as_of, -(time.high or time.value) - 1),
        high=latest,
    )


def is_gap(scene: Scene, time: Months) -> bool:
    """Whether a length is one of interruption: 断过两个月."""
    if re.match("(?:是|都|里)?(?:断|没登记|没交|没缴|空)", scene.after(time.end)):
        return True
    return bool(
        re.search(
            "断(?:过|了|开|缴了?|交了?)*(?:有|将近|快)?$|空了$|漏了$|停了$|(?:注销|中断|失效|掉|取消)了?$",
            scene.before(time.start),
        )
    )


def has_ended(scene: Scene, time: Point) -> bool:
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


def place_after(scene: Scene, position: int) -> PlaceSaid | None:
    """2021年起一直住在海宁: the place that the same clause names after a time."""
    clause = scene.clause(max(0, position - 1))
    return next((p for p in scene.places if position <= p.start < clause.end), None)


def place_before(scene: Scene, position: int) -> PlaceSaid | None:
    """The place that a statement is about: named in its clause, else in the clauses before."""
    index = scene.typed.clause_at(position)
    clause = scene.typed.clauses[index]
    inside = [p for p in scene.places if clause.start <= p.start < position]
    if inside:
        named = [p for p in inside[:-1] if p.end == inside[-1].start and p.place is not None]
        return named[-1] if named and inside[-1].nearness == FAR else inside[-1]  # 杭州那边
    back = scene.typed.clauses[max(0, index - 1)]
    earlier = [p for p in scene.places if back.start <= p.start < clause.start]
    return earlier[-1] if earlier else None
