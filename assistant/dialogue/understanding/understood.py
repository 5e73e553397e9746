"""What one message comes to, before anything is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.answering.chat import CLOSING
from assistant.answering.screening import Screened
from assistant.dialogue.elicitation import ChannelChoice
from assistant.dialogue.model import Cast, Intent, IntentKind
from assistant.dialogue.state import Remembered, State
from assistant.dialogue.understanding.dialogue_acts import Act
from assistant.dialogue.understanding.several import Beside


@dataclass(frozen=True, slots=True)
class Understood:
    """What one message comes to, before anything is decided."""

    screened: Screened
    intent: Intent
    facts: dict[str, Remembered | None]
    rules: tuple[str, ...]
    open: bool
    question: str  # the question to answer from the text, ellipsis filled in
    names_place: bool = False  # the message itself asks about a place
    family: tuple[Mapping[str, Any], ...] = ()  # the relatives of whom it is asked
    besides: tuple[Beside, ...] = ()  # others whose sums are asked for too
    of_others: Mapping[str, Mapping[str, Remembered]] = field(default_factory=dict)  # by the way
    day: date | None = None  # the day meant, where it leans on the day of the turn before
    tells_day: bool = False  # the day named answers a question, and is not asked about
    cast: Cast = field(default_factory=Cast)  # whom the talk is about from now on
    carried: Mapping[str, Remembered] = field(default_factory=dict)  # into another person's case
    doubted: tuple[str, ...] = ()  # facts that words not understood may undo
    supposes: bool = False  # the facts put a case, and were not told
    goes_back: bool = False  # to how things were told, from a case that was put
    anew: bool = False  # a matter of its own, whatever was talked about

    @property
    def decides(self) -> bool:
        """Whether the rules settle it."""
        return self.screened.outcome == "pass" and (self.open or bool(self.rules))


def understood_choice(choice: ChannelChoice, words: str, state: State, as_of: date) -> Understood:
    """A tap on one of the ways to settle, with the facts that choosing it tells."""
    is_open = not choice.rules
    return Understood(
        Screened("pass", words),
        Intent(IntentKind.ANSWER, choice.rules, open=is_open),
        {n: Remembered(v, words, as_of) for n, v in choice.facts.items()},
        choice.rules,
        is_open,
        state.topic.question,
    )


OF_THE_TALK = {
    Act.REMARK: IntentKind.GREETING,
    Act.RECALL: IntentKind.SHOW_UNDERSTOOD,
    Act.RESTART: IntentKind.RESTART,
}


def understood_talk(act: Act, words: str, state: State) -> Understood:
    """A message about the talk: what was told and asked stays as it is, unless all is forgotten."""
    screened = (
        Screened("chat", words, cause=CLOSING) if act is Act.REMARK else Screened("pass", words)
    )
    return Understood(
        screened, Intent(OF_THE_TALK[act]), {}, (), False, words, cast=state.topic.cast
    )
