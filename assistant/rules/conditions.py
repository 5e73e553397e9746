"""The tests of which conditions are made: leaves over named facts, and trees of them."""

# ruff: noqa: ARG002 - every test is read in one shape, though most need only part of it

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from assistant.rules.logic import MET, UNKNOWN, UNMET, Reading, both, either, opposite
from assistant.rules.model import Fact, Facts, FactType, FactValue, Member, Parameter
from assistant.rules.months import add_days, add_months, month_after, whole_months

TODAY = "as_of"
"""The day decided for, where a test may name it in place of a fact."""


class Leaf:
    """One question put to one or two facts; subclasses say which values meet it."""

    fact: Fact

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        value = facts.get(self.fact.name)
        if value is None:
            return self.unknown(facts)
        return MET if self.holds(value, day) else UNMET

    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test."""
        raise NotImplementedError

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


def presumed(fact: Fact, facts: Facts) -> bool:
    """Whether an unknown fact is presumed absent: marked so, and nothing hints at it."""
    if not fact.presumed_absent:
        return False
    return not any(hint in facts for hint in fact.hinted_by)


@dataclass(frozen=True, slots=True)
class IsTrue(Leaf):
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
class Count(Leaf):
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
class Period:
    """A span of time made of parameters: n months (or years), less some, plus some days."""

    months: Parameter | None = None
    years: Parameter | None = None
    days: Parameter | None = None
    less_months: Parameter | None = None

    def after(self, start: date, day: date) -> date:
        """The day on which the span that began on `start` is full, by the figures of `day`."""
        months = int(self.months.on(day)) if self.months else 0
        months += 12 * int(self.years.on(day)) if self.years else 0
        months -= int(self.less_months.on(day)) if self.less_months else 0
        end = add_months(start, months) if months else start
        return add_days(end, int(self.days.on(day))) if self.days else end

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that make it up."""
        found = (self.months, self.years, self.days, self.less_months)
        return tuple(p for p in found if p is not None)

    def length(self, day: date) -> int:
        """A number of days that is surely no shorter than the span."""
        return (self.after(date(2000, 1, 1), day) - date(2000, 1, 1)).days + 4


@dataclass(frozen=True, slots=True)
class Elapsed(Leaf):
    """Since a day at least (or at most) a span of time has gone by, its end included."""

    fact: Fact
    period: Period
    at_most: bool = False

    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test."""
        if not isinstance(value, date):
            return False
        end = self.period.after(value, day)
        return value <= day <= end if self.at_most else day >= end

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that the test uses."""
        return self.period.parameters

    def turns(self, facts: Facts, day: date) -> Iterator[date]:
        """Days after which, or on which, the reading may change by time alone."""
        start = facts.get(self.fact.name)
        if not isinstance(start, date):
            return
        yield start
        for figures in self._figures(day):
            end = self.period.after(start, figures)
            yield add_days(end, 1) if self.at_most else end

    def _figures(self, day: date) -> Iterator[date]:
        """`day`, and the first day of every later value of the parameters."""
        yield day
        for parameter in self.period.parameters:
            yield from (v.valid_from for v in parameter.values if v.valid_from > day)

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        yield add_days(day, -self.period.length(day))
        yield self.period.after(day, day) if self.at_most else day
        yield day


@dataclass(frozen=True, slots=True)
class Current(Leaf):
    """A paper is valid through the day; `flag` says so where its last day is unknown."""

    fact: Fact
    flag: Fact | None = None

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        until = facts.get(self.fact.name)
        if isinstance(until, date):
            return MET if day <= until else UNMET
        if self.flag is not None and (said := facts.get(self.flag.name)) is not None:
            return MET if said is True else UNMET
        return self.unknown(facts)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts that the test reads."""
        return (self.fact,) if self.flag is None else (self.fact, self.flag)

    def turns(self, facts: Facts, day: date) -> Iterator[date]:
        """Days after which, or on which, the reading may change by time alone."""
        until = facts.get(self.fact.name)
        if isinstance(until, date):
            yield add_days(until, 1)

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        yield from (day, add_days(day, -1))


@dataclass(frozen=True, slots=True)
class Before(Leaf):
    """A day lies before a fixed one."""

    fact: Fact
    limit: date

    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test."""
        return isinstance(value, date) and value < self.limit

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        yield from (add_days(self.limit, -1), self.limit)


