"""What a message comes to: its intent, its facts and its rules, in the light of the conversation."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from assistant.answering.not_ours import screened_again
from assistant.answering.particulars import wanted_kinds
from assistant.answering.pipeline import Pipeline
from assistant.answering.presented import Presentation
from assistant.answering.screening import Screened, asks, screen
from assistant.clauses import Place
from assistant.dialogue.elicitation import CHANNEL, ChannelChoice, Channels
from assistant.dialogue.model import Cast, FollowUp, Intent, IntentKind, Reading
from assistant.dialogue.reading.by_sound import taken_back
from assistant.dialogue.reading.echoes import without_echo
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.saying import in_whole_words
from assistant.dialogue.state import Remembered, State
from assistant.dialogue.understanding.amid import resumed
from assistant.dialogue.understanding.closing import takes_ground, without_remarks
from assistant.dialogue.understanding.context import ContextReader
from assistant.dialogue.understanding.day_meant import DayMeant, day_meant
from assistant.dialogue.understanding.dialogue_acts import Act
from assistant.dialogue.understanding.doubting import doubted_by
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
from assistant.dialogue.understanding.moving_out import wants_out
from assistant.dialogue.understanding.openings import opens_account
from assistant.dialogue.understanding.own_case import asks_of_case
from assistant.dialogue.understanding.own_words import without_own_data, without_presented
from assistant.dialogue.understanding.persons import names_anybody
from assistant.dialogue.understanding.question_words import DOCUMENT, only_states
from assistant.dialogue.understanding.reports import as_found_out
from assistant.dialogue.understanding.rules_asked import (
    facts_read_by,
    left_aside,
    returned_to,
    topic_of,
)
from assistant.dialogue.understanding.schemes import (
    of_any_scheme,
    of_employer,
)
from assistant.dialogue.understanding.settling import Settling
from assistant.dialogue.understanding.several import besides_of
from assistant.dialogue.understanding.supposing import goes_back, puts_case
from assistant.dialogue.understanding.talk_acts import act_of, asking_again
from assistant.dialogue.understanding.understood import (
    OF_THE_TALK,
    Understood,
    understood_choice,
    understood_talk,
)
from assistant.dialogue.understanding.wanted import (
    only_tells,
    wanted,
)
from assistant.dialogue.understanding.whole_question import whole_question
from assistant.retrieval import Searcher
from assistant.rules import RuleBook
from assistant.schemas import AskRequest

_SUM_ASKED = re.compile("几[百千万](?:块|元)?|多少钱|补(?:贴|几|多少)|奖(?:励|金)")
"""What settling itself never gives."""
_SURELY_OF_A_CASE = 0.75  # likelihood
_OF_PUBLIC = frozenset({"在编", "保留事业身份"})
_APPLIES = re.compile("我|申请|办|递|提交|去")
"""What somebody does on a day, and no text."""


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
        said, screened = self._screened(text, state, today)
        presented, personal = self._presented(screened, state, book, request, today)
        if presented is not None and not personal and not state.asked:
            return self._of_presented(screened, presented, state, request, today)
        words = without_own_data(screened.text or text) or text
        if screened.outcome == "pass" and wants_out(words):
            asked_of_text = self._of_text(screened, words, state, names_place=False)
            return replace(asked_of_text, anew=True)
        words, echoed = _words_that_count(words, state, book)
        named = self._pipeline.read(words, today, request.as_of, None)
        meant = day_meant(words, named, state, book, given=request.as_of, today=today)
        choice = self._chosen(words, state)
        if choice is not None:
            return understood_choice(choice, words, state, meant.as_of)
        asked = meant.answers or echoed or next((n for n in state.asked if n != CHANNEL), None)
        reader = ContextReader(state, book, self._surroundings)
        taken_up = resumed(words, asked, reader, meant.as_of)
        if taken_up is not state:
            state, reader = taken_up, replace(reader, state=taken_up)
            meant = day_meant(words, named, state, book, given=request.as_of, today=today)
        reading, intent = reader.read(words, asked, meant.as_of)
        forged = screened
        if presented is not None:
            screened = replace(screened, outcome="pass", reason=None, cause="")
            reading, intent = without_presented(presented, intent, reader, meant.as_of)
            words = presented.own or words
        act = act_of(words, reading, intent, state, said)
        if act in OF_THE_TALK:
            return understood_talk(act, words, state)
        if act is Act.AGAIN:
            reading, intent = Reading(), asking_again(state)
        if reading.facts and not asks(text) and screened.reason != "unsafe":
            screened = said  # who only tells how it stands asks for nobody's record
        meant, reading, intent = _on_day(meant, reading, intent, words, asked, reader)
        heard = reading
        settling = Settling(book, self._home, meant.as_of)
        intent, reading = _rules_or_text(intent, reading, words, state, book, settling)
        told = facts_told(intent, reading, state)
        if not opens_account(words, state) and settling.is_general(intent, told, words, state):
            intent, told = replace(intent, kind=IntentKind.POLICY, open=False), {}
        cast = reader.cast_after(reading, intent)
        cast = _cast_returned_to(cast, intent, reading, words, state, book)
        facts = _facts_changed(told, reading, intent, words, reader, meant.as_of)
        if not told and _supposes_unread(intent, words, state):
            intent = Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        rules, is_open = topic_of(intent, state, tuple(facts), words, book)
        if presented is not None and not (intent.kind.decides and (rules or is_open)):
            return self._of_presented(forged, presented, state, request, today)
        rules = _of_their_scheme(rules, intent, facts, cast, state)
        if "employer.kind" in told and "contribution.scheme" in state.facts:
            facts.setdefault("contribution.scheme", None)  # told of the employer before
        own_case = state.topic.decides and cast.whose == state.whose
        read = tuple(facts_read_by(state.topic.rules or _channels(book), book))
        puts = puts_case(intent, words, frozenset(facts), state) or _puts_all(reading, facts)
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
            doubted=doubted_by(words, intent, facts, state, read) if own_case else (),
            supposes=puts and not goes_back(words),
            goes_back=state.told is not None and goes_back(words),
        )

    def _screened(self, text: str, state: State, today: date) -> tuple[Screened, Screened]:
        """What screening makes of a message: by its words alone, and where a talk may begin."""
        said = screen(text)
        if said.outcome == "chat" and state.topic.decides and takes_ground(text):
            said = replace(said, outcome="pass")  # 谢谢，其实房子是我爸的
        screened = said
        if not state.asked and (asks(text) or not state.topic.question):
            screened = screened_again(screened, opens=not state.topic.question)
        return said, self._pipeline.verified(screened, today)

    def _presented(
        self,
        screened: Screened,
        state: State,
        book: RuleBook,
        request: AskRequest,
        today: date,
    ) -> tuple[Presentation | None, bool]:
        """What a message presents as official, and whether beside it somebody's case is asked or told.

        Nothing where it is reported rightly beside a case, or by the way: the whole is read as it is.
        """
        found = screened.presented
        if found is None or found.presentation is None:
            return None, False
        presented = found.presentation
        personal = presented.asks_own
        if found.held is None and not personal and not presented.pasted[0].strict:
            reader = ContextReader(state, book, self._surroundings)
            reading, _ = reader.read(presented.own, None, request.as_of or today)
            personal = bool(reading.facts)
        by_the_way = found.in_gist and (personal or not presented.asks_genuine)
        return (None, False) if by_the_way else (presented, personal)

    def _of_presented(
        self,
        screened: Screened,
        presented: Presentation,
        state: State,
        request: AskRequest,
        today: date,
    ) -> Understood:
        """A message that asks of words presented as official, and of nobody's case."""
        own = self._pipeline.read(presented.rest, today, request.as_of, None)
        return self._of_text(screened, screened.text, state, names_place=own.names_place)

    def _of_text(
        self, screened: Screened, question: str, state: State, *, names_place: bool
    ) -> Understood:
        """A message that a text answers, and that tells nothing of anybody's case."""
        return Understood(
            screened,
            Intent(IntentKind.POLICY),
            {},
            (),
            False,
            question,
            names_place=names_place,
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


def _words_that_count(text: str, state: State, book: RuleBook) -> tuple[str, str | None]:
    """A message without what belongs to no question, and the fact whose question it repeats."""
    words, echoed = without_echo(text, state.asked, book.facts)
    if state.topic.question:
        words = as_found_out(without_remarks(words, asked=bool(state.asked)))
    return words, echoed


def _on_day(
    meant: DayMeant,
    reading: Reading,
    intent: Intent,
    words: str,
    asked: str | None,
    reader: ContextReader,
) -> tuple[DayMeant, Reading, Intent]:
    """A message on the day that it means: the one talked about, or another of the same case."""
    state = reader.state
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
    return meant, reading, intent


def _rules_or_text(
    intent: Intent, reading: Reading, words: str, state: State, book: RuleBook, settling: Settling
) -> tuple[Intent, Reading]:
    """The ask, once the facts are known: put to the rules where they settle it, or to the text."""
    between = settling.between_texts(intent, reading)
    if between is not None:
        return between
    told_case = reading
    intent, reading = wanted(intent, reading, words, state, book)
    if settling.settles_own_case(intent, told_case, words):
        return replace(intent, kind=IntentKind.ELIGIBILITY, open=False), told_case
    if settling.settled_by_known(intent, reading, words, state):
        intent = replace(intent, kind=IntentKind.ELIGIBILITY, open=False)
    if _asks_of_own_case(intent, words, state):
        return replace(intent, kind=IntentKind.ELIGIBILITY, open=False), told_case
    return intent, reading


def _asks_of_own_case(intent: Intent, words: str, state: State) -> bool:
    """Whether a question that could be one to the text most likely asks where somebody stands."""
    fresh = not (state.topic.decides or state.asked or intent.follow_up)
    unclear = intent.kind.asks_text or intent.kind is IntentKind.OTHER
    to_text = unclear and bool(intent.rules) and not DOCUMENT.search(words)
    if not (fresh and to_text) or wanted_kinds(words):
        return False
    if not intent.rules[0].startswith("settle."):
        return False  # an employer's plan, a class of people, or a permit named by the way
    return _SUM_ASKED.search(words) is None and asks_of_case(words) >= _SURELY_OF_A_CASE


def _of_their_scheme(
    rules: tuple[str, ...],
    intent: Intent,
    facts: Mapping[str, Remembered | None],
    cast: Cast,
    state: State,
) -> tuple[str, ...]:
    """The rules of the scheme that the employer of whoever is spoken of takes part in."""
    employer, staff = facts.get("employer.kind"), facts.get("staff.kind")
    if intent.follow_up is FollowUp.CASE and employer is None and cast.whose != state.whose:
        rules = of_any_scheme(rules)
    own = state.facts if cast.whose == state.whose else state.cases.get(cast.whose, {})
    known = employer or own.get("employer.kind")
    if known is None and staff is not None and staff.value in _OF_PUBLIC and len(rules) > 1:
        return of_employer(rules, "机关")  # only public bodies have an establishment
    if known is not None and (rules == state.topic.rules or len(rules) > 1):
        return of_employer(rules, known.value)
    return rules


def _channels(book: RuleBook) -> tuple[str, ...]:
    return tuple(rule.id for rule in book.channels())


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
