"""What a message comes to: what it says, what it wants, and which rules it is about."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.answering.days import read_days
from assistant.answering.forged import FORGED
from assistant.answering.pipeline import Pipeline
from assistant.answering.premises import read_premise
from assistant.answering.question import without_document
from assistant.answering.screening import Screened, screen
from assistant.clauses import Place
from assistant.dialogue.deciding import decide_for
from assistant.dialogue.elicitation import CHANNEL, Channels
from assistant.dialogue.general import asks_rule
from assistant.dialogue.intent import read_intent
from assistant.dialogue.leaning import (
    asks_own,
    joining_again,
    leaning_on,
    of_another,
    others_facts,
    supposes,
    way_meant,
    without_own,
)
from assistant.dialogue.model import APPLICANT, FollowUp, Intent, IntentKind, Reading, SaidFact
from assistant.dialogue.reading.durations import read_times
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.replies import read_reply
from assistant.dialogue.reading.time_words import Point
from assistant.dialogue.state import Remembered, State, Topic, remember
from assistant.retrieval import Searcher
from assistant.rules import FactType, RuleBook
from assistant.schemas import AskRequest

_DECIDES = frozenset({IntentKind.ELIGIBILITY, IntentKind.AMOUNT})
_SHORT = 16  # a question this short and without a subject leans on what came before
_SHORTEST = 8  # a message this short may be nothing but a value
_ENOUGH_TOLD = 2
_ASKS_TEXT = frozenset({IntentKind.POLICY, IntentKind.PROCEDURE})
_ASKS_WORDING = re.compile(
    r"哪些|什么(?!时候)|怎么|如何|规定|材料|要不要|需不需要|是否需要|依据|文件|通知|解读|征求意见|第.{1,3}条|区别|变化|为什么|"
    r"标准|百分之|多长时间|多久|几个月(?!前)|几年(?!前)|要看|合并|互认|按办法"
)
_OF_SOMEBODY = re.compile(
    r"我|俺|咱|本人|侬|阿拉|老公|老婆|爱人|媳妇|他|她|我们|单位(?:是|没)|\d{2}岁|[一二三四五六七八九]十[一二三四五六七八九]?岁|"
    r"(?:在职|退休|在编|编外|事业编)(?:的|了)?[，,]"
)
_ASKS_WHETHER = re.compile(
    r"够|行|成[吗不么]|中[不吗么]|可以|能|符合|差不差|差多少|差啥|啥时候|什么时候|最早|[吗么不伐呢？?]$|呢(?=[，,])|落户吧|了吧"
    r"|(?:想|要|打算|准备|希望)[^，。？]{0,8}(?:落户|转户籍|投靠|迁)"
)
_ASKS_LACK = re.compile(r"(?:还|看看?|我)差(?:点?啥|什么|哪些|多少)|缺(?:啥|什么)")
_BARE_CHANNEL = re.compile(
    r"(?:那|请问|想问下?|，)*(?:租赁|租房|就业|人才|投靠|买房)落户(?:我)?(?:可以|能|行)(?:办理?|走|落)?[吗么不][？?。]*"
    r"|(?:那|请问|，)*居住证转户籍?(?:我)?(?:可以|能|行)(?:办理?|走|转)?[吗么不][？?。]*"
)
_ASIDE = re.compile(r"(?:不是|没有?|不|并非|又不是)(?:要|想|在)?(?:查|问|看|打听)我[^，。？]*")
_NOT_KNOWN = re.compile(r"[^，。？]*(?:记不清|不清楚|不知道|忘了?|说不准)[^，。？]*")
_WHATEVER = re.compile(
    r"(?:什么|啥)[^，。？]{0,10}?(?:都|也)(?:没|不|无)(?:有)?"
    r"|(?:没|无)(?:有)?(?:什么|啥)(?!时候|条件|要求|规定|限制|问题|区别|影响|变化)"
)
"""什么证都没有 asks nothing."""
_BAND = re.compile(r"\d{2}(?:周)?岁(?:[（(]含[)）])?(?:及|或)?(?:以上|以下)")
_OF_A_CLASS = frozenset(
    {"staff.kind", "employer.kind", "employer.area", "contribution.scheme", "med.in_scope"}
)
"""Facts that tell people apart by class, as a text does; alone, they speak of nobody."""
_SPENT = frozenset(
    {
        "med.outpatient_below_deductible",
        "med.outpatient_mid",
        "med.outpatient_above_cap",
        "med.inpatient_remaining",
    }
)
"""Sums that somebody spent; who asks what comes back of them asks to have it reckoned."""
_OWN_DATA = re.compile(
    r"[，,。；;]?\s*(?:我|本人|俺)(?:自己)?的?(?:身份证|电话|手机|证件|银行卡|社保卡|卡|联系方式)?(?:号码?)?"
    r"[是为：:]?\s*〔[\u4e00-\u9fff]{1,8}已隐去〕(?=[，,。；;！!？?]|$)"
)
"""What somebody tells of how to reach them, masked: it belongs to no question."""
_HOW_MUCH = re.compile(r"多少|几(?:块|元|钱|成)|标准|比例")
_RETURNS = re.compile(r"回到|接着|继续|刚才|前面|还是(?:问|说|看)|再(?:问|说|看)回?")
_DENIAL = re.compile(
    r"(?:不对|不是|错了|(?:我)?(?:说|写|打|记)错了?|搞错了)(?:了|啊|呀|哦|的)?[。！!，,]*"
)
_TODAY = re.compile("现在|今天|目前|眼下")
_NEXT_DAY = re.compile(r"(?:第二|后一|下一)天|次日")
_DAY_OF_YEAR = re.compile(r"(?<![年\d.\-/])(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])[日号]")
_ONLY_A_DAY = re.compile(
    r"(?:那|那么|那天|那时候?|那会儿?|当时|要是|如果|到了?|在|等到?|换成|换做|换到|改成|改到|放在|放到|按|去|来|办理?|申请|的?话|就|呢|吗|，|。|？|\?|\s)*"
)


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
    person: str | None = None  # the relative whom an ellipsis asks about
    day: date | None = None  # the day meant, where it leans on the day of the turn before
    tells_day: bool = False  # the day named answers a question, and is not asked about

    @property
    def decides(self) -> bool:
        """Whether the rules settle it."""
        return self.screened.outcome == "pass" and (self.open or bool(self.rules))


class Listener:
    """Understands messages against what the conversation remembers."""

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        pipeline: Pipeline,
        channels: Channels,
        surroundings: Surroundings,
        home: Place,
    ) -> None:
        self._searcher = searcher
        self._pipeline = pipeline
        self._channels = channels
        self._surroundings = surroundings
        self._home = home

    def understand(
        self, text: str, state: State, book: RuleBook, request: AskRequest, today: date
    ) -> Understood:
        """What `text` comes to in a conversation that remembers `state`."""
        screened = self._pipeline.verified(screen(text), today)
        words = _OWN_DATA.sub("", screened.text or text) or text
        named = self._pipeline.read(words, today, request.as_of, None)
        asked = next((n for n in state.asked if n != CHANNEL), None)
        day, tells_day = None, False
        if request.as_of is None and state.topic.question and (asked is None or "呢" in words):
            day = leaning_day(words, state.topic.day or today, today)
        answers_with_day = _asked_of_time(state, book) if "呢" not in words else None
        if answers_with_day and leaning_day(words, today, today) and request.as_of is None:
            asked, named = answers_with_day, replace(named, as_of=today, other_day=False)
            tells_day = True
        as_of = named.as_of if named.other_day else request.as_of or day or state.as_of or today
        choice = (
            self._channels.chosen(words) if CHANNEL in state.asked or state.topic.open else None
        )
        if choice is not None:
            told: dict[str, Remembered | None] = {
                n: Remembered(v, words, as_of) for n, v in choice.facts.items()
            }
            intent = Intent(IntentKind.ANSWER, choice.rules, open=not choice.rules)
            question = state.topic.question
            return Understood(
                Screened("pass", words),
                intent,
                told,
                choice.rules,
                not choice.rules,
                question,
            )
        reading, intent = self._read(words, state, book, asked, as_of)
        reading, intent = self._leaning(words, reading, intent, state, book, as_of)
        unnamed = not (request.as_of or named.other_day or day or _TODAY.search(words))
        if unnamed and state.topic.day and _stays(intent, state):
            day = as_of = state.topic.day
            reading, intent = self._read(words, state, book, asked, as_of)
            reading, intent = self._leaning(words, reading, intent, state, book, as_of)
        elif day is not None:
            intent = Intent(IntentKind.POLICY, follow_up=FollowUp.DAY)
        intent = _sharpened(intent, reading, words, book)
        if state.topic.decides and not state.asked and _DENIAL.fullmatch(words.strip()):
            intent = Intent(IntentKind.CORRECTION)
        elif _changes_a_fact(intent, reading, words, state, book):
            intent = replace(intent, kind=IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if intent.follow_up is None and (
            read_premise(words) or _wants_rule(words, intent, reading, state)
        ):
            intent = replace(intent, kind=IntentKind.POLICY, open=False)
            reading = Reading({})  # what a rule is asked to say is nobody's fact
        if intent.follow_up is FollowUp.FACT and _of_text_only(state) and not reading.facts:
            intent = Intent(IntentKind.POLICY)
        told_facts = {} if screened.cause == FORGED else _facts_told(intent, reading, state)
        if self._is_general(intent, told_facts, words, state, book, as_of):
            intent, told_facts = replace(intent, kind=IntentKind.POLICY, open=False), {}
        facts: dict[str, Remembered | None] = {**told_facts}
        if others_facts(self._plain(words, book, as_of), state.topic) is not None:
            names = tuple(_read_by(state.topic.rules, book))
            facts = {**without_own(state, names, words), **facts}
        if intent.follow_up is FollowUp.FACT:
            again = self._joining(words, Intent(IntentKind.OTHER), state, book, as_of)
            facts = {**(again[1] if again else {}), **facts}
        for name in reading.corrects:
            facts.setdefault(name, None)
        person = _relative(intent) if intent.follow_up is FollowUp.PERSON else None
        if person is not None:
            facts["family"] = _with_relative(state, person, words, as_of)
        rules, is_open = self._topic_of(intent, state, tuple(facts), words, book)
        question = self._filled_in(words, intent, state, book)
        replies = intent.kind in {IntentKind.ANSWER, IntentKind.CORRECTION}
        if replies and screened.outcome == "chat":
            screened = replace(screened, outcome="pass")
        if state.asked and facts and screened.outcome != "refuse":
            screened = replace(screened, outcome="pass")
        fresh = (
            intent.follow_up is FollowUp.PLACE
            or not (rules or is_open)
            or (intent.kind in _DECIDES and intent.follow_up is None)
        )
        return Understood(
            screened, intent, facts, rules, is_open, question, fresh, person, day, tells_day
        )

    def _is_general(
        self,
        intent: Intent,
        facts: Mapping[str, Remembered],
        words: str,
        state: State,
        book: RuleBook,
        as_of: date,
    ) -> bool:
        """Whether an amount is asked for no person: the text answers, unless a class decides it."""
        if intent.kind is not IntentKind.AMOUNT or intent.follow_up:
            return False
        if _of_somebody(words) or not set(facts) <= _OF_A_CLASS:
            return False
        if not intent.rules:
            return True
        wanted = _read_by(intent.rules, book)
        if wanted & set(state.facts):
            return False
        alone = State(facts=facts)
        rules = asked_together(intent.rules)
        decided = decide_for(alone, rules, book, as_of=as_of, place=self._home, survey=False)
        return not decided.settled

    def _filled_in(self, words: str, intent: Intent, state: State, book: RuleBook) -> str:
        """The message as a question of its own: what an ellipsis leaves out is put in."""
        topic = state.topic
        if intent.follow_up is FollowUp.PLACE and topic.question:
            return without_document(topic.question)  # another place has other documents
        if intent.follow_up is FollowUp.DAY and topic.question:
            return topic.question
        if intent.follow_up is FollowUp.ITEM and intent.item is not None:
            return self._item(words, intent.item, topic, book)
        asks = intent.kind in _ASKS_TEXT or intent.kind is IntentKind.CONTACT
        lacks_subject = not intent.rules and len(words) <= _SHORT and asks
        about = topic.rules or topic.about
        figure = re.search(r"\d|[万千百]", words) is not None
        if lacks_subject and figure and _of_text_only(state) and supposes(words):
            return f"{words}，{topic.question}"
        if lacks_subject and about:
            return f"{book.rule(about[0]).title}{words}"
        return words

    def _item(self, words: str, number: int, topic: Topic, book: RuleBook) -> str:
        """第二条的材料是什么: the second of what was listed, or the second part of the notice shown."""
        if 0 < number <= len(topic.listed):
            return f"{book.rule(topic.listed[number - 1]).title}{words}"
        if topic.shown:
            view = self._searcher().view
            notice = view.notice(view.clause(topic.shown[0]).notice_id)
            return f"{notice.doc_number or f'《{notice.title}》'}第{number}条"
        return words

    def _read(
        self, text: str, state: State, book: RuleBook, asked: str | None, as_of: date
    ) -> tuple[Reading, Intent]:
        """What a message says and wants; answers and corrections are read against what was asked."""
        reading = read_facts(
            text, as_of=as_of, asked=asked, dictionary=book.facts, surroundings=self._surroundings
        )
        intent = read_intent(
            text, as_of=as_of, asked=asked, reading=reading, surroundings=self._surroundings
        )
        earlier = tuple(reversed([n for n in state.facts if n in book.facts]))
        leaning = intent.follow_up is FollowUp.FACT or intent.kind is IntentKind.CORRECTION
        bare = asked is None and bool(state.topic.rules) and _is_bare_value(text, intent)
        others = tuple(n for n in state.asked if n not in {CHANNEL, asked})
        candidates = (asked, *others) if asked else earlier if leaning or bare else ()
        if not candidates or (intent.kind in _DECIDES and not leaning):
            return reading, intent
        for about in candidates:
            reply = read_reply(
                text,
                book.facts[about],
                as_of=as_of,
                dictionary=book.facts,
                surroundings=self._surroundings,
                earlier=earlier,
                relation=_relation_of(state),
            )
            if reply.facts or reply.corrects:
                break
        if bare and reply.facts:
            intent = replace(intent, kind=IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        return (reply if reply.facts or reply.corrects else reading), intent

    def _plain(self, text: str, book: RuleBook, as_of: date) -> Reading:
        return read_facts(text, as_of=as_of, dictionary=book.facts, surroundings=self._surroundings)

    def _gap(self, words: str, about: Sequence[str], book: RuleBook, as_of: date) -> Reading:
        """断过一个多月, said of what the rule counts: registration, or else the pension."""
        told_of = _read_by(about, book)
        counted = "居住登记" if "reg.start" in told_of else "养老保险"
        more = self._plain(f"{counted}，{words}", book, as_of)
        return leaning_on(words, more, frozenset({"reg.gap", "pension.gap"} & told_of))

    def _leaning(
        self,
        words: str,
        reading: Reading,
        intent: Intent,
        state: State,
        book: RuleBook,
        as_of: date,
    ) -> tuple[Reading, Intent]:
        """The same message, read as one that leans on the topic, where it says too little alone."""
        about = state.topic.rules or state.topic.about
        if about and asks_own(words) and not reading.facts:
            return reading, Intent(IntentKind.ELIGIBILITY, asked_together(about))
        person = others_facts(self._plain(words, book, as_of), state.topic)
        if person is not None and (intent.kind in _DECIDES or supposes(words)):
            kind = intent.kind if intent.kind in _DECIDES else IntentKind.ELIGIBILITY
            return Reading(person[1]), replace(intent, kind=kind, follow_up=FollowUp.FACT)
        joining = self._joining(words, intent, state, book, as_of)
        if joining is not None:
            return joining[0], Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if intent.kind is not IntentKind.OTHER:
            return reading, intent
        if CHANNEL in state.asked:
            ways = way_meant(words, frozenset(reading.facts))
            if ways:
                return reading, Intent(IntentKind.ELIGIBILITY, ways)
        if about and not reading.facts:
            gap = self._gap(words, about, book, as_of)
            if gap.facts:
                return gap, replace(intent, rules=asked_together(about))
        if about and not state.asked:
            told_of = frozenset(_read_by(about, book))
            more = self._plain(f"{book.rule(about[0]).title}，{words}", book, as_of)
            leaning = leaning_on(words, more, told_of)
            if set(leaning.facts) - set(reading.facts):
                return leaning, replace(intent, rules=asked_together(about))
        return reading, intent

    def _joining(
        self, words: str, intent: Intent, state: State, book: RuleBook, as_of: date
    ) -> tuple[Reading, dict[str, Remembered | None]] | None:
        """What a message changes of who joins whom, and what it makes forgotten; None if nothing."""
        rules = state.topic.rules
        if not rules or not all(rule.startswith("settle.join_") for rule in rules):
            return None
        if intent.follow_up not in {None, FollowUp.PERSON} or _ASKS_WORDING.search(words):
            return None
        if intent.rules and intent.rules[0] != "settle.dwelling":
            return None
        before = self._plain(state.topic.question, book, as_of)
        told = joining_again(words, before)
        if told is None:
            return None
        read = self._plain(told[0], book, as_of)
        joins_me = before.host == APPLICANT
        if not told[1]:
            own = self._plain(told[0].removesuffix(words), book, as_of).facts
            changed = {n: f for n, f in read.facts.items() if n not in own}
            wanted = _read_by(rules, book)
            return (Reading(changed), {}) if set(changed) & wanted else None
        if "relation" not in read.facts:
            return None
        return read, of_another(state, read, joins_me=joins_me)

    def _topic_of(
        self, intent: Intent, state: State, told: Sequence[str], words: str, book: RuleBook
    ) -> tuple[tuple[str, ...], bool]:
        """Which rules a message is about; replies and ellipses stay with the topic."""
        follows = {FollowUp.DAY, FollowUp.PLACE, FollowUp.FACT, FollowUp.PERSON}
        returned = _returned_to(intent, state, told, words, book)
        if returned is not None:
            return returned.rules, returned.open
        stays = intent.kind in {IntentKind.ANSWER, IntentKind.CORRECTION} or (
            intent.follow_up in follows and state.topic.decides
        )
        if intent.kind in _DECIDES and not intent.follow_up and (intent.rules or intent.open):
            guessed = all(rule.startswith("settle.") for rule in intent.rules)
            topic = state.topic.rules or state.topic.about
            if topic and guessed and not _SETTLING.search(words):
                return asked_together(topic), False
            return asked_together(intent.rules), intent.open
        if intent.follow_up is FollowUp.FACT and told and state.topic.rules:
            ways = way_meant(words, frozenset(told))
            if ways and not set(told) & _read_by(state.topic.rules, book):
                return asked_together(ways), False  # 那我大专毕业呢, after renting has failed
        if stays and state.topic.decides:
            return state.topic.rules, state.topic.open
        tells = intent.kind in {IntentKind.OTHER, IntentKind.ANSWER, IntentKind.CORRECTION}
        if tells and told and intent.follow_up is None:
            if state.topic.decides:
                return state.topic.rules, state.topic.open
            about = state.topic.about
            leans = about and set(told) & _read_by(about, book)
            return asked_together(about if leans else intent.rules or about), False
        if intent.kind in _DECIDES:
            return asked_together(intent.rules), intent.open or not intent.rules
        return (), False


def _of_text_only(state: State) -> bool:
    """Whether the talk is about something that no rule decides: what an ellipsis changes is text."""
    topic = state.topic
    return bool(topic.question) and not (topic.decides or topic.about or state.asked)


def _wants_rule(words: str, intent: Intent, reading: Reading, state: State) -> bool:
    """Whether the text is to answer, and not the rules: no ask of somebody's own case or sum."""
    if intent.kind not in _DECIDES or state.asked:
        return False
    of_scheme = any(rule.startswith("medical.") for rule in intent.rules)
    if intent.kind is IntentKind.AMOUNT and not of_scheme:
        return True
    return asks_rule(words, reading.facts)


