"""What a message comes to: what it says, what it wants, and which rules it is about."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.pipeline import Pipeline
from assistant.answering.screening import Screened, screen
from assistant.dialogue.elicitation import CHANNEL, Channels
from assistant.dialogue.facts import read_facts
from assistant.dialogue.intent import read_intent
from assistant.dialogue.model import FollowUp, Intent, IntentKind, Reading
from assistant.dialogue.places import Surroundings
from assistant.dialogue.replies import read_reply
from assistant.dialogue.state import Remembered, State, Topic, remember
from assistant.retrieval import Searcher
from assistant.rules import RuleBook
from assistant.schemas import AskRequest

_DECIDES = frozenset({IntentKind.ELIGIBILITY, IntentKind.AMOUNT})
_SHORT = 16  # a question this short and without a subject leans on what came before
_ENOUGH_TOLD = 2
_ASKS_TEXT = frozenset({IntentKind.POLICY, IntentKind.PROCEDURE})
_ASKS_WORDING = re.compile(
    r"哪些|什么(?!时候)|怎么|如何|规定|材料|要不要|需不需要|是否需要|依据|文件|通知|解读|征求意见|第.{1,3}条|区别|变化|为什么|"
    r"标准|百分之|多长时间|多久|几个月|几年|要看|合并|互认|按办法"
)
_OF_SOMEBODY = re.compile(
    r"我|俺|咱|本人|侬|阿拉|老公|老婆|爱人|媳妇|他|她|我们|单位(?:是|没)|\d{2}岁|[一二三四五六七八九]十[一二三四五六七八九]?岁"
)
_ASKS_WHETHER = re.compile(
    r"够|行|成[吗不么]|中[不吗么]|可以|能|符合|差不差|差多少|差啥|啥时候|什么时候|最早|[吗么不伐？?]$|落户吧|了吧"
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


class Listener:
    """Understands messages against what the conversation remembers."""

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        pipeline: Pipeline,
        channels: Channels,
        surroundings: Surroundings,
    ) -> None:
        self._searcher = searcher
        self._pipeline = pipeline
        self._channels = channels
        self._surroundings = surroundings

    def understand(
        self, text: str, state: State, book: RuleBook, request: AskRequest, today: date
    ) -> Understood:
        """What `text` comes to in a conversation that remembers `state`."""
        screened = screen(text)
        words = screened.text or text
        named = self._pipeline.read(words, today, request.as_of, None)
        as_of = named.as_of if named.other_day else request.as_of or state.as_of or today
        choice = self._channels.chosen(words) if CHANNEL in state.asked else None
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
        asked = next((n for n in state.asked if n != CHANNEL), None)
        reading, intent = self._read(words, state, book, asked, as_of)
        intent = _sharpened(intent, reading, words, book)
        facts: dict[str, Remembered | None] = {
            n: remember(f)
            for n, f in reading.facts.items()
            if not f.supposed or intent.kind in _DECIDES
        }
        for name in reading.corrects:
            facts.setdefault(name, None)
        person = _relative(intent) if intent.follow_up is FollowUp.PERSON else None
        if person is not None:
            facts["family"] = _with_relative(state, person, words, as_of)
        rules, is_open = self._topic_of(intent, state, bool(facts))
        question = self._filled_in(words, intent, state, book)
        if intent.kind in {IntentKind.ANSWER, IntentKind.CORRECTION} and screened.outcome == "chat":
            screened = replace(screened, outcome="pass")
        if state.asked and facts and screened.outcome != "refuse":
            screened = replace(screened, outcome="pass")
        fresh = (
            intent.follow_up is FollowUp.PLACE
            or not (rules or is_open)
            or (intent.kind in _DECIDES and intent.follow_up is None)
        )
        return Understood(screened, intent, facts, rules, is_open, question, fresh, person)

    def _filled_in(self, words: str, intent: Intent, state: State, book: RuleBook) -> str:
        """The message as a question of its own: what an ellipsis leaves out is put in."""
        topic = state.topic
        if intent.follow_up in {FollowUp.DAY, FollowUp.PLACE} and topic.question:
            return topic.question
        if intent.follow_up is FollowUp.ITEM and intent.item is not None:
            return self._item(words, intent.item, topic, book)
        lacks_subject = not intent.rules and len(words) <= _SHORT and intent.kind in _ASKS_TEXT
        about = topic.rules or topic.about
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
        about = asked or (earlier[0] if leaning and earlier else None)
        if about is None or (intent.kind in _DECIDES and not leaning):
            return reading, intent
        reply = read_reply(
            text,
            book.facts[about],
            as_of=as_of,
            dictionary=book.facts,
            surroundings=self._surroundings,
            earlier=earlier,
        )
        return (reply if reply.facts or reply.corrects else reading), intent

    def _topic_of(
        self, intent: Intent, state: State, has_facts: bool
    ) -> tuple[tuple[str, ...], bool]:
        """Which rules a message is about; replies and ellipses stay with the topic."""
        follows = {FollowUp.DAY, FollowUp.PLACE, FollowUp.FACT, FollowUp.PERSON}
        stays = intent.kind in {IntentKind.ANSWER, IntentKind.CORRECTION} or (
            intent.follow_up in follows and state.topic.decides
        )
        if intent.kind in _DECIDES and not intent.follow_up and (intent.rules or intent.open):
            return asked_together(intent.rules), intent.open
        if stays and state.topic.decides:
            return state.topic.rules, state.topic.open
        tells = intent.kind in {IntentKind.OTHER, IntentKind.ANSWER, IntentKind.CORRECTION}
        if tells and has_facts and intent.follow_up is None:
            if state.topic.decides:
                return state.topic.rules, state.topic.open
            return asked_together(intent.rules or state.topic.about), False
        if intent.kind in _DECIDES:
            return asked_together(intent.rules), intent.open or not intent.rules
        return (), False


def _sharpened(intent: Intent, reading: Reading, words: str, book: RuleBook) -> Intent:
    """A message that states what a rule asks for, and asks no text, wants the rule applied."""
    if intent.follow_up or not intent.rules:
        return intent
    asks_wording = _ASKS_WORDING.search(words) is not None
    if intent.kind in _DECIDES and asks_wording and not _OF_SOMEBODY.search(words):
        return replace(intent, kind=IntentKind.POLICY, open=False)
    if asks_wording or intent.kind not in _ASKS_TEXT | {IntentKind.OTHER}:
        return intent
    wanted = {fact.name for fact in book.rule(intent.rules[0]).facts()}
    stated = {book.facts[n].start_of or n for n in reading.facts if n in book.facts}
    told = len(stated & wanted)
    if told >= _ENOUGH_TOLD or (told and _ASKS_WHETHER.search(words)):
        return replace(intent, kind=IntentKind.ELIGIBILITY)
    return intent


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
