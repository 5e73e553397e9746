"""What Chinese text is matched by: overlapping characters and pairs, after normalising numerals.

Words are not segmented: over statutes and notices, single characters with pairs of neighbours find
more than any segmenter did (docs/adr/0002-shipped-embedder.md). A Latin word or a number is one
unit, and pairs with what stands beside it, so that `6个月` yields `6`, `个`, `月`, `6个` and `个月`.
"""

import re
from itertools import pairwise

from assistant.clauses.numerals import normalize

# One unit: a number with its fraction, a Latin word, or any other single letter (Han above all).
_UNIT = r"[0-9]+(?:\.[0-9]+)?|[a-z]+|[^\W_]"
_units = re.compile(_UNIT).findall
# Punctuation, white space and the underscore end a run: no pair reaches across them. A full stop
# between digits is part of a number.
_runs = re.compile(r"(?:[^\W_]|(?<=[0-9])\.(?=[0-9]))+").findall
_has_word = re.compile(r"[a-z0-9]").search


def ngrams(text: str) -> list[str]:
    """Units of `text` and their adjacent pairs, in index form; the order carries no meaning."""
    grams: list[str] = []
    for run in _runs(normalize(text)):
        units = _units(run) if _has_word(run) else run
        grams.extend(units)
        grams.extend(map("".join, pairwise(units)))
    return grams


def ngram_text(text: str) -> str:
    """The n-grams of `text` between spaces: the form in which the embedder reads questions and clauses."""
    return " ".join(ngrams(text))