def _stays(intent: Intent, state: State) -> bool:
    """Whether a message only tells or changes a fact of what was asked about."""
    if not state.topic.decides:
        return False
    replies = intent.kind in {IntentKind.ANSWER, IntentKind.CORRECTION}
    return replies or intent.follow_up in {FollowUp.FACT, FollowUp.PERSON}


def _asked_of_time(state: State, book: RuleBook) -> str | None:
    """Of the facts asked for, the first that a day may answer: a day, or months since one."""
    asked = [book.facts[n] for n in state.asked if n != CHANNEL]
    return next((f.name for f in asked if f.start_of or f.type is FactType.DATE), None)


def leaning_day(words: str, base: date, today: date) -> date | None:
    """The day that a message names and says nothing besides: 2021年呢, 第二天呢, 到9月1号呢."""
    named = read_days(words, today).day
    if named is not None:
        return named.day if _ONLY_A_DAY.fullmatch(words.replace(named.said, "", 1)) else None
    told = [t for t in read_times(words, today) if isinstance(t, Point) and t.low is None]
    if len(told) == 1 and re.search(r"\d{4}", words[told[0].start : told[0].end]):
        rest = words[: told[0].start] + words[told[0].end :]
        return told[0].value if _ONLY_A_DAY.fullmatch(rest) else None
    found = _DAY_OF_YEAR.search(words)
    rest = _NEXT_DAY.sub("", _DAY_OF_YEAR.sub("", words))
    if not _ONLY_A_DAY.fullmatch(rest):
        return None
    if found is not None:
        try:
            return base.replace(month=int(found[1]), day=int(found[2]))
        except ValueError:
            return None
    return base + timedelta(days=1) if _NEXT_DAY.search(words) else None


