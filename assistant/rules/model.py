"""Rules, the facts that they read and the verdicts that they give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Outcome(StrEnum):
    """What follows from the facts; never collapsed into one another."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNDETERMINED = "undetermined"  # 缺用户事实
    RULE_UNCERTAIN = "rule_uncertain"  # 来源冲突、缺文件或授权另定
    NOT_APPLICABLE = "not_applicable"  # 不在此地或不在此日


class Member(NamedTuple):
    """One relative who would move along; None: not known."""

    relation: str
    minor: bool | None = None
    cohabiting: bool | None = None


FactValue: TypeAlias = bool | int | Decimal | date | str | tuple[Member, ...]
Facts: TypeAlias = Mapping[str, FactValue]
"""Known facts by name; a fact that is not there is unknown."""


class FactType(StrEnum):
    """The kind of value that a fact takes."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DATE = "date"
    MONEY = "money"
    ENUM = "enum"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Implication:
    """`fact` is `value` whenever the implying fact has the value `when` (None: any).

    A soft one yields to what is stated, instead of contradicting it.
    """

    fact: str
    value: FactValue
    when: FactValue | None = None
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the dictionary: what may be known, and how to ask for it."""

    name: str
    type: FactType
    label: str
    question: str
    unit: str | None = None
    choices: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)
    ordered: bool = False  # choices run from low to high
    presumed_absent: bool = False
    premise: str | None = None
    hinted_by: tuple[str, ...] = ()
    implies: tuple[Implication, ...] = ()
    drops: tuple[tuple[FactValue, tuple[str, ...]], ...] = ()
    start_of: str | None = None  # a duration, kept as the latest start day under this name
    tolerance: int = 0
    asked_as: str | None = None
    not_before: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    past: bool = False  # a day that cannot lie after the day it was said on
    elapsed: str | None = None  # how a span since this day is told: {years}周岁


class Cite(NamedTuple):
    """A verbatim piece of a clause; `topic` where the clause's validity depends on it."""

    clause_id: str
    quote: str
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """What a parameter is from one day to another, both included; None: open."""

    value: Decimal
    valid_from: date
    valid_to: date | None
    cite: Cite


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of the text, with its periods and its quotes."""

    name: str
    unit: str
    values: tuple[ParameterValue, ...]
    gaps: tuple[tuple[date, date, str], ...] = ()

    def on(self, day: date) -> Decimal:
        """The value on a day; outside all periods the nearest earlier, else the first one.

        The loader sees to it that a rule's version lies within the periods it uses.
        """
        values = self.values
        if len(values) == 1:
            return values[0].value
        found = values[0]
        for entry in values:
            if entry.valid_from <= day:
                found = entry
        return found.value


class DoubtNote(NamedTuple):
    """A doubt that applies: what the sources leave open, and where they say so."""

    id: str
    code: str
    note: str
    cites: tuple[Cite, ...]


class ConditionResult(NamedTuple):
    """How one condition stands; `status` is met, unmet or unknown."""

    id: str
    label: str
    status: str
    required: str
    actual: str | None
    cite: Cite
    mend: str | None = None  # the rule by which somebody may come to meet it


class MaterialResult(NamedTuple):
    """How one paper stands; `status` is have, lack or unknown."""

    id: str
    name: str
    status: str
    cite: Cite


class PremiseNote(NamedTuple):
    """What was presumed; `id` is the premise's id or the presumed fact's name."""

    id: str
    text: str
    cite: Cite | None


class RuleNotice(NamedTuple):
    """Something the reader must know beside the outcome."""

    code: str
    text: str
    cites: tuple[Cite, ...] = ()


class AmountResult(NamedTuple):
    """What is paid; `value` None where a base is not in the corpus."""

    value: Decimal | None
    unit: str
    formula: str
    cite: Cite


class TraceNode(NamedTuple):
    """One step to the verdict: what was asked of which facts, on which text, with what answer."""

    id: str
    kind: str  # rule, alternative, condition, material, premise, doubt, amount, all, any, test
    label: str
    value: str  # met, unmet, unknown, uncertain
    facts: tuple[tuple[str, FactValue | None], ...]
    cites: tuple[Cite, ...]
    children: tuple["TraceNode", ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision of one rule on one day at one place."""

    rule_id: str
    title: str
    outcome: Outcome
    as_of: date
    trace: TraceNode
    version_id: str | None = None
    conditions: tuple[ConditionResult, ...] = ()
    premises: tuple[PremiseNote, ...] = ()
    materials: tuple[MaterialResult, ...] = ()
    missing_facts: tuple[str, ...] = ()
    earliest_date: date | None = None
    amount: AmountResult | None = None
    covers: tuple[str, ...] | None = None
    doubts: tuple[DoubtNote, ...] = ()
    notices: tuple[RuleNotice, ...] = ()
    grounds: tuple[Cite, ...] = ()  # what the verdict stands on beside its conditions
