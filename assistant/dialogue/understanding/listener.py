"""What a message comes to: its intent, its facts and its rules, in the light of the conversation."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from assistant.answering.chat import CLOSING
from assistant.answering.not_ours import screened_again
from assistant.answering.particulars import wanted_kinds
from assistant.answering.pipeline import Pipeline
from assistant.answering.presented import Presentation
from assistant.answering.screening import Screened, asks, screen
from assistant.clauses import Place
from assistant.dialogue.deciding import decide_for
from assistant.dialogue.elicitation import CHANNEL, ChannelChoice, Channels
from assistant.dialogue.model import Cast, FollowUp, Intent, IntentKind, Reading
from assistant.dialogue.reading.by_sound import taken_back
from assistant.dialogue.reading.echoes import without_echo
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.saying import in_whole_words
from assistant.dialogue.state import Remembered, State, remember
from assistant.dialogue.understanding.amid import resumed
from assistant.dialogue.understanding.closing import takes_ground, without_remarks
from assistant.dialogue.understanding.context import ContextReader
from assistant.dialogue.understanding.day_meant import DayMeant, day_meant
from assistant.dialogue.understanding.dialogue_acts import Act
from assistant.dialogue.understanding.doubting import doubted_by
from assistant.dialogue.understanding.frames import asks_whether
from assistant.dialogue.understanding.general import asks_otherwise, names_classes
from assistant.dialogue.understanding.kept import (
    carried,
    completed,
    facts_told,
    family_asked,
    is_kept,
    relative_asked,
    told_of_others,
    with_relative,
)
from assistant.dialogue.understanding.leaning import (
    asks_again,
    supposes,
)
from assistant.dialogue.understanding.openings import opens_account
from assistant.dialogue.understanding.persons import names_anybody
from assistant.dialogue.understanding.question_words import DOCUMENT, only_states
from assistant.dialogue.understanding.reports import as_found_out
from assistant.dialogue.understanding.rules_asked import (
    asked_together,
    facts_read_by,
    left_aside,
    returned_to,
    topic_of,
)
from assistant.dialogue.understanding.schemes import (
    describes_somebody,
    of_any_scheme,
    of_employer,
    tells_scheme_case,
)
from assistant.dialogue.understanding.several import Beside, besides_of
from assistant.dialogue.understanding.supposing import goes_back, puts_case
from assistant.dialogue.understanding.talk_acts import act_of, asking_again
from assistant.dialogue.understanding.wanted import (
    CLASS_FACTS,
    asks_wording,
    of_somebody,
    only_tells,
    tells_own_case,
    wanted,
)
from assistant.dialogue.understanding.whole_question import whole_question
from assistant.retrieval import Searcher
from assistant.rules import Outcome, RuleBook
from assistant.schemas import AskRequest

_OWN_DATA = re.compile(
    r"[，,。；;]?\s*(?:我|本人|俺)(?:自己)?的?(?:身份证|电话|手机|证件|银行卡|社保卡|卡|联系方式)?(?:号码?)?"
    r"[是为：:]?\s*〔[\u4e00-\u9fff]{1,8}已隐去〕"
    r"(?:[，,；;、]\s*(?:身份证|电话|手机|证件|银行卡|社保卡)?(?:号码?)?[是为：:]?\s*〔[\u4e00-\u9fff]{1,8}已隐去〕)*"
    r"(?=[，,。；;！!？?]|$)"
)
"""What somebody tells of how to reach them, masked: it belongs to no question."""


_OF_PUBLIC = frozenset({"在编", "保留事业身份"})
_APPLIES = re.compile("我|申请|办|递|提交|去")
"""What somebody does on a day, and no text."""


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
    of_others: Mapping[str, Mapping[str, Remembered]] = field(
        default_factory=dict
    )  # told by the way
    day: date | None = None  # the day meant, where it leans on the day of the turn before
    tells_day: bool = False  # the day named answers a question, and is not asked about
    cast: Cast = field(default_factory=Cast)  # whom the talk is about from now on
    carried: Mapping[str, Remembered] = field(default_factory=dict)  # into another person's case
    doubted: tuple[str, ...] = ()  # facts that words not understood may undo
    supposes: bool = False  # the facts put a case, and were not told
    goes_back: bool = False  # to how things were told, from a case that was put

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
        screened = said = screen(text)
        if said.outcome == "chat" and state.topic.decides and takes_ground(text):
            screened = said = replace(said, outcome="pass")  # 谢谢，其实房子是我爸的
        if not state.asked and (asks(text) or not state.topic.question):
            screened = screened_again(screened, opens=not state.topic.question)
        screened = self._pipeline.verified(screened, today)
        presented = screened.presented.presentation if screened.presented else None
        if presented is not None and not presented.asks_own and not state.asked:
            return self._of_presented(screened, presented, state, request, today)
        words = _OWN_DATA.sub("", screened.text or text) or text
        words, echoed = without_echo(words, state.asked, book.facts)
        if state.topic.question:
            words = as_found_out(without_remarks(words, asked=bool(state.asked)))
        named = self._pipeline.read(words, today, request.as_of, None)
        meant = day_meant(words, named, state, book, given=request.as_of, today=today)
        choice = self._chosen(words, state)
        if choice is not None:
            return _understood_choice(choice, words, state, meant.as_of)
        asked = meant.answers or echoed or next((n for n in state.asked if n != CHANNEL), None)
        reader = ContextReader(state, book, self._surroundings)
        taken_up = resumed(words, asked, reader, meant.as_of)
        if taken_up is not state:
            state, reader = taken_up, replace(reader, state=taken_up)
            meant = day_meant(words, named, state, book, given=request.as_of, today=today)
        reading, intent = reader.read(words, asked, meant.as_of)
        if presented is not None:
            forged, screened = screened, replace(screened, outcome="pass", reason=None, cause="")
            reading, intent = _without_presented(presented, intent, reader, meant.as_of)
            words = presented.own or words
        act = act_of(words, reading, intent, state, said)
        if act in _OF_THE_TALK:
            return _understood_talk(act, words, state)
        if act is Act.AGAIN:
            reading, intent = Reading(), asking_again(state)
        if reading.facts and not asks(text) and screened.reason != "unsafe":
            screened = said  # who only tells how it stands asks for nobody's record
        if not meant.named and state.topic.day and only_tells(intent, state):
            meant = replace(meant, as_of=state.topic.day, leaning=state.topic.day)
            reading, intent = reader.read(words, asked, meant.as_of)
        elif meant.leaning is not None and (intent.surely or intent.follow_up is FollowUp.CASE):
            pass  # another person's case, on the day named beside
        elif meant.leaning is not None and meant.tells and reading.facts:
            intent = Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        elif meant.leaning is not None and meant.leaning != state.topic.day:
            intent = Intent(IntentKind.POLICY, follow_up=FollowUp.DAY)
            aside = left_aside(state)
            if aside is not None and _APPLIES.search(words):
                intent = Intent(IntentKind.ELIGIBILITY, aside.rules, surely=True)
        if _tells_amid(intent, words, state):
            intent = Intent(IntentKind.OTHER, intent.rules)
        heard = reading
        between = self._between_texts(intent, reading, book, meant.as_of)
        told_case = reading
        intent, reading = wanted(intent, reading, words, state, book)
        if between is None and self._settles_own_case(intent, told_case, words, book, meant.as_of):
            intent, reading = replace(intent, kind=IntentKind.ELIGIBILITY, open=False), told_case
        if between is None and self._settled_by_known(intent, reading, words, state, book, meant):
            intent = replace(intent, kind=IntentKind.ELIGIBILITY, open=False)
        if between is not None:
            intent, reading = between
        told = facts_told(intent, reading, state)
        if not opens_account(words, state) and self._is_general(
            intent, told, words, state, book, meant.as_of
        ):
            intent, told = replace(intent, kind=IntentKind.POLICY, open=False), {}
        cast = reader.cast_after(reading, intent)
        cast = _cast_returned_to(cast, intent, reading, words, state, book)
        facts = _facts_changed(told, reading, intent, words, reader, meant.as_of)
        if not told and _supposes_unread(intent, words, state):
            intent = Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        rules, is_open = topic_of(intent, state, tuple(facts), words, book)
        if presented is not None and not (intent.kind.decides and (rules or is_open)):
            return self._of_presented(forged, presented, state, request, today)
        employer = facts.get("employer.kind")
        if intent.follow_up is FollowUp.CASE and employer is None and cast.whose != state.whose:
            rules = of_any_scheme(rules)
        own = state.facts if cast.whose == state.whose else state.cases.get(cast.whose, {})
        known = employer or own.get("employer.kind")
        staff = facts.get("staff.kind")
        if known is None and staff is not None and staff.value in _OF_PUBLIC and len(rules) > 1:
            rules = of_employer(rules, "机关")  # only public bodies have an establishment
        if known is not None and (rules == state.topic.rules or len(rules) > 1):
            rules = of_employer(rules, known.value)
        if employer is not None and "contribution.scheme" in state.facts:
            facts.setdefault("contribution.scheme", None)  # told of the employer before
        read = tuple(facts_read_by(state.topic.rules or _channels(book), book))
        return Understood(
            _let_pass(said if _leans(intent, facts, state) else screened, intent, facts, state),
            intent,
            _in_whole_words(facts, text),
            rules,
            is_open,
            taken_back(whole_question(words, intent, state, book, self._searcher)),
            names_place=intent.follow_up is FollowUp.PLACE
            or (not (rules or is_open) and (asks(text) or not state.topic.decides))
            or (
                intent.kind.decides
                and intent.follow_up is None
                and not self._places_a_fact(words, facts, request, today)
            ),
            family=family_asked(intent, words, facts),
            besides=besides_of(reading, rules),
            of_others=told_of_others(heard, cast),
            day=meant.leaning,
            tells_day=meant.answers is not None or meant.told,
            cast=cast,
            carried=carried(state, cast, words),
            doubted=doubted_by(words, intent, facts, state, read)
            if state.topic.decides and cast.whose == state.whose
            else (),
            supposes=(
                puts_case(intent, words, frozenset(facts), state) or _puts_all(reading, facts)
            )
            and not goes_back(words),
            goes_back=state.told is not None and goes_back(words),
        )

    def _of_presented(
        self,
        screened: Screened,
        presented: Presentation,
        state: State,
        request: AskRequest,
        today: date,
    ) -> Understood:
        """A message that asks of words presented as official, and of nobody's case."""
        return Understood(
            screened,
            Intent(IntentKind.POLICY),
            {},
            (),
            False,
            screened.text,
            names_place=self._pipeline.read(presented.rest, today, request.as_of, None).names_place,
            cast=state.topic.cast,
        )

    def _places_a_fact(
        self,
        words: str,
        facts: Mapping[str, Remembered | None],
        request: AskRequest,
        today: date,
    ) -> bool:
        """证是绍兴发的: whether every place named is where a paper of the person's is from."""
        rest = words
        for name in ("permit.issued_in", "pension.province"):
            told = facts.get(name)
            rest = rest.replace(told.said, "") if told is not None and told.said else rest
        return (
            rest != words and not self._pipeline.read(rest, today, request.as_of, None).names_place
        )

    def _chosen(self, words: str, state: State) -> ChannelChoice | None:
        """The way to settle that a reply to the opening question names."""
        offered = CHANNEL in state.asked or state.topic.open
        return self._channels.chosen(words) if offered else None

    def _between_texts(
        self, intent: Intent, reading: Reading, book: RuleBook, as_of: date
    ) -> tuple[Intent, Reading] | None:
        """The ask as one for the rules where the day of applying leaves open which text holds.

        What a text asks for today would be told wrongly to somebody who applied before it.
        """
        applied = reading.facts.get("apply.on")
        if applied is None or applied.supposed or intent.follow_up:
            return None
        told = {"apply.on": Remembered(applied.value, applied.said, as_of)}
        rules = asked_together(intent.rules) or tuple(rule.id for rule in book.channels())
        alone = State(facts={**told})
        decided = decide_for(alone, rules, book, as_of=as_of, place=self._home, survey=False)
        asked = decided.verdicts[:1] if intent.rules else decided.verdicts
        if all(verdict.outcome is not Outcome.RULE_UNCERTAIN for verdict in asked):
            return None
        intent = replace(intent, kind=IntentKind.ELIGIBILITY, open=not intent.rules)
        return intent, reading

    def _settles_own_case(
        self, intent: Intent, reading: Reading, words: str, book: RuleBook, as_of: date
    ) -> bool:
        """Whether somebody's own case is told so fully that the rule asked about decides it.

        A verdict shows the clause with each condition: it answers the question of the text as well.
        """
        if intent.follow_up or not self._tells_case(intent, reading, words):
            return False
        facts = {name: remember(fact) for name, fact in reading.facts.items()}
        rules = asked_together(intent.rules)
        alone = State(facts=facts)
        decided = decide_for(alone, rules, book, as_of=as_of, place=self._home, survey=False)
        of_scheme = rules[0].startswith("medical.")
        return decided.settled and (of_scheme or decided.outcome is not Outcome.NOT_APPLICABLE)

    def _settled_by_known(
        self,
        intent: Intent,
        reading: Reading,
        words: str,
        state: State,
        book: RuleBook,
        meant: DayMeant,
    ) -> bool:
        """那能不能先换成你们这儿的居住证: whether what was told already decides the rule now asked about."""
        if intent.kind is not IntentKind.POLICY or intent.follow_up or not intent.rules:
            return False
        rules = asked_together(intent.rules)
        if (
            not state.topic.decides
            or set(rules) & set(state.topic.rules)
            or not asks_whether(words)
        ):
            return False
        if asks_wording(words) or wanted_kinds(words) or asks_otherwise(words):
            return False
        if rules[0].startswith("medical."):
            return False  # what a class gets is asked of the text as well
        if DOCUMENT.search(words) or names_anybody(words):
            return False
        told = {name: remember(fact) for name, fact in reading.facts.items() if not fact.general}
        alone = State(facts={**state.facts, **told})
        decided = decide_for(alone, rules, book, as_of=meant.as_of, place=self._home, survey=False)
        return decided.settled and decided.outcome is not Outcome.NOT_APPLICABLE

    def _tells_case(self, intent: Intent, reading: Reading, words: str) -> bool:
        if tells_own_case(intent, reading, words):
            return True
        somebody = of_somebody(words)
        scheme = tells_scheme_case(intent, reading, of_somebody=somebody)
        return scheme and not asks_otherwise(words) and not wanted_kinds(words)

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
        if of_somebody(words) or not set(facts) <= CLASS_FACTS:
            return False
        if describes_somebody(words, facts):
            return False
        if not intent.rules or names_classes(words):
            return True
        if facts_read_by(intent.rules, book) & set(state.facts):
            return False
        alone = State(facts=facts)
        rules = asked_together(intent.rules)
        decided = decide_for(alone, rules, book, as_of=as_of, place=self._home, survey=False)
        return not decided.settled


