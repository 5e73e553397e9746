"""Strong Kleene logic over unmet < doubtful < met, with what is unknown kept as a range.

A reading says how a condition can come out: `low` and `high` bound it over every value that the
unknown facts may take, `hoped` is how it comes out when each unknown is favourable and no doubt
that depends on an unknown applies. *Doubtful* (the sources do not settle it) is a value of its
own; *unknown* (a fact is missing) is a range. That keeps the two apart in every combination.
"""

from typing import NamedTuple


class Reading(NamedTuple):
    """Bounds of a condition's value: 0 unmet, 1 doubtful, 2 met."""

    low: int
    high: int
    hoped: int


_ALL = {
    (low, high, hoped): Reading(low, high, hoped)
    for low in range(3)
    for high in range(low, 3)
    for hoped in range(low, high + 1)
}
MET = _ALL[2, 2, 2]
UNMET = _ALL[0, 0, 0]
DOUBTFUL = _ALL[1, 1, 1]
UNKNOWN = _ALL[0, 2, 2]
OPEN_DOUBT = _ALL[1, 2, 2]  # met, unless a doubt that depends on an unknown fact applies


def both(a: Reading, b: Reading) -> Reading:
    """Conjunction: the lower of the two."""
    if a is b or b is MET or a is UNMET:
        return a
    if a is MET or b is UNMET:
        return b
    return _ALL[min(a[0], b[0]), min(a[1], b[1]), min(a[2], b[2])]


def either(a: Reading, b: Reading) -> Reading:
    """Disjunction: the higher of the two."""
    if a is b or b is UNMET or a is MET:
        return a
    if a is UNMET or b is MET:
        return b
    return _ALL[max(a[0], b[0]), max(a[1], b[1]), max(a[2], b[2])]


def opposite(a: Reading) -> Reading:
    """Negation of a test's reading; an unknown stays an unknown that may turn out well."""
    if a is MET:
        return UNMET
    return MET if a is UNMET else a


def doubted(base: Reading, when: Reading) -> Reading:
    """A condition to which a doubt attaches: where it applies, neither met nor unmet."""
    if when is UNMET:
        return base
    if when is MET:
        return DOUBTFUL
    return _ALL[min(base[0], 1), max(base[1], 1), base[2]]


def capped(when: Reading) -> Reading:
    """A doubt about a whole channel, as a conjunct: at best doubtful where it applies."""
    if when is UNMET:
        return MET
    return DOUBTFUL if when is MET else OPEN_DOUBT


def status(reading: Reading) -> str:
    """The reading in a word: met, unmet, uncertain or unknown."""
    if reading is MET:
        return "met"
    if reading is UNMET:
        return "unmet"
    return "uncertain" if reading is DOUBTFUL else "unknown"
