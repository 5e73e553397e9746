"""Reads `corpus/rules/`: the dictionary of facts and the rule files become compiled rules."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import yaml

from assistant.errors import FactError, RuleError
from assistant.rules import conditions as tests
from assistant.rules.book import RuleBook
from assistant.rules.conditions import TODAY, Leaf, Test, facts_of, leaves, negate
from assistant.rules.facts import FactDictionary
from assistant.rules.model import (
    Cite,
    Fact,
    FactType,
    Implication,
    Parameter,
    ParameterValue,
)
from assistant.rules.rule import (
    Alternative,
    Amount,
    AmountCase,
    Condition,
    Doubt,
    Expression,
    Figure,
    Given,
    Literal,
    Material,
    Notice,
    Operation,
    Premise,
    Rule,
    Template,
    Version,
    givens,
)
from assistant.schemas import NoticeCode

_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, in C where there is one
_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")
_PARAMETER_NAME = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")
_SLOT = re.compile(r"\{([a-z0-9_.]+)(?:\*\d+)?\}")
_ALTERNATIVE_KEYS = {"grants", "covers", "cohabiting", "conditions", "materials"}
_COVERS = {"配偶", "子女", "未成年子女", "父母"}
_UNITS = {"元/月", "元/年", "元"}
_OUTCOMES = frozenset({"eligible", "undetermined", "rule_uncertain"})
_ANY_OUTCOME = _OUTCOMES | {"ineligible"}


def load_rules(root: Path) -> RuleBook:
    """Load `root` (the folder `corpus/rules`); raises RuleError, naming file and place.

    A corpus of texts alone, without that folder, has no rules.
    """
    if not root.exists():
        return RuleBook(FactDictionary(()), (), ())
    facts = load_facts(root / "facts.yaml")
    files = sorted(p for p in root.glob("*/*.yaml"))
    raw = {file: _read_yaml(file) for file in files}
    parameters: dict[str, Parameter] = {}
    for file, content in raw.items():
        for name, entry in content.get("parameters", {}).items():
            if name in parameters:
                raise RuleError(f"{file.name}：参数 {name} 在别处已经写过，请只写一次。")
            parameters[name] = _located(file, name, partial(_parameter, name, entry))
    rules = []
    for file, content in raw.items():
        rule = _located(file, "", partial(_Reader(facts, parameters).rule, content))
        if (rule.id, rule.jurisdiction) != (file.stem, file.parent.name):
            raise RuleError(f"{file.name}：rule 与 jurisdiction 应当与文件名、文件夹名一致。")
        rules.append(rule)
    rules.sort(key=lambda r: (r.order, r.id))
    if len({r.id for r in rules}) < len(rules):
        raise RuleError("规则号重复：每个规则号只能有一个文件。")
    for rule in rules:
        for mend in rule.mends() - {r.id for r in rules}:
            raise RuleError(f"{rule.id}：mend 写的规则 {mend} 不存在。")
    return RuleBook(facts, tuple(rules), tuple(parameters[n] for n in sorted(parameters)))


def load_facts(file: Path) -> FactDictionary:
    """Load the dictionary of facts; raises RuleError, naming the fact."""
    entries = _read_yaml(file).get("facts", {})
    facts = {
        name: _located(file, name, partial(_fact, name, entry)) for name, entry in entries.items()
    }
    dictionary = FactDictionary(facts.values())
    finished = []
    for fact in facts.values():
        for other in _mentions(fact):
            if other not in facts:
                raise RuleError(f"{file.name}：事实 {fact.name} 提到的 {other} 不在词典里。")
        finished.append(_located(file, fact.name, partial(_typed, fact, dictionary)))
    return FactDictionary(finished)


def _located(file: Path, place: str, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except RuleError as error:
        where = f"{file.name}（{place}）" if place else file.name
        raise RuleError(f"{where}：{error.message}") from None
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, FactError) as error:
        raise RuleError(
            f"{file.name}（{place}）：写法不对（{error!r}），见 docs/rules-format.md。"
        ) from error


def _read_yaml(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_SAFE)  # noqa: S506 - a safe loader
    except (OSError, yaml.YAMLError) as error:
        raise RuleError(f"读不了 {file}：{error}") from error
    if not isinstance(content, dict):
        raise RuleError(f"{file.name}：应当是一组键和值，见 docs/rules-format.md。")
    return content


def _only(entry: Mapping[str, Any], allowed: Iterable[str]) -> None:
    unknown = set(entry) - set(allowed)
    if unknown:
        raise RuleError(f"不认识的键 {sorted(map(str, unknown))}，见 docs/rules-format.md。")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise RuleError(f"应当是一个列表，写的是 {value!r}。")
    return value


# Facts


def _fact(name: str, entry: dict[str, Any]) -> Fact:
    _only(
        entry,
        {
            "type", "label", "question", "unit", "choices", "aliases", "ordered", "presume",
            "premise", "hinted_by", "implies", "drops", "start_of", "tolerance", "asked_as",
            "not_before", "min", "max", "past", "elapsed",
        },
    )  # fmt: skip
    if not _NAME.fullmatch(name):
        raise RuleError("事实名只能用小写字母、下划线和点。")
    if entry.get("presume", "absent") != "absent":
        raise RuleError("presume 只能是 absent。")
    bounds = [None if entry.get(k) is None else Decimal(str(entry[k])) for k in ("min", "max")]
    return Fact(
        name=name,
        type=FactType(entry["type"]),
        label=entry["label"],
        question=entry["question"],
        unit=entry.get("unit"),
        choices=tuple(map(str, entry.get("choices", ()))),
        aliases={str(k): str(v) for k, v in entry.get("aliases", {}).items()},
        ordered=bool(entry.get("ordered", False)),
        presumed_absent="presume" in entry,
        premise=entry.get("premise"),
        hinted_by=tuple(entry.get("hinted_by", ())),
        implies=tuple(
            Implication(i["fact"], i["is"], i.get("when"), bool(i.get("soft", False)))
            for i in entry.get("implies", ())
        ),
        drops=tuple((d["when"], tuple(d["facts"])) for d in entry.get("drops", ())),
        start_of=entry.get("start_of"),
        tolerance=int(entry.get("tolerance", 0)),
        asked_as=entry.get("asked_as"),
        not_before=tuple(entry.get("not_before", ())),
        minimum=bounds[0],
        maximum=bounds[1],
        past=bool(entry.get("past", False)),
        elapsed=entry.get("elapsed"),
    )


def _mentions(fact: Fact) -> list[str]:
    names = [*fact.hinted_by, *fact.not_before, *(i.fact for i in fact.implies)]
    names += [other for _, others in fact.drops for other in others]
    return names + [n for n in (fact.start_of, fact.asked_as) if n]


def _typed(fact: Fact, facts: FactDictionary) -> Fact:
    """The fact with the values in its implications and drops checked against the dictionary."""
    for alias in fact.aliases.values():
        if alias not in fact.choices:
            raise RuleError(f"别名指向的 {alias} 不在 choices 里。")
    return replace(
        fact,
        implies=tuple(
            Implication(
                i.fact,
                facts.parse(i.fact, i.value),
                None if i.when is None else facts.parse(fact.name, i.when),
                i.soft,
            )
            for i in fact.implies
        ),
        drops=tuple((facts.parse(fact.name, when), others) for when, others in fact.drops),
    )


# Parameters and citations


def _cite(entry: Mapping[str, str], topic: str | None = None) -> Cite:
    _only(entry, {"clause", "quote", "topic"})
    return Cite(str(entry["clause"]), str(entry["quote"]), entry.get("topic", topic))


def _day(value: Any) -> date:
    if type(value) is not date:
        raise RuleError(f"日期应当写成 2024-08-01，写的是 {value!r}。")
    return value


def _parameter(name: str, entry: dict[str, Any]) -> Parameter:
    _only(entry, {"unit", "values", "gaps"})
    if not _PARAMETER_NAME.fullmatch(name):
        raise RuleError("参数名由小写字母、数字、下划线组成，至少有一个点。")
    values = []
    for item in _list(entry["values"]):
        _only(item, {"value", "from", "to", "cite"})
        end = None if item.get("to") is None else _day(item["to"])
        values.append(
            ParameterValue(
                Decimal(str(item["value"])), _day(item["from"]), end, _cite(item["cite"])
            )
        )
    gaps = tuple((_day(g["from"]), _day(g["to"]), str(g["note"])) for g in entry.get("gaps", ()))
    _check_periods(values, gaps)
    return Parameter(name, str(entry["unit"]), tuple(values), gaps)


def _check_periods(
    values: Sequence[ParameterValue], gaps: Sequence[tuple[date, date, str]]
) -> None:
    if not values:
        raise RuleError("参数至少要有一个值。")
    for earlier, later in pairwise(values):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            raise RuleError(f"自 {later.valid_from} 起的值与前一个值的期间重叠。")
        first, last = earlier.valid_to + timedelta(1), later.valid_from - timedelta(1)
        if first <= last and (first, last) not in {(a, b) for a, b, _ in gaps}:
            raise RuleError(f"{first} 至 {last} 没有值，请在 gaps 里写明。")
    for value in values:
        if value.valid_to is not None and value.valid_to < value.valid_from:
            raise RuleError(f"自 {value.valid_from} 起的值在开始以前就结束了。")


# Rules


class _Reader:
    """Turns one rule file into a compiled rule."""

    def __init__(self, facts: FactDictionary, parameters: Mapping[str, Parameter]) -> None:
        self._facts = facts
        self._parameters = parameters
        self._topic: str | None = None

    def rule(self, entry: dict[str, Any]) -> Rule:
        """The rule of a whole file."""
        _only(
            entry,
            {"rule", "title", "jurisdiction", "channel", "order", "parameters", "versions"},
        )
        versions = tuple(self._version(v) for v in _list(entry["versions"]))
        for earlier, later in pairwise(versions):
            if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
                raise RuleError(f"版本 {later.id} 与前一个版本的期间重叠。")
        if len({v.id for v in versions}) < len(versions) or not versions:
            raise RuleError("版本至少一个，id 不能重复。")
        return Rule(
            id=str(entry["rule"]),
            title=str(entry["title"]),
            jurisdiction=str(entry["jurisdiction"]),
            channel=entry.get("channel"),
            order=int(entry.get("order", 1000)),
            versions=versions,
        )

    def _version(self, entry: dict[str, Any]) -> Version:
        own = {
            "id", "from", "to", "since", "until", "where", "topic", "alternatives", "doubts",
            "premises", "amount", "notices",
        }  # fmt: skip
        single = "alternatives" not in entry
        _only(entry, own | _ALTERNATIVE_KEYS if single else own)
        self._topic = entry.get("topic")
        if single:
            plain = {k: entry[k] for k in _ALTERNATIVE_KEYS if k in entry}
            ways = [{"id": entry["id"], **plain}]
        else:
            ways = _list(entry["alternatives"])
        version = Version(
            id=str(entry["id"]),
            valid_from=_day(entry["from"]),
            valid_to=None if entry.get("to") is None else _day(entry["to"]),
            since=self._cite(entry["since"]),
            until=self._cite(entry["until"]) if "until" in entry else None,
            where=self._cite(entry["where"]),
            topic=self._topic,
            alternatives=tuple(self._alternative(way) for way in ways),
            doubts=self._doubts(entry),
            premises=tuple(self._premise(p) for p in entry.get("premises", ())),
            amount=self._amount(entry["amount"]) if "amount" in entry else None,
            notices=tuple(self._notice(n) for n in entry.get("notices", ())),
        )
        _check_version(version)
        return _indexed(version)

    def _alternative(self, entry: dict[str, Any]) -> Alternative:
        _only(entry, _ALTERNATIVE_KEYS | {"id", "title", "doubts"})
        covers = entry.get("covers")
        if covers is not None and not set(covers) <= _COVERS:
            raise RuleError(f"covers 只能取 {sorted(_COVERS)}。")
        return Alternative(
            id=str(entry["id"]),
            title=str(entry.get("title", "")),
            grants=self._cite(entry["grants"]) if "grants" in entry else None,
            covers=None if covers is None else tuple(covers),
            cohabiting=bool(entry.get("cohabiting", True)),
            conditions=tuple(self._condition(c) for c in entry.get("conditions", ())),
            materials=tuple(self._material(m) for m in entry.get("materials", ())),
            doubts=self._doubts(entry),
        )

    def _condition(self, entry: dict[str, Any]) -> Condition:
        _only(entry, {"id", "label", "required", "test", "cite", "doubts", "mend"})
        test, doubts = self._test(entry["test"]), self._doubts(entry)
        return Condition(
            id=str(entry["id"]),
            label=str(entry["label"]),
            required=self._template(str(entry["required"]), ()),
            test=test,
            cite=self._cite(entry["cite"]),
            doubts=doubts,
            facts=facts_of(test, *(d.when for d in doubts)),
            leaves=tuple(leaves(test)),
            mend=entry.get("mend"),
        )

    def _material(self, entry: dict[str, Any]) -> Material:
        _only(entry, {"id", "name", "test", "cite"})
        test = self._test(entry["test"])
        cite = self._cite(entry["cite"])
        return Material(str(entry["id"]), str(entry["name"]), test, cite, facts_of(test))

    def _premise(self, entry: dict[str, Any]) -> Premise:
        _only(entry, {"id", "label", "text", "test", "otherwise", "cite"})
        otherwise = entry.get("otherwise", "ineligible")
        if otherwise not in {"ineligible", "not_applicable"}:
            raise RuleError("otherwise 只能是 ineligible 或 not_applicable。")
        test = self._test(entry["test"])
        return Premise(
            id=str(entry["id"]),
            label=str(entry["label"]),
            text=str(entry["text"]),
            test=test,
            cite=self._cite(entry["cite"]),
            applicability=otherwise == "not_applicable",
            facts=facts_of(test),
        )

    def _doubts(self, entry: dict[str, Any]) -> tuple[Doubt, ...]:
        return tuple(self._doubt(d) for d in entry.get("doubts", ()))

    def _doubt(self, entry: dict[str, Any]) -> Doubt:
        _only(entry, {"id", "when", "note", "code", "cites"})
        when = self._test(entry["when"])
        return Doubt(
            id=str(entry["id"]),
            when=when,
            note=str(entry["note"]),
            code=_code(entry.get("code", "rule_uncertain")),
            cites=tuple(self._cite(c) for c in _list(entry["cites"])),
            facts=facts_of(when),
        )

    def _notice(self, entry: dict[str, Any]) -> Notice:
        _only(entry, {"code", "text", "when", "cite", "cites", "outcomes"})
        cites = [*entry.get("cites", ()), *([entry["cite"]] if "cite" in entry else [])]
        outcomes = frozenset(entry.get("outcomes", _OUTCOMES))
        if not outcomes <= _ANY_OUTCOME:
            raise RuleError(f"outcomes 只能取 {sorted(_ANY_OUTCOME)}。")
        return Notice(
            code=_code(entry["code"]),
            text=self._template(str(entry["text"]), ()),
            when=self._test(entry.get("when", "always")),
            cites=tuple(self._cite(c) for c in cites),
            outcomes=outcomes,
        )

    def _amount(self, entry: dict[str, Any]) -> Amount:
        _only(entry, {"unit", "cases"})
        if entry["unit"] not in _UNITS:
            raise RuleError(f"金额单位只能取 {sorted(_UNITS)}。")
        return Amount(entry["unit"], tuple(self._amount_case(c) for c in _list(entry["cases"])))

    def _amount_case(self, entry: dict[str, Any]) -> AmountCase:
        _only(entry, {"id", "when", "value", "formula", "cite"})
        value = self._expression(entry["value"])
        names = {"value", *(g.fact.name for g in givens(value))}
        return AmountCase(
            id=str(entry["id"]),
            when=self._test(entry.get("when", "always")),
            value=value,
            formula=self._template(str(entry["formula"]), names),
            cite=self._cite(entry["cite"]),
        )

    def _expression(self, entry: Any) -> Expression:
        if entry == 0 and not isinstance(entry, bool):
            return Literal(Decimal(0))
        if not isinstance(entry, dict):
            raise RuleError(f"金额的写法不对：{entry!r}（除 0 以外的数字要写成参数）。")
        if "fact" in entry:
            _only(entry, {"fact", "default"})
            default = entry.get("default")
            return Given(
                self._numeric(entry["fact"]), None if default is None else Decimal(str(default))
            )
        if len(entry) != 1:
            raise RuleError(f"金额的每一步只写一种运算：{entry!r}。")
        name, inner = next(iter(entry.items()))
        if name in {"param", "percent"}:
            return Figure(self._parameter(inner), percent=name == "percent")
        if name == "base":
            return Given(self._numeric(inner), base=True)
        if name in {"plus", "minus", "times", "max"}:
            return Operation(name, tuple(self._expression(e) for e in _list(inner)))
        raise RuleError(f"不认识的运算 {name}。")

    def _numeric(self, name: str) -> Fact:
        fact = self._fact(name)
        if fact.type not in {FactType.MONEY, FactType.INTEGER}:
            raise RuleError(f"{name} 不是数，不能用来算金额。")
        return fact

    def _template(self, text: str, names: Iterable[str]) -> Template:
        parameters = {}
        for name in _SLOT.findall(text):
            if name in self._parameters:
                parameters[name] = self._parameters[name]
            elif name not in names:
                raise RuleError(f"文字里的 {{{name}}} 既不是参数，也不是这里用到的事实。")
        template = Template(text, parameters)
        lasting = all(len(p.values) == 1 for p in parameters.values()) and not names
        return replace(template, fixed=template.fill(date.min, {})) if lasting else template

    def _cite(self, entry: Mapping[str, str]) -> Cite:
        return _cite(entry, self._topic)

    def _fact(self, name: str) -> Fact:
        if name not in self._facts:
            raise RuleError(f"事实 {name} 不在词典 facts.yaml 里。")
        return self._facts[name]

    def _parameter(self, name: str) -> Parameter:
        try:
            return self._parameters[name]
        except KeyError:
            raise RuleError(f"参数 {name} 没有定义。") from None

    def _test(self, entry: Any) -> Test:
        if entry == "always":
            return tests.Always()
        if not isinstance(entry, dict) or not entry:
            raise RuleError(f"测试的写法不对：{entry!r}。")
        kind = next((k for k in ("all", "any", "not") if k in entry), None)
        if kind is not None:
            _only(entry, {kind})
            if kind == "not":
                return negate(self._test(entry["not"]))
            inner = tuple(self._test(t) for t in _list(entry[kind]))
            return tests.All(inner) if kind == "all" else tests.Any(inner)
        reader = next((read for key, read in _LEAVES.items() if key in entry), None)
        if reader is None:
            raise RuleError(f"不认识的测试 {sorted(map(str, entry))}，见 docs/rules-format.md。")
        return reader(self, entry)

    # Leaves, one method for each kind

    def _is(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"is", "value"})
        fact = self._fact(entry["is"])
        if "value" in entry:
            return tests.OneOf(fact, frozenset({self._choice(fact, entry["value"])}))
        if fact.type is not FactType.BOOLEAN:
            raise RuleError(f"{fact.name} 不是是非事实，要写 value。")
        return tests.IsTrue(fact)

    def _in(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"in", "values", "unclear"})
        fact = self._fact(entry["in"])
        values = frozenset(self._choice(fact, v) for v in _list(entry["values"]))
        return tests.OneOf(
            fact, values, frozenset(self._choice(fact, v) for v in entry.get("unclear", ()))
        )

    def _choice(self, fact: Fact, value: Any) -> str:
        if fact.choices and value not in fact.choices:
            raise RuleError(f"{value} 不在 {fact.name} 的 choices 里。")
        return str(value)

    def _at_least(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"at_least", "value"})
        fact = self._fact(entry["at_least"])
        if not fact.ordered:
            raise RuleError(f"{fact.name} 没有高低次序（ordered: true）。")
        index = fact.choices.index(self._choice(fact, entry["value"]))
        return tests.OneOf(fact, frozenset(fact.choices[index:]))

    def _count(self, entry: dict[str, Any]) -> Test:
        comparison = next((k for k in ("at_least", "at_most", "below") if k in entry), "")
        _only(entry, {"count", comparison})
        return tests.Count(
            self._numeric(entry["count"]), comparison, self._parameter(entry[comparison])
        )

    def _elapsed(self, entry: dict[str, Any]) -> Test:
        at_most = "at_most" in entry
        key = "at_most" if at_most else "at_least"
        _only(entry, {"elapsed", key})
        return tests.Elapsed(self._dated(entry["elapsed"]), self._period(entry[key]), at_most)

    def _period(self, entry: dict[str, Any]) -> tests.Period:
        _only(entry, {"months", "years", "days", "less_months", "plus_days"})
        if not entry or {"days", "plus_days"} <= set(entry):
            raise RuleError("期间至少写一项；days 与 plus_days 只写一个。")
        named = {k: self._parameter(v) for k, v in entry.items()}
        days = named.get("days") or named.get("plus_days")
        return tests.Period(named.get("months"), named.get("years"), days, named.get("less_months"))

    def _dated(self, name: str) -> Fact:
        fact = self._fact(name)
        if fact.type is not FactType.DATE:
            raise RuleError(f"{name} 不是日期。")
        return fact

    def _current(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"current", "flag"})
        flag = self._fact(entry["flag"]) if "flag" in entry else None
        return tests.Current(self._dated(entry["current"]), flag)

    def _before(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"before", "day"})
        return tests.Before(self._dated(entry["before"]), _day(entry["day"]))

    def _month(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"month", "in", "default"})
        fact = None if entry["month"] == TODAY else self._dated(entry["month"])
        if entry.get("default", TODAY) != TODAY:
            raise RuleError("month 的 default 只能是 as_of。")
        return tests.InMonth(fact, self._parameter(entry["in"]), "default" in entry)

    def _same_year(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"same_year"})
        return tests.SameYear(self._dated(entry["same_year"]))

    def _until_month_end(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"until_month_end"})
        return tests.UntilMonthEnd(self._dated(entry["until_month_end"]))

    def _falls_in_year(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"falls_in_year", "years"})
        fact = self._dated(entry["falls_in_year"])
        return tests.FallsInYear(fact, self._parameter(entry["years"]))

    def _merged(self, entry: dict[str, Any]) -> Test:
        _only(entry, {"merged", "with", "months"})
        return tests.Merged(
            self._dated(entry["merged"]),
            self._numeric(entry["with"]),
            self._parameter(entry["months"]),
        )

    def _relatives(self, entry: dict[str, Any]) -> Test:
        kind = "every" if "every" in entry else "some"
        _only(entry, {kind, "relation", "minor", "cohabiting"})
        fact = self._fact(entry[kind])
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
        _only(entry, {"known"})
        return tests.Known(self._fact(entry["known"]))


_LEAVES: dict[str, Callable[[_Reader, dict[str, Any]], Test]] = {
    "is": _Reader._is,
    "elapsed": _Reader._elapsed,
    "count": _Reader._count,
    "current": _Reader._current,
    "before": _Reader._before,
    "month": _Reader._month,
    "same_year": _Reader._same_year,
    "until_month_end": _Reader._until_month_end,
    "falls_in_year": _Reader._falls_in_year,
    "merged": _Reader._merged,
    "some": _Reader._relatives,
    "every": _Reader._relatives,
    "known": _Reader._known,
    "in": _Reader._in,  # after month, which has an `in` too
    "at_least": _Reader._at_least,  # after elapsed and count
}


def _code(value: Any) -> str:
    if value not in get_args(NoticeCode):
        raise RuleError(f"提示代码 {value!r} 不在契约里。")
    return str(value)


def _check_version(version: Version) -> None:
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
            if isinstance(leaf, tests.OneOf) and leaf.unclear:
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


def _indexed(version: Version) -> Version:
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
