"""What a message changes of what was told: confirmed, corrected, come about, put as a case."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.particulars import wanted_kinds
from assistant.dialogue.model import (
    FollowUp,
    Intent,
    IntentKind,
    Reading,
    SaidFact,
)
from assistant.dialogue.reading.replies import read_reply
from assistant.dialogue.state import State
from assistant.dialogue.understanding.cases import CaseReader
from assistant.dialogue.understanding.figures import figures_changed, is_figure
from assistant.dialogue.understanding.frames import asks_sum, asks_whether
from assistant.dialogue.understanding.leaning import (
    as_come_about,
    foresees,
    in_own_words,
    puts_if,
    supposes,
    without_if,
)
from assistant.dialogue.understanding.question_words import asks
from assistant.dialogue.understanding.replacing import (
    moves_within,
    put_shortly,
    replaced,
)
from assistant.dialogue.understanding.rules_asked import asked_together
from assistant.dialogue.understanding.subjects import names_way
from assistant.dialogue.understanding.wanted import asks_wording

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
_SHORT_CASE = 20
_CASE_HEAD = re.compile(
    r"^(?:哎|诶|哦|嗯|那|那么|要是|如果|假如|换成|换|改成|说|是|，|,|我|挂|落|在|到|户口)+"
)
_CASE_TAIL = re.compile(r"(?:的话)?(?:呢|的话)[？?。！!]*$")
_FIGURE = re.compile(r"[\d一二两三四五六七八九十百千万半]")
_PIECES = re.compile(r"[，,。；;、\s]+")


@dataclass(frozen=True, slots=True)
class ChangeReader(CaseReader):
    """Reads what messages of a conversation that remembers `state` change of it."""

    def confirmed(self, words: str, asked: str | None) -> Reading | None:
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

    def mended(self, words: str, about: tuple[str, ...]) -> Reading | None:
        """后来给办了: the one paper that was lacking is there by now."""
        wanted = self.wanted_by(about) | _DOABLE
        lacked = [
            n for n, f in self.state.facts.items() if n in _DOABLE & wanted and f.value is False
        ]
        if len(lacked) != 1 or not _DONE.fullmatch(words.strip()):
            return None
        name = lacked[0]
        return Reading({name: SaidFact(True, words.strip("。！ "), self.state.facts[name].on)})

    def put_as_case(self, words: str, as_of: date, whole: str = "") -> Reading | None:
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
                relation=relation_told(self.state),
                cast=self.state.topic.cast,
            )
            known = reply.facts.get(name)
            if known is not None and known.value is not None:
                return Reading({name: known})
        return None

    def figures(
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

    def placed(self, reading: Reading) -> Reading:
        """职工医保已经付了七百: sure of its part of the bill, where that part was told before."""
        paid, part = reading.facts.get(_PAID), self.state.facts.get(_PART_PAID)
        if paid is None or part is None or part.value is None or not paid.hedged:
            return reading
        return replace(reading, facts={**reading.facts, _PAID: replace(paid, hedged=False)})

    def turned_round(self, words: str) -> Reading | None:
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

    def foreseen(
        self, words: str, reading: Reading, about: tuple[str, ...], as_of: date
    ) -> Reading | None:
        """等我评上中级，爱人能跟着吗: what is still to come, asked about as if it had come about."""
        if not self.state.topic.decides or not foresees(words) or asks_wording(words):
            return None
        if not (asks(words) or supposes(words) or asks_sum(words) or asks_whether(words)):
            return None
        if any(foresees(f.said) and not f.supposed for f in reading.facts.values()):
            return None  # 有效期到明年八月: the day to come is read
        plain = as_come_about(words)
        told = self.alone(plain, as_of, self.state.topic.cast).facts
        for piece in _PIECES.split(plain):
            case = self.put_as_case(piece, as_of, plain)
            told = {**(case.facts if case is not None else {}), **told}
        wanted = self.wanted_by(about)
        put = {
            n: f
            for n, f in told.items()
            if n in wanted and (n not in reading.facts or reading.facts[n].value != f.value)
        }
        put = in_own_words(put, words)
        return replace(reading, facts={**reading.facts, **put}) if put else None

    def put(
        self, words: str, reading: Reading, intent: Intent, about: tuple[str, ...], as_of: date
    ) -> Reading | None:
        """要是事业单位交机关的补助呢: what a case that is put tells of the matter, in whatever words."""
        if not (about and self.state.topic.rules) or intent.surely:
            return None
        if intent.follow_up not in {None, FollowUp.FACT} or asks_wording(words):
            return None
        to_come = foresees(words) and (asks(words) or asks_whether(words) or asks_sum(words))
        if not (supposes(words) or puts_if(words) or to_come) or wanted_kinds(words):
            return None
        others = set(asked_together(intent.rules)) - set(about)
        if others and (names_way(words) or any(rule.startswith("medical.") for rule in others)):
            return None
        wanted = self.wanted_by(about)
        if intent.follow_up is FollowUp.FACT and reading.facts.keys() & wanted:
            return None
        plain = as_come_about(words)
        told: dict[str, SaidFact] = {}
        for passage in (plain, *(p for p in _PIECES.split(plain) if p)):
            case = self.put_as_case(passage, as_of, plain)
            read = (
                self.alone(passage, as_of, self.state.topic.cast).facts,
                {} if case is None else {n: f for n, f in case.facts.items() if _is_named(f)},
                self.of_topic(passage, about, as_of).facts,
                self.gap(passage, about, as_of).facts,
            )
            for facts in read:
                told = {**{n: f for n, f in facts.items() if n in wanted}, **told}
        put = {n: replace(f, supposed=False) for n, f in told.items() if f.value is not None}
        put = in_own_words(put, words)
        ahead = {n: f for n, f in reading.facts.items() if foresees(f.said) and not f.supposed}
        return replace(reading, facts={**reading.facts, **put, **ahead}) if put else None

    def replaced(
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
            return Reading(), asked_again(IntentKind.ELIGIBILITY, about)
        short = put_shortly(words)
        if short is None:
            return None
        sentence, value = short
        more = self.of_topic(sentence, about, as_of).facts
        facts = {n: replace(f, said=value) for n, f in more.items() if value in f.said}
        return (Reading(facts), Intent(IntentKind.CORRECTION)) if facts else None

    def plainly(
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


def _is_named(fact: SaidFact) -> bool:
    """Whether words tell a value by its name or figure, and not by a yes or a no."""
    if isinstance(fact.value, str):
        return fact.value != "无"
    return not isinstance(fact.value, bool) and _FIGURE.search(fact.said) is not None


def asked_again(kind: IntentKind, rules: tuple[str, ...]) -> Intent:
    """The rules talked about, asked once more."""
    return Intent(kind, asked_together(rules), follow_up=FollowUp.AGAIN, surely=True)


def relation_told(state: State) -> str | None:
    """What the applicant is to whom they join, as far as it was told."""
    known = state.facts.get("relation")
    return str(known.value) if known is not None and known.value is not None else None
