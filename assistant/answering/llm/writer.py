"""A language model as a writer: asked for statements and readings, one JSON object at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from assistant.answering.llm.breaker import Breaker
from assistant.answering.llm.calling import ModelError, Reader
from assistant.answering.llm.limits import Limits
from assistant.answering.llm.objects import ObjectReader
from assistant.answering.llm.prompts import proposing_messages, wording_messages
from assistant.answering.llm.tally import Tally

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

_MOST_OBJECTS = 12  # of one reply; whoever writes more does not stop

Gone = Callable[[], bool]


class Writer:
    """Any LangChain chat model, asked within limits; may be used from any thread."""

    def __init__(
        self,
        model: "BaseChatModel",
        name: str,
        limits: Limits | None = None,
        *,
        streaming: bool = True,
        tells_end: bool = False,
    ) -> None:
        self.name = name
        self.tally = Tally()
        limits = limits or Limits()
        self._reader = Reader(model, limits, streaming=streaming, tells_end=tells_end)
        self._breaker = Breaker(limits.failures, limits.rest_s)

    def statements(
        self,
        question: str,
        clauses: Iterable[tuple[str, str, str]],
        gone: Gone | None = None,
    ) -> Iterator[dict[str, Any]]:
        """JSON objects worded from clauses (id, name, text), as they come; raises ModelError."""
        return self._objects(wording_messages(question, clauses), "text", gone)

    def readings(
        self,
        said: Sequence[str],
        wanted: Iterable[tuple[str, str, Sequence[str]]],
        gone: Gone | None = None,
    ) -> Iterator[dict[str, Any]]:
        """JSON objects that propose facts or a question, as they come; raises ModelError."""
        return self._objects(proposing_messages(said, wanted), "", gone)

    def _objects(
        self, messages: Sequence["BaseMessage"], needed: str, gone: Gone | None
    ) -> Iterator[dict[str, Any]]:
        """Objects that have the key `needed`; where one is needed, none at all is a failure."""
        if not self._breaker.admits():
            self.tally.count_call("resting")
            raise ModelError("resting")
        try:
            yield from self._read(messages, needed, gone)
        except ModelError as error:
            self.tally.count_call(error.cause)
            if error.cause not in _NOT_ITS_FAULT:
                self._breaker.failed()
            raise
        self.tally.count_call("ok")
        self._breaker.succeeded()

    def _read(
        self, messages: Sequence["BaseMessage"], needed: str, gone: Gone | None
    ) -> Iterator[dict[str, Any]]:
        objects, found, said = ObjectReader(), 0, False
        for piece in self._reader.pieces(messages, gone):
            said = said or bool(piece.strip())
            for item in objects.read(piece):
                if needed and needed not in item:
                    continue
                found += 1
                if found > _MOST_OBJECTS:
                    raise ModelError("endless")
                yield item
        if objects.is_cut_off:
            raise ModelError("truncated")
        if needed and not found:
            raise ModelError("invalid" if said else "empty")


_NOT_ITS_FAULT = frozenset({"reader_gone"})
