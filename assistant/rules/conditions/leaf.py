"""Leaves of a condition: each puts one question to one or two facts."""

# ruff: noqa: ARG002 - every test is read in one shape, though most need only part of it

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date

from assistant.rules.logic import MET, UNKNOWN, UNMET, Reading
from assistant.rules.model import Fact, Facts, FactType, FactValue, Parameter


class Leaf(ABC):
    """One question put to one or two facts; subclasses say how it comes out."""

    fact: Fact

    @abstractmethod
    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""

    def unknown(self, facts: Facts) -> Reading:
        """The reading without the fact: a rare exception is presumed absent unless hinted at."""
        return UNMET if presumed(self.fact, facts) else UNKNOWN

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts that the test reads."""
        return (self.fact,)

    @property
    def asks(self) -> tuple[Fact, ...]:
        """The facts to ask for when they are unknown."""
        return (self.fact,)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that the test uses."""
        return ()

    def turns(self, facts: Facts, day: date) -> Iterator[date]:
        """Days after which, or on which, the reading may change by time alone."""
        yield from ()

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        if fact.type is FactType.BOOLEAN:
            yield from (True, False)
        elif fact.choices:
            yield from fact.choices


class ValueTest(Leaf):
    """A leaf that looks at nothing but the value of its fact, once that is known."""

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        value = facts.get(self.fact.name)
        if value is None:
            return self.unknown(facts)
        return MET if self.holds(value, day) else UNMET

    @abstractmethod
    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test on `day`."""


def presumed(fact: Fact, facts: Facts) -> bool:
    """Whether an unknown fact is presumed absent: marked so, and nothing hints at it."""
    if not fact.presumed_absent:
        return False
    return not any(hint in facts for hint in fact.hinted_by)
