"""Trees of tests: all of some, any of some, the opposite of one."""

# ruff: noqa: ARG002 - every test is read in one shape, though most need only part of it

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from assistant.rules.conditions.leaf import Leaf
from assistant.rules.logic import MET, UNMET, Reading, both, either, opposite
from assistant.rules.model import Fact, Facts


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a leaf; trees carry negation at their leaves only."""

    leaf: Leaf

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        return opposite(self.leaf.read(facts, day))


@dataclass(frozen=True, slots=True)
class Always:
    """Holds whatever the facts."""

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        return MET


@dataclass(frozen=True)
class All:
    """Every one of some tests holds."""

    tests: tuple["Test", ...]

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        result = MET
        for test in self.tests:
            result = both(result, test.read(facts, day))
            if result is UNMET:
                break
        return result


@dataclass(frozen=True)
class Any:
    """At least one of some tests holds."""

    tests: tuple["Test", ...]

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        result = UNMET
        for test in self.tests:
            result = either(result, test.read(facts, day))
            if result is MET:
                break
        return result


Test: TypeAlias = Leaf | Not | Always | All | Any


def negate(test: Test) -> Test:
    """The opposite of a tree, with negation pushed down to its leaves."""
    match test:
        case All(tests):
            return Any(tuple(negate(t) for t in tests))
        case Any(tests):
            return All(tuple(negate(t) for t in tests))
        case Not(leaf):
            return leaf
        case Always():
            return Any(())
        case _:
            return Not(test)


def leaves(test: Test) -> Iterator[Leaf]:
    """All leaves of a tree, left to right."""
    match test:
        case All(tests) | Any(tests):
            for inner in tests:
                yield from leaves(inner)
        case Not(leaf):
            yield leaf
        case Always():
            return
        case _:
            yield test


def facts_of(*trees: Test) -> tuple[Fact, ...]:
    """The facts that some trees read, each once, in the order of the text."""
    found = {f.name: f for tree in trees for leaf in leaves(tree) for f in leaf.facts}
    return tuple(found.values())
