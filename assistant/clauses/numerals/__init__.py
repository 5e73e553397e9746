"""Numbers with their units, read the same however they are written: 半年, 6个月, 六个月, 6 个月.

`normalize` is for indexes and comparison, never for display; `quantities` points back into the
text it was given.
"""

from assistant.clauses.numerals.numbers import in_digits, in_han, ordinal
from assistant.clauses.numerals.quantities import Quantity, normalize, quantities

__all__ = ["Quantity", "in_digits", "in_han", "normalize", "ordinal", "quantities"]
