"""A rule file: versions, ways, conditions, materials, doubts, amounts and notices."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from assistant.errors import RuleError
from assistant.rules.amounts import (
    Amount,
    AmountCase,
    Expression,
    Figure,
    Given,
    Literal,
    Operation,
    givens,
)
from assistant.rules.conditions import facts_of, leaves
from assistant.rules.facts import FactDictionary
from assistant.rules.loader.condition_tests import TestReader
from assistant.rules.loader.entries import cite, code, day, listed, only
from assistant.rules.loader.versions import check_version, indexed
from assistant.rules.model import Cite, Parameter
from assistant.rules.rule import (
    Alternative,
    Condition,
    Doubt,
    Material,
    Notice,
    Premise,
    Rule,
    Version,
)
from assistant.rules.templates import Template, slots_of

_ALTERNATIVE_KEYS = {"grants", "covers", "cohabiting", "conditions", "materials"}
_COVERS = {"配偶", "子女", "未成年子女", "父母"}
_UNITS = {"元/月", "元/年", "元"}
_OUTCOMES = frozenset({"eligible", "undetermined", "rule_uncertain"})
_ANY_OUTCOME = _OUTCOMES | {"ineligible"}


class RuleReader:
    """Turns one rule file into a compiled rule."""

    def __init__(self, facts: FactDictionary, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = parameters
        self._tests = TestReader(facts, parameters)
        self._topic: str | None = None

    def rule(self, entry: dict[str, Any]) -> Rule:
        """The rule of a whole file."""
        only(
            entry,
            {"rule", "title", "jurisdiction", "channel", "order", "parameters", "versions"},
        )
        versions = tuple(self._version(v) for v in listed(entry["versions"]))
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
        only(entry, own | _ALTERNATIVE_KEYS if single else own)
        self._topic = entry.get("topic")
        if single:
            plain = {k: entry[k] for k in _ALTERNATIVE_KEYS if k in entry}
            ways = [{"id": entry["id"], **plain}]
        else:
            ways = listed(entry["alternatives"])
        version = Version(
            id=str(entry["id"]),
            valid_from=day(entry["from"]),
            valid_to=None if entry.get("to") is None else day(entry["to"]),
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
        check_version(version)
        return indexed(version)

    def _alternative(self, entry: dict[str, Any]) -> Alternative:
        only(entry, _ALTERNATIVE_KEYS | {"id", "title", "doubts"})
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
        only(entry, {"id", "label", "required", "test", "cite", "doubts", "mend"})
        test, doubts = self._tests.test(entry["test"]), self._doubts(entry)
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
        only(entry, {"id", "name", "test", "cite"})
        test = self._tests.test(entry["test"])
        cite = self._cite(entry["cite"])
        return Material(str(entry["id"]), str(entry["name"]), test, cite, facts_of(test))

    def _premise(self, entry: dict[str, Any]) -> Premise:
        only(entry, {"id", "label", "text", "test", "otherwise", "cite"})
        otherwise = entry.get("otherwise", "ineligible")
        if otherwise not in {"ineligible", "not_applicable"}:
            raise RuleError("otherwise 只能是 ineligible 或 not_applicable。")
        test = self._tests.test(entry["test"])
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
        only(entry, {"id", "when", "note", "code", "cites"})
        when = self._tests.test(entry["when"])
        return Doubt(
            id=str(entry["id"]),
            when=when,
            note=str(entry["note"]),
            code=code(entry.get("code", "rule_uncertain")),
            cites=tuple(self._cite(c) for c in listed(entry["cites"])),
            facts=facts_of(when),
        )

    def _notice(self, entry: dict[str, Any]) -> Notice:
        only(entry, {"code", "text", "when", "cite", "cites", "outcomes"})
        cites = [*entry.get("cites", ()), *([entry["cite"]] if "cite" in entry else [])]
        outcomes = frozenset(entry.get("outcomes", _OUTCOMES))
        if not outcomes <= _ANY_OUTCOME:
            raise RuleError(f"outcomes 只能取 {sorted(_ANY_OUTCOME)}。")
        return Notice(
            code=code(entry["code"]),
            text=self._template(str(entry["text"]), ()),
            when=self._tests.test(entry.get("when", "always")),
            cites=tuple(self._cite(c) for c in cites),
            outcomes=outcomes,
        )

    def _amount(self, entry: dict[str, Any]) -> Amount:
        only(entry, {"unit", "cases"})
        if entry["unit"] not in _UNITS:
            raise RuleError(f"金额单位只能取 {sorted(_UNITS)}。")
        return Amount(entry["unit"], tuple(self._amount_case(c) for c in listed(entry["cases"])))

    def _amount_case(self, entry: dict[str, Any]) -> AmountCase:
        only(entry, {"id", "when", "value", "formula", "cite"})
        value = self._expression(entry["value"])
        names = {"value", *(g.fact.name for g in givens(value))}
        return AmountCase(
            id=str(entry["id"]),
            when=self._tests.test(entry.get("when", "always")),
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
            only(entry, {"fact", "default"})
            default = entry.get("default")
            return Given(
                self._tests.numeric(entry["fact"]),
                None if default is None else Decimal(str(default)),
            )
        if len(entry) != 1:
            raise RuleError(f"金额的每一步只写一种运算：{entry!r}。")
        name, inner = next(iter(entry.items()))
        if name in {"param", "percent"}:
            return Figure(self._tests.parameter(inner), percent=name == "percent")
        if name == "base":
            return Given(self._tests.numeric(inner), base=True)
        if name in {"plus", "minus", "times", "max"}:
            return Operation(name, tuple(self._expression(e) for e in listed(inner)))
        raise RuleError(f"不认识的运算 {name}。")

    def _template(self, text: str, names: Iterable[str]) -> Template:
        parameters = {}
        for name in slots_of(text):
            if name in self._parameters:
                parameters[name] = self._parameters[name]
            elif name not in names:
                raise RuleError(f"文字里的 {{{name}}} 既不是参数，也不是这里用到的事实。")
        template = Template(text, parameters)
        lasting = all(len(p.values) == 1 for p in parameters.values()) and not names
        return replace(template, fixed=template.fill(date.min, {})) if lasting else template

    def _cite(self, entry: Mapping[str, str]) -> Cite:
        return cite(entry, self._topic)
