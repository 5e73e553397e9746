"""Conversations that nobody used for long are deleted, while the service runs."""

import logging
from threading import Event, Thread

from assistant.dialogue.ports import Clock, ConversationStore
from assistant.errors import StorageError

_HOUR_S = 3600.0

_log = logging.getLogger(__name__)


class RetentionJob:
    """Purges at the start and then every hour; of several processes, each may do it."""

    def __init__(
        self,
        conversations: ConversationStore,
        *,
        retention_days: int,
        clock: Clock,
        interval_s: float = _HOUR_S,
    ) -> None:
        self._conversations = conversations
        self._retention_days = retention_days
        self._clock = clock
        self._interval_s = interval_s
        self._ended = Event()
        self._thread = Thread(target=self._run, name="retention", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def close(self) -> None:
        """End; waits for a purge that is under way."""
        self._ended.set()
        if self.is_running:
            self._thread.join()

    @property
    def is_running(self) -> bool:
        """Whether it began and has not ended."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._ended.is_set():
            self.purge()
            self._ended.wait(self._interval_s)

    def purge(self) -> int:
        """Purge once; a database that is away is tried again next time."""
        try:
            purged = self._conversations.purge(self._clock(), self._retention_days)
        except StorageError as error:
            _log.warning("nothing purged: %s", error)
            return 0
        if purged:
            _log.info("purged %s conversations", purged)
        return purged
