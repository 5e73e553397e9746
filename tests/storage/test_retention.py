"""The retention job: purges at once, goes on after a failure, and ends when told to."""

from datetime import datetime
from threading import Event

import pytest

from assistant.errors import StorageError, UnknownConversationError
from assistant.storage import RecordedConversation, RetentionJob, Stores
from tests.storage.conftest import BEGINNING, Clock
from tests.storage.test_audit import record


class Counting(RecordedConversation):
    """Counts purges; the first fails."""

    def __init__(self) -> None:
        super().__init__(record("conversation-1"))
        self.purges = 0
        self.twice = Event()

    def purge(self, now: datetime, retention_days: int) -> int:
        assert (now, retention_days) == (BEGINNING, 30)
        self.purges += 1
        if self.purges == 1:
            raise StorageError("数据库暂时不能读写。")
        self.twice.set()
        return 0


def test_the_job_purges_what_is_old(stores: Stores, clock: Clock) -> None:
    id_ = stores.conversations.create().conversation_id
    job = RetentionJob(stores.conversations, retention_days=30, clock=clock)
    assert job.purge() == 0
    clock.advance(days=31)
    assert job.purge() == 1
    with pytest.raises(UnknownConversationError):
        stores.conversations.load(id_)


def test_the_job_goes_on_after_a_failure_and_ends() -> None:
    store = Counting()
    job = RetentionJob(store, retention_days=30, clock=Clock(), interval_s=0.01)
    job.start()
    assert store.twice.wait(60)
    job.close()
    done = store.purges
    assert not job.is_running
    assert store.purges == done


def test_a_job_that_never_began_can_be_closed() -> None:
    RetentionJob(Counting(), retention_days=30, clock=Clock()).close()
