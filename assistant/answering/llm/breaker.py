"""A circuit breaker: a model that keeps failing is left alone for a while."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Opens after some failures in a row; once rested, lets one call through to try."""

    def __init__(
        self, failures: int, rest_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = failures
        self._rest_s = rest_s
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._opened_at: float | None = None

    def admits(self) -> bool:
        """Whether a call may be made now; the one that tries after a rest counts as made."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._clock() - self._opened_at < self._rest_s:
                return False
            self._opened_at = self._clock()
            return True

    def succeeded(self) -> None:
        """A call came to a good end."""
        with self._lock:
            self._failed, self._opened_at = 0, None

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._most or self._opened_at is not None:
                self._opened_at = self._clock()

    @property
    def is_open(self) -> bool:
        """Whether calls are being refused."""
        with self._lock:
            return self._opened_at is not None