def _without_presented(
    presented: Presentation, intent: Intent, reader: ContextReader, as_of: date
) -> tuple[Reading, Intent]:
    """What the writer tells and asks of themselves, beside words that are no telling of theirs."""
    own, asked = reader.read(presented.own, None, as_of)
    if asked.kind.decides and (asked.rules or (asked.open and not intent.rules)):
        return own, asked
    return own, replace(intent, kind=IntentKind.ELIGIBILITY, open=intent.open or not intent.rules)


def _channels(book: RuleBook) -> tuple[str, ...]:
    return tuple(rule.id for rule in book.channels())


def _understood_choice(choice: ChannelChoice, words: str, state: State, as_of: date) -> Understood:
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


_OF_THE_TALK = {
    Act.REMARK: IntentKind.GREETING,
    Act.RECALL: IntentKind.SHOW_UNDERSTOOD,
    Act.RESTART: IntentKind.RESTART,
}


def _understood_talk(act: Act, words: str, state: State) -> Understood:
    """A message about the talk: what was told and asked stays as it is, unless all is forgotten."""
    screened = (
        Screened("chat", words, cause=CLOSING) if act is Act.REMARK else Screened("pass", words)
    )
    return Understood(
        screened, Intent(_OF_THE_TALK[act]), {}, (), False, words, cast=state.topic.cast
    )


