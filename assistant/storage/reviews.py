"""The review queue in a database."""

from collections.abc import Sequence

import sqlalchemy as sa

from assistant.dialogue.ports import Clock, NewId
from assistant.errors import ReviewDecidedError, UnknownReviewError
from assistant.hotline import Review, ReviewState
from assistant.storage.audit import unknown_answer
from assistant.storage.database import Database
from assistant.storage.tables import audit, reviews


class SqlReviewStore:
    """Implements `ReviewStore`."""

    def __init__(self, database: Database, *, clock: Clock, new_id: NewId) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id

    def open(self, answer_id: str, asked_by: str, note: str) -> Review:
        """A pending review, the one there is where the answer is under review already."""
        with self._database.writing() as connection:
            known = connection.execute(
                sa.select(audit.c.conversation_id, audit.c.request)
                .where(audit.c.answer_id == answer_id)
                .with_for_update()  # of two doubts at once the second finds the first
            ).one_or_none()
            if known is None or known.request is None:  # or its conversation was deleted
                raise unknown_answer(answer_id)
            there = connection.execute(
                sa.select(reviews).where(
                    reviews.c.answer_id == answer_id,
                    reviews.c.state == ReviewState.PENDING.value,
                )
            ).first()
            if there is not None:
                return _review(there)
            review = Review(
                self._new_id(),
                answer_id,
                known.conversation_id,
                ReviewState.PENDING,
                asked_by,
                self._clock(),
                note,
            )
            connection.execute(
                sa.insert(reviews).values(
                    review_id=review.review_id,
                    answer_id=answer_id,
                    conversation_id=known.conversation_id,
                    state=review.state.value,
                    asked_by=asked_by,
                    asked_at=review.asked_at,
                    note=note,
                )
            )
        return review

    def all(self, states: tuple[ReviewState, ...], limit: int) -> tuple[Review, ...]:
        """Reviews in these states: pending ones oldest first, decided ones newest first."""
        oldest_first = states == (ReviewState.PENDING,)
        order = reviews.c.asked_at.asc() if oldest_first else reviews.c.decided_at.desc()
        with self._database.reading() as connection:
            rows = connection.execute(
                sa.select(reviews)
                .where(reviews.c.state.in_([state.value for state in states]))
                .order_by(order, reviews.c.review_id)
                .limit(limit)
            ).all()
        return tuple(_review(row) for row in rows)

    def get(self, review_id: str) -> Review:
        """One review; raises UnknownReviewError."""
        with self._database.reading() as connection:
            return _one(connection, review_id)

    def decide(
        self, review_id: str, state: ReviewState, by: str, note: str, correction: str | None
    ) -> Review:
        """Decide a pending review; raises UnknownReviewError or ReviewDecidedError."""
        with self._database.writing() as connection:
            changed = connection.execute(
                sa.update(reviews)
                .where(
                    reviews.c.review_id == review_id,
                    reviews.c.state == ReviewState.PENDING.value,
                )
                .values(
                    state=state.value,
                    decided_by=by,
                    decided_at=self._clock(),
                    decision_note=note,
                    correction=correction,
                )
            )
            review = _one(connection, review_id)
            if changed.rowcount == 0:
                raise ReviewDecidedError(
                    f"这一条已由 {review.decided_by} 处理过，请刷新列表。", field="review_id"
                )
        return review


def erase_notes(connection: sa.Connection, conversation_ids: Sequence[str]) -> None:
    """Erase what reviewers wrote about these conversations; that they decided stays."""
    connection.execute(
        sa.update(reviews)
        .where(reviews.c.conversation_id.in_(conversation_ids))
        .values(note=None, decision_note=None, correction=None)
    )


def _one(connection: sa.Connection, review_id: str) -> Review:
    row = connection.execute(
        sa.select(reviews).where(reviews.c.review_id == review_id)
    ).one_or_none()
    if row is None:
        raise UnknownReviewError(
            f"没有编号为「{review_id[:64]}」的复核。请刷新列表。", field="review_id"
        )
    return _review(row)


def _review(row: sa.Row[tuple[object, ...]]) -> Review:
    values = dict(row._mapping)
    return Review(**values | {"state": ReviewState(row.state)})
