"""What became of calls to the model and of its statements, for the metrics."""

import threading
from collections import Counter
from collections.abc import Mapping


class Tally:
    """Counts by name; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: Counter[str] = Counter()
        self._statements: Counter[str] = Counter()

    def count_call(self, outcome: str) -> None:
        """One call ended: `ok`, or the cause of its failure."""
        with self._lock:
            self._calls[outcome] += 1

    def count_statement(self, fate: str) -> None:
        """One statement was `accepted`, `replaced` or `dropped`."""
        with self._lock:
            self._statements[fate] += 1

    def calls(self) -> Mapping[str, int]:
        """Calls by outcome."""
        with self._lock:
            return dict(self._calls)

    def statements(self) -> Mapping[str, int]:
        """Statements by fate."""
        with self._lock:
            return dict(self._statements)
