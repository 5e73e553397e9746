"""A message read against the conversation: what was asked, and what the talk is about."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.elicitation import CHANNEL
from assistant.dialogue.model import (
    FollowUp,
    Intent,
    IntentKind,
    Reading,
)
from assistant.dialogue.reading.endings import ended_by
from assistant.dialogue.understanding.changes import asked_again
from assistant.dialogue.understanding.figures import added_up
from assistant.dialogue.understanding.leaning import (
    asks_again,
    asks_own,
    asks_sum_again,
    asks_which_way,
    is_bare_ground,
    is_whole,
    names_a_way,
    others_facts,
    supposes,
    tenure_meant,
    way_meant,
)
from assistant.dialogue.understanding.question_words import asks, only_states
from assistant.dialogue.understanding.rules_asked import asked_together
from assistant.dialogue.understanding.topical import TopicReader
from assistant.dialogue.understanding.wanted import asks_wording

_EXCHANGE = "permit.exchange"
_WITH_A_PERMIT = frozenset({"settle.permit", "permit.apply"})
_EXCHANGES = re.compile(
    "互认|转换|先?(?:去)?换(?:个|张|一张|成嘉兴的?)?(?:居住)?证|把(?:居住)?证换"
)
"""先换证行不行, amid a talk of a permit from elsewhere."""


Meant = tuple[Reading, Intent]
"""What a message tells, and what it wants."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message amid a talk, as it reads beside its topic."""

    words: str
    as_of: date
    reading: Reading
    intent: Intent
    about: tuple[str, ...]  # the rules talked about
    bears: bool  # tells something that these rules read, and was not known


