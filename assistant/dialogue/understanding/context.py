"""A message read against the conversation: what was asked, and what the talk is about."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.elicitation import CHANNEL
from assistant.dialogue.model import (
    APPLICANT,
    FollowUp,
    Intent,
    IntentKind,
    Reading,
)
from assistant.dialogue.reading.endings import ended_by
from assistant.dialogue.reading.hearing import hear_facts
from assistant.dialogue.reading.people import read_people
from assistant.dialogue.reading.replies import read_reply
from assistant.dialogue.reading.typed import read_typed
from assistant.dialogue.state import Remembered, plain
from assistant.dialogue.understanding.changes import ChangeReader, asked_again, relation_told
from assistant.dialogue.understanding.figures import added_up, is_figure
from assistant.dialogue.understanding.intent import read_intent
from assistant.dialogue.understanding.leaning import (
    asks_again,
    asks_own,
    asks_sum_again,
    asks_which_way,
    is_bare_ground,
    is_whole,
    joining_again,
    joining_likewise,
    names_a_way,
    of_another,
    others_facts,
    supposes,
    tenure_meant,
    told_of_another,
    way_meant,
    way_taken_up,
)
from assistant.dialogue.understanding.light import read_in_light
from assistant.dialogue.understanding.listed import listed_meant, without_place
from assistant.dialogue.understanding.question_words import asks, only_states
from assistant.dialogue.understanding.replacing import (
    person_replaced,
)
from assistant.dialogue.understanding.rules_asked import asked_together
from assistant.dialogue.understanding.subjects import names_way
from assistant.dialogue.understanding.wanted import asks_wording

_LACKS = re.compile("[缺差](?:什么|啥|哪)")
_SUPPLEMENT, _JOINING = "企业补充医疗保险", "medical.enterprise.join"
_ERRAND = re.compile(r"申请|递|提出|报名|退出|退保|参加进|加[入进]")
_PIECES = re.compile(r"[，,。；;、\s]+")
_EXCHANGE = "permit.exchange"
_WITH_A_PERMIT = frozenset({"settle.permit", "permit.apply"})
_EXCHANGES = re.compile(
    "互认|转换|先?(?:去)?换(?:个|张|一张|成嘉兴的?)?(?:居住)?证|把(?:居住)?证换"
)
"""先换证行不行, amid a talk of a permit from elsewhere."""
_OF_CLASSES = re.compile("比例|各(?:是|为|多少|几)|分别")
"""在职和退下来的比例各是多少: asked of classes, and told of nobody."""
_SHORTEST = 8  # a message this short may be nothing but a value
_FIGURE = re.compile(r"[\d一二两三四五六七八九十半]")
_ASKS = re.compile(r"[吗么呢？?第]|什么|怎么|多少|几")


@dataclass(frozen=True, slots=True)
class ContextReader(ChangeReader):
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
        reading, intent = self._answering(words, asked, as_of)
        reading, intent = self._leaning(words, reading, intent, as_of)
        reading = self.of_host(words, reading)
        return replace(reading, facts=added_up(words, reading.facts, self.state.facts)), intent

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

    def _answering(self, words: str, asked: str | None, as_of: date) -> tuple[Reading, Intent]:
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

    def _way_taken_up(self, words: str, about: tuple[str, ...]) -> tuple[str, ...]:
        """Another way to settle than the one talked about, turned to by its ground."""
        if not about or not all(rule.startswith("settle.") for rule in about):
            return ()
        if asks_wording(words) and not _LACKS.search(words):
            return ()
        ways = way_taken_up(words, frozenset())
        return () if set(ways[:1]) & set(about) else ways[:1]

    def _leaning(
        self, words: str, reading: Reading, intent: Intent, as_of: date
    ) -> tuple[Reading, Intent]:
        """The same message, read as one that leans on the topic, where it says too little alone."""
        state = self.state
        about = state.topic.rules or state.topic.about
        before = state.topic.question
        reading = self.placed(reading)
        told_before = bool(state.topic.rules) or not (asks(before) or asks_wording(before))
        repeats = asks_again(words) and (told_before or not is_whole(words))
        errand = self._applied_for(words, about, as_of)
        if errand is not None:
            return errand
        reading = self._with_topic(words, reading, intent, as_of)
        if about and not reading.facts and (asks_own(words) or repeats):
            return reading, asked_again(IntentKind.ELIGIBILITY, about)
        listed = self._listed_meant(words, reading)
        if listed is not None:
            return reading, Intent(IntentKind.ELIGIBILITY, (listed,), surely=True)
        if state.topic.open and not reading.facts:
            if asks_again(words) or asks_which_way(words):
                return reading, Intent(IntentKind.ELIGIBILITY, open=True)
            points = names_a_way(words) or is_bare_ground(words)
            ways = way_meant(words, frozenset()) if points else ()
            if ways:
                return reading, Intent(IntentKind.ELIGIBILITY, ways, surely=True)
        taken_up = self._way_taken_up(words, about)
        if taken_up:
            gone = frozenset(ended_by(words, state.facts))
            told = {n: f for n, f in reading.facts.items() if n not in gone}
            asks_it = Intent(IntentKind.ELIGIBILITY, taken_up, surely=True)
            return replace(reading, facts=told, corrects=()), asks_it
        if _EXCHANGES.search(words) and set(about) & _WITH_A_PERMIT and not asks_wording(words):
            return reading, Intent(IntentKind.ELIGIBILITY, (_EXCHANGE,), surely=True)
        tenure = tenure_meant(words, about)
        if tenure:
            return Reading(), Intent(IntentKind.ELIGIBILITY, tenure, surely=True)
        person = others_facts(self.alone(words, as_of), state.topic)
        if person is not None and (intent.kind.decides or supposes(words)):
            kind = intent.kind if intent.kind.decides else IntentKind.ELIGIBILITY
            other = Reading(person[1], applicant=person[0], spoken_of=person[0])
            return other, replace(intent, kind=kind, follow_up=FollowUp.CASE)
        foreseen = self.foreseen(words, reading, about, as_of)
        if foreseen is not None:
            return foreseen, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if self.asks_to_bring(words, reading, intent):
            return reading, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if asks_sum_again(words) and about and all(r.startswith("medical.") for r in about):
            return reading, asked_again(IntentKind.AMOUNT, about)
        turned_round = self.turned_round(words)
        if turned_round is not None:
            return turned_round, Intent(IntentKind.CORRECTION)
        figures = self.figures(words, reading, about, as_of)
        if figures is not None:
            asked = supposes(words) or asks(words)
            if asked:
                return figures, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
            return figures, Intent(IntentKind.CORRECTION)
        joining = self.joining(words, intent, as_of)
        if joining is not None:
            return joining[0], Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        family = self.of_family(words, reading, intent, as_of)
        if family is not None:
            person_of = family.spoken_of or ""
            return family, Intent(
                IntentKind.ELIGIBILITY, follow_up=FollowUp.PERSON, applicant=person_of
            )
        bears = self.brings_news(reading, about)
        corrected = self.replaced(words, about, as_of) if about else None
        if corrected is not None:
            return corrected
        mended = self.mended(words, about) if not bears else None
        if mended is not None:
            return mended, Intent(IntentKind.CORRECTION)
        over = ended_by(words, self.state.facts) if about and not bears else ()
        if over:
            kind = IntentKind.ELIGIBILITY if supposes(words) else IntentKind.CORRECTION
            follow = FollowUp.FACT if supposes(words) else None
            return Reading(corrects=over), Intent(kind, follow_up=follow)
        plainly = self.plainly(words, intent, about, as_of) if not bears else None
        if plainly is not None:
            return plainly
        put = self.put(words, reading, intent, about, as_of)
        if put is not None:
            return put, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        lit = self.in_light(words, reading, as_of) if not bears and only_states(words) else None
        if lit is not None:
            return lit, Intent(IntentKind.CORRECTION if lit.corrects else IntentKind.ANSWER)
        if intent.follow_up is FollowUp.FACT and about and not bears:
            of_bill = self.of_topic(words, about, as_of)
            return (of_bill if of_bill.facts else reading), intent
        if intent.follow_up is None and not set(reading.facts) & self.wanted_by(state.topic.rules):
            case = self.put_as_case(words, as_of)
            if case is not None:
                return case, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if intent.kind is not IntentKind.OTHER:
            return reading, intent
        if CHANNEL in state.asked:
            ways = way_meant(words, frozenset(reading.facts))
            if ways:
                return reading, Intent(IntentKind.ELIGIBILITY, ways)
        if about and not reading.facts:
            gap = self.gap(words, about, as_of)
            if gap.facts:
                return gap, replace(intent, rules=asked_together(about))
        joined = reading.host not in {None, state.topic.cast.host}
        if about and not state.asked and not joined:
            leaning = self.of_topic(words, about, as_of)
            if set(leaning.facts) - set(reading.facts):
                return leaning, replace(intent, rules=asked_together(about))
        return reading, intent

    def _listed_meant(self, words: str, reading: Reading) -> str | None:
        """Of several ways decided side by side, the one that a short message points at."""
        topics = [t for t in self.state.topics() if len(t.rules) > 1 and not t.open]
        if (
            not topics
            or asks_wording(without_place(words))
            or self.brings_news(reading, topics[0].rules)
        ):
            return None
        listed = tuple(rule for rule in topics[0].listed if rule in topics[0].rules)
        return listed_meant(words, listed, self.state.topic.rules)

    def brings_news(self, reading: Reading, about: tuple[str, ...]) -> bool:
        """Whether something that these rules read is told, and was not known."""
        known = self.state.facts
        return any(
            name not in known or known[name].value != plain(fact.value)
            for name, fact in reading.facts.items()
            if name in self.wanted_by(about)
        )

    def in_light(self, words: str, reading: Reading, as_of: date) -> Reading | None:
        """What the case talked about leaves unsaid: 公司压根没参加; None where nothing is told."""
        rules = self.state.topic.rules
        if not rules or asks_wording(words):
            return None
        cast = self.state.topic.cast
        lit = read_in_light(
            words, self.state, self.wanted_by(rules), lambda w: self.alone(w, as_of, cast)
        )
        return lit and replace(lit, facts={**reading.facts, **lit.facts})

    def _with_topic(self, words: str, reading: Reading, intent: Intent, as_of: date) -> Reading:
        """The reading with what `words` tell of the matter talked about, and not by themselves."""
        rules = self.state.topic.rules or (self.state.topic.about if intent.kind.decides else ())
        if not rules or intent.kind.asks_text or intent.follow_up not in {None, FollowUp.FACT}:
            return reading
        named = set(asked_together(intent.rules)) - set(rules)
        if named and all(r.startswith("settle.") for r in named) and not names_way(words):
            named = set()  # guessed from a fact that reads like another's
        if (named and intent.kind.decides) or asks_wording(words) or reading.host is not None:
            return reading
        if _OF_CLASSES.search(words):
            return reading
        more = self.of_topic(words, rules, as_of).facts
        wanted = self.wanted_by(rules)
        read = [fact.said for name, fact in reading.facts.items() if name in wanted]
        told = {
            n: f
            for n, f in more.items()
            if n not in reading.facts and not f.likely and not _among(f.said, read)
        }
        if not told or (reading.others and self.state.topic.cast.host is None):
            return reading
        said = [fact.said for fact in told.values()]
        kept = {n: f for n, f in reading.facts.items() if n in wanted or not _among(f.said, said)}
        return replace(reading, facts={**told, **kept})

    def _applied_for(
        self, words: str, about: tuple[str, ...], as_of: date
    ) -> tuple[Reading, Intent] | None:
        """要是公司12月8号去申请加进来: the errand of an employer, amid a talk of its scheme."""
        if not about or not about[0].startswith("medical.enterprise") or _JOINING in about:
            return None
        if not _ERRAND.search(words) or asks_wording(words):
            return None
        read = self.alone(f"{_SUPPLEMENT}，{words}", as_of).facts
        if "apply.action" not in read:
            return None
        told = {n: replace(f, supposed=False) for n, f in read.items() if f.said in words}
        return Reading(told), Intent(IntentKind.ELIGIBILITY, (_JOINING,), surely=True)


def _among(said: str, others: list[str]) -> bool:
    """Whether words are among others, or hold them: a figure tells one thing."""
    return any(said in other or other in said for other in others)


def _is_bare_value(words: str, intent: Intent) -> bool:
    """Whether a message is a figure and nothing to ask with: 六个月."""
    return (
        len(words) <= _SHORTEST
        and intent.follow_up is None
        and not intent.rules
        and _FIGURE.search(words) is not None
        and not _ASKS.search(words)
    )
