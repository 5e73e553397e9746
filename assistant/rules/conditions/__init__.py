"""The tests of which conditions are made: leaves over named facts, and trees of them."""

from assistant.rules.conditions.leaf import (
    Leaf,
    presumed,
)
from assistant.rules.conditions.times import (
    TODAY,
    Before,
    Current,
    Elapsed,
    FallsInYear,
    InMonth,
    Merged,
    Period,
    SameYear,
    UntilMonthEnd,
)
from assistant.rules.conditions.trees import (
    All,
    Always,
    Any,
    Not,
    Test,
    facts_of,
    leaves,
    negate,
)
from assistant.rules.conditions.values import (
    Count,
    IsTrue,
    Known,
    OneOf,
    Relatives,
)

__all__ = [
    "TODAY",
    "All",
    "Always",
    "Any",
    "Before",
    "Count",
    "Current",
    "Elapsed",
    "FallsInYear",
    "InMonth",
    "IsTrue",
    "Known",
    "Leaf",
    "Merged",
    "Not",
    "OneOf",
    "Period",
    "Relatives",
    "SameYear",
    "Test",
    "UntilMonthEnd",
    "facts_of",
    "leaves",
    "negate",
    "presumed",
]
