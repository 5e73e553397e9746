"""Leaves over a value: yes or no, a choice, a number, a list of relatives."""

# ruff: noqa: ARG002 - every test is read in one shape, though most need only part of it

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.rules.conditions.leaf import Leaf, ValueTest
from assistant.rules.logic import MET, UNKNOWN, UNMET, Reading, both, either
from assistant.rules.model import Fact, Facts, FactType, FactValue, Member, Parameter


@dataclass(frozen=True, slots=True)
class IsTrue(ValueTest):
    """A yes-or-no fact is yes."""

    fact: Fact

    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test."""
        return value is True


@dataclass(frozen=True, slots=True)
class OneOf(Leaf):
    """A choice is among some; with an `unclear` choice one cannot tell."""

    fact: Fact
    values: frozenset[str]
    unclear: frozenset[str] = frozenset()

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        value = facts.get(self.fact.name)
        if value is None:
            return self.unknown(facts)
        if value in self.unclear:
            return UNKNOWN
        return MET if value in self.values else UNMET


@dataclass(frozen=True, slots=True)
class Count(ValueTest):
    """A number against a parameter: `at_least`, `at_most` or `below`."""

    fact: Fact
    comparison: str
    figure: Parameter

    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test."""
        if not isinstance(value, int | Decimal):
            return False
        figure = self.figure.on(day)
        if self.comparison == "at_least":
            return value >= figure
        return value <= figure if self.comparison == "at_most" else value < figure

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that the test uses."""
        return (self.figure,)

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        figure = int(self.figure.on(day))
        money = fact.type is FactType.MONEY
        for number in (max(figure - 1, 0), figure, figure + 1):
            yield Decimal(number) if money else number


@dataclass(frozen=True, slots=True)
class Relatives(Leaf):
    """Some (or every) relative on the list is of a kind, a minor, living together."""

    fact: Fact
    relation: str | None
    minor: bool | None
    cohabiting: bool | None
    every: bool = False

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        members = facts.get(self.fact.name)
        if not isinstance(members, tuple):
            return self.unknown(facts)
        result = MET if self.every else UNMET
        for member in members:
            one = self._one(member)
            result = both(result, one) if self.every else either(result, one)
        return result

    def _one(self, member: Member) -> Reading:
        if self.relation is not None and member.relation != self.relation:
            return UNMET
        reading = MET
        for said, wanted in ((member.minor, self.minor), (member.cohabiting, self.cohabiting)):
            if wanted is not None:
                one = UNKNOWN if said is None else MET if said is wanted else UNMET
                reading = both(reading, one)
        return reading

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        yield ()
        for minor in (True, False):
            for cohabiting in (True, False):
                yield (Member(self.relation or fact.choices[0], minor, cohabiting),)


@dataclass(frozen=True, slots=True)
class Known(Leaf):
    """The fact is known, whatever its value: for amounts and notices, not for conditions."""

    fact: Fact

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        return MET if self.fact.name in facts else UNMET

    @property
    def asks(self) -> tuple[Fact, ...]:
        """The facts to ask for when they are unknown."""
        return ()
