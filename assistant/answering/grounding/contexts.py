"""What stands before and after a term: a term put in the place of another shows in its context."""

import re
from functools import lru_cache

from assistant.answering.grounding.mark import Mark, Sentence
from assistant.answering.grounding.marks import read_sentence, read_text
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical
from assistant.answering.grounding.vocabulary import (
    AUTHORITY,
    FAMILY,
    IMPLIED_BY,
    PAPER,
    PERSON,
    PLACE,
    QUALIFICATION,
    SCHEME,
    SCOPE,
    STATUS,
)

_WIDTH = 3
_KINDS = frozenset({PERSON, STATUS, QUALIFICATION, PAPER, SCOPE, PLACE, AUTHORITY, SCHEME})
_ANYBODY = frozenset({"本人", "申请人", "家属", "个人"})
_LISTED = re.compile(r"[、和或与及以者其()含]*")
_LOOSE = {"的", "等"}  # what they lead to may belong to more than the word before
_HAN = re.compile(r"[\u3400-\u9fff]{3}")


def context_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """在职人员月平均工资, of a text that says 就业人员月平均工资."""
    text = canonical(statement)
    reasons: list[str] = []
    marks = read_sentence(text).marks
    others = {m.start for m in marks if m.key not in FAMILY}
    for mark in marks:
        if mark.category not in _KINDS or mark.key in _ANYBODY:
            continue
        sides = (
            (text[mark.end : mark.end + _WIDTH], True),
            (text[max(0, mark.start - _WIDTH) : mark.start], False),
        )
        for beside, after in sides:
            loose = after and beside[:1] in _LOOSE and mark.end + 1 in others
            firm = _HAN.fullmatch(beside) and not loose
            held = _standing_at(beside, after, support) if firm else frozenset()
            alike = {key for key, category in held if category == mark.category}
            if alike and not alike & _meanings(mark.key):
                reasons.append(f"依据中「{beside}」{'之前' if after else '之后'}不是「{mark.key}」")
    return tuple(dict.fromkeys(reasons))


def _meanings(key: str) -> frozenset[str]:
    """What a term may stand for, and what may stand for it."""
    wider = frozenset(other for other, held in IMPLIED_BY.items() if key in held)
    return frozenset({key}) | IMPLIED_BY.get(key, frozenset()) | wider


@lru_cache(maxsize=4096)
def _standing_at(beside: str, after: bool, support: Support) -> frozenset[tuple[str, str]]:
    """The terms, and their lists, right before (or after) a stretch of text, wherever it occurs."""
    found: set[tuple[str, str]] = set()
    for sentence in _sentences(support):
        for place in re.finditer(re.escape(beside), sentence.text):
            edge = place.start() if after else place.end()
            at = [m for m in sentence.marks if (m.end if after else m.start) == edge]
            if not at:
                return frozenset()
            found |= {(m.key, m.category) for m in _listed_with(at[0], sentence, after)}
    return frozenset(found)


def _listed_with(mark: Mark, sentence: Sentence, after: bool) -> list[Mark]:
    """A term and those that it is listed with, before it or after it."""
    marks = sentence.marks if not after else tuple(reversed(sentence.marks))
    listed = [mark]
    for other in marks[marks.index(mark) + 1 :]:
        first, last = (other, listed[-1]) if after else (listed[-1], other)
        if not _LISTED.fullmatch(sentence.between(first, last)):
            break
        listed.append(other)
    return listed


@lru_cache(maxsize=64)
def _sentences(support: Support) -> tuple[Sentence, ...]:
    return tuple(s for text in (*support.texts, *support.facts) for s in read_text(text))


_QUALIFIERS = frozenset({"连续", "累计"})
_REACH = 14  # characters between 连续 and its figure


def qualifier_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """居住登记满六个月, of a text that says 连续居住登记满六个月."""
    said = read_sentence(canonical(statement))
    spoken = {mark.key for mark in said.marks}
    reasons = []
    for mark in said.marks:
        if mark.key != "个月" or not mark.is_number:
            continue
        held = [
            _qualifier(other, sentence)
            for sentence in _sentences(support)
            for other in sentence.marks
            if other.is_number and other.key == mark.key and other.value == mark.value
        ]
        if held and all(held) and not spoken & {q for keys in held for q in keys}:
            reasons.append(f"漏了「{'、'.join(sorted({q for keys in held for q in keys}))}」")
    return tuple(dict.fromkeys(reasons))


def _qualifier(number: Mark, sentence: Sentence) -> frozenset[str]:
    return frozenset(
        m.key
        for m in sentence.marks
        if m.key in _QUALIFIERS and m.piece == number.piece and 0 <= number.start - m.end <= _REACH
    )


_RESPECTIVELY = re.compile(r"(?P<before>[^。;]*)分别(?P<after>[^。;]*)")


def respective_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """达到100万奖10万, of a text in which 100万、200万 get 5万、10万 respectively."""
    said = {(m.key, m.value) for m in read_sentence(canonical(statement)).marks if m.is_number}
    for text in support.texts:
        for found in _RESPECTIVELY.finditer(canonical(text)):
            pairs = _paired(found["before"], found["after"])
            firsts, seconds = ({p[i] for p in pairs} for i in (0, 1))
            for first in said & firsts:
                others = said & seconds
                if others and not any((first, other) in pairs for other in others):
                    return ("数字的对应关系与依据不同",)
    return ()


_Number = tuple[str, object]


def _paired(before: str, after: str) -> set[tuple[_Number, _Number]]:
    """The last numbers before 分别 with the first after it, one by one; empty where they don't match."""
    left = [(m.key, m.value) for m in read_sentence(before).marks if m.is_number]
    right = [(m.key, m.value) for m in read_sentence(after).marks if m.is_number]
    left = [n for n in left if n[0] == left[-1][0]] if left else []
    right = [n for n in right if n[0] == right[0][0]] if right else []
    return set(zip(left, right, strict=True)) if len(left) == len(right) > 1 else set()
