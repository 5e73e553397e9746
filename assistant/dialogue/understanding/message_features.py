"""What small models weigh of a whole message: its character n-grams, those of its first and last
clause, and its length."""

import re
from collections import defaultdict
from collections.abc import Mapping

from assistant.dialogue.reading.typed import read_typed
from assistant.linear import row_of

BUCKETS = 1 << 15  # n-grams share weights where their hashes meet
_LONGEST = 4  # characters of an n-gram of the message; one less in its clauses
_OF_CLAUSE, _OF_LENGTH = 0.6, 0.3
_A_LENGTH, _LENGTHS = 6, 8
_DIGITS = re.compile(r"[0-9]+")


def features_of(
    words: str, most_read: int, signs: Mapping[str, float] | None = None
) -> dict[int, float]:
    """The rows of weights that a message uses, and how much of each; `signs` stand beside it."""
    typed = read_typed(words[:most_read])
    clauses = [typed.text[clause.start : clause.end] for clause in typed.clauses]
    found: dict[int, float] = defaultdict(float)
    parts = [("", typed.text, _LONGEST, 1.0)]
    if clauses:
        parts += [
            ("first:", clauses[0], _LONGEST - 1, _OF_CLAUSE),
            ("last:", clauses[-1], _LONGEST - 1, _OF_CLAUSE),
        ]
    for part, text, longest, share in parts:
        grams = _ngrams(text, longest)
        for gram in grams:
            found[row_of(f"{part}{gram}", BUCKETS)] += share * len(grams) ** -0.5
    for sign, share in (signs or {}).items():
        found[row_of(sign, BUCKETS)] += share
    length = min(len(typed.text) // _A_LENGTH, _LENGTHS)
    found[row_of(f"length={length}", BUCKETS)] += _OF_LENGTH
    return dict(found)


def _ngrams(text: str, longest: int) -> set[str]:
    plain = f"^{_DIGITS.sub('9', text)}$"
    sizes = range(1, longest + 1)
    return {plain[i : i + size] for size in sizes for i in range(len(plain) - size + 1)}
