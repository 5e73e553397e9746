"""The sentences of a support: rules divided by ；, amendments as their old and new text."""

import itertools
import re
from dataclasses import replace
from functools import lru_cache

from assistant.answering.grounding.mark import Sentence
from assistant.answering.grounding.marks import read_sentence, read_text
from assistant.answering.grounding.model import Support, Unit

_DELETION_IN_SUPPORT = re.compile(r"删去|删除|同时取消|予以废止|决定废止|同时废止")
_REPLACED = re.compile(r"“([^”]+)”(?:修改为|改为|调整为)“([^”]+)”")


@lru_cache(maxsize=64)
def read_support(support: Support) -> tuple[Unit, ...]:
    """Every sentence of the support, in order."""
    units: list[Unit] = []
    for number, text in enumerate((*support.texts, *support.facts, *support.contacts)):
        for sentence in read_text(text):
            told = number >= len(support.texts)
            units += [replace(u, told=told) for u in _split_replacement(sentence, number)]
    return tuple(units)


_GOAL = re.compile(r"(?:允许|可以|准予|可(?!能|靠|选|视))")
_REFERS_BACK = re.compile(r"(?:本人|其|该类?人员|上述人员|前款人员)(?!他|它|余|中|实)")


@lru_cache(maxsize=64)
def continued(support: Support) -> tuple[Unit, ...]:
    """Sentences that speak of whom the one before them names (本人……的,其……), with who that is."""
    units = read_support(support)
    return tuple(
        replace(later, sentence=read_sentence(f"{who}{later.sentence.text}"))
        for earlier, later in itertools.pairwise(units)
        if earlier.paragraph == later.paragraph
        and not (earlier.told or earlier.deleted or later.deleted or later.former)
        and _REFERS_BACK.match(later.sentence.text)
        and (who := _who(earlier.sentence.text))
    )


def _who(text: str) -> str:
    """Those of whom a sentence speaks: what stands before what they may do."""
    goal = _GOAL.search(text)
    named = text[: goal.start()] if goal else ""
    return named if re.search("(?:人员|的人|者|的),?$", named) else ""


def _split_replacement(sentence: Sentence, paragraph: int) -> list[Unit]:
    """A sentence of the support; an amendment is its old text, deleted, and its new text."""
    replaced = _REPLACED.search(sentence.text)
    if replaced is None:
        parts = [sentence]
        if ";" in sentence.text and "“" not in sentence.text:
            parts = [read_sentence(part) for part in _rule_texts(sentence.text)]
        return [
            Unit(part, _DELETION_IN_SUPPORT.search(part.text) is not None, paragraph)
            for part in parts
        ]
    head = sentence.text[: replaced.start()]
    old, new = (read_sentence(head + replaced[i]) for i in (1, 2))
    return [
        Unit(new, False, paragraph, former=replaced[1]),
        Unit(old, True, paragraph),
    ]


def _rule_texts(text: str) -> list[str]:
    """The rules that ；divides; each item of a numbered list keeps the words that introduce it."""
    head = re.match(r"([^;]*?:)\(?1[).]", text)
    parts = [part for part in text.split(";") if part.strip("。 ")]
    if head is None:
        return parts
    return [part if part.startswith(head[1]) else head[1] + part for part in parts]


def rules_of(sentence: Sentence) -> list[Sentence]:
    """The rules of a sentence, which ；divides."""
    return [read_sentence(part) for part in sentence.text.split(";") if part.strip("。 ")]
