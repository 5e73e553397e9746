"""Which of the facts that a message tells are kept, and which it makes forgotten."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.dialogue.model import (
    APPLICANT,
    Cast,
    FollowUp,
    Intent,
    IntentKind,
    Reading,
    SaidFact,
    person_of,
)
from assistant.dialogue.reading.between import relation_between
from assistant.dialogue.reading.people import NODES
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
    "兄弟": "兄弟姐妹",
    "姐妹": "兄弟姐妹",
    "兄弟姐妹": "兄弟姐妹",
    **dict.fromkeys(
        ("岳父母", "岳父", "岳母", "公婆", "公公", "婆婆", "儿媳", "女婿", "祖父母", "孙子女"),
        "其他",
    ),
}
_NOBODY = frozenset({APPLICANT, "旁人", "被投靠人"})
_KEPT = frozenset({"配偶", "父母", "子女"})
"""Relatives who may move along somewhere, and are kept in mind for it."""
_ASKS_ALONG = re.compile(
    r"(?:全家|一家|家里人|都|一并|一道)[^，。？]{0,6}(?:能|可以)?[^，。？]{0,4}(?:迁|落|办)(?:得了|过来|进来)?(?:吗|么|不|吧|嘛|[？?])"
    r"|^(?:那|再|还有|还想|我想|我要|，)*(?:带上|带着|加上)[^，。？]{1,8}(?:呢|行吗|可以吗|。|$)"
    r"|(?:能|可以|可不可以|行不行)[^，。？]{0,10}(?:带|一起|一块|一道|一同|随|跟着?[我他她]|跟过来|同迁)"
    r"|(?:带|一起|一块|一道|一同|随迁|跟着|跟我)[^，。？]{0,10}(?:能|可以|吗|行不|行吗|[落迁]不|[对是]吧)"
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
        if intent.kind.decides and intent.follow_up is None and not fact.general:
            return True  # 如果我有大专文凭的话能不能落户
        return leans and bool(state.topic.rules or state.topic.about or state.asked)
    return not fact.general or intent.kind.decides


def told_of_others(reading: Reading, cast: Cast) -> dict[str, dict[str, Remembered]]:
    """What a message tells of people beside those whom the talk is about, for when it turns to them."""
    involved = {cast.applicant, cast.host, *_NOBODY}
    return {
        person: kept
        for person, facts in reading.others.items()
        if person not in involved
        and person_of(person) == person
        and (kept := {n: remember(f) for n, f in facts.items() if _is_plain(f)})
    }


def _is_plain(fact: SaidFact) -> bool:
    return not (fact.supposed or fact.general or fact.likely)


def may_come_along(person: str) -> bool:
    """Whether of this person it may be asked whether they move along."""
    return person in _RELATIVES


def is_kept(relative: str) -> bool:
    """Whether a relative asked about is remembered as one who would move along."""
    return relative in _KEPT


def relation_of(person: str) -> str | None:
    """What a relative is to the one who asks, as the rules call those who may move along."""
    return _RELATIVES.get(person)


_MOVING = frozenset({"配偶", "父母", "子女", "兄弟姐妹"})


def relation_to(one: str, other: str) -> str | None:
    """What `one` is to `other`, as rules call those who move along; None where unsettled."""
    if other not in NODES or (one != APPLICANT and one not in NODES):
        return None
    relation = relation_between(one, other)
    return relation if relation in _MOVING else None


def relative_asked(intent: Intent) -> str | None:
    """Whom 那我老婆呢 asks about, as the rules call them; None where nobody is."""
    if intent.follow_up is not FollowUp.PERSON:
        return None
    return _RELATIVES.get(intent.applicant)


def asks_along(words: str) -> bool:
    """Whether `words` ask whether somebody may move along: 能跟我一起迁吗."""
    return _ASKS_ALONG.search(words) is not None


def family_asked(
    intent: Intent, words: str, told: Mapping[str, Remembered | None]
) -> tuple[Mapping[str, Any], ...]:
    """The relatives of whom it is asked whether they may move along: 老婆孩子能一起迁吗."""
    relative, family = relative_asked(intent), told.get("family")
    if relative is not None:
        members = family.value if family is not None and isinstance(family.value, list) else []
        called = {} if relative in _KEPT else {"called": intent.applicant}
        return tuple(m for m in members if m.get("relation") == relative) or (
            {"relation": relative, **called},
        )
    if family is None or not isinstance(family.value, list) or not _ASKS_ALONG.search(words):
        return ()
    return tuple(family.value)


def with_relative(
    state: State, relation: str, said: str, on: date, told: Remembered | None = None
) -> Remembered:
    """The family remembered, with one who stands in this relation; `told` is what was said of them."""
    known = state.facts.get("family")
    others = [m for m in (known.value if known else None) or [] if m.get("relation") != relation]
    members = told.value if told is not None and isinstance(told.value, list) else []
    new = [m for m in members if m.get("relation") == relation] or [{"relation": relation}]
    return Remembered([*others, *new], told.said if told is not None else said, on)


def completed(told: Remembered, state: State) -> Remembered:
    """The relatives told of, with what was told before of the same ones: 他跟我住, of the one of 19."""
    known = state.facts.get("family")
    if known is None or not isinstance(known.value, list) or not isinstance(told.value, list):
        return told
    members = []
    for member in told.value:
        same = [m for m in known.value if m.get("relation") == member.get("relation")]
        members.append({**same[0], **member} if len(same) == 1 else member)
    return replace(told, value=members)


_SAME = re.compile(
    "同样|一样|相同|照样|也是(?:这|那|同)|同一|同(?:个)?单位|一个单位|这家单位|同事|(?:我们|咱们|俺们)(?:单位|公司|厂|科|办公室|部门|店|主任|会计|经理|处长|组长|班长)|^办公室|同科室"
)
HOSTED = {
    "own.urban_home": "host.stable_home",
    "own.property_certificate": "host.property_certificate",
}
_TALENT = ("settled_at", "edu", "title_level", "skill_level")


def carried(state: State, cast: Cast, words: str) -> dict[str, Remembered]:
    """Of the case left, what holds for whoever is spoken of now.

    That is what was told of who is joined; of a scheme, the employer and what was spent where
    `words` say that they are the same: 我爸退休的，同样1万呢.
    """
    if cast.host is None and all(rule.startswith("medical.") for rule in state.topic.rules):
        if not _SAME.search(words):
            return {}
        return {n: f for n, f in state.facts.items() if n.startswith(("employer.", "med."))}
    if cast.host is None:
        return {}
    if cast.host == state.topic.cast.host:
        return {n: f for n, f in state.facts.items() if n.startswith("host.") or n in _TALENT}
    if cast.host != state.whose:
        return {}
    own = {n: f for n, f in state.facts.items() if n in _TALENT}
    return own | {HOSTED[n]: f for n, f in state.facts.items() if n in HOSTED}
