"""The tests of a rule file: one method for each kind of leaf."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.errors import RuleError
from assistant.rules import conditions as tests
from assistant.rules.conditions import TODAY, Test, negate
from assistant.rules.facts import FactDictionary
from assistant.rules.loader.entries import day, listed, only
from assistant.rules.model import Fact, FactType, Parameter


class TestReader:
    """Turns entries into tests over facts of the dictionary and parameters."""

    def __init__(self, facts: FactDictionary, parameters: Mapping[str, Parameter]) -> None:
        self._facts = facts
        self._parameters = parameters

    def numeric(self, name: str) -> Fact:
        """A fact of the dictionary that is a number."""
        fact = self.fact(name)
        if fact.type not in {FactType.MONEY, FactType.INTEGER}:
            raise RuleError(f"{name} 不是数，不能用来算金额。")
        return fact

    def fact(self, name: str) -> Fact:
        """A fact of the dictionary."""
        if name not in self._facts:
            raise RuleError(f"事实 {name} 不在词典 facts.yaml 里。")
        return self._facts[name]

    def parameter(self, name: str) -> Parameter:
        """A parameter of the city."""
        try:
            return self._parameters[name]
        except KeyError:
            raise RuleError(f"参数 {name} 没有定义。") from None

    def test(self, entry: Any) -> Test:
        """A test, or a tree of them."""
        if entry == "always":
            return tests.Always()
        if not isinstance(entry, dict) or not entry:
            raise RuleError(f"测试的写法不对：{entry!r}。")
        kind = next((k for k in ("all", "any", "not") if k in entry), None)
        if kind is not None:
            only(entry, {kind})
            if kind == "not":
                return negate(self.test(entry["not"]))
            inner = tuple(self.test(t) for t in listed(entry[kind]))
            return tests.All(inner) if kind == "all" else tests.Any(inner)
        reader = next((read for key, read in _LEAVES.items() if key in entry), None)
        if reader is None:
            raise RuleError(f"不认识的测试 {sorted(map(str, entry))}，见 docs/rules-format.md。")
        return reader(self, entry)

    def _is(self, entry: dict[str, Any]) -> Test:
        only(entry, {"is", "value"})
        fact = self.fact(entry["is"])
        if "value" in entry:
            return tests.OneOf(fact, frozenset({self._choice(fact, entry["value"])}))
        if fact.type is not FactType.BOOLEAN:
            raise RuleError(f"{fact.name} 不是是非事实，要写 value。")
        return tests.IsTrue(fact)

    def _in(self, entry: dict[str, Any]) -> Test:
        only(entry, {"in", "values", "unclear"})
        fact = self.fact(entry["in"])
        values = frozenset(self._choice(fact, v) for v in listed(entry["values"]))
        return tests.OneOf(
            fact, values, frozenset(self._choice(fact, v) for v in entry.get("unclear", ()))
        )

    def _choice(self, fact: Fact, value: Any) -> str:
        if fact.choices and value not in fact.choices:
            raise RuleError(f"{value} 不在 {fact.name} 的 choices 里。")
        return str(value)

    def _at_least(self, entry: dict[str, Any]) -> Test:
        only(entry, {"at_least", "value"})
        fact = self.fact(entry["at_least"])
        if not fact.ordered:
            raise RuleError(f"{fact.name} 没有高低次序（ordered: true）。")
        index = fact.choices.index(self._choice(fact, entry["value"]))
        return tests.OneOf(fact, frozenset(fact.choices[index:]))

    def _count(self, entry: dict[str, Any]) -> Test:
        comparison = next((k for k in ("at_least", "at_most", "below") if k in entry), "")
        only(entry, {"count", comparison})
        return tests.Count(
            self.numeric(entry["count"]), comparison, self.parameter(entry[comparison])
        )

    def _elapsed(self, entry: dict[str, Any]) -> Test:
        at_most = "at_most" in entry
        key = "at_most" if at_most else "at_least"
        only(entry, {"elapsed", key})
        return tests.Elapsed(self._dated(entry["elapsed"]), self._period(entry[key]), at_most)

    def _period(self, entry: dict[str, Any]) -> tests.Period:
        only(entry, {"months", "years", "days", "less_months", "plus_days"})
        if not entry or {"days", "plus_days"} <= set(entry):
            raise RuleError("期间至少写一项；days 与 plus_days 只写一个。")
        named = {k: self.parameter(v) for k, v in entry.items()}
        days = named.get("days") or named.get("plus_days")
        return tests.Period(named.get("months"), named.get("years"), days, named.get("less_months"))

    def _dated(self, name: str) -> Fact:
        fact = self.fact(name)
        if fact.type is not FactType.DATE:
            raise RuleError(f"{name} 不是日期。")
        return fact

    def _current(self, entry: dict[str, Any]) -> Test:
        only(entry, {"current", "flag"})
        flag = self.fact(entry["flag"]) if "flag" in entry else None
        return tests.Current(self._dated(entry["current"]), flag)

    def _before(self, entry: dict[str, Any]) -> Test:
        only(entry, {"before", "day"})
        return tests.Before(self._dated(entry["before"]), day(entry["day"]))

    def _month(self, entry: dict[str, Any]) -> Test:
        only(entry, {"month", "in", "default"})
        fact = None if entry["month"] == TODAY else self._dated(entry["month"])
        if entry.get("default", TODAY) != TODAY:
            raise RuleError("month 的 default 只能是 as_of。")
        return tests.InMonth(fact, self.parameter(entry["in"]), "default" in entry)

    def _same_year(self, entry: dict[str, Any]) -> Test:
        only(entry, {"same_year"})
        return tests.SameYear(self._dated(entry["same_year"]))

    def _until_month_end(self, entry: dict[str, Any]) -> Test:
        only(entry, {"until_month_end"})
        return tests.UntilMonthEnd(self._dated(entry["until_month_end"]))

    def _falls_in_year(self, entry: dict[str, Any]) -> Test:
        only(entry, {"falls_in_year", "years"})
        fact = self._dated(entry["falls_in_year"])
        return tests.FallsInYear(fact, self.parameter(entry["years"]))

    def _merged(self, entry: dict[str, Any]) -> Test:
        only(entry, {"merged", "with", "months"})
        return tests.Merged(
            self._dated(entry["merged"]),
            self.numeric(entry["with"]),
            self.parameter(entry["months"]),
        )

    def _relatives(self, entry: dict[str, Any]) -> Test:
        kind = "every" if "every" in entry else "some"
        only(entry, {kind, "relation", "minor", "cohabiting"})
        fact = self.fact(entry[kind])
        if fact.type is not FactType.LIST:
            raise RuleError(f"{fact.name} 不是名单。")
        relation = entry.get("relation")
        return tests.Relatives(
            fact,
            None if relation is None else self._choice(fact, relation),
            entry.get("minor"),
            entry.get("cohabiting"),
            kind == "every",
        )

    def _known(self, entry: dict[str, Any]) -> Test:
        only(entry, {"known"})
        return tests.Known(self.fact(entry["known"]))


_LEAVES: dict[str, Callable[[TestReader, dict[str, Any]], Test]] = {
    "is": TestReader._is,
    "elapsed": TestReader._elapsed,
    "count": TestReader._count,
    "current": TestReader._current,
    "before": TestReader._before,
    "month": TestReader._month,
    "same_year": TestReader._same_year,
    "until_month_end": TestReader._until_month_end,
    "falls_in_year": TestReader._falls_in_year,
    "merged": TestReader._merged,
    "some": TestReader._relatives,
    "every": TestReader._relatives,
    "known": TestReader._known,
    "in": TestReader._in,  # after month, which has an `in` too
    "at_least": TestReader._at_least,  # after elapsed and count
}
