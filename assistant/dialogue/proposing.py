"""What a language model thinks a person meant, put to the person: it counts only after 是 (D6).

A proposed fact needs words that the person wrote and that our own reader makes nothing of; a
proposed question may use only what the person said and our official terms, and must be one that
we can answer. Neither is more than a question back.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answering.grounding import (
    Support,
    Terms,
    adds_circumstances,
    coverage_reasons,
    foreign_reasons,
    reads_as_decision,
)
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.state import Proposal, Remembered, State, plain
from assistant.errors import FactError
from assistant.rules import Fact, FactDictionary
from assistant.schemas import PROPOSAL, AskRequest, Question

_YES = re.compile(
    r"(?:是的?|对的?|对啊|嗯+|没错|正是|就是)[,，。!！]?(?:我?(?:就)?是?这个意思|就是这样|没错|的)?[。!！]?"
    r"|我?(?:就)?是这个意思[。!！]?"
)
_BARE = re.compile(r"(?:是的?|对的?|对啊|嗯+|没错|正是)[。!！]?")
_NO = re.compile(r"(?:不是的?|不对|没有)?[,，。]?我?(?:不是|没有?)这个意思[。!！]?")
_BARE_NO = re.compile(r"(?:不是的?|不对|都不是)[。!！]?")
YES_MEANT, NOT_MEANT = "是这个意思", "不是这个意思"
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_WORDS = 40
_LONGEST_QUESTION = 40


@dataclass(frozen=True, slots=True)
class Reader:
    """How our own reader reads words: what a proposal is held against."""

    dictionary: FactDictionary
    surroundings: Surroundings
    as_of: date

    def facts(self, words: str, asked: str | None = None) -> Mapping[str, Any]:
        """The facts that the words state, as plain values."""
        reading = read_facts(
            words,
            as_of=self.as_of,
            dictionary=self.dictionary,
            surroundings=self.surroundings,
            asked=asked,
        )
        return {name: plain(value) for name, value in reading.stated().items()}


def proposed_fact(
    raw: Mapping[str, Any], message: str, wanted: Iterable[str], state: State, reader: Reader
) -> Proposal | None:
    """The fact that a model read, where it may be put to the person."""
    name, words = raw.get("fact"), raw.get("words")
    if not isinstance(name, str) or not isinstance(words, str) or name not in set(wanted):
        return None
    words = words.strip()
    if words not in message or not _HAN.search(words) or not 2 <= len(words) <= _LONGEST_WORDS:
        return None
    known = state.facts.get(name)
    if known is not None and known.value is not None:
        return None
    try:
        value = plain(reader.dictionary.parse(name, raw.get("value")))
        reader.dictionary.read({**state.stated(), name: value}, reader.as_of)
    except (FactError, TypeError, ValueError):
        return None
    read = {**reader.facts(words), **reader.facts(words, asked=name)}
    if read and read.get(name) != value:
        return None  # the words already mean something to us, and it is not this
    return Proposal(fact=name, value=value, said=words)


def proposed_question(
    raw: Mapping[str, Any],
    message: str,
    terms: Terms,
    answerable: Callable[[str], bool],
) -> Proposal | None:
    """The question that a model made of an odd one, where it may be put to the person."""
    question = raw.get("question")
    if not isinstance(question, str):
        return None
    question = question.strip()
    if not 4 <= len(question) <= _LONGEST_QUESTION or question == message:
        return None
    said = Support((message, *terms.words))
    if foreign_reasons(question, said) or coverage_reasons(question, said):
        return None
    if adds_circumstances(question, message):
        return None
    if reads_as_decision(question) or not answerable(question):
        return None
    return Proposal(question=question)


def question_of(proposal: Proposal, facts: FactDictionary) -> Question:
    """The proposal as a question that the person can tap an answer to."""
    if proposal.question:
        text = f"您是想问「{proposal.question}」吗？"
    else:
        fact = facts[proposal.fact]
        meant = f"{fact.label}：{_shown(proposal.value, fact)}"
        text = f"您说的「{proposal.said}」是指「{meant}」吗？"
    return Question(fact=PROPOSAL, text=text, type="enum", choices=[YES_MEANT, NOT_MEANT])


def asks(question: Question) -> str:
    """The same, for whoever has nothing to tap."""
    return f"{question.text}是的话，请回答「{YES_MEANT}」。"


def confirmed(message: str, state: State, facts: FactDictionary) -> Proposal | None:
    """The open proposal, where the message says 是 to it and not to a question of ours."""
    return _settled(message, state, facts, _YES, _BARE)


def declined(message: str, state: State, facts: FactDictionary) -> Proposal | None:
    """The open proposal, where the message says 不是 to it and not to a question of ours."""
    if _BARE_NO.fullmatch(message.strip()):
        return _settled(message, state, facts, _BARE_NO, _BARE_NO)
    return _settled(message, state, facts, _NO, _BARE_NO)


def _settled(
    message: str,
    state: State,
    facts: FactDictionary,
    says: re.Pattern[str],
    bare: re.Pattern[str],
) -> Proposal | None:
    """The open proposal, where the message says so; a bare word goes to a question of ours first."""
    if state.proposed is None or not says.fullmatch(message.strip()):
        return None
    ours = any(name in facts and _takes_yes(facts[name]) for name in state.asked)
    return None if bare.fullmatch(message.strip()) and ours else state.proposed


def with_proposal(
    proposal: Proposal, request: AskRequest, state: State, on: date
) -> tuple[str, dict[str, Remembered | None], State]:
    """What is taken as said once a proposal is confirmed: the message, its facts, the state."""
    state = replace(state, proposed=None)
    if proposal.question:
        return proposal.question, {}, state
    told: dict[str, Remembered | None] = {
        proposal.fact: Remembered(proposal.value, proposal.said, request.as_of or on)
    }
    return state.topic.question or proposal.said, told, state


def wanted_of(names: Sequence[str], facts: FactDictionary) -> list[tuple[str, str, Sequence[str]]]:
    """What a model is told of the facts that are missing: name, label, choices."""
    return [(n, facts[n].label, facts[n].choices or ()) for n in names if n in facts]


def _takes_yes(fact: Fact) -> bool:
    return fact.type.value == "boolean"


def _shown(value: Any, fact: Fact) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value}{fact.unit or ''}"
