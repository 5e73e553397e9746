"""An answer as server-sent events: stages, checked pieces of the text, then the whole answer."""

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from itertools import chain

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from assistant.dialogue.ports import Gone
from assistant.errors import AssistantError
from assistant.schemas import Answer, Answered, AskEvent, Delta, Stage
from assistant.service.problems import deliberate_problem, unexpected_problem

STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_MOST_STREAMS = 64  # at once; one more waits for its turn
_QUIET_S = 15.0  # a comment is sent after so long a silence, lest something between hang up


class AnswerStreams:
    """Runs a service's streams beside the event loop, each in a thread of its own."""

    def __init__(self, count: Callable[[Answer], None]) -> None:
        self._count = count
        self._threads = ThreadPoolExecutor(_MOST_STREAMS, thread_name_prefix="answer-stream")

    def open(self, begin: Callable[[Gone], Iterator[AskEvent]]) -> AsyncIterator[AskEvent]:
        """The events of an answer; blocks until the first, and raises what `ask` would raise.

        When the reader goes, the model is let go and the turn completed without it.
        """
        gone = threading.Event()
        events = begin(gone.is_set)
        return self._relayed(chain([next(events)], events), gone)

    async def _relayed(
        self, events: Iterator[AskEvent], gone: threading.Event
    ) -> AsyncIterator[AskEvent]:
        """The events as they come; an exception among them is raised here."""
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[AskEvent | Exception | None] = asyncio.Queue()

        def arrive(event: AskEvent | Exception | None) -> None:
            if not gone.is_set():
                loop.call_soon_threadsafe(arrived.put_nowait, event)

        def drain() -> None:
            try:
                for event in events:
                    if isinstance(event, Answered):
                        self._count(event.answer)
                    arrive(event)
            except Exception as error:  # noqa: BLE001 - raised again where it is awaited
                arrive(error)
            else:
                arrive(None)

        self._threads.submit(drain)
        try:
            while (event := await arrived.get()) is not None:
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            gone.set()


async def server_sent(events: AsyncIterator[AskEvent]) -> AsyncIterator[bytes]:
    """The events as the bytes of `text/event-stream`; a failure is the last one."""
    try:
        async with aclosing(paced(events)) as pace:
            async for event in pace:
                yield KEEPALIVE_COMMENT if event is None else _framed(event)
    except AssistantError as error:
        yield _failed(bytes(deliberate_problem(error).body))
    except Exception as error:  # noqa: BLE001 - no stack trace ever reaches a client
        yield _failed(bytes(unexpected_problem(error).body))


async def paced(events: AsyncIterator[AskEvent]) -> AsyncGenerator[AskEvent | None]:
    """The events as they come, and None after every long silence."""
    waiting = asyncio.ensure_future(anext(events, None))
    try:
        while True:
            done, _ = await asyncio.wait([waiting], timeout=_QUIET_S)
            if not done:
                yield None
                continue
            event = waiting.result()
            if event is None:
                return
            yield event
            waiting = asyncio.ensure_future(anext(events, None))
    finally:
        waiting.cancel()


def _framed(event: AskEvent) -> bytes:
    match event:
        case Stage() | Delta():
            return format_sse_event(
                event=type(event).__name__.lower(), data_str=event.model_dump_json()
            )
        case Answered(answer=answer):
            return format_sse_event(event="answer", data_str=answer.model_dump_json())


def _failed(body: bytes) -> bytes:
    return format_sse_event(event="error", data_str=body.decode())