def _is_bare_value(text: str, intent: Intent) -> bool:
    """Whether a message is a figure and nothing to ask with: 六个月."""
    return (
        len(text) <= _SHORTEST
        and intent.follow_up is None
        and not intent.rules
        and re.search(r"[\d一二两三四五六七八九十半]", text) is not None
        and not re.search(r"[吗么呢？?第]|什么|怎么|多少|几", text)
    )


def _relation_of(state: State) -> str | None:
    known = state.facts.get("relation")
    return str(known.value) if known is not None and known.value is not None else None


def _facts_told(intent: Intent, reading: Reading, state: State) -> dict[str, Remembered]:
    """The facts to keep: none of a mere day or place, and no supposition of a general question."""
    if intent.follow_up in {FollowUp.DAY, FollowUp.PLACE}:
        return {}
    return {n: remember(f) for n, f in reading.facts.items() if _counts(f, intent, state)}


def _counts(fact: SaidFact, intent: Intent, state: State) -> bool:
    """An if counts only where it changes a fact of what was asked before: 如果是七个月呢."""
    if fact.supposed:
        leans = intent.follow_up is FollowUp.FACT or intent.kind is IntentKind.ANSWER
        return leans and bool(state.topic.rules or state.topic.about or state.asked)
    return not fact.general or intent.kind in _DECIDES


