"""A message read against the conversation: what was asked, and what the talk is about."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.elicitation import CHANNEL
from assistant.dialogue.model import APPLICANT, Cast, FollowUp, Intent, IntentKind, Reading
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.replies import read_reply
from assistant.dialogue.state import Remembered, State
from assistant.dialogue.understanding.intent import read_intent
from assistant.dialogue.understanding.leaning import (
    asks_own,
    joining_again,
    leaning_on,
    of_another,
    others_facts,
    supposes,
    way_meant,
)
from assistant.dialogue.understanding.rules_asked import asked_together, facts_read_by
from assistant.dialogue.understanding.wanted import asks_wording
from assistant.rules import RuleBook

_PIECES = re.compile(r"[，,。；;、\s]+")
_SHORT_CASE = 20
_CASE_HEAD = re.compile(
    r"^(?:哎|诶|哦|嗯|那|那么|要是|如果|假如|换成|换|改成|说|是|，|,|我|挂|落|在|到|户口)+"
)
_CASE_TAIL = re.compile(r"(?:的话)?(?:呢|的话)[？?。！!]*$")
_SHORTEST = 8  # a message this short may be nothing but a value
_FIGURE = re.compile(r"[\d一二两三四五六七八九十半]")
_ASKS = re.compile(r"[吗么呢？?第]|什么|怎么|多少|几")


@dataclass(frozen=True, slots=True)
class ContextReader:
    """Reads messages of a conversation that remembers `state`."""

    state: State
    book: RuleBook
    surroundings: Surroundings

    def read(self, words: str, asked: str | None, as_of: date) -> tuple[Reading, Intent]:
        """What `words` say and want; `asked` is the fact that a question is pending on."""
        reading, intent = self._answering(words, asked, as_of)
        return self._leaning(words, reading, intent, as_of)

    def alone(self, words: str, as_of: date, cast: Cast | None = None) -> Reading:
        """What `words` say by themselves, or of those whom the talk is about (`cast`)."""
        return read_facts(
            words,
            as_of=as_of,
            dictionary=self.book.facts,
            surroundings=self.surroundings,
            cast=cast,
        )

    def cast_after(self, reading: Reading, intent: Intent) -> Cast:
        """Whom the talk is about once this message was read."""
        before = self.state.topic.cast
        spoken_of = reading.spoken_of or before.spoken_of
        fresh = intent.kind.decides and intent.follow_up is None
        if reading.host is not None or reading.applicant != APPLICANT or fresh:
            return Cast(reading.applicant, reading.host, spoken_of)
        return replace(before, spoken_of=spoken_of)

    def joining(
        self, words: str, intent: Intent, as_of: date
    ) -> tuple[Reading, dict[str, Remembered | None]] | None:
        """What a message changes of who joins whom, and what it makes forgotten; None if nothing."""
        rules = self.state.topic.rules
        if not rules or not all(rule.startswith("settle.join_") for rule in rules):
            return None
        if intent.follow_up not in {None, FollowUp.PERSON} or asks_wording(words):
            return None
        if intent.rules and intent.rules[0] != "settle.dwelling":
            return None
        before = self.alone(self.state.topic.question, as_of)
        told = joining_again(words, before)
        if told is None:
            return None
        sentence, is_another = told
        read = self.alone(sentence, as_of)
        if not is_another:
            own = self.alone(sentence.removesuffix(words), as_of).facts
            changed = {n: f for n, f in read.facts.items() if n not in own}
            return (Reading(changed), {}) if set(changed) & self._wanted(rules) else None
        if "relation" not in read.facts:
            return None
        return read, of_another(self.state, read, joins_me=before.host == APPLICANT)

    def _wanted(self, rules: tuple[str, ...]) -> set[str]:
        return facts_read_by(rules, self.book)

    def _answering(self, words: str, asked: str | None, as_of: date) -> tuple[Reading, Intent]:
        """Answers and corrections are read against what was asked, or told before."""
        state, dictionary = self.state, self.book.facts
        reading = read_facts(
            words,
            as_of=as_of,
            asked=asked,
            dictionary=dictionary,
            surroundings=self.surroundings,
        )
        intent = read_intent(
            words, as_of=as_of, asked=asked, reading=reading, surroundings=self.surroundings
        )
        cast = None if intent.kind.decides and intent.follow_up is None else state.topic.cast
        if cast is not None:
            reading = read_facts(
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
        for about in candidates:
            reply = read_reply(
                words,
                dictionary[about],
                as_of=as_of,
                dictionary=dictionary,
                surroundings=self.surroundings,
                earlier=earlier,
                relation=_relation_of(state),
                cast=cast,
            )
            if reply.facts or reply.corrects:
                break
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
                relation=_relation_of(self.state),
                cast=self.state.topic.cast,
            )
            facts |= {n: f for n, f in further.facts.items() if n not in facts}
        return replace(reply, facts=facts)

    def _put_as_case(self, words: str, as_of: date) -> Reading | None:
        """要是挂社区集体户呢: another value of a fact that was told before."""
        about = self.state.topic.rules
        if not about or len(words) > _SHORT_CASE or not supposes(words) or asks_wording(words):
            return None
        core = _CASE_TAIL.sub("", _CASE_HEAD.sub("", words))
        for name in reversed([n for n in self.state.facts if n in self._wanted(about)]):
            reply = read_reply(
                core,
                self.book.facts[name],
                as_of=as_of,
                dictionary=self.book.facts,
                surroundings=self.surroundings,
                relation=_relation_of(self.state),
                cast=self.state.topic.cast,
            )
            known = reply.facts.get(name)
            if known is not None and known.value is not None:
                return Reading({name: known})
        return None

    def _leaning(
        self, words: str, reading: Reading, intent: Intent, as_of: date
    ) -> tuple[Reading, Intent]:
        """The same message, read as one that leans on the topic, where it says too little alone."""
        state = self.state
        about = state.topic.rules or state.topic.about
        if about and asks_own(words) and not reading.facts:
            return reading, Intent(IntentKind.ELIGIBILITY, asked_together(about))
        person = others_facts(self.alone(words, as_of), state.topic)
        if person is not None and (intent.kind.decides or supposes(words)):
            kind = intent.kind if intent.kind.decides else IntentKind.ELIGIBILITY
            return Reading(person[1]), replace(intent, kind=kind, follow_up=FollowUp.FACT)
        joining = self.joining(words, intent, as_of)
        if joining is not None:
            return joining[0], Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if intent.follow_up is FollowUp.FACT and about and not reading.facts:
            of_bill = self._of_topic(words, about, as_of)
            return (of_bill if of_bill.facts else reading), intent
        if intent.follow_up is None and not set(reading.facts) & self._wanted(state.topic.rules):
            case = self._put_as_case(words, as_of)
            if case is not None:
                return case, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if intent.kind is not IntentKind.OTHER:
            return reading, intent
        if CHANNEL in state.asked:
            ways = way_meant(words, frozenset(reading.facts))
            if ways:
                return reading, Intent(IntentKind.ELIGIBILITY, ways)
        if about and not reading.facts:
            gap = self._gap(words, about, as_of)
            if gap.facts:
                return gap, replace(intent, rules=asked_together(about))
        if about and not state.asked:
            leaning = self._of_topic(words, about, as_of)
            if set(leaning.facts) - set(reading.facts):
                return leaning, replace(intent, rules=asked_together(about))
        return reading, intent

    def _of_topic(self, words: str, about: tuple[str, ...], as_of: date) -> Reading:
        """What `words` say of the topic, its name put before them."""
        more = self.alone(
            f"{self.book.rule(about[0]).title}，{words}", as_of, self.state.topic.cast
        )
        return leaning_on(words, more, frozenset(self._wanted(about)))

    def _gap(self, words: str, about: tuple[str, ...], as_of: date) -> Reading:
        """断过一个多月, said of what the rule counts: registration, or else the pension."""
        told_of = self._wanted(about)
        counted = "居住登记" if "reg.start" in told_of else "养老保险"
        more = self.alone(f"{counted}，{words}", as_of, self.state.topic.cast)
        return leaning_on(words, more, frozenset({"reg.gap", "pension.gap"} & told_of))


def _is_bare_value(words: str, intent: Intent) -> bool:
    """Whether a message is a figure and nothing to ask with: 六个月."""
    return (
        len(words) <= _SHORTEST
        and intent.follow_up is None
        and not intent.rules
        and _FIGURE.search(words) is not None
        and not _ASKS.search(words)
    )


def _relation_of(state: State) -> str | None:
    known = state.facts.get("relation")
    return str(known.value) if known is not None and known.value is not None else None