@dataclass(frozen=True, slots=True)
class ContextReader(TopicReader):
    """Reads messages of a conversation that remembers `state`."""

    def read(self, words: str, asked: str | None, as_of: date) -> tuple[Reading, Intent]:
        """What `words` say and want; `asked` is the fact that a question is pending on."""
        turned = self.turned(words, as_of)
        if turned is not None:
            reading, intent = turned
            if intent.follow_up is FollowUp.PERSON:
                put = self.foreseen(words, reading, self.state.topic.rules, as_of)
                return put or reading, intent
            return turned
        reading, intent = self.answering(words, asked, as_of)
        reading, intent = self._leaning(words, reading, intent, as_of)
        reading = self.of_host(words, reading)
        return replace(reading, facts=added_up(words, reading.facts, self.state.facts)), intent

    def _leaning(
        self, words: str, reading: Reading, intent: Intent, as_of: date
    ) -> tuple[Reading, Intent]:
        """The same message, read as one that leans on the topic, where it says too little alone."""
        topic = self.state.topic
        about = topic.rules or topic.about
        reading = self.placed(reading)
        errand = self.applied_for(words, about, as_of)
        if errand is not None:
            return errand
        reading = self.with_topic(words, reading, intent, as_of)
        turn = Turn(words, as_of, reading, intent, about, self.brings_news(reading, about))
        for move in _MOVES:
            meant = move(self, turn)
            if meant is not None:
                return meant
        return reading, intent

    def _asks_again(self, turn: Turn) -> Meant | None:
        """那我行吗, 那能不能办呢: the rules talked about, asked of oneself, or once more."""
        if not turn.about or turn.reading.facts:
            return None
        before = self.state.topic.question
        told_before = bool(self.state.topic.rules) or not (asks(before) or asks_wording(before))
        repeats = asks_again(turn.words) and (told_before or not is_whole(turn.words))
        if not (asks_own(turn.words) or repeats):
            return None
        return turn.reading, asked_again(IntentKind.ELIGIBILITY, turn.about)

    def _points_at_listed(self, turn: Turn) -> Meant | None:
        """第二条能带家里人么: one of several ways decided side by side."""
        listed = self.listed(turn.words, turn.reading)
        if listed is None:
            return None
        return turn.reading, Intent(IntentKind.ELIGIBILITY, (listed,), surely=True)

    def _points_at_way(self, turn: Turn) -> Meant | None:
        """租房的话呢, after every way was surveyed."""
        if not self.state.topic.open or turn.reading.facts:
            return None
        if asks_again(turn.words) or asks_which_way(turn.words):
            return turn.reading, Intent(IntentKind.ELIGIBILITY, open=True)
        points = names_a_way(turn.words) or is_bare_ground(turn.words)
        ways = way_meant(turn.words, frozenset()) if points else ()
        return (turn.reading, Intent(IntentKind.ELIGIBILITY, ways, surely=True)) if ways else None

    def _takes_up_way(self, turn: Turn) -> Meant | None:
        """那凭学历呢: another way than the one talked about, turned to by its ground."""
        ways = self.way_taken_up(turn.words, turn.about)
        if not ways:
            return None
        gone = frozenset(ended_by(turn.words, self.state.facts))
        told = {n: f for n, f in turn.reading.facts.items() if n not in gone}
        asks_it = Intent(IntentKind.ELIGIBILITY, ways, surely=True)
        return replace(turn.reading, facts=told, corrects=()), asks_it

    def _exchanges_permit(self, turn: Turn) -> Meant | None:
        """先换证行不行, amid a talk of a permit from elsewhere."""
        if not _EXCHANGES.search(turn.words) or not set(turn.about) & _WITH_A_PERMIT:
            return None
        if asks_wording(_EXCHANGES.sub("", turn.words)):
            return None
        return turn.reading, Intent(IntentKind.ELIGIBILITY, (_EXCHANGE,), surely=True)

    def _tells_tenure(self, turn: Turn) -> Meant | None:
        """买的, 租的: which of two ways that differ by tenure is meant."""
        tenure = tenure_meant(turn.words, turn.about)
        return (Reading(), Intent(IntentKind.ELIGIBILITY, tenure, surely=True)) if tenure else None

    def _puts_anothers_case(self, turn: Turn) -> Meant | None:
        """那我老婆50退休的呢: a sum asked for of one other person."""
        topic = self.state.topic
        of_sums = bool(topic.rules) and all(rule.startswith("medical.") for rule in topic.rules)
        if not of_sums or not (turn.intent.kind.decides or supposes(turn.words)):
            return None
        person = others_facts(self.alone(turn.words, turn.as_of), topic)
        if person is None:
            return None
        kind = turn.intent.kind if turn.intent.kind.decides else IntentKind.ELIGIBILITY
        other = Reading(person[1], applicant=person[0], spoken_of=person[0])
        return other, replace(turn.intent, kind=kind, follow_up=FollowUp.CASE)

    def _foresees(self, turn: Turn) -> Meant | None:
        return _put(self.foreseen(turn.words, turn.reading, turn.about, turn.as_of))

    def _asks_to_bring(self, turn: Turn) -> Meant | None:
        brings = self.asks_to_bring(turn.words, turn.reading, turn.intent)
        return _put(turn.reading) if brings else None

    def _asks_sum_again(self, turn: Turn) -> Meant | None:
        """那一年是多少: the sum talked about, asked once more."""
        of_sums = bool(turn.about) and all(rule.startswith("medical.") for rule in turn.about)
        if not of_sums or not asks_sum_again(turn.words):
            return None
        return turn.reading, asked_again(IntentKind.AMOUNT, turn.about)

    def _turns_round(self, turn: Turn) -> Meant | None:
        return _corrects(self.turned_round(turn.words))

    def _changes_figures(self, turn: Turn) -> Meant | None:
        figures = self.figures(turn.words, turn.reading, turn.about, turn.as_of)
        asked = supposes(turn.words) or asks(turn.words)
        return _put(figures) if asked else _corrects(figures)

    def _changes_joining(self, turn: Turn) -> Meant | None:
        joining = self.joining(turn.words, turn.intent, turn.as_of)
        return None if joining is None else _put(joining[0])

    def _tells_of_family(self, turn: Turn) -> Meant | None:
        family = self.of_family(turn.words, turn.reading, turn.intent, turn.as_of)
        if family is None:
            return None
        person = family.spoken_of or ""
        asks_it = Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.PERSON, applicant=person)
        return family, asks_it

    def _replaces(self, turn: Turn) -> Meant | None:
        return self.replaced(turn.words, turn.about, turn.as_of) if turn.about else None

    def _mends(self, turn: Turn) -> Meant | None:
        return None if turn.bears else _corrects(self.mended(turn.words, turn.about))

    def _ends(self, turn: Turn) -> Meant | None:
        """房子卖了: what was told holds no more."""
        over = ended_by(turn.words, self.state.facts) if turn.about and not turn.bears else ()
        if not over:
            return None
        gone = Reading(corrects=over)
        return _put(gone) if supposes(turn.words) else _corrects(gone)

    def _tells_plainly(self, turn: Turn) -> Meant | None:
        if turn.bears:
            return None
        return self.plainly(turn.words, turn.intent, turn.about, turn.as_of)

    def _puts_case(self, turn: Turn) -> Meant | None:
        return _put(self.put(turn.words, turn.reading, turn.intent, turn.about, turn.as_of))

    def _tells_in_light(self, turn: Turn) -> Meant | None:
        if turn.bears or not only_states(turn.words):
            return None
        lit = self.in_light(turn.words, turn.reading, turn.as_of)
        if lit is None:
            return None
        kind = IntentKind.CORRECTION if lit.corrects else IntentKind.ANSWER
        return lit, Intent(kind)

    def _changes_fact_of_topic(self, turn: Turn) -> Meant | None:
        """五千呢: a fact of what is talked about, its name left out."""
        if turn.intent.follow_up is not FollowUp.FACT or not turn.about or turn.bears:
            return None
        of_bill = self.of_topic(turn.words, turn.about, turn.as_of)
        return (of_bill if of_bill.facts else turn.reading), turn.intent

    def _puts_told_otherwise(self, turn: Turn) -> Meant | None:
        wanted = self.wanted_by(self.state.topic.rules)
        if turn.intent.follow_up is not None or set(turn.reading.facts) & wanted:
            return None
        return _put(self.put_as_case(turn.words, turn.as_of))

    def _says_enough(self, turn: Turn) -> Meant | None:
        """What is a message of its own: nothing of the talk is read into it."""
        return None if turn.intent.kind is IntentKind.OTHER else (turn.reading, turn.intent)

    def _answers_channel(self, turn: Turn) -> Meant | None:
        if CHANNEL not in self.state.asked:
            return None
        ways = way_meant(turn.words, frozenset(turn.reading.facts))
        return (turn.reading, Intent(IntentKind.ELIGIBILITY, ways)) if ways else None

    def _tells_gap(self, turn: Turn) -> Meant | None:
        """断过一个多月, of what the rule counts."""
        if not turn.about or turn.reading.facts:
            return None
        gap = self.gap(turn.words, turn.about, turn.as_of)
        if not gap.facts:
            return None
        return gap, replace(turn.intent, rules=asked_together(turn.about))

    def _tells_of_topic(self, turn: Turn) -> Meant | None:
        joined = turn.reading.host not in {None, self.state.topic.cast.host}
        if not turn.about or self.state.asked or joined:
            return None
        leaning = self.of_topic(turn.words, turn.about, turn.as_of)
        if not set(leaning.facts) - set(turn.reading.facts):
            return None
        return leaning, replace(turn.intent, rules=asked_together(turn.about))


