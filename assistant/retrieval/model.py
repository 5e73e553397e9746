"""What retrieval takes and returns: hits, address hits, and the scope a search is limited to."""

from dataclasses import dataclass
from datetime import date

NEVER = 99_999_999  # first day of a clause that never binds, as yyyymmdd
OPEN_END = 99_991_231  # last day of a clause that binds until further notice


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found for a question; `lexical` is raw BM25 and `dense` the cosine."""

    clause_id: str
    score: float
    lexical: float
    dense: float
    binding: bool


@dataclass(frozen=True, slots=True)
class AddressHit:
    """A notice, or a unit of it, that the question names by number, title or place in the text.

    `clause_id` None: the notice as a whole, or no unit of it stands at the place named (then
    `missing` holds that place, as in 第九十九条). `exact`: named by its full number or title.
    """

    notice_id: str
    clause_id: str | None
    named: str  # the words of the question that name the notice
    exact: bool
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which clauses may be ranked: those that bind on a day at a place, or all the others."""

    day: int  # yyyymmdd
    codes: frozenset[int]  # jurisdictions that reach the place
    binding: bool

    def admits(self, code: int, first: int, last: int) -> bool:
        """Whether a clause of jurisdiction `code`, binding from `first` to `last`, is in scope."""
        return (code in self.codes and first <= self.day <= last) is self.binding


@dataclass(frozen=True, slots=True)
class Extent:
    """How many leaves a dense collection holds, and between which days they begin and end to bind."""

    size: int
    first: tuple[int, int]
    last: tuple[int, int]

    def may_bind(self, day: int) -> bool:
        """Whether any of the leaves may bind on the day."""
        return self.first[0] <= day <= self.last[1]

    def all_bind(self, day: int) -> bool:
        """Whether all of the leaves bind on the day."""
        return self.first[1] <= day <= self.last[0]

    def with_leaf(self, first: int, last: int) -> "Extent":
        """The extent with one leaf more."""
        return Extent(
            self.size + 1,
            (min(self.first[0], first), max(self.first[1], first)),
            (min(self.last[0], last), max(self.last[1], last)),
        )


def day_number(day: date) -> int:
    """The day as yyyymmdd, the form in which the index compares days."""
    return day.year * 10_000 + day.month * 100 + day.day
