"""A rule as compiled: versions in time, channels, conditions, doubts, papers, premises, amounts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from assistant.rules.conditions import Leaf, Test, leaves
from assistant.rules.model import Cite, Fact, Facts, Parameter

_SLOT = re.compile(r"\{([a-z0-9_.]+)(?:\*(\d+))?\}")
_CENT = Decimal("0.01")


def figure(value: Decimal) -> str:
    """A number as people write it: 120, 5.5."""
    whole = value.to_integral_value()
    return str(whole) if value == whole else format(value.normalize(), "f")


def to_cents(value: Decimal) -> Decimal:
    """An amount rounded half up to 分, without trailing zeros."""
    rounded = value.quantize(_CENT, rounding=ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize()


@dataclass(frozen=True, slots=True)
class Template:
    """A Chinese text with parameters (and, in formulas, facts and the value) to fill in."""

    text: str
    parameters: dict[str, Parameter]
    fixed: str | None = None  # the same on every day

    def on(self, day: date) -> str:
        """The text with the figures of a day."""
        return self.fill(day, {}) if self.fixed is None else self.fixed

    def fill(self, day: date, known: dict[str, str]) -> str:
        """The text with the figures of a day and further words by name."""

        def word(match: re.Match[str]) -> str:
            name, factor = match.groups()
            if name in self.parameters:
                return figure(self.parameters[name].on(day))
            found = known.get(name, name)
            if factor is None:
                return found
            try:
                return figure(to_cents(Decimal(found) * int(factor)))
            except ArithmeticError:
                return f"{found}×{factor}"

        return _SLOT.sub(word, self.text) if "{" in self.text else self.text


@dataclass(frozen=True, slots=True)
class Doubt:
    """Where the sources do not settle a condition, a channel or a version."""

    id: str
    when: Test
    note: str
    code: str
    cites: tuple[Cite, ...]
    facts: tuple[Fact, ...]  # that `when` reads, in order


@dataclass(frozen=True, slots=True)
class Condition:
    """One line for the reader: a test, what it requires in words, and the text it restates."""

    id: str
    label: str
    required: Template
    test: Test
    cite: Cite
    doubts: tuple[Doubt, ...]
    facts: tuple[Fact, ...]  # that the test and its doubts read, in order
    leaves: tuple[Leaf, ...]  # of the test alone
    mend: str | None = None  # the rule by which somebody may come to meet it


@dataclass(frozen=True, slots=True)
class Material:
    """A paper to bring: only its stated absence counts."""

    id: str
    name: str
    test: Test
    cite: Cite
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Premise:
    """What is taken for granted unless denied."""

    id: str
    label: str
    text: str
    test: Test
    cite: Cite
    applicability: bool  # denied: not_applicable instead of ineligible
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark that goes with some outcomes where a test holds."""

    code: str
    text: Template
    when: Test
    cites: tuple[Cite, ...]
    outcomes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Literal:
    """A plain 0, to bound an amount from below."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A parameter, or a hundredth of one for a percentage."""

    parameter: Parameter
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A fact's number; with a default it is not asked for, as a base it may be missing."""

    fact: Fact
    default: Decimal | None = None
    base: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """Plus, minus, times or max of other expressions."""

    name: str
    terms: tuple["Expression", ...]


Expression: TypeAlias = Literal | Figure | Given | Operation


@dataclass(frozen=True, slots=True)
class AmountCase:
    """One way to work out an amount, and when it is the one."""

    id: str
    when: Test
    value: Expression
    formula: Template
    cite: Cite


