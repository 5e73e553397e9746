"""What belongs to what: a time to its event, an age to whom it is asked of, an outcome to its cause."""

import itertools
import re
from decimal import Decimal

from assistant.answering.grounding.likeness import same_number, shown
from assistant.answering.grounding.mark import DAY_UNITS, Sentence
from assistant.answering.grounding.marks import read_sentence, read_text, split_sentences
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical
from assistant.answering.grounding.vocabulary import (
    ACTION,
    IMPLIED_BY,
    PERSON,
    ROLE,
    SCOPE,
)

_SINCE = re.compile(r"(?:自|从|由)(?P<event>[^,;:。]{2,16}?)(?:之日|当[日天]|那[天日]|的?次月)")


def since_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """从签注之日起, of a text that says 自补办签注手续之日起: from which event a time runs."""
    held = [e for text in support.texts for e in _events(canonical(text))]
    said = _events(canonical(statement))
    known = {key for event in held for key in event}
    return tuple(
        f"依据中不是从「{event[0]}」起"
        for event in said
        if set(event) & known and not any(other[0] in event for other in held)
    )


def _events(text: str) -> list[tuple[str, ...]]:
    """What each day that a time runs from is the day of, the first word deciding."""
    found = (read_sentence(f["event"]).marks for f in _SINCE.finditer(text))
    events = (
        tuple(m.key for m in marks if m.category == ACTION or m.key in {"签发", "施行", "印发"})
        for marks in found
    )
    return [event for event in events if event]


_APART = re.compile("[,;:。()]")


def place_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """在义乌市满一年, of a text that says 一年(在义乌市两年): which length is asked for where."""
    held = _lengths_by_place("\n".join(map(canonical, support.texts)))
    said = _lengths_by_place(canonical(statement))
    return tuple(
        f"依据中「{place}」的期限不同"
        for place, lengths in said.items()
        if held.get(place) and not lengths & held[place]
    )


def _lengths_by_place(text: str) -> dict[str, set[Decimal | None]]:
    """Months that stand with a place, nothing between them but words."""
    found: dict[str, set[Decimal | None]] = {}
    for part in _APART.split(text):
        marks = read_sentence(part).marks
        lengths = {m.value for m in marks if m.is_number and m.key == "个月"}
        for mark in marks:
            if mark.category == SCOPE and lengths:
                found.setdefault(mark.key, set()).update(lengths)
    return found


def age_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """子女须年满60周岁, of a text in which 男性 must be, who join their 子女."""
    reasons = []
    held = [read_sentence(s) for t in support.texts for s in re.split("(?<=[。;])", canonical(t))]
    for sentence in map(read_sentence, split_sentences(canonical(statement))):
        for person, number in itertools.pairwise(sentence.marks):
            if person.category != PERSON or not number.is_number or number.key in DAY_UNITS:
                continue
            if person.piece != number.piece or number.start - person.end > _NEAR:
                continue
            places = [
                (s, m) for s in held for m in s.marks if m.is_number and same_number(number, m)
            ]
            people = {m.key for s, m in places for m in s.marks if m.category == PERSON}
            before = {o.key for s, m in places for o in s.marks if o.start < m.start}
            if places and person.key in people and person.key not in before:
                reasons.append(f"「{shown(number)}」在依据中说的不是「{person.key}」")
    return tuple(dict.fromkeys(reasons))


_NEAR = 6


def apposition_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """职工月平均工资, of a text in which 就业人员 earn it: two terms side by side stand so there."""
    held = [s for t in support.texts for s in map(read_sentence, split_sentences(canonical(t)))]
    reasons = []
    for sentence in map(read_sentence, split_sentences(canonical(statement))):
        for left, right in itertools.pairwise(sentence.marks):
            if sentence.between(left, right) not in {"", "的"} or left.is_number or right.is_number:
                continue
            if right.category in {ACTION, ROLE}:
                continue
            ones = [(s, m) for s in held for m in s.marks if _means(left.key, m.key)]
            others = [(s, m) for s in held for m in s.marks if _means(right.key, m.key)]
            if not ones or not others:
                continue
            near = right.key in _TIGHT
            if not any(
                s is t
                and (not near or m.piece == n.piece)
                and abs(m.piece - n.piece) < 2
                and abs(m.start - n.start) < _BESIDE
                for s, m in ones
                for t, n in others
            ):
                names = [sentence.text[m.start : m.end] for m in (left, right)]
                reasons.append(f"依据中没有「{'」与「'.join(names)}」连在一起")
    return tuple(dict.fromkeys(reasons))


