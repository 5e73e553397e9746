"""A product that replies from a queue, for the tests of the runner."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.schemas import Answer, AskRequest, ScoredCitation
from eval.model import Case, Turn
from eval.running.doors import Door
from eval.sets import Located

Reply = Callable[[AskRequest], Answer]


@dataclass
class Scripted:
    """A recipe for a door that answers as told; `asked` keeps every request."""

    reply: Reply
    hits: Callable[[Turn], list[ScoredCitation]] = lambda _: []
    asked: list[AskRequest] = field(default_factory=list)

    target = "scripted"
    by_process = False

    def prepare(self) -> None:
        """Nothing to prepare."""

    @contextmanager
    def open(self) -> Iterator[Door]:
        """The door."""
        yield self

    def ask(self, request: AskRequest) -> Answer:
        """What the script says."""
        self.asked.append(request)
        return self.reply(request)

    def search(self, turn: Turn) -> list[ScoredCitation]:
        """What the script says."""
        return self.hits(turn)


def located(case: Case, set_name: str = "dialogues") -> Located:
    """A case as if read from a file."""
    return Located(case, set_name, Path("cases.jsonl"), 1)
