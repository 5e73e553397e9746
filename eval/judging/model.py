"""What a judge sees of one turn, and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.schemas import Answer, Citation, Verdict
from eval.judging.sources import Published
from eval.model import Expectation, Turn

Score = tuple[float, float]
"""What a turn adds to a rate: how much was right, of how much that was judged."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn with the reply to it; `answer` is None where none came."""

    turn: Turn
    answer: Answer | None
    published: Published
    same_fact: Mapping[str, str] = field(default_factory=dict)  # fact -> the name it is judged by
    said: tuple[str, ...] = ()  # everything the person has said so far, this turn last

    @property
    def expect(self) -> Expectation:
        """What a right reply shows."""
        return self.turn.expect

    @property
    def kind(self) -> str | None:
        """The kind of the reply."""
        return self.answer.kind if self.answer else None

    @property
    def citations(self) -> list[Citation]:
        """The citations of the reply."""
        return self.answer.citations if self.answer else []

    @property
    def verdicts(self) -> list[Verdict]:
        """The verdicts of the reply."""
        return self.answer.verdicts if self.answer else []

    @property
    def notices(self) -> set[str]:
        """The codes of the reply's notices."""
        return {notice.code for notice in self.answer.notices} if self.answer else set()


@dataclass(frozen=True, slots=True)
class Judged:
    """What one judge found: scores by metric, and problems in words a reader can check."""

    scores: Mapping[str, Score] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def share(right: float, of: float) -> Score:
    """A score; nothing judged where `of` is 0."""
    return (float(right), float(of))


def one(right: bool) -> Score:
    """A score for a single thing, right or wrong."""
    return share(right, 1)
