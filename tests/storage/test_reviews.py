"""The review queue: one open doubt an answer, decided once, silent when the conversation goes."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import ReviewDecidedError, UnknownAnswerError, UnknownReviewError
from assistant.hotline import DECIDED, Review, ReviewState, ReviewStore
from assistant.storage import Stores
from tests.storage.conftest import Clock
from tests.storage.test_audit import record

PENDING = (ReviewState.PENDING,)


@pytest.fixture
def answered(stores: Stores) -> str:
    conversation = stores.conversations.create().conversation_id
    stores.audit.record(record(conversation))
    return conversation


def reviews(stores: Stores) -> ReviewStore:
    return stores.reviews


def test_a_doubt_waits_and_is_decided(stores: Stores, answered: str, clock: Clock) -> None:
    doubted = reviews(stores).open("answer-1", "wang", "引错了")
    assert doubted.conversation_id == answered
    assert stores.reviews.all(PENDING, 10) == (doubted,)
    clock.advance(hours=1)
    decided = stores.reviews.decide(
        doubted.review_id, ReviewState.CORRECTED, "li", "应当引第二款", "满六个月。"
    )
    assert decided == Review(
        doubted.review_id,
        "answer-1",
        answered,
        ReviewState.CORRECTED,
        "wang",
        doubted.asked_at,
        "引错了",
        "li",
        clock.now,
        "应当引第二款",
        "满六个月。",
    )
    assert stores.reviews.get(doubted.review_id) == decided
    assert stores.reviews.all(PENDING, 10) == ()
    assert stores.reviews.all(DECIDED, 10) == (decided,)


def test_an_answer_is_doubted_once_until_decided(stores: Stores, answered: str) -> None:
    first = stores.reviews.open("answer-1", "wang", "引错了")
    assert stores.reviews.open("answer-1", "zhao", "我也觉得") == first
    stores.reviews.decide(first.review_id, ReviewState.REJECTED, "li", "没有错", None)
    assert stores.reviews.open("answer-1", "zhao", "还是不对").review_id != first.review_id


def test_of_two_supervisors_one_decides(stores: Stores, answered: str) -> None:
    doubted = stores.reviews.open("answer-1", "wang", "引错了")

    def decide(by: str) -> bool:
        try:
            stores.reviews.decide(doubted.review_id, ReviewState.APPROVED, by, "无误", None)
        except ReviewDecidedError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(decide, ["a1", "b2", "c3", "d4"])) == 1
    with pytest.raises(ReviewDecidedError, match="处理过"):
        stores.reviews.decide(doubted.review_id, ReviewState.REJECTED, "li", "无误", None)


def test_what_is_not_there_is_told(stores: Stores) -> None:
    with pytest.raises(UnknownAnswerError):
        stores.reviews.open("nothing", "wang", "引错了")
    with pytest.raises(UnknownReviewError):
        stores.reviews.get("nothing")
    with pytest.raises(UnknownReviewError):
        stores.reviews.decide("nothing", ReviewState.APPROVED, "li", "无误", None)


def test_notes_go_with_the_conversation_and_decisions_stay(stores: Stores, answered: str) -> None:
    doubted = stores.reviews.open("answer-1", "wang", "来电人说他姓王")
    stores.reviews.decide(doubted.review_id, ReviewState.CORRECTED, "li", "见下", "满六个月。")
    stores.conversations.delete(answered)
    left = stores.reviews.get(doubted.review_id)
    assert (left.note, left.decision_note, left.correction) == (None, None, None)
    assert (left.state, left.asked_by, left.decided_by) == (ReviewState.CORRECTED, "wang", "li")
    with pytest.raises(UnknownAnswerError):
        stores.reviews.open("answer-1", "wang", "再看一次")
