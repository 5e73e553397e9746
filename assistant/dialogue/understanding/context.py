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
    SaidFact,
)
from assistant.dialogue.reading.endings import ended_by
from assistant.dialogue.reading.hearing import hear_facts
from assistant.dialogue.reading.people import read_people
from assistant.dialogue.reading.replies import read_reply
from assistant.dialogue.reading.typed import read_typed
from assistant.dialogue.state import Remembered, State
from assistant.dialogue.understanding.cases import CaseReader
from assistant.dialogue.understanding.figures import figures_changed, is_figure
from assistant.dialogue.understanding.frames import asks_sum, asks_whether
from assistant.dialogue.understanding.intent import read_intent
from assistant.dialogue.understanding.leaning import (
    as_come_about,
    asks_again,
    asks_own,
    asks_sum_again,
    asks_which_way,
    foresees,
    is_whole,
    joining_again,
    joining_likewise,
    leaning_on,
    names_a_way,
    of_another,
    others_facts,
    supposes,
    tenure_meant,
    way_meant,
    way_taken_up,
    without_if,
)
from assistant.dialogue.understanding.question_words import asks
from assistant.dialogue.understanding.replacing import (
    moves_within,
    person_replaced,
    put_shortly,
    replaced,
)
from assistant.dialogue.understanding.rules_asked import asked_together
from assistant.dialogue.understanding.wanted import asks_wording

