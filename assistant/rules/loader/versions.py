"""A version of a rule: whether it holds together, and the look-up tables that decisions use."""

from dataclasses import replace
from datetime import date, timedelta

from assistant.errors import RuleError
from assistant.rules.amounts import givens
from assistant.rules.conditions import Leaf, OneOf, leaves
from assistant.rules.model import Parameter
from assistant.rules.rule import Condition, Version


def check_version(version: Version) -> None:
    """Refuse a version whose days, conditions or parameters do not hold together."""
    if version.valid_to is not None and version.valid_to < version.valid_from:
        raise RuleError(f"版本 {version.id} 在开始以前就结束了。")
    if not version.alternatives:
        raise RuleError(f"版本 {version.id} 没有途径。")
    rows: dict[str, Condition] = {}
    for alternative in version.alternatives:
        for condition in alternative.conditions:
            if rows.setdefault(condition.id, condition) != condition:
                raise RuleError(f"条件 {condition.id} 在版本 {version.id} 里出现两次而内容不同。")
    for test in version.tests():
        for leaf in leaves(test):
            if isinstance(leaf, OneOf) and leaf.unclear:
                raise RuleError("unclear 只能用在前提里。")
    for parameter in version.parameters():
        if not _spans(parameter, version.valid_from, version.valid_to):
            raise RuleError(f"参数 {parameter.name} 的期间没有覆盖版本 {version.id}。")


def _spans(parameter: Parameter, first: date, last: date | None) -> bool:
    """Whether the parameter has a value on every day from `first` to `last`."""
    day = first
    for value in parameter.values:
        if value.valid_from <= day and (value.valid_to is None or value.valid_to >= day):
            if value.valid_to is None:
                return True
            day = value.valid_to + timedelta(1)
            if last is not None and day > last:
                return True
    return False


def indexed(version: Version) -> Version:
    """The version with the look-up tables that decisions use."""
    main: list[Leaf] = []
    for alternative in version.alternatives:
        main += [leaf for c in alternative.conditions for leaf in c.leaves]
    everything = [leaf for test in version.tests() for leaf in leaves(test)]
    if version.amount:
        main += [leaf for case in version.amount.cases for leaf in leaves(case.when)]
    asked = {f.name: f for leaf in (*main, *everything) for f in leaf.asks}
    cases = version.amount.cases if version.amount else ()
    needed = [g for case in cases for g in givens(case.value)]
    asked |= {g.fact.name: g.fact for g in needed if g.default is None and not g.base}
    readers: dict[str, list[Leaf]] = {}
    for leaf in everything:
        for fact in leaf.facts:
            if leaf not in readers.setdefault(fact.name, []):
                readers[fact.name].append(leaf)
    presumed = {f.name: f for leaf in everything for f in leaf.facts if f.presumed_absent}
    timed = [leaf for leaf in version.leaves() if type(leaf).turns is not Leaf.turns]
    return replace(
        version,
        asked=tuple(asked.values()),
        presumed=tuple(presumed.values()),
        readers=tuple((name, tuple(found)) for name, found in readers.items()),
        time_leaves=tuple(dict.fromkeys(timed)),
        amount_facts=tuple({g.fact.name: g.fact for g in needed}.values()),
        figure_days=tuple(sorted({v.valid_from for p in version.parameters() for v in p.values})),
    )
