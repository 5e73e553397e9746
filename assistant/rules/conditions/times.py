"""Leaves over days: how long since, until when, in which month or year."""

# ruff: noqa: ARG002 - every test is read in one shape, though most need only part of it

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.rules.conditions.leaf import Leaf, ValueTest, presumed
from assistant.rules.logic import MET, UNKNOWN, UNMET, Reading
from assistant.rules.model import Fact, Facts, FactValue, Parameter
from assistant.rules.months import add_days, add_months, month_after

TODAY = "as_of"
"""The day decided for, where a test may name it in place of a fact."""


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
class Elapsed(ValueTest):
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
class Before(ValueTest):
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
class SameYear(ValueTest):
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
class UntilMonthEnd(ValueTest):
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
class FallsInYear(ValueTest):
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