_LACKS = re.compile("[缺差](?:什么|啥|哪)")
_OF_A_TITLE = re.compile("职称|工程师|会计师|经济师|教师|讲师|药师|医师|护师")
_ROUND = re.compile("(?:说|讲|写|记|搞|弄|选)反了|正好相反|反过来了")
_DIRECTION = "apply.action"
_PAID, _PART_PAID = "med.base_paid", "med.outpatient_mid"
_SURE = re.compile(
    r"(?:嗯+|哦|是|对|没错|确定|肯定|能|可以|当然|就是|的|啊|呀|呢|了|，|,|。|！|!|这样|没问题)+"
)
_HOMES = frozenset({"own.urban_home", "host.stable_home"})
_IN_TOWN = re.compile(
    r"(?:是|就|都|也|在|的|嘉兴|，)*(?:城里|市里|市区|城区|城镇|县城|主城区?|市中心|南湖区?|秀洲区?|街道|小区|商品房)+(?:里|上|那边|这边|的|啊|呀|有房|房子?|，|。|是)*"
)
"""城里的, said of a home that was told without its place."""
_DONE = re.compile(
    r"(?:后来|现在|刚|刚刚|昨天|今天|已经|又|也|都|就|他|她|房东|公司|单位|人家|给|帮|我|去|才|，)*(?:补|重新)?(?:办|开|弄|拿|领|备|批|转)(?:好|到|下来|出来|妥|齐|上|完)*了(?:的|啊|呀|。|！)*"
)
_DOABLE = frozenset(
    {
        "rent.registration_certificate",
        "own.property_certificate",
        "host.property_certificate",
        "permit.held",
        "pension.transferred",
        "employer.congress_approved",
        "host.consent",
    }
)
"""What somebody may have lacked when it was told, and got since: 后来他给办了."""
_GOT = re.compile(
    r"^(?!.*(?:没|不|想|要|准备|打算|正在|差|考(?!出|上|过|到)|假)).*(?:评|考|拿|取得|升|有|毕业|读完).*(?:了|过|的)$"
)
_THINGS = (("职称", "title_level"), ("技能", "skill_level"), ("学历", "edu"))
_NOT_SO = re.compile(r"(?:不是|不对|没有|否|不|错了|的|了|啊|，|,|。)+")
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
class ContextReader(CaseReader):
    """Reads messages of a conversation that remembers `state`."""

    def read(self, words: str, asked: str | None, as_of: date) -> tuple[Reading, Intent]:
        """What `words` say and want; `asked` is the fact that a question is pending on."""
        turned = self.turned(words, as_of)
        if turned is not None:
            reading, intent = turned
            if intent.follow_up is FollowUp.PERSON:
                put = self._foreseen(words, reading, self.state.topic.rules, as_of)
                return put or reading, intent
            return turned
        reading, intent = self._answering(words, asked, as_of)
        return self._leaning(words, reading, intent, as_of)

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
        other_way = bool(intent.rules) and intent.rules[0] != "settle.dwelling"
        if other_way and person_replaced(words, before) is None:
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
        confirmed = self._confirmed(words, asked)
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

    def _confirmed(self, words: str, asked: str | None) -> Reading | None:
        """是, 确定: what was said unsurely, or cast in doubt, holds; 不是: it is forgotten."""
        known = self.state.facts.get(asked or "")
        if asked is None or known is None or known.value is None or known.said is None:
            return None
        if not (known.hedged or known.doubted) or known.low is not None or known.high is not None:
            return None
        in_town = asked in _HOMES and known.value is True and _IN_TOWN.fullmatch(words.strip())
        if in_town or _SURE.fullmatch(words.strip()):
            return Reading({asked: SaidFact(known.value, known.said, known.on)})
        boolean = isinstance(known.value, bool)
        if not boolean and _NOT_SO.fullmatch(words.strip()):
            return Reading(corrects=(asked,))
        return None

    def _mended(self, words: str, about: tuple[str, ...]) -> Reading | None:
        """后来给办了: the one paper that was lacking is there by now."""
        wanted = self.wanted_by(about) | _DOABLE
        lacked = [
            n for n, f in self.state.facts.items() if n in _DOABLE & wanted and f.value is False
        ]
        if len(lacked) != 1 or not _DONE.fullmatch(words.strip()):
            return None
        name = lacked[0]
        return Reading({name: SaidFact(True, words.strip("。！ "), self.state.facts[name].on)})

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

    def _put_as_case(self, words: str, as_of: date, whole: str = "") -> Reading | None:
        """要是挂社区集体户呢: another value of a fact that was told before."""
        about = self.state.topic.rules
        if not about or len(words) > _SHORT_CASE or asks_wording(words):
            return None
        if not (whole or supposes(words)):
            return None
        of_title = _OF_A_TITLE.search(whole) is not None
        core = _CASE_TAIL.sub("", _CASE_HEAD.sub("", words))
        for name in reversed([n for n in self.state.facts if n in self.wanted_by(about)]):
            if of_title and name == "skill_level":
                continue
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

    def _figures(
        self, words: str, reading: Reading, about: tuple[str, ...], as_of: date
    ) -> Reading | None:
        """小钱说是7万不是7千: another figure than the one that was reckoned with."""
        if not self.state.topic.decides or asks_wording(words):
            return None
        if not about or not all(rule.startswith("medical.") for rule in about):
            return None
        wanted = frozenset(self.wanted_by(about))
        told = figures_changed(words, self.state.facts, wanted, as_of)
        if not told or reading.facts.keys() & told.keys():
            return None
        figures = {f.value for f in told.values()}
        others = {
            n: f for n, f in reading.facts.items() if not (is_figure(n) and f.value in figures)
        }
        return replace(reading, facts={**others, **told}, corrects=())

    def _placed(self, reading: Reading) -> Reading:
        """职工医保已经付了七百: sure of its part of the bill, where that part was told before."""
        paid, part = reading.facts.get(_PAID), self.state.facts.get(_PART_PAID)
        if paid is None or part is None or part.value is None or not paid.hedged:
            return reading
        return replace(reading, facts={**reading.facts, _PAID: replace(paid, hedged=False)})

    def _turned_round(self, words: str) -> Reading | None:
        """说反了，是要退: of the two that an employer may apply for, the other one holds."""
        if not _ROUND.search(words):
            return None
        known = self.state.facts.get(_DIRECTION)
        others = [c for c in self.book.facts[_DIRECTION].choices if known and c != known.value]
        if known is None or _DIRECTION not in self.wanted_by(self.state.topic.rules):
            return None
        if len(others) != 1:
            return None
        said = SaidFact(others[0], words.strip("。！!？?，, "), known.on)
        return Reading({_DIRECTION: said}, corrects=(_DIRECTION,))

    def _way_taken_up(self, words: str, about: tuple[str, ...]) -> tuple[str, ...]:
        """Another way to settle than the one talked about, turned to by its ground."""
        if not about or not all(rule.startswith("settle.") for rule in about):
            return ()
        if asks_wording(words) and not _LACKS.search(words):
            return ()
        ways = way_taken_up(words, frozenset())
        return () if set(ways[:1]) & set(about) else ways[:1]

    def _foreseen(
        self, words: str, reading: Reading, about: tuple[str, ...], as_of: date
    ) -> Reading | None:
        """等我评上中级，爱人能跟着吗: what is still to come, asked about as if it had come about."""
        if not self.state.topic.decides or not foresees(words) or asks_wording(words):
            return None
        if not (asks(words) or supposes(words) or asks_sum(words) or asks_whether(words)):
            return None
        plain = as_come_about(words)
        told = self.alone(plain, as_of, self.state.topic.cast).facts
        for piece in _PIECES.split(plain):
            case = self._put_as_case(piece, as_of, plain)
            told = {**(case.facts if case is not None else {}), **told}
        wanted = self.wanted_by(about)
        put = {
            n: f
            for n, f in told.items()
            if n in wanted and (n not in reading.facts or reading.facts[n].value != f.value)
        }
        return replace(reading, facts={**reading.facts, **put}) if put else None

    def _leaning(
        self, words: str, reading: Reading, intent: Intent, as_of: date
    ) -> tuple[Reading, Intent]:
        """The same message, read as one that leans on the topic, where it says too little alone."""
        state = self.state
        about = state.topic.rules or state.topic.about
        before = state.topic.question
        reading = self._placed(reading)
        told_before = bool(state.topic.rules) or not (asks(before) or asks_wording(before))
        again = asks_again(words) and (told_before or not is_whole(words))
        if about and not reading.facts and (asks_own(words) or again):
            return reading, _again(IntentKind.ELIGIBILITY, about)
        if state.topic.open and not reading.facts:
            if asks_again(words) or asks_which_way(words):
                return reading, Intent(IntentKind.ELIGIBILITY, open=True)
            ways = way_meant(words, frozenset()) if names_a_way(words) else ()
            if ways:
                return reading, Intent(IntentKind.ELIGIBILITY, ways, surely=True)
        taken_up = self._way_taken_up(words, about)
        if taken_up:
            gone = frozenset(ended_by(words, state.facts))
            told = {n: f for n, f in reading.facts.items() if n not in gone}
            asks_it = Intent(IntentKind.ELIGIBILITY, taken_up, surely=True)
            return replace(reading, facts=told, corrects=()), asks_it
        tenure = tenure_meant(words, about)
        if tenure:
            return Reading(), Intent(IntentKind.ELIGIBILITY, tenure, surely=True)
        person = others_facts(self.alone(words, as_of), state.topic)
        if person is not None and (intent.kind.decides or supposes(words)):
            kind = intent.kind if intent.kind.decides else IntentKind.ELIGIBILITY
            other = Reading(person[1], applicant=person[0], spoken_of=person[0])
            return other, replace(intent, kind=kind, follow_up=FollowUp.CASE)
        foreseen = self._foreseen(words, reading, about, as_of)
        if foreseen is not None:
            return foreseen, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if self.asks_to_bring(words, reading, intent):
            return reading, Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if asks_sum_again(words) and about and all(r.startswith("medical.") for r in about):
            return reading, _again(IntentKind.AMOUNT, about)
        turned_round = self._turned_round(words)
        if turned_round is not None:
            return turned_round, Intent(IntentKind.CORRECTION)
        figures = self._figures(words, reading, about, as_of)
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
        bears = bool(reading.facts.keys() & self.wanted_by(about))
        corrected = self._replaced(words, about, as_of) if about else None
        if corrected is not None:
            return corrected
        mended = self._mended(words, about) if not bears else None
        if mended is not None:
            return mended, Intent(IntentKind.CORRECTION)
        over = ended_by(words, self.state.facts) if about and not bears else ()
        if over:
            kind = IntentKind.ELIGIBILITY if supposes(words) else IntentKind.CORRECTION
            follow = FollowUp.FACT if supposes(words) else None
            return Reading(corrects=over), Intent(kind, follow_up=follow)
        plain = self._plainly(words, intent, about, as_of) if not bears else None
        if plain is not None:
            return plain
        if intent.follow_up is FollowUp.FACT and about and not reading.facts:
            of_bill = self.of_topic(words, about, as_of)
            return (of_bill if of_bill.facts else reading), intent
        if intent.follow_up is None and not set(reading.facts) & self.wanted_by(state.topic.rules):
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
            leaning = self.of_topic(words, about, as_of)
            if set(leaning.facts) - set(reading.facts):
                return leaning, replace(intent, rules=asked_together(about))
        return reading, intent

    def _replaced(
        self, words: str, about: tuple[str, ...], as_of: date
    ) -> tuple[Reading, Intent] | None:
        """是四十九不是三十九: another value of the fact that had the one named."""
        wanted = self.wanted_by(about)
        names = [n for n in reversed(list(self.state.facts)) if n in wanted]
        found = replaced(words, self.state, names, as_of, self.book.facts, self.surroundings)
        if found is not None:
            return found, Intent(IntentKind.CORRECTION)
        told = self.alone(words, as_of, self.state.topic.cast).facts
        if set(told) & wanted:
            return None
        if names and moves_within(words, self.surroundings):
            return Reading(), _again(IntentKind.ELIGIBILITY, about)
        short = put_shortly(words)
        if short is None:
            return None
        sentence, value = short
        more = self.of_topic(sentence, about, as_of).facts
        facts = {n: replace(f, said=value) for n, f in more.items() if value in f.said}
        return (Reading(facts), Intent(IntentKind.CORRECTION)) if facts else None

    def _plainly(
        self, words: str, intent: Intent, about: tuple[str, ...], as_of: date
    ) -> tuple[Reading, Intent] | None:
        """What `words` say without their ifs, or in one clause by the thing named in another.

        他户口要是也在嘉兴呢 is 他户口在嘉兴, supposed; 职称我有的，去年评上初级了 is 职称评上初级.
        """
        if (
            not about
            or (intent.rules and not set(intent.rules) & set(about))
            or asks_wording(words)
        ):
            return None
        wanted = self.wanted_by(about)
        if without_if(words) != words:
            told = self.alone(without_if(words), as_of, self.state.topic.cast).facts
            facts = {n: f for n, f in told.items() if n in wanted}
            intent = Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
            return (Reading(facts), intent) if facts else None
        if not (intent.kind.replies or intent.kind is IntentKind.OTHER):
            return None
        for thing, name in _THINGS:
            if thing not in words or name not in wanted:
                continue
            for clause in _PIECES.split(words):
                levels = [c for c in self.book.facts[name].choices if c != "无" and c in clause]
                if levels and thing not in clause and _GOT.search(clause):
                    level = max(levels, key=len)
                    told = {name: SaidFact(level, clause, as_of)}
                    return Reading(told), Intent(IntentKind.CORRECTION)
        return None

    def _gap(self, words: str, about: tuple[str, ...], as_of: date) -> Reading:
        """断过一个多月, said of what the rule counts: registration, or else the pension."""
        told_of = self.wanted_by(about)
        counted = "居住登记" if "reg.start" in told_of else "养老保险"
        more = self.alone(f"{counted}，{words}", as_of, self.state.topic.cast)
        return leaning_on(words, more, frozenset({"reg.gap", "pension.gap"} & told_of))


def _again(kind: IntentKind, rules: tuple[str, ...]) -> Intent:
    return Intent(kind, asked_together(rules), follow_up=FollowUp.AGAIN, surely=True)


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
