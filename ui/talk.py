"""The conversation on the page: turns, and how a tap, a correction or a sentence becomes one."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from assistant.schemas import Answer, Answered, Delta, RuleFact, Stage, StageName
from ui.client import Ask, ConversationGoneError, ServiceClient, ServiceProblemError, checked_day
from ui.facts import fact_value, in_words, spoken_reply
from ui.markup import days_in_words

GONE = "之前的对话已经找不到了（可能已过期），已重新开始。前面说过的情况请再说一遍。"
CORRECTION = "更正我的情况"
"""Sent with facts that were edited: it names no fact, so that the edit alone counts."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, with its answer, or what went wrong, or neither yet.

    Until then `stage` says what is being done and `drafted` is the text so far. `prompt` is the
    question that the message answers; `began_anew` says that the service had forgotten what came
    before; `facts` describe the answer's facts and questions; `today` is the service's day.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None
    prompt: str | None = None
    began_anew: str | None = None
    facts: Mapping[str, RuleFact] = field(default_factory=dict, hash=False)
    stage: StageName | None = None
    drafted: str = ""
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What the person did: `shown` as the turn's heading, the rest as it is sent.

    `as_of` outranks the day that is set for the page.
    """

    shown: str
    sent: str
    prompt: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    as_of: str | None = None

    @property
    def stands_alone(self) -> bool:
        """Whether it can be asked without what came before."""
        return self.prompt is None and not self.facts and self.as_of is None


def typed(words: str) -> Message:
    """A sentence that was typed, or an example."""
    return Message(words, words)


def tapped(act: Mapping[str, str], turns: Sequence[Turn]) -> Message:
    """What was typed or tapped, as sent by the page; raises ServiceProblemError for what it cannot take."""
    latest = latest_answered(turns)
    name, written = act.get("fact", ""), act.get("value", "")
    if act.get("act") in {"ask", "example"}:
        if not written.strip():
            raise ServiceProblemError("请先写下问题，再提问。")
        return typed(written.strip())
    if latest is None or latest.answer is None:
        raise ServiceProblemError("这一页已经过期，请重新提问。")
    if act.get("act") == "day":
        return _another_day(written)
    described = latest.facts.get(name)
    if act.get("act") == "reply":
        question = next((q for q in latest.answer.questions if q.fact == name), None)
        if question is None:
            raise ServiceProblemError("这个问题已经过去了，请按最新的问题回答。")
        offered = written in (*(question.choices or ()), "不清楚")
        words = written if offered else spoken_reply(written, question.type, described)
        return Message(words, words, prompt=question.text)
    known = latest.answer.facts.get(name)
    if known is None:
        raise ServiceProblemError("这项情况已经不在了，请看最新的「我了解到的情况」。")
    if act.get("act") == "forget" or described is None:
        gone = described.label if described else known.said or in_words(known.value, None)
        return Message(f"删去「{gone}」", CORRECTION, facts={name: None})
    value = fact_value(written, described)
    shown = f"更正「{described.label}」：{in_words(value, described)}"
    return Message(shown, CORRECTION, facts={name: value})


def _another_day(written: str) -> Message:
    """The latest question, asked again of another day; raises ServiceProblemError."""
    day = checked_day(written)
    if day is None:
        raise ServiceProblemError("请先选一个日期，再确定。")
    words = days_in_words(day)
    return Message(f"换成{words}的规定看", f"那{words}呢？", as_of=day)


def latest_answered(turns: Sequence[Turn]) -> Turn | None:
    """The last turn that got an answer, unless its conversation is gone since."""
    for turn in reversed(turns):
        if turn.answer is not None:
            return turn
        if turn.began_anew is not None:
            return None
    return None


def conversation_of(turns: Sequence[Turn]) -> str | None:
    """The conversation that the next message continues."""
    latest = latest_answered(turns)
    return latest.answer.conversation_id if latest and latest.answer else None


def waiting(message: Message) -> Turn:
    """The turn as it is shown until its answer is there."""
    return Turn(message.shown, prompt=message.prompt)


async def answering(
    client: ServiceClient,
    message: Message,
    turns: Sequence[Turn],
    as_of: str = "",
    place: str = "",
    visitor: str | None = None,
) -> AsyncIterator[Turn]:
    """The turn as it comes about; last with its answer, or with what to tell the person."""
    turn = waiting(message)
    try:
        ask = Ask(
            message.sent,
            conversation_of(turns),
            message.as_of or checked_day(as_of),
            place.strip() or None,
            message.facts,
            visitor,
        )
        async for step in _asked(client, ask, turn):
            yield step
    except ConversationGoneError:
        async for step in _anew(client, message, replace(ask, conversation_id=None)):
            yield step
    except ServiceProblemError as problem:
        yield replace(turn, problem=problem.message)


async def _asked(client: ServiceClient, ask: Ask, turn: Turn) -> AsyncIterator[Turn]:
    async for event in client.ask(ask):
        match event:
            case Stage(stage=stage):
                turn = replace(turn, stage=stage)
            case Delta(text=text):
                turn = replace(turn, drafted=turn.drafted + text)
            case Answered(answer=answer):
                needed = frozenset(answer.facts) | {question.fact for question in answer.questions}
                corpus = await client.corpus()
                turn = replace(
                    turn,
                    answer=answer,
                    facts=await client.facts(needed),
                    today=corpus.today if corpus else None,
                )
        yield turn


async def _anew(client: ServiceClient, message: Message, ask: Ask) -> AsyncIterator[Turn]:
    """Begin a new conversation; a bare 是 or a correction has no meaning in one."""
    turn = replace(waiting(message), began_anew=GONE)
    if not message.stands_alone:
        yield replace(turn, problem=GONE)
        return
    try:
        async for step in _asked(client, ask, turn):
            yield step
    except ServiceProblemError as problem:
        yield replace(turn, problem=problem.message)
