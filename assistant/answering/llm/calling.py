"""One call to a chat model, in a thread of its own, read within limits."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.answering.llm.limits import Limits

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_LOOK_UP_S = 0.1  # how often a waiting reader asks whether anybody still reads


class ModelError(Exception):
    """A call came to nothing, or broke off; `cause` is one word for the metrics."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Reader:
    """Reads what a chat model says, piece by piece, until it ends or a limit is met."""

    def __init__(
        self,
        model: "BaseChatModel",
        limits: Limits,
        *,
        streaming: bool = True,
        tells_end: bool = False,
    ) -> None:
        self._model = model
        self._limits = limits
        self._streaming = streaming
        self._tells_end = tells_end  # a stream without a finish_reason was cut off
        self._places = threading.BoundedSemaphore(limits.concurrency)

    def pieces(
        self, messages: Sequence["BaseMessage"], gone: Callable[[], bool] | None = None
    ) -> Iterator[str]:
        """The model's words as they come; raises ModelError, after what came before."""
        if not self._places.acquire(blocking=False):
            raise ModelError("busy")
        arrived: queue.Queue[str | Exception | None] = queue.Queue()
        enough = threading.Event()
        threading.Thread(
            target=self._call, args=(list(messages), arrived, enough), daemon=True
        ).start()
        try:
            yield from self._until_the_end(arrived, gone)
        finally:
            enough.set()

    def _call(
        self,
        messages: list["BaseMessage"],
        arrived: "queue.Queue[str | Exception | None]",
        enough: threading.Event,
    ) -> None:
        try:
            for piece in self._said(messages):
                if enough.is_set():
                    return
                arrived.put(piece)
            arrived.put(None)
        except Exception as error:  # noqa: BLE001 - whatever a model does, the answer goes on
            arrived.put(error)
        finally:
            self._places.release()

    def _said(self, messages: list["BaseMessage"]) -> Iterator[str]:
        said = self._model.stream(messages) if self._streaming else [self._model.invoke(messages)]
        ended = None
        for message in said:
            if text := _text_of(message):
                yield text
            ended = message.response_metadata.get("finish_reason") or ended
        if ended == "length" or (ended is None and self._streaming and self._tells_end):
            raise ModelError("truncated")

    def _until_the_end(
        self,
        arrived: "queue.Queue[str | Exception | None]",
        gone: Callable[[], bool] | None,
    ) -> Iterator[str]:
        began = time.monotonic()
        waits = self._limits.first_token_s if self._streaming else self._limits.total_s
        deadline = began + min(waits, self._limits.total_s)
        read = 0
        while True:
            try:
                remaining = deadline - time.monotonic()
                piece = arrived.get(timeout=max(0.0, min(_LOOK_UP_S, remaining)))
            except queue.Empty:
                if gone is not None and gone():
                    raise ModelError("reader_gone") from None
                if time.monotonic() >= deadline:
                    raise ModelError("timeout") from None
                continue
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise ModelError(_cause_of(piece)) from piece
            read += len(piece)
            if read > self._limits.characters:
                raise ModelError("endless")
            deadline = began + self._limits.total_s
            if time.monotonic() >= deadline:
                raise ModelError("timeout")
            if gone is not None and gone():
                raise ModelError("reader_gone")
            yield piece


def _text_of(message: Any) -> str:
    """The text of a message; content may be a list of blocks."""
    content = message.content
    if isinstance(content, str):
        return content
    return "".join(
        block if isinstance(block, str) else str(block.get("text", ""))
        for block in content
        if isinstance(block, str | dict)
    )


def _cause_of(error: Exception) -> str:
    """One word for what went wrong; a client library's errors are known by their names."""
    if isinstance(error, ModelError):
        return error.cause
    name = type(error).__name__.lower()
    if "timeout" in name:
        return "timeout"
    if "ratelimit" in name:
        return "busy"
    if "connect" in name:
        return "refused"
    return "failed"
