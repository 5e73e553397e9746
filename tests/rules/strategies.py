"""Well-typed facts of every kind, for the laws that must hold for all of them."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from assistant.rules import Fact, FactType, FactValue, Member, Rule

FIRST, LAST = date(2013, 1, 1), date(2027, 12, 31)
DAYS = st.dates(FIRST, LAST)
NEAR = st.integers(-500, 900).map(lambda n: date(2024, 8, 1) + timedelta(n))


def values(fact: Fact) -> st.SearchStrategy[FactValue]:
    """Any value that the fact may take."""
    match fact.type:
        case FactType.BOOLEAN:
            return st.booleans()
        case FactType.INTEGER:
            return st.integers(0, 40)
        case FactType.DATE:
            if fact.name == "birth_date":
                return st.dates(date(1940, 1, 1), date(2010, 12, 31))
            return st.one_of(DAYS, NEAR)
        case FactType.MONEY:
            return st.decimals(0, 100_000, places=2).map(Decimal)
        case FactType.ENUM:
            return st.sampled_from(fact.choices) if fact.choices else st.just("市本级")
        case FactType.LIST:
            member = st.builds(
                Member,
                st.sampled_from(fact.choices),
                st.none() | st.booleans(),
                st.none() | st.booleans(),
            )
            return st.lists(member, max_size=3).map(lambda m: tuple(sorted(m, key=str)))


def some_facts(rule: Rule) -> st.SearchStrategy[dict[str, FactValue]]:
    """Some of the facts that the rule reads, each with any value."""
    return st.fixed_dictionaries({}, optional={f.name: values(f) for f in rule.facts()})


def all_facts(rule: Rule) -> st.SearchStrategy[dict[str, FactValue]]:
    """All of the facts that the rule reads, each with any value."""
    return st.fixed_dictionaries({f.name: values(f) for f in rule.facts()})
