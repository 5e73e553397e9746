"""Tests in Chinese words, so that an office can check what is tested without reading a rule file."""

from datetime import date

from assistant.rules.conditions import (
    All,
    Always,
    Any,
    Before,
    Count,
    Current,
    Elapsed,
    FallsInYear,
    InMonth,
    IsTrue,
    Known,
    Leaf,
    Merged,
    Not,
    OneOf,
    Period,
    Relatives,
    SameYear,
    Test,
    UntilMonthEnd,
)
from assistant.rules.model import Parameter
from assistant.rules.templates import figure

_COMPARISONS = {"at_least": "不少于", "at_most": "不多于", "below": "少于"}


def in_words(test: Test, day: date, *, inner: bool = False) -> str:
    """What the test asks, with the figures of a day; `inner`: as a part of another."""
    match test:
        case All(tests) if not tests:
            return "不限"
        case Any(tests) if not tests:
            return "任何情况都不成立"
        case All(tests):
            return _joined(tests, "，并且", day, inner)
        case Any(tests):
            return _joined(tests, "，或者", day, inner)
        case Always():
            return "一律"
        case Not(leaf):
            return _denied(leaf, day)
        case _:
            return _asked(test, day)


def _joined(tests: tuple[Test, ...], joint: str, day: date, inner: bool) -> str:
    if len(tests) == 1:
        return in_words(tests[0], day, inner=inner)
    whole = joint.join(in_words(t, day, inner=True) for t in tests)
    return f"（{whole}）" if inner else whole


def _denied(leaf: Leaf, day: date) -> str:
    match leaf:
        case IsTrue(fact):
            return f"{fact.label}：否"
        case OneOf(fact, values) if fact.choices:
            others = [c for c in fact.choices if c not in values]
            return f"{fact.label}：{'、'.join(others)}"
        case Known(fact):
            return f"没有说明{fact.label}"
        case UntilMonthEnd(fact):
            return f"{fact.label}的次月起"
        case _:
            return f"并非「{_asked(leaf, day)}」"


def _asked(leaf: Leaf, day: date) -> str:
    match leaf:
        case IsTrue(fact):
            return f"{fact.label}：是"
        case OneOf(fact, values):
            named = [c for c in fact.choices if c in values] or sorted(values)
            return f"{fact.label}：{'、'.join(named)}"
        case Count(fact, comparison, parameter):
            return f"{fact.label}{_COMPARISONS[comparison]}{_figure(parameter, day)}"
        case Elapsed(fact, period, at_most):
            side = "不超过" if at_most else "已满"
            return f"自{fact.label}起{side}{_period(period, day)}"
        case Current(fact, flag):
            return f"{(flag or fact).label}（{fact.label}不早于当日）"
        case Before(fact, limit):
            return f"{fact.label}早于{limit.isoformat()}"
        case InMonth(fact, month):
            when = fact.label if fact else "当日"
            return f"{when}在{figure(month.on(day))}月"
        case SameYear(fact):
            return f"{fact.label}在当年"
        case UntilMonthEnd(fact):
            return f"不晚于{fact.label}的当月"
        case FallsInYear(fact, years):
            return f"自{fact.label}起满{figure(years.on(day))}年的那天在当年"
        case Merged(fact, elsewhere, months):
            return f"{fact.label}至今，加上{elsewhere.label}，合计满{figure(months.on(day))}个月"
        case Relatives():
            return _relatives(leaf)
        case Known(fact):
            return f"说明了{fact.label}"
        case _:
            return "、".join(fact.label for fact in leaf.facts)


def _relatives(leaf: Relatives) -> str:
    words = {True: ["未成年"], False: ["成年"], None: []}[leaf.minor]
    words += {True: ["共同居住生活"], False: ["不共同居住"], None: []}[leaf.cohabiting]
    who = f"{'、'.join(words)}的{leaf.relation or '人'}" if words else leaf.relation or "人"
    return f"{leaf.fact.label}都是{who}" if leaf.every else f"{leaf.fact.label}中有{who}"


def _period(period: Period, day: date) -> str:
    parts = []
    if period.years:
        parts.append(f"{figure(period.years.on(day))}年")
    if period.months:
        parts.append(f"{figure(period.months.on(day))}个月")
    whole = "零".join(parts)
    if period.less_months:
        whole += f"减{figure(period.less_months.on(day))}个月"
    if period.days:
        days = f"{figure(period.days.on(day))}天"
        whole = f"{whole}又{days}" if whole else days
    return whole


def _figure(parameter: Parameter, day: date) -> str:
    return f"{figure(parameter.on(day))}{parameter.unit}"