def _of_somebody(words: str) -> bool:
    return _OF_SOMEBODY.search(_BAND.sub("", _ASIDE.sub("", words))) is not None


def _read_by(rules: Sequence[str], book: RuleBook) -> set[str]:
    """The facts that these rules read, however they are told: a start day, or its months."""
    read = {fact.name for rule in rules for fact in book.rule(rule).facts()}
    return read | {f.name for f in book.facts if f.start_of in read}


def _changes_a_fact(
    intent: Intent, reading: Reading, words: str, state: State, book: RuleBook
) -> bool:
    """Whether a message puts another fact to the rules last asked about: 那我没房的话呢."""
    if intent.follow_up or intent.kind in _DECIDES or not state.topic.rules:
        return False
    if _ASKS_WORDING.search(words):
        return False
    if "family" in reading.facts and re.search("带|随迁|一起|一道|跟着|跟过来", words):
        return not intent.rules or set(intent.rules) <= set(state.topic.rules)
    if not re.search(r"呢[？?。]*$|的话", words):
        return False
    others = set(asked_together(intent.rules)) - set(state.topic.rules)
    return not others and bool(_read_by(state.topic.rules, book) & set(reading.facts))


def _returned_to(
    intent: Intent, state: State, told: Sequence[str], words: str, book: RuleBook
) -> Topic | None:
    """The earlier topic that 回到租房那个 or a fact of that topic leads back to."""
    if not _RETURNS.search(words) or not state.earlier:
        return None
    named = set(asked_together(intent.rules))
    known = [topic for topic in (state.topic, *state.earlier) if topic.rules]
    for topic in known:
        if named & set(topic.rules):
            return topic
    for topic in known:
        if set(told) & _read_by(topic.rules, book):
            return topic
    return None