def _facts_changed(
    told: Mapping[str, Remembered],
    reading: Reading,
    intent: Intent,
    words: str,
    reader: ContextReader,
    as_of: date,
) -> dict[str, Remembered | None]:
    """The facts that a message tells, and those that it makes forgotten (None)."""
    state = reader.state
    facts: dict[str, Remembered | None] = {**told}
    if "family" in told:
        facts["family"] = completed(told["family"], state)
    if intent.follow_up is FollowUp.FACT:
        joining = reader.joining(words, Intent(IntentKind.OTHER), as_of)
        facts = {**(joining[1] if joining else {}), **facts}
    for name in reading.corrects:
        facts.setdefault(name, None)
    retired, staff = state.facts.get("retired_on"), told.get("staff.kind")
    works = staff is not None and staff.value in {"在职", "在编"}
    if works and retired is not None and str(retired.value) <= as_of.isoformat():
        facts.setdefault("retired_on", None)  # who works has not retired yet
    relative = relative_asked(intent)
    if relative is not None and is_kept(relative):
        facts["family"] = with_relative(state, relative, words, as_of, told.get("family"))
    return facts


def _in_whole_words(
    facts: Mapping[str, Remembered | None], text: str
) -> dict[str, Remembered | None]:
    """The facts with the words shown for each, none of them cut through."""
    return {
        name: fact and replace(fact, said=fact.said and in_whole_words(fact.said, text))
        for name, fact in facts.items()
    }


