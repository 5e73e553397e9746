"""Answers that an operator doubted, and what a supervisor made of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class ReviewState(StrEnum):
    """Where a review stands."""

    PENDING = "pending"  # 待复核
    APPROVED = "approved"  # 答复无误
    CORRECTED = "corrected"  # 答复有误，已更正
    REJECTED = "rejected"  # 不成立，退回


DECIDED = (ReviewState.APPROVED, ReviewState.CORRECTED, ReviewState.REJECTED)


@dataclass(frozen=True, slots=True)
class Review:
    """One doubt about one answer; texts are masked, and None once the conversation was deleted."""

    review_id: str
    answer_id: str
    conversation_id: str
    state: ReviewState
    asked_by: str
    asked_at: datetime
    note: str | None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_note: str | None = None
    correction: str | None = None


class ReviewStore(Protocol):
    """Keeps reviews; raises StorageError when the database fails."""

    def open(self, answer_id: str, asked_by: str, note: str) -> Review:
        """A pending review, the one there is where the answer is under review already.

        Raises UnknownAnswerError.
        """
        ...

    def all(self, states: tuple[ReviewState, ...], limit: int) -> tuple[Review, ...]:
        """Reviews in these states: pending ones oldest first, decided ones newest first."""
        ...

    def get(self, review_id: str) -> Review:
        """One review; raises UnknownReviewError."""
        ...

    def decide(
        self, review_id: str, state: ReviewState, by: str, note: str, correction: str | None
    ) -> Review:
        """Decide a pending review; raises UnknownReviewError or ReviewDecidedError."""
        ...