def _sharpened(intent: Intent, reading: Reading, words: str, book: RuleBook) -> Intent:
    """A message that states what a rule asks for, and asks no text, wants the rule applied."""
    if intent.follow_up:
        return intent
    if intent.kind is IntentKind.AMOUNT and re.search("划|账户", words):
        rules = tuple(_ACCOUNT.get(rule, rule) for rule in intent.rules)
        intent = replace(intent, rules=rules or tuple(_ACCOUNT.values()), open=False)
    if not intent.rules:
        return intent
    asking = _WHATEVER.sub("", _NOT_KNOWN.sub("", words))
    asks_wording = _ASKS_WORDING.search(asking) is not None
    bare = _BARE_CHANNEL.fullmatch(words.strip()) is not None
    if intent.kind in _ASKS_TEXT and (bare or _ASKS_LACK.search(words)):
        return replace(intent, kind=IntentKind.ELIGIBILITY)
    of_one = {
        n: f
        for n, f in reading.facts.items()
        if not f.supposed and n not in _OF_A_CLASS | {"relation", "family"}
    }
    told_own = (
        any(not f.general or n in _SPENT for n, f in of_one.items()) or len(of_one) > _ENOUGH_TOLD
    )
    if intent.kind in _DECIDES and asks_wording and not (told_own or _of_somebody(words)):
        return replace(intent, kind=IntentKind.POLICY, open=False)
    if asks_wording or intent.kind not in _ASKS_TEXT | {IntentKind.OTHER}:
        return intent
    wanted = {fact.name for fact in book.rule(intent.rules[0]).facts()}
    stated = {book.facts[n].start_of or n for n in reading.facts if n in book.facts}
    told = len(stated & wanted)
    if told and stated <= _OF_A_CLASS and _HOW_MUCH.search(words) and not _of_somebody(words):
        return replace(intent, kind=IntentKind.AMOUNT)
    if told >= _ENOUGH_TOLD or (told and _ASKS_WHETHER.search(words)):
        return replace(intent, kind=IntentKind.ELIGIBILITY)
    return intent


