"""Answers and corrections, read against what was asked, or told before."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.elicitation import CHANNEL
from assistant.dialogue.model import FollowUp, Intent, IntentKind, Reading
from assistant.dialogue.reading.hearing import hear_facts
from assistant.dialogue.reading.replies import read_reply
from assistant.dialogue.understanding.changes import ChangeReader, relation_told
from assistant.dialogue.understanding.figures import is_figure
from assistant.dialogue.understanding.intent import read_intent

_PIECES = re.compile(r"[，,。；;、\s]+")
_SHORTEST = 8  # a message this short may be nothing but a value
_FIGURE = re.compile(r"[\d一二两三四五六七八九十半]")
_ASKS = re.compile(r"[吗么呢？?第]|什么|怎么|多少|几")


@dataclass(frozen=True, slots=True)
class PendingReader(ChangeReader):
    """Reads messages of a conversation in which a question may be pending."""

    def answering(self, words: str, asked: str | None, as_of: date) -> tuple[Reading, Intent]:
        """Answers and corrections are read against what was asked, or told before."""
        state, dictionary = self.state, self.book.facts
        reading = hear_facts(
            words,
            as_of=as_of,
            asked=asked,
            dictionary=dictionary,
            surroundings=self.surroundings,
        )
        intent = read_intent(
            words, as_of=as_of, asked=asked, reading=reading, surroundings=self.surroundings
        )
        confirmed = self.confirmed(words, asked)
        if confirmed is not None:
            return confirmed, Intent(IntentKind.ANSWER)
        fresh = intent.kind.decides and intent.follow_up is None
        cast = None if fresh and not self.goes_on_of_another(words, reading) else state.topic.cast
        if cast is not None:
            reading = hear_facts(
                words,
                as_of=as_of,
                asked=asked,
                dictionary=dictionary,
                surroundings=self.surroundings,
                cast=cast,
            )
        earlier = tuple(reversed([n for n in state.facts if n in dictionary]))
        leaning = intent.follow_up is FollowUp.FACT or intent.kind is IntentKind.CORRECTION
        bare = asked is None and bool(state.topic.rules) and _is_bare_value(words, intent)
        others = tuple(n for n in state.asked if n not in {CHANNEL, asked})
        candidates = (asked, *others) if asked else earlier if leaning or bare else ()
        if not candidates or (intent.kind.decides and not leaning):
            return reading, intent
        told = {name for name in reading.facts if is_figure(name)}
        for about in candidates:
            if told and is_figure(about) and about not in told:
                continue  # 再加5个退休的呢: the figure is of the one that it names
            reply = read_reply(
                words,
                dictionary[about],
                as_of=as_of,
                dictionary=dictionary,
                surroundings=self.surroundings,
                earlier=earlier,
                relation=relation_told(state),
                cast=cast,
            )
            if reply.facts or reply.corrects:
                break
        else:
            reply = Reading()
        if asked and reply.facts and not reply.corrects:
            reply = self._with_further(words, reply, others, as_of)
        if bare and reply.facts:
            intent = replace(intent, kind=IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        return (reply if reply.facts or reply.corrects else reading), intent

    def _with_further(
        self, words: str, reply: Reading, names: tuple[str, ...], as_of: date
    ) -> Reading:
        """The reply with what its later pieces answer of what else was asked: 是的，七个月."""
        pieces = [piece for piece in _PIECES.split(words) if piece]
        if not 1 < len(pieces) <= len(names) + 1:
            return reply
        facts = dict(reply.facts)
        for piece, name in zip(pieces[1:], names, strict=False):
            fact = self.book.facts[name]
            told = any(piece in f.said for n, f in reply.facts.items() if n != self.state.asked[0])
            if told or facts.keys() & {name, fact.start_of}:
                continue
            further = read_reply(
                piece,
                fact,
                as_of=as_of,
                dictionary=self.book.facts,
                surroundings=self.surroundings,
                relation=relation_told(self.state),
                cast=self.state.topic.cast,
            )
            facts |= {n: f for n, f in further.facts.items() if n not in facts}
        return replace(reply, facts=facts)


def _is_bare_value(words: str, intent: Intent) -> bool:
    """Whether a message is a figure and nothing to ask with: 六个月."""
    return (
        len(words) <= _SHORTEST
        and intent.follow_up is None
        and not intent.rules
        and _FIGURE.search(words) is not None
        and not _ASKS.search(words)
    )
