"""Figures that a message puts in the place of one told before: 是7万不是7千, 如果只付了五百, 退休的应该是15.

Which one is meant is told by the figure that is denied, by what the figure is said to be of, or by
there being only one.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from assistant.clauses.numerals import Quantity, quantities
from assistant.dialogue.model import SaidFact
from assistant.dialogue.state import Remembered

_OF: Mapping[str, re.Pattern[str]] = {
    "med.outpatient_below_deductible": re.compile(r"起付[^，。]{0,3}(?:以?下|内)|门槛[^，。]{0,3}[下内]"),
    "med.outpatient_mid": re.compile("中间|中段"),
    "med.outpatient_above_cap": re.compile("限额|封顶"),
    "med.base_paid": re.compile("医保|统筹|给付|支付了|[付报]了|[付报]过|[付报]掉"),
    "med.inpatient_remaining": re.compile("住院|自付|剩"),
    "employer.base": re.compile("基数|工资"),
    "employer.active_count": re.compile("在职|在岗|在编|上班"),
    "employer.retired_count": re.compile("退休|退下来"),
}  # fmt: skip
_HEADS = ("employer.active_count", "employer.retired_count")
_DENIED = re.compile(r"(?:不是|并非|不止|没有)(?:说|什么)?$")
_NOT_A_SUM = re.compile(r"个?[年月日号岁天]|周岁|%|档")
_UNITS = frozenset(["", "元", "人", "个", "名", "位"])
_LEAST = 30  # a bare number below this is no sum of money


def figures_changed(
    words: str, known: Mapping[str, Remembered], wanted: frozenset[str], as_of: date
) -> dict[str, SaidFact]:
    """The figure that `words` replace or add, of those that the rules talked about read (`wanted`)."""
    told = {n: f.value for n, f in known.items() if n in _OF and n in wanted}
    figures = [
        q for q in quantities(words) if q.unit in _UNITS and not _NOT_A_SUM.match(words, q.end)
    ]
    denied = [q for q in figures if _DENIED.search(words[: q.start])]
    left = [q for q in figures if q not in denied]
    if not told or len(left) != 1:
        return {}
    name = _meant(words, told, denied, wanted)
    new = left[0]
    if name is None:
        return {}
    of_heads = name in _HEADS
    if of_heads and new.unit == "元":
        return {}
    if not of_heads and (new.unit not in {"", "元"} or new.value < _LEAST):
        return {}
    value = int(new.value) if of_heads else new.value
    return {name: SaidFact(value, words[new.start : new.end], as_of)}


def is_figure(name: str) -> bool:
    """Whether a fact is a figure that a sum is reckoned from."""
    return name in _OF


def _meant(
    words: str, told: Mapping[str, object], denied: list[Quantity], wanted: frozenset[str]
) -> str | None:
    """Which figure is replaced; None where that is not told."""
    same = [n for n, value in told.items() if any(q.value == value for q in denied)]
    if len(same) == 1:
        return same[0]
    named = [n for n, of in _OF.items() if n in wanted and of.search(words)]
    if named:
        return named[0] if len(named) == 1 else None
    return next(iter(told)) if len(told) == 1 else None


_MORE = r"(?:再|又|另外?|还要?)(?:加|添|招|进|来|增|算)(?:上|了|进来?)?|增加了?|多(?:了|出|招|算)(?:了)?|新(?:招|进|来|增)了?"
_FEWER = r"(?:再|又)?(?:减|少|走|辞|退|裁)(?:去|掉|了|少|算)+|减少了?"
_CHANGE = re.compile(
    rf"(?:(?P<more>{_MORE})|(?P<fewer>{_FEWER}))[^，。\d一二两三四五六七八九十百]{{0,4}}$"
)


def added_up(
    words: str, told: Mapping[str, SaidFact], known: Mapping[str, Remembered]
) -> dict[str, SaidFact]:
    """再加5个退休的: the facts told, heads that are more or fewer reckoned from those known."""
    summed = dict(told)
    for name in _HEADS:
        fact, before = told.get(name), known.get(name)
        if fact is None or before is None or not isinstance(before.value, int):
            continue
        at = words.find(fact.said)
        lead = words[:at] + fact.said[: _first_figure(fact.said)]
        change = _CHANGE.search(lead) if at >= 0 else None
        if change is None or not isinstance(fact.value, int):
            continue
        value = before.value + (fact.value if change["more"] else -fact.value)
        if value >= 0:
            summed[name] = replace(fact, value=value)
    return summed


def _first_figure(said: str) -> int:
    figure = re.search(r"[\d一二两三四五六七八九十百]", said)
    return figure.start() if figure else 0
