"""The trace of a verdict: every node with its facts, its text and how it came out."""

from datetime import date

from assistant.rules.conditions import (
    All,
    Always,
    Any,
    Current,
    Elapsed,
    Leaf,
    Merged,
    Not,
    Test,
)
from assistant.rules.logic import Reading, status
from assistant.rules.model import Cite, Fact, Facts, FactValue, Member, TraceNode
from assistant.rules.months import whole_months
from assistant.rules.rule import Alternative, Condition, Doubt, Material, Premise
from assistant.rules.templates import figure


def condition_node(
    condition: Condition, reading: Reading, doubts: list[Reading], facts: Facts, day: date
) -> TraceNode:
    """The node of a condition; a compound test and its doubts stand below it."""
    cite = (condition.cite,)
    children: tuple[TraceNode, ...] = ()
    if isinstance(condition.test, All | Any):
        children = (test_node(condition.id, condition.test, cite, facts, day),)
    if doubts:
        pairs = zip(condition.doubts, doubts, strict=True)
        children += tuple([doubt_node(doubt, when, facts) for doubt, when in pairs])
    return TraceNode(
        condition.id,
        "condition",
        condition.label,
        status(reading),
        _known(condition.facts, facts),
        cite,
        children,
    )


def _known(names: tuple[Fact, ...], facts: Facts) -> tuple[tuple[str, FactValue | None], ...]:
    return tuple([(fact.name, facts.get(fact.name)) for fact in names])


def test_node(path: str, test: Test, cites: tuple[Cite, ...], facts: Facts, day: date) -> TraceNode:
    """The node of a test and of all tests below it; each rests on the condition's text."""
    value = status(test.read(facts, day))
    match test:
        case All(tests) | Any(tests):
            kind = "all" if isinstance(test, All) else "any"
            below = tuple(
                test_node(f"{path}.{i}", inner, cites, facts, day) for i, inner in enumerate(tests)
            )
            read = dict(pair for child in below for pair in child.facts)
            return TraceNode(path, kind, "", value, tuple(read.items()), cites, below)
        case Always():
            return TraceNode(path, "test", "", value, (), cites)
        case _:
            leaf = test.leaf if isinstance(test, Not) else test
            label = "、".join(f.label for f in leaf.facts)
            kind = "not" if isinstance(test, Not) else "test"
            read_facts = tuple((f.name, facts.get(f.name)) for f in leaf.facts)
            return TraceNode(path, kind, label, value, read_facts, cites)


def doubt_node(doubt: Doubt, when: Reading, facts: Facts) -> TraceNode:
    """The node of a doubt: met where it applies."""
    return TraceNode(
        doubt.id, "doubt", doubt.note, status(when), _known(doubt.facts, facts), doubt.cites
    )


def side_node(item: Material | Premise, reading: Reading, facts: Facts) -> TraceNode:
    """The node of a paper or of a premise."""
    kind, label = ("material", item.name) if isinstance(item, Material) else ("premise", item.label)
    read = _known(item.facts, facts)
    return TraceNode(item.id, kind, label, status(reading), read, (item.cite,))


def alternative_node(
    alternative: Alternative, reading: Reading, children: tuple[TraceNode, ...]
) -> TraceNode:
    """The node of a channel within a rule."""
    cites = (alternative.grants,) if alternative.grants else ()
    return TraceNode(
        alternative.id, "alternative", alternative.title, status(reading), (), cites, children
    )


def actual_text(leaves: tuple[Leaf, ...], facts: Facts, day: date) -> str | None:
    """What is known of a condition, in words; None where nothing is."""
    found: dict[str, tuple[str, str]] = {}
    for leaf in leaves:
        for fact in leaf.facts:
            value = facts.get(fact.name)
            if value is not None and fact.name not in found:
                found[fact.name] = (fact.label, value_text(fact, value, leaf, day))
    if not found:
        return None
    if len(found) == 1 and len(leaves) == 1:
        return next(iter(found.values()))[1]
    return "；".join(f"{label}：{text}" for label, text in found.values())


def value_text(fact: Fact, value: FactValue, leaf: Leaf | None, day: date) -> str:
    """A fact's value in words; a start day with how long ago it was."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        if isinstance(leaf, Elapsed | Merged):
            return _elapsed(fact, value, day)
        return f"至{value.isoformat()}" if isinstance(leaf, Current) else value.isoformat()
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "、".join(_member_text(m) for m in value) or "没有"
    return f"{figure(value) if not isinstance(value, int) else value}{fact.unit or ''}"


def _member_text(member: Member) -> str:
    words = [member.relation]
    if member.minor is not None:
        words.append("未成年" if member.minor else "已成年")
    if member.cohabiting is not None:
        words.append("共同居住" if member.cohabiting else "不共同居住")
    return words[0] if len(words) == 1 else f"{words[0]}（{'，'.join(words[1:])}）"


def _elapsed(fact: Fact, start: date, day: date) -> str:
    """How long it has been since `start`, in the words of the dictionary."""
    months = whole_months(start, day)
    if fact.elapsed:
        return fact.elapsed.format(years=months // 12, months=months, start=start.isoformat())
    if day < start:
        return f"自{start.isoformat()}起"
    return f"自{start.isoformat()}起，已满{months}个月"
