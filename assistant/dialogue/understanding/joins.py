"""What a message changes of who joins whom."""

from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.model import APPLICANT, FollowUp, Intent, Reading
from assistant.dialogue.reading.people import read_people
from assistant.dialogue.reading.typed import read_typed
from assistant.dialogue.state import Remembered
from assistant.dialogue.understanding.leaning import (
    joining_again,
    joining_likewise,
    of_another,
    told_of_another,
)
from assistant.dialogue.understanding.pending import PendingReader
from assistant.dialogue.understanding.replacing import person_replaced
from assistant.dialogue.understanding.wanted import asks_wording


@dataclass(frozen=True, slots=True)
class JoinReader(PendingReader):
    """Reads messages of a conversation that may be of somebody who joins somebody."""

    def joining(
        self, words: str, intent: Intent, as_of: date
    ) -> tuple[Reading, dict[str, Remembered | None]] | None:
        """What a message changes of who joins whom, and what it makes forgotten; None if nothing."""
        rules = self.state.topic.rules
        joins = ("settle.join_", "settle.talent_family")
        if not rules or not all(rule.startswith(joins) for rule in rules):
            return None
        if intent.follow_up not in {None, FollowUp.PERSON} or asks_wording(words):
            return None
        before = self.state.topic.cast
        other_way = bool(intent.rules) and not intent.rules[0].startswith(
            (*joins, "settle.dwelling")
        )
        of_another_one = person_replaced(words, before) or told_of_another(words, before)
        if other_way and of_another_one is None:
            return None
        likewise = joining_likewise(words, before)
        if likewise is not None:
            return self._likewise(words, *likewise, as_of=as_of)
        told = joining_again(words, before)
        if told is None:
            return None
        sentence, is_another = told
        read = self.alone(sentence, as_of)
        if not is_another:
            own = self.alone(sentence.removesuffix(words), as_of).facts
            changed = {n: f for n, f in read.facts.items() if n not in own}
            return (Reading(changed), {}) if set(changed) & self.wanted_by(rules) else None
        if read.host is None:
            return None
        if "relation" not in read.facts:
            return read, {"relation": None}
        if read.applicant != self.state.whose:
            return read, {}  # another mover has a case of their own
        return read, of_another(self.state, read, joins_me=before.host == APPLICANT)

    def _likewise(
        self, words: str, kin: str, parents: str, sentence: str, *, as_of: date
    ) -> tuple[Reading, dict[str, Remembered | None]] | None:
        """The case of `kin`, put as that of the child who was talked about."""
        named = read_people(read_typed(kin)).others()
        read = self.alone(sentence, as_of, self.state.topic.cast)
        if len(named) != 1 or named[0] == self.state.whose or "relation" not in read.facts:
            return None
        relation = replace(read.facts["relation"], said=parents)
        told = {n: f for n, f in read.facts.items() if f.said in words}
        facts = {**told, "relation": relation}
        return Reading(facts, applicant=named[0], host="被投靠人", spoken_of=named[0]), {}