_TIGHT = frozenset({"月平均工资"})


_BESIDE = 36  # characters


def _means(said: str, held: str) -> bool:
    return held == said or held in IMPLIED_BY.get(said, frozenset())


_OUTCOMES = (frozenset({"中止", "恢复"}), frozenset({"中止", "注销"}), frozenset({"参加", "退出"}))


def outcome_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """没有签注的恢复使用, of a text in which 补办 does that: an outcome with what brings it about."""
    held = [s for t in support.texts for s in map(read_sentence, split_sentences(canonical(t)))]
    said = [m for s in map(read_sentence, split_sentences(canonical(statement))) for m in s.marks]
    keys = {(m.key, m.value) for m in said}
    reasons = []
    for pair in _OUTCOMES:
        named = [key for key in pair if (key, None) in keys]
        if len(named) != 1:
            continue
        (other,) = pair - set(named)
        own = [_told(s) for s in held if any(m.key == named[0] for m in s.marks)]
        others = set().union(*(_told(s) for s in held if any(m.key == other for m in s.marks)))
        itself = {(named[0], None)}
        causes = [one - others - itself for one in own]
        if others and all(causes) and causes and not any(keys & cause for cause in causes):
            reasons.append(f"「{named[0]}」在依据中不是这种情形")
    return tuple(reasons)


def _told(sentence: Sentence) -> set[tuple[str, object]]:
    return {(m.key, m.value) for m in sentence.marks}


_WITHIN = re.compile(r"之日起(?P<span>[^,;:。]{1,14}?)(?:之内|以内|内)")


def within_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """签发之日起1个月内, of a text that says 之日起每满一年的最后1个月内."""
    held = [found["span"] for t in support.texts for found in _WITHIN.finditer(canonical(t))]
    for found in _WITHIN.finditer(canonical(statement)):
        said = _figures(found["span"])
        beside = [_figures(span) for span in held if said & _figures(span)]
        if beside and not any(said == span for span in beside):
            return ("期限的起算与依据不同",)
    return ()


def _figures(text: str) -> frozenset[tuple[str, object]]:
    return frozenset((m.key, m.value) for m in read_sentence(text).marks if m.is_number)


_SPLIT = re.compile("为界|划线|分界|分为|分成|分两")


def band_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """45周岁以上和以下的都是120元, of a text in which each band has a sum of its own."""
    held = [m for t in support.texts for s in read_text(t) for m in s.marks]
    sums = {m.value for m in held if m.is_number and m.key.startswith("元")}
    for sentence in map(read_sentence, split_sentences(canonical(statement))):
        bands = {(m.value, m.direction) for m in sentence.marks if m.key == "周岁" and m.direction}
        own = {m.value for m in sentence.marks if m.is_number and m.key.startswith("元")}
        if len(bands) > len(own) == 1 and len(sums) > 1 and not _SPLIT.search(sentence.text):
            return ("依据中各档数额不同",)
    return ()


_RELATIVE = "配偶|子女|父母|直系亲属|亲属|兄弟姐妹|祖父母|孩子|家人"
_OF_WHOM = re.compile(f"(?P<whose>{_RELATIVE})(?:及|和|与|以及|还有|连同)其(?P<who>{_RELATIVE})")


def kin_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """未婚子女及其子女, of a text that speaks of nobody's relatives but the person's own."""
    carried = "\n".join(map(canonical, support.texts))
    held = {found["whose"] for found in re.finditer(_OF_WHOM, carried)}
    return tuple(
        f"依据没有说到「{found[0]}」"
        for found in _OF_WHOM.finditer(canonical(statement))
        if found["whose"] not in held and found[0] not in carried
    )