@dataclass(frozen=True, slots=True)
class InMonth(Leaf):
    """A day falls in a month of the year; without the fact, the day decided for is used."""

    fact: Fact | None  # type: ignore[assignment]  # None: always the day decided for
    month: Parameter
    default_today: bool = False

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        said = facts.get(self.fact.name) if self.fact else day
        if said is None and self.default_today:
            said = day
        if not isinstance(said, date):
            return self.unknown(facts)
        return MET if said.month == self.month.on(day) else UNMET

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts that the test reads."""
        return (self.fact,) if self.fact else ()

    @property
    def asks(self) -> tuple[Fact, ...]:
        """The facts to ask for when they are unknown."""
        return (self.fact,) if self.fact and not self.default_today else ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that the test uses."""
        return (self.month,)

    def turns(self, facts: Facts, day: date) -> Iterator[date]:
        """Days after which, or on which, the reading may change by time alone."""
        if self.fact is None or (self.default_today and self.fact.name not in facts):
            first = date(day.year, int(self.month.on(day)), 1)
            for start in (first, add_months(first, 12)):
                yield from (start, month_after(start))

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        inside = date(day.year, int(self.month.on(day)), 1)
        yield from (inside, month_after(inside))


@dataclass(frozen=True, slots=True)
class SameYear(Leaf):
    """A day falls in the year of the day decided for."""

    fact: Fact

    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test."""
        return isinstance(value, date) and value.year == day.year

    def turns(self, facts: Facts, day: date) -> Iterator[date]:
        """Days after which, or on which, the reading may change by time alone."""
        said = facts.get(self.fact.name)
        if isinstance(said, date):
            yield from (said.replace(month=1, day=1), add_months(said.replace(month=1, day=1), 12))

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        yield from (day, add_months(day, -12))


@dataclass(frozen=True, slots=True)
class UntilMonthEnd(Leaf):
    """The day decided for is no later than the last day of the month that holds the fact."""

    fact: Fact

    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test."""
        return isinstance(value, date) and day < month_after(value)

    def turns(self, facts: Facts, day: date) -> Iterator[date]:
        """Days after which, or on which, the reading may change by time alone."""
        said = facts.get(self.fact.name)
        if isinstance(said, date):
            yield month_after(said)

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        yield from (day, add_months(day, -1))


@dataclass(frozen=True, slots=True)
class FallsInYear(Leaf):
    """The anniversary n years after a day falls in the year decided for, not on its first day."""

    fact: Fact
    years: Parameter

    def holds(self, value: FactValue, day: date) -> bool:
        """Whether a known value meets the test."""
        if not isinstance(value, date):
            return False
        anniversary = add_months(value, 12 * int(self.years.on(day)))
        return anniversary.year == day.year and (anniversary.month, anniversary.day) != (1, 1)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that the test uses."""
        return (self.years,)

    def turns(self, facts: Facts, day: date) -> Iterator[date]:
        """Days after which, or on which, the reading may change by time alone."""
        said = facts.get(self.fact.name)
        if isinstance(said, date):
            first = add_months(said.replace(month=1, day=1), 12 * int(self.years.on(day)))
            yield from (first, add_months(first, 12))

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        inside = add_months(day.replace(month=7, day=1), -12 * int(self.years.on(day)))
        yield from (inside, add_months(inside, -12))


@dataclass(frozen=True, slots=True)
class Merged(Leaf):
    """Months here, together with months spent elsewhere, reach a figure."""

    fact: Fact
    elsewhere: Fact
    months: Parameter

    def read(self, facts: Facts, day: date) -> Reading:
        """How the test comes out on `day`."""
        start, more = facts.get(self.fact.name), facts.get(self.elsewhere.name)
        if start is None:
            return self.unknown(facts)
        if not isinstance(start, date):
            return UNMET
        if not isinstance(more, int):
            if day >= add_months(start, int(self.months.on(day))):
                return MET
            return UNMET if presumed(self.elsewhere, facts) or day < start else UNKNOWN
        return MET if day >= self._end(start, more, day) else UNMET

    def _end(self, start: date, more: int, day: date) -> date:
        return add_months(start, max(0, int(self.months.on(day)) - more))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts that the test reads."""
        return (self.fact, self.elsewhere)

    @property
    def asks(self) -> tuple[Fact, ...]:
        """The facts to ask for when they are unknown."""
        return (self.fact, self.elsewhere)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that the test uses."""
        return (self.months,)

    def turns(self, facts: Facts, day: date) -> Iterator[date]:
        """Days after which, or on which, the reading may change by time alone."""
        start, more = facts.get(self.fact.name), facts.get(self.elsewhere.name)
        if isinstance(start, date):
            yield self._end(start, more if isinstance(more, int) else 0, day)

    def probes(self, fact: Fact, day: date) -> Iterator[FactValue]:
        """Values of `fact` among which every reading of this test occurs."""
        for months in range(int(self.months.on(day)) + 1):
            yield months if fact is self.elsewhere else add_days(add_months(day, -months), -4)
        if fact is not self.elsewhere:
            yield from (day, add_days(day, 1))


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


def elapsed_text(fact: Fact, start: date, day: date) -> str:
    """How long it has been since `start`, in the words of the dictionary."""
    months = whole_months(start, day)
    if fact.elapsed:
        return fact.elapsed.format(years=months // 12, months=months, start=start.isoformat())
    if day < start:
        return f"自{start.isoformat()}起"
    return f"自{start.isoformat()}起，已满{months}个月"