@dataclass(frozen=True, slots=True)
class Amount:
    """What is paid: the first case that holds."""

    unit: str
    cases: tuple[AmountCase, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a version."""

    id: str
    title: str
    grants: Cite | None
    covers: tuple[str, ...] | None
    cohabiting: bool
    conditions: tuple[Condition, ...]
    materials: tuple[Material, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Suspension:
    """A version that may not decide: its text changed, or is out of force from a day on."""

    version_id: str
    since: date | None  # None: on every day
    text: str
    grounds: tuple[Cite, ...] = ()  # text of the version that still stands


@dataclass(frozen=True, slots=True)
class Version:
    """A rule as it stands from one day to another, both included."""

    id: str
    valid_from: date
    valid_to: date | None
    since: Cite
    until: Cite | None
    where: Cite
    topic: str | None
    alternatives: tuple[Alternative, ...]
    doubts: tuple[Doubt, ...]
    premises: tuple[Premise, ...]
    amount: Amount | None
    notices: tuple[Notice, ...]
    asked: tuple[Fact, ...] = ()  # facts that may have to be asked for, in the order of the text
    presumed: tuple[Fact, ...] = ()  # exceptions presumed absent that the version reads
    readers: tuple[tuple[str, tuple[Leaf, ...]], ...] = ()  # leaves that read each fact
    time_leaves: tuple[Leaf, ...] = ()  # leaves whose reading time alone may change
    amount_facts: tuple[Fact, ...] = ()  # facts that a formula may name
    figure_days: tuple[date, ...] = ()  # first days of its parameters' values

    def readers_of(self, fact: Fact) -> tuple[Leaf, ...]:
        """The leaves on which the outcome rests that read a fact."""
        return next((found for name, found in self.readers if name == fact.name), ())

    def tests(self) -> Iterator[Test]:
        """The tests on which outcome and amount depend: no papers, no premises, no notices."""
        for alternative in self.alternatives:
            for condition in alternative.conditions:
                yield condition.test
                yield from (d.when for d in condition.doubts)
            yield from (d.when for d in alternative.doubts)
        yield from (d.when for d in self.doubts)
        if self.amount:
            yield from (case.when for case in self.amount.cases)

    def side_tests(self) -> Iterator[Test]:
        """The tests of papers, premises and notices."""
        for alternative in self.alternatives:
            yield from (m.test for m in alternative.materials)
        yield from (p.test for p in self.premises)
        yield from (n.when for n in self.notices)

    def leaves(self) -> Iterator[Leaf]:
        """All leaves of all tests."""
        for test in (*self.tests(), *self.side_tests()):
            yield from leaves(test)

    def cites(self) -> Iterator[Cite]:
        """Every piece of text that the version stands on or mentions."""
        yield from (self.since, self.where)
        if self.until:
            yield self.until
        for alternative in self.alternatives:
            if alternative.grants:
                yield alternative.grants
            for condition in alternative.conditions:
                yield condition.cite
                yield from (c for d in condition.doubts for c in d.cites)
            yield from (m.cite for m in alternative.materials)
            yield from (c for d in alternative.doubts for c in d.cites)
        yield from (c for d in self.doubts for c in d.cites)
        yield from (p.cite for p in self.premises)
        yield from (c for n in self.notices for c in n.cites)
        if self.amount:
            yield from (case.cite for case in self.amount.cases)

    def binding_cites(self) -> Iterator[Cite]:
        """The pieces that must bind for the version to decide: doubts and notices left out."""
        yield self.where
        for alternative in self.alternatives:
            if alternative.grants:
                yield alternative.grants
            yield from (c.cite for c in alternative.conditions)
            yield from (m.cite for m in alternative.materials)
        yield from (p.cite for p in self.premises)
        if self.amount:
            yield from (case.cite for case in self.amount.cases)

    def parameters(self) -> tuple[Parameter, ...]:
        """Every parameter that the version uses, in the order of the text."""
        found: dict[str, Parameter] = {}
        for leaf in self.leaves():
            found.update((p.name, p) for p in leaf.parameters)
        for case in self.amount.cases if self.amount else ():
            found.update((p.name, p) for p in parameters_of(case.value))
            found.update(case.formula.parameters)
        for alternative in self.alternatives:
            for condition in alternative.conditions:
                found.update(condition.required.parameters)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the contract, with its versions in order of time."""

    id: str
    title: str
    jurisdiction: str
    channel: str | None
    order: int
    versions: tuple[Version, ...]
    suspensions: tuple[Suspension, ...] = ()

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day."""
        for version in self.versions:
            if version.valid_from <= day and (version.valid_to is None or day <= version.valid_to):
                return version
        return None

    def suspension_on(self, version: Version, day: date) -> Suspension | None:
        """Why the version may not decide on a day, if it may not."""
        for suspension in self.suspensions:
            if suspension.version_id == version.id and (
                suspension.since is None or day >= suspension.since
            ):
                return suspension
        return None

    def facts(self) -> tuple[Fact, ...]:
        """Every fact that some version reads, in the order of the text, newest version first."""
        found: dict[str, Fact] = {}
        for version in reversed(self.versions):
            for leaf in version.leaves():
                found.update((f.name, f) for f in leaf.facts)
            for case in version.amount.cases if version.amount else ():
                found.update((g.fact.name, g.fact) for g in givens(case.value))
        return tuple(found.values())

    def mends(self) -> set[str]:
        """The rules by which its conditions may come to be met."""
        conditions = [c for v in self.versions for a in v.alternatives for c in a.conditions]
        return {c.mend for c in conditions if c.mend}

    def clause_ids(self) -> tuple[str, ...]:
        """The clauses that the rule restates, in order of first use, newest version first."""
        ids = (c.clause_id for v in reversed(self.versions) for c in v.binding_cites())
        return tuple(dict.fromkeys(ids))


def givens(value: Expression) -> Iterator[Given]:
    """The facts that an amount is worked out from."""
    match value:
        case Given():
            yield value
        case Operation(_, terms):
            for term in terms:
                yield from givens(term)
        case _:
            return


def parameters_of(value: Expression) -> Iterator[Parameter]:
    """The parameters that an amount is worked out from."""
    match value:
        case Figure(parameter, _):
            yield parameter
        case Operation(_, terms):
            for term in terms:
                yield from parameters_of(term)
        case _:
            return


class Unasked(Exception):  # noqa: N818 (a signal between two functions, never seen outside)
    """A fact is needed for an amount and not known."""


def work_out(value: Expression, facts: Facts, day: date) -> Decimal | None:
    """The amount; None where a base is not in the corpus; raises Unasked for a missing fact."""
    match value:
        case Literal(number):
            return number
        case Figure(parameter, percent):
            number = parameter.on(day)
            return number / 100 if percent else number
        case Given(fact, default, base):
            known = facts.get(fact.name)
            if isinstance(known, int | Decimal):
                return Decimal(known)
            if base:
                return None
            if default is None:
                raise Unasked(fact.name)
            return default
        case Operation(name, terms):
            return _operate(name, [work_out(t, facts, day) for t in terms])


def _operate(name: str, terms: list[Decimal | None]) -> Decimal | None:
    numbers = [t for t in terms if t is not None]
    if len(numbers) < len(terms):
        return None
    result = numbers[0]
    for number in numbers[1:]:
        if name == "plus":
            result += number
        elif name == "minus":
            result -= number
        elif name == "times":
            result *= number
        else:
            result = max(result, number)
    return result
