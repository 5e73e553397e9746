"""The dictionary of facts, entry by entry."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from assistant.errors import RuleError
from assistant.rules.facts import FactDictionary
from assistant.rules.loader.entries import only
from assistant.rules.model import Fact, FactType, Implication

_NAME = re.compile(r"[a-z_]+(?:\.[a-z_]+)*")


def read_fact(name: str, entry: dict[str, Any]) -> Fact:
    """One fact; the values that it implies are as they are written."""
    only(
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


def mentions(fact: Fact) -> list[str]:
    """The other facts that a fact names."""
    names = [*fact.hinted_by, *fact.not_before, *(i.fact for i in fact.implies)]
    names += [other for _, others in fact.drops for other in others]
    return names + [n for n in (fact.start_of, fact.asked_as) if n]


def typed(fact: Fact, facts: FactDictionary) -> Fact:
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
