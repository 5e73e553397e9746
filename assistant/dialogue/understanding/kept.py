"""Which of the facts that a message tells are kept, and which it makes forgotten."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.dialogue.model import FollowUp, Intent, IntentKind, Reading, SaidFact
from assistant.dialogue.state import Remembered, State, remember

_RELATIVES: Mapping[str, str] = {
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
_ASKS_ALONG = re.compile(
    r"(?:能|可以|可不可以|行不行)[^，。？]{0,10}(?:带|一起|一块|一道|一同|随|跟着?我|跟过来|同迁)"
    r"|(?:带|一起|一块|一道|一同|随迁|跟着|跟我)[^，。？]{0,10}(?:能|可以|吗|行不|行吗|[落迁]不)"
)


def facts_told(intent: Intent, reading: Reading, state: State) -> dict[str, Remembered]:
    """The facts to keep: none of a mere day or place, and no supposition of a general question."""
    if intent.follow_up in {FollowUp.DAY, FollowUp.PLACE}:
        return {}
    return {n: remember(f) for n, f in reading.facts.items() if _counts(f, intent, state)}


def _counts(fact: SaidFact, intent: Intent, state: State) -> bool:
    """An if counts only where it changes a fact of what was asked before: 如果是七个月呢."""
    if fact.supposed:
        leans = intent.follow_up is FollowUp.FACT or intent.kind is IntentKind.ANSWER
        return leans and bool(state.topic.rules or state.topic.about or state.asked)
    return not fact.general or intent.kind.decides


def relative_asked(intent: Intent) -> str | None:
    """Whom 那我老婆呢 asks about, as the rules call them; None where nobody is."""
    if intent.follow_up is not FollowUp.PERSON:
        return None
    return _RELATIVES.get(intent.applicant)


def family_asked(
    intent: Intent, words: str, told: Mapping[str, Remembered | None]
) -> tuple[Mapping[str, Any], ...]:
    """The relatives of whom it is asked whether they may move along: 老婆孩子能一起迁吗."""
    relative = relative_asked(intent)
    if relative is not None:
        return ({"relation": relative},)
    family = told.get("family")
    if family is None or not isinstance(family.value, list) or not _ASKS_ALONG.search(words):
        return ()
    return tuple(family.value)


def with_relative(state: State, relation: str, said: str, on: date) -> Remembered:
    """The family remembered, with one who stands in this relation."""
    known = state.facts.get("family")
    others = [m for m in (known.value if known else None) or [] if m.get("relation") != relation]
    return Remembered([*others, {"relation": relation}], said, on)
