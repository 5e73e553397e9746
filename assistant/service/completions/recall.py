"""Which kept conversation stands where the messages so far lead, so that they are not read again.

Only digests under a key of this process are held, no words. What is not found, or has been deleted
or carried on elsewhere, is worked out again from the messages.
"""

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence

from assistant.schemas import Answer, AskRequest

_MOST = 4096

Place = tuple[str, str]
"""A conversation, and the answer that it ended with."""


class Recall:
    """Remembers where conversations stood, the latest ones only; may be used from any thread."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._key = secrets.token_bytes(32)
        self._places: OrderedDict[bytes, Place] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, said: Sequence[AskRequest]) -> Place | None:
        """The conversation that was told just this, and nothing since."""
        with self._lock:
            return self._places.get(self._digest(said))

    def remember(self, said: Sequence[AskRequest], answer: Answer) -> None:
        """After `said`, the conversation ended with `answer`."""
        digest = self._digest(said)
        with self._lock:
            self._places[digest] = (answer.conversation_id, answer.answer_id)
            self._places.move_to_end(digest)
            if len(self._places) > self._most:
                self._places.popitem(last=False)

    def _digest(self, said: Sequence[AskRequest]) -> bytes:
        mac = hmac.new(self._key, digestmod=hashlib.sha256)
        for request in said:
            told = request.model_copy(update={"conversation_id": None}).model_dump_json().encode()
            mac.update(len(told).to_bytes(4, "big") + told)
        return mac.digest()