def _put(reading: Reading | None) -> Meant | None:
    """A case that is put, or asked about again with what is told now."""
    if reading is None:
        return None
    return reading, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)


def _corrects(reading: Reading | None) -> Meant | None:
    """What mends what was told before."""
    return None if reading is None else (reading, Intent(IntentKind.CORRECTION))


_MOVES: tuple[Callable[[ContextReader, Turn], Meant | None], ...] = (
    ContextReader._asks_again,
    ContextReader._points_at_listed,
    ContextReader._points_at_way,
    ContextReader._takes_up_way,
    ContextReader._exchanges_permit,
    ContextReader._tells_tenure,
    ContextReader._puts_anothers_case,
    ContextReader._foresees,
    ContextReader._asks_to_bring,
    ContextReader._asks_sum_again,
    ContextReader._turns_round,
    ContextReader._changes_figures,
    ContextReader._changes_joining,
    ContextReader._tells_of_family,
    ContextReader._replaces,
    ContextReader._mends,
    ContextReader._ends,
    ContextReader._tells_plainly,
    ContextReader._puts_case,
    ContextReader._tells_in_light,
    ContextReader._changes_fact_of_topic,
    ContextReader._puts_told_otherwise,
    ContextReader._says_enough,
    ContextReader._answers_channel,
    ContextReader._tells_gap,
    ContextReader._tells_of_topic,
)
"""What a message may do in the talk, in the order in which it is tried; the first that fits holds."""
