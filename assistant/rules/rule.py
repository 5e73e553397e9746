"""A rule as compiled: versions in time, channels, conditions, doubts, papers, premises, amounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.rules.amounts import Amount, givens, parameters_of
from assistant.rules.conditions import Leaf, Test, leaves
from assistant.rules.model import Cite, Fact, Parameter
from assistant.rules.templates import Template


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
