"""What a sentence claims, as marks: terms and numbers with polarity, direction and modality."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from assistant.answering.grounding.figures import number_marks
from assistant.answering.grounding.mark import DOWN, UP, Mark, Sentence
from assistant.answering.grounding.polarity import with_polarity
from assistant.answering.grounding.vocabulary import (
    PERSON,
    QUALIFICATION,
    VARIANTS,
    first_characters,
    longest_match,
)
from assistant.clauses.numerals import normalize

_AGE_FREE = re.compile(
    r"(?:取消|不受|没有|没了|无|不设|不再有|不再设|放开|去掉|免去|免除|不看|不限|不管|不论|无论|不用管|不问|不再?限制"
    r"|不再?要求|不再?卡|不再?看|不再?考虑|不再?受)[^,。;]{0,6}(?:年龄|年纪|岁数)(?:上)?的?(?:限制|要求|门槛|条件|约束)?"
    r"|(?:年龄|年纪|岁数)(?:上|方面|大小)?(?:都|也|就|已经)?(?:不再?(?:限|受限制?|作限制|做限制|设限|设门槛|作要求|做要求|卡|管|是问题)"
    r"|(?:没有?|无)(?:限制|要求|门槛)|放开了?|取消了?)(?:制|了)?"
    r"|(?:年龄|年纪|岁数)(?:限制|要求|门槛)(?:也|都|已经?|就|如今|现在|目前|全部?|已)*(?:被|给)?(?:取消|去掉|没有|没了|不再有|放开)了?"
    r"|(?:无论|不管|不论)?多大(?:年纪|岁数|年龄)?(?:都|也)"
)
_SENTENCE = re.compile(r"(?:“[^”]*”|[^。!?\n])+[。!?]*")
_PIECE = re.compile(r"[,;:。!?]")


def split_sentences(text: str) -> list[str]:
    """Sentences of canonical text; a line break inside one does not end it."""
    return [part for part in _SENTENCE.findall(text) if part.strip("。!? ")]


@lru_cache(maxsize=2048)
def read_sentence(text: str) -> Sentence:
    """The marks of one sentence of canonical text."""
    cuts = [match.start() for match in _PIECE.finditer(text)]
    marks = sorted([*_term_marks(text), *number_marks(text)], key=lambda m: m.start)
    marks = _without_overlaps(marks)
    marks = [replace(mark, piece=sum(cut < mark.start for cut in cuts)) for mark in marks]
    return Sentence(text, tuple(with_polarity(text, marks)))


@lru_cache(maxsize=512)
def read_text(text: str) -> tuple[Sentence, ...]:
    """Every sentence of a text as people wrote it."""
    joined = re.sub(r"(?<![。!?！？；;：:])\s*\n\s*", "", text)
    return tuple(
        read_sentence(sentence)
        for line in joined.split("\n")
        for sentence in split_sentences(normalize(line))
    )


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], tuple[tuple[str, str], ...]]]:
    """By first character: the variants, longest first, as one alternation, and their meanings."""
    variants = sorted(VARIANTS, key=lambda variant: longest_match(variant[2]), reverse=True)
    by_first: dict[str, list[tuple[str, str, str]]] = {}
    for variant in variants:
        for char in first_characters(variant[2]):
            by_first.setdefault(char, []).append(variant)
    return {
        char: (
            re.compile("|".join(f"({branch})" for _, _, branch in found)),
            tuple((category, concept) for category, concept, _ in found),
        )
        for char, found in by_first.items()
    }


def _occurrences(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(category, concept, start, end) of each term, left to right, the longest at each place."""
    patterns = _patterns()
    position = 0
    while position < len(text):
        match = None
        if known := patterns.get(text[position]):
            pattern, meanings = known
            match = pattern.match(text, position)
        if match is None or match.end() == position:
            position += 1
            continue
        category, concept = meanings[(match.lastindex or 1) - 1]
        yield category, concept, position, match.end()
        position = match.end()


def _term_marks(text: str) -> list[Mark]:
    ages = [match.span() for match in _AGE_FREE.finditer(text)]
    marks = [Mark("年龄不限", "role", start, end, 0) for start, end in ages]
    for category, concept, start, end in _occurrences(text):
        if concept == "年龄限制" and any(a <= start and end <= b for a, b in ages):
            continue
        ranked = (category == QUALIFICATION and concept not in _UNRANKED) or concept in _LIMITS
        ranked = ranked or text[end : end + 2] in {"以上", "以下"}
        direction = _direction_of_rank(text, end) if ranked else ""
        marks.append(Mark(concept, category, start, end, 0, direction=direction))
    return marks


_LIMITS = frozenset({"起付标准", "最高限额"})
_UNRANKED = frozenset({"学历", "学位", "职称", "职业资格", "技能等级"})


def _direction_of_rank(text: str, end: int) -> str:
    """大专以上, 中级以上职称: which way the rank is open."""
    near = re.split(r"[,、;。]", text[end : end + 5])[0]
    near = re.split(r"[,、;。]", text[max(0, end - 8) : end])[-1] + near
    if re.search(r"以上|往上|更高|起步", near):
        return UP
    return DOWN if re.search(r"以下|往下|更低|以内", near) else ""


def _without_overlaps(marks: list[Mark]) -> list[Mark]:
    """Numbers that belong to a term (满18周岁的孩子) are part of it."""
    people = [m for m in marks if m.category in {PERSON, "paper"}]
    return [
        m
        for m in marks
        if not (m.is_number and any(p.start <= m.start and m.end <= p.end for p in people))
    ]
