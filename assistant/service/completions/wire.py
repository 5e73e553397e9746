"""Answers as chat completions: whole, or as the chunks of a stream."""

import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from assistant.errors import AssistantError
from assistant.schemas import Answer, Answered, AskEvent, Delta
from assistant.service.completions.errors import openai_error
from assistant.service.completions.shapes import (
    MODEL,
    AssistantMessage,
    ChatCompletion,
    Choice,
    Usage,
)
from assistant.service.plain import Link, plain_text
from assistant.service.problems import deliberate_problem, unexpected_problem
from assistant.service.streaming import paced

_BEGUN_ANEW = "\n\n（上面没有写完，以下面为准。）\n\n"


def completion(answer: Answer, link: Link, asked: int) -> ChatCompletion:
    """The answer whole; `asked` is how many characters the user wrote."""
    content = plain_text(answer, link)
    return ChatCompletion(
        id=_id_of(answer),
        created=int(time.time()),
        choices=[Choice(message=AssistantMessage(content=content, policy_answer=answer))],
        usage=usage(asked, content),
    )


def usage(asked: int, content: str) -> Usage:
    """Characters read and written."""
    written = len(content)
    return Usage(prompt_tokens=asked, completion_tokens=written, total_tokens=asked + written)


class ChunkWriter:
    """Turns the events of one answer into the chunks of one stream."""

    def __init__(self, stream_id: str, link: Link, asked: int, *, with_usage: bool) -> None:
        self._id = stream_id
        self._link = link
        self._asked = asked
        self._with_usage = with_usage
        self._created = int(time.time())
        self._sent = ""
        self._begun = False

    def chunks(self, event: AskEvent) -> Iterator[dict[str, Any]]:
        """What an event adds: its piece of text, or at the end the notes and the whole answer."""
        if not self._begun:
            self._begun = True
            yield self._chunk({"role": "assistant", "content": ""})
        match event:
            case Delta(text=text):
                yield self._text(text)
            case Answered(answer=answer):
                whole = plain_text(answer, self._link)
                follows = whole.startswith(self._sent)
                rest = whole[len(self._sent) :] if follows else _BEGUN_ANEW + whole
                yield self._text(rest)
                wire = answer.model_dump(mode="json")
                yield self._chunk({"policy_answer": wire}, finish_reason="stop")
                if self._with_usage:
                    told = usage(self._asked, self._sent).model_dump()
                    yield self._chunk(None) | {"usage": told}

    def _text(self, text: str) -> dict[str, Any]:
        self._sent += text
        return self._chunk({"content": text})

    def _chunk(
        self, delta: dict[str, Any] | None, finish_reason: str | None = None
    ) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        chunk: dict[str, Any] = {
            "id": self._id,
            "object": "chat.completion.chunk",
            "created": self._created,
            "model": MODEL,
            "choices": [] if delta is None else [choice],
        }
        return chunk | ({"usage": None} if self._with_usage else {})


async def chunked(events: AsyncIterator[AskEvent], writer: ChunkWriter) -> AsyncIterator[bytes]:
    """The bytes of the stream; a failure is told in it, and it then ends without `[DONE]`."""
    try:
        async with aclosing(paced(events)) as pace:
            async for event in pace:
                if event is None:
                    yield KEEPALIVE_COMMENT
                    continue
                for chunk in writer.chunks(event):
                    yield _data(chunk)
        yield format_sse_event(data_str="[DONE]")
    except AssistantError as error:
        problem = deliberate_problem(error)
        yield _data(openai_error(problem.status_code, json.loads(bytes(problem.body))))
    except Exception as error:  # noqa: BLE001 - no stack trace ever reaches a client
        problem = unexpected_problem(error)
        yield _data(openai_error(problem.status_code, json.loads(bytes(problem.body))))


def _data(value: Any) -> bytes:
    return format_sse_event(data_str=json.dumps(value, ensure_ascii=False))


def _id_of(answer: Answer) -> str:
    return f"chatcmpl-{answer.answer_id}"
