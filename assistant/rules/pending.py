"""Which unknown facts can still change the outcome, exactly, and which to ask for first.

The unknown facts are tried with values on every side of every test that reads them. Trying stops
as soon as the logic settles the outcome, and equal results are merged, so what remains is a
reduced decision diagram: a fact can change the outcome if and only if it stands in it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from assistant.rules.conditions import Known, Leaf
from assistant.rules.evaluation import Terminal, settle, unknown_facts, version_reading
from assistant.rules.logic import Reading
from assistant.rules.model import Fact, Facts, FactType, FactValue
from assistant.rules.rule import Version

_SUMS = (Decimal(0), Decimal(1), Decimal(100_003))
_NUMBERS = (0, 1, 100_003)
_Node = tuple[str, tuple[int, ...]] | Terminal | None


class _Diagram:
    """Builds the reduced diagram of one version over the facts that are unknown."""

    def __init__(self, version: Version, facts: Facts, day: date) -> None:
        self.version = version
        self.day = day
        self.facts: dict[str, FactValue] = dict(facts)
        self.unknown = unknown_facts(version, facts)
        self.readers = dict(version.readers)
        self.nodes: dict[_Node, int] = {}
        self.support: set[str] = set()

    def build(self, index: int = 0) -> int:
        """The node for the facts set so far, trying those from `index` on."""
        terminal = settle(self.version, self.facts, self.day)
        if terminal is not None or index == len(self.unknown):
            return self._intern(terminal)
        fact = self.unknown[index]
        below = []
        for value in self.classes(fact):
            self.facts[fact.name] = value
            below.append(self.build(index + 1))
        del self.facts[fact.name]
        if len(set(below)) == 1:
            return below[0]
        self.support.add(fact.name)
        return self._intern((fact.name, tuple(below)))

    def _intern(self, node: _Node) -> int:
        return self.nodes.setdefault(node, len(self.nodes))

    def classes(self, fact: Fact) -> list[FactValue]:
        """One value of `fact` for each way in which its tests can come out."""
        readers = self.readers.get(fact.name, ())
        if all(isinstance(leaf, Known) for leaf in readers):  # only its figure can matter
            return list(_SUMS if fact.type is FactType.MONEY else _NUMBERS)
        found: dict[tuple[object, ...], FactValue] = {}
        entangled = any(self._waits(leaf, fact) for leaf in readers)
        for value in _probes(readers, fact, self.day):
            self.facts[fact.name] = value
            key: tuple[object, ...] = tuple(leaf.read(self.facts, self.day) for leaf in readers)
            found.setdefault((*key, value) if entangled else key, value)
        self.facts.pop(fact.name, None)
        return list(found.values())

    def _waits(self, leaf: Leaf, fact: Fact) -> bool:
        return any(o.name != fact.name and o.name not in self.facts for o in leaf.asks)


def _probes(readers: tuple[Leaf, ...], fact: Fact, day: date) -> Iterator[FactValue]:
    seen: set[FactValue] = set()
    for leaf in readers:
        for value in leaf.probes(fact, day):
            if value not in seen:
                seen.add(value)
                yield value


def missing_facts(
    version: Version, facts: Facts, day: date
) -> tuple[Terminal | None, tuple[str, ...]]:
    """The facts that can still change outcome or amount, most useful first.

    With none, the outcome is settled although the logic alone could not tell, and is returned.
    """
    diagram = _Diagram(version, facts, day)
    diagram.build()
    if not diagram.support:
        return next(iter(diagram.nodes)), ()  # type: ignore[return-value]  # a terminal
    wanted = [f for f in diagram.unknown if f.name in diagram.support]
    if len(wanted) > 1:
        wanted.sort(key=lambda f: -_usefulness(diagram, f))
    return None, tuple(dict.fromkeys(f.asked_as or f.name for f in wanted))


def _usefulness(diagram: _Diagram, fact: Fact) -> float:
    """The share of the ways in which an answer can turn out that settle the matter at once."""
    version, facts, day = diagram.version, diagram.facts, diagram.day
    ways: dict[Terminal | Reading, bool] = {}
    for value in diagram.classes(fact):
        facts[fact.name] = value
        terminal = settle(version, facts, day)
        ways[terminal or version_reading(version, facts, day)] = terminal is not None
    facts.pop(fact.name, None)
    return sum(ways.values()) / len(ways)