def _puts_all(reading: Reading, facts: Mapping[str, Remembered | None]) -> bool:
    """Whether what counts of a message was said as an if."""
    counted = [reading.facts[name] for name in facts if name in reading.facts]
    return bool(counted) and any(fact.supposed for fact in counted)


def _cast_returned_to(
    cast: Cast, intent: Intent, reading: Reading, words: str, state: State, book: RuleBook
) -> Cast:
    """回到租房这个: whoever that was about, where the message names nobody else."""
    returned = returned_to(intent, state, tuple(reading.facts), words, book)
    if returned is None or cast.whose != state.whose or names_anybody(words):
        return cast
    return returned.cast


def _leans(intent: Intent, facts: Mapping[str, object], state: State) -> bool:
    """Whether a message goes on with what the rules decide: that is ours to answer."""
    goes_on = intent.follow_up is not None or (bool(facts) and intent.kind.replies)
    return state.topic.decides and goes_on and intent.follow_up is not FollowUp.PLACE


def _supposes_unread(intent: Intent, words: str, state: State) -> bool:
    """要是我把房子卖了呢, of which nothing was read: the verdict may not be said again to it."""
    if not state.topic.decides or not intent.kind.decides or intent.follow_up is not None:
        return False
    return not intent.surely and supposes(words) and not asks_again(words)


_TEXTS = frozenset({IntentKind.POLICY, IntentKind.COMPARISON, IntentKind.PROCEDURE})


def _tells_amid(intent: Intent, words: str, state: State) -> bool:
    """Whether a message amid a case only tells something, though it is worded like an ask of a text."""
    if intent.follow_up is not None or intent.kind not in _TEXTS:
        return False
    return state.topic.decides and only_states(words)


def _let_pass(
    screened: Screened, intent: Intent, facts: Mapping[str, object], state: State
) -> Screened:
    """What was screened, let through where it replies to us: 好的, and answers to a question."""
    replies = intent.kind.replies and screened.outcome == "chat"
    answers = bool(state.asked and facts) and screened.outcome != "refuse"
    beside = screened.reason in {"out_of_scope", "account_data"} and state.topic.decides
    tells = intent.kind.replies or intent.kind is IntentKind.OTHER or intent.follow_up is not None
    if beside and facts and tells:
        return replace(screened, outcome="pass", reason=None)
    if intent.kind is IntentKind.GREETING and screened.outcome == "pass":
        return replace(screened, outcome="chat")
    return replace(screened, outcome="pass") if replies or answers else screened