_SETTLING = re.compile("落户|户口|入户|转户|投靠|迁|居住证|人才|途径|集体户")
_ACCOUNT = {
    "medical.public.join": "medical.public.account",
    "medical.enterprise.join": "medical.enterprise.account",
}
_RELATIVES = {
    "配偶": "配偶",
    "丈夫": "配偶",
    "妻子": "配偶",
    "父亲": "父母",
    "母亲": "父母",
    "父母": "父母",
    "儿子": "子女",
    "女儿": "子女",
    "子女": "子女",
    "孩子": "子女",
}


def _relative(intent: Intent) -> str | None:
    """Whom 那我老婆呢 asks about, as the rules call them."""
    return _RELATIVES.get(intent.applicant)


def _with_relative(state: State, relation: str, said: str, on: date) -> Remembered:
    known = state.facts.get("family")
    others = [m for m in (known.value if known else None) or [] if m.get("relation") != relation]
    return Remembered([*others, {"relation": relation}], said, on)


def asked_together(rules: Sequence[str]) -> tuple[str, ...]:
    """The likeliest rule, with those that answer the same ask: ways to join, schemes alike."""
    if not rules:
        return ()
    kind = family_of(rules[0])
    return tuple(rule for rule in rules if family_of(rule) == kind)


def family_of(rule: str) -> str:
    """settle.join_child and settle.join_parent are of one family, as are the schemes' accounts."""
    room, _, name = rule.partition(".")
    if room == "medical":
        return f"medical.{name.rpartition('.')[2]}"
    return f"{room}.join" if name.startswith("join_") else rule
