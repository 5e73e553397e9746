"""A term or a number as a sentence claims it, and the sentence that claims it."""

from dataclasses import dataclass
from decimal import Decimal

UP = "up"
DOWN = "down"
SINCE = "since"
UNTIL = "until"
MAY = "may"
MUST = "must"
DAY_UNITS = frozenset({"日期", "年月", "年份", "月日", "文号", "号"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A term (`key` is its concept) or a number (`key` is its unit) and how it is claimed."""

    key: str
    category: str  # "number" for numbers
    start: int
    end: int
    piece: int
    value: Decimal | None = None
    negative: bool = False
    excepted: bool = False  # denied by 除…外
    direction: str = ""
    strict: bool = False  # 超过, against 满
    inclusive: bool = False  # (含)以上, 及以下
    modal: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the mark is a number with its unit."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, spelled canonically, with its marks in order."""

    text: str
    marks: tuple[Mark, ...]

    def between(self, left: Mark, right: Mark) -> str:
        """The characters between two marks."""
        return self.text[left.end : right.start]
