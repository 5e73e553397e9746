"""The conversation on the page: turns, and how a tap, a correction or a sentence becomes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.schemas import Answer, RuleFact
from ui.client import Ask, ConversationGoneError, ServiceClient, ServiceProblemError, checked_day
from ui.facts import fact_value, in_words, spoken_reply

GONE = "之前的对话已经找不到了（可能已过期），已重新开始。前面说过的情况请再说一遍。"
CORRECTION = "更正我的情况"
"""Sent with facts that were edited: it names no fact, so that the edit alone counts."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, with its answer, or what went wrong, or neither yet.

    `prompt` is the question that the message answers; `began_anew` says that the service had
    forgotten what came before; `facts` describe the answer's facts and questions.
    """

    question: str
    answer: Answer | None = None
    problem: str | None = None
    prompt: str | None = None
    began_anew: str | None = None
    facts: Mapping[str, RuleFact] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Message:
    """What the person did: `shown` as the turn's heading, the rest as it is sent."""

    shown: str
    sent: str
    prompt: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def stands_alone(self) -> bool:
        """Whether it can be asked without what came before."""
        return self.prompt is None and not self.facts


def typed(words: str) -> Message:
    """A sentence that was typed, or an example."""
    return Message(words, words)


def tapped(act: Mapping[str, str], turns: Sequence[Turn]) -> Message:
    """A control of the latest answer; raises ServiceProblemError for a value it cannot take."""
    latest = latest_answered(turns)
    name, written = act.get("fact", ""), act.get("value", "")
    if latest is None or latest.answer is None:
        raise ServiceProblemError("这一页已经过期，请重新提问。")
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


async def answered(
    client: ServiceClient,
    message: Message,
    turns: Sequence[Turn],
    as_of: str = "",
    place: str = "",
) -> Turn:
    """The turn with its answer, or with what to tell the person instead."""
    turn = waiting(message)
    try:
        ask = Ask(
            message.sent,
            conversation_of(turns),
            checked_day(as_of),
            place.strip() or None,
            message.facts,
        )
        return await _asked(client, ask, turn)
    except ConversationGoneError:
        return await _anew(client, message, replace(ask, conversation_id=None), turn)
    except ServiceProblemError as problem:
        return replace(turn, problem=problem.message)


async def _asked(client: ServiceClient, ask: Ask, turn: Turn) -> Turn:
    answer = await client.ask(ask)
    needed = frozenset(answer.facts) | {question.fact for question in answer.questions}
    return replace(turn, answer=answer, facts=await client.facts(needed))


async def _anew(client: ServiceClient, message: Message, ask: Ask, turn: Turn) -> Turn:
    """Begin a new conversation; a bare 是 or a correction has no meaning in one."""
    if not message.stands_alone:
        return replace(turn, problem=GONE, began_anew=GONE)
    try:
        return await _asked(client, ask, replace(turn, began_anew=GONE))
    except ServiceProblemError as problem:
        return replace(turn, problem=problem.message)
