"""A wording laid beside the sentence it copies: what it put in the place of something, or left out.

A wording that is nearly the sentence itself differs from it in few places. There another office,
deed or person in the place of the one printed says something else, also where the text has that word
elsewhere; so does a title without its 副, and an event before which something is now done and not after.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.grounding.mark import Mark, Sentence
from assistant.answering.grounding.marks import read_sentence, split_sentences
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical
from assistant.answering.grounding.support import read_support
from assistant.answering.grounding.vocabulary import IMPLIED_BY

_SHORTEST = 12  # characters of a wording that can be laid beside a sentence
_ALIKE = 0.55  # share of a wording's characters that stand so, in rows of two and more
_ANCHOR = 2  # characters that must stand unchanged on a side
_LONGEST, _LONGEST_AT_EDGE = 8, 6  # characters of what is exchanged
_APART = re.compile("[,:;]")
_TURNING = re.compile("副|未|不|非|无|拟|暂|临时|代理|名誉")
_BEFORE = re.compile("(?:之|以)?前,?$")
_AFTER = re.compile("后,?$")
_OFFICE = re.compile(
    r"公安机关|派出所|社区|[\u3400-\u9fff]{1,8}(?:局|委员会|部门|办公室|机构|政府|大会|中心)$|各地"
)


def alignment_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """社区办理落户登记, of a sentence in which 公安机关 does: what stands in the place of what."""
    sentences = _sentences(support)
    return tuple(
        dict.fromkeys(
            reason
            for text in split_sentences(canonical(statement))
            for change in _changes(read_sentence(text), sentences)
            for reason in _reasons(change)
        )
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """A place where a wording and the sentence it copies differ."""

    printed: str
    said: str
    printed_marks: tuple[Mark, ...]
    said_marks: tuple[Mark, ...]
    enclosed: bool  # unchanged words on both sides


@lru_cache(maxsize=64)
def _sentences(support: Support) -> tuple[Sentence, ...]:
    return tuple(u.sentence for u in read_support(support) if not (u.told or u.deleted))


def _changes(said: Sentence, sentences: Sequence[Sentence]) -> Iterator[_Change]:
    text = said.text.strip("。")
    if len(text) < _SHORTEST:
        return
    best = max(sentences, key=lambda held: _alike(text, held.text), default=None)
    if best is None or _alike(text, best.text) < _ALIKE * len(text):
        return
    codes = _opcodes(text, best.text)
    for at, (tag, a, b, c, d) in enumerate(codes):
        if tag == "equal":
            continue
        sides = (codes[at - 1] if at else None, codes[at + 1] if at + 1 < len(codes) else None)
        firm = [side is not None and side[2] - side[1] >= _ANCHOR for side in sides]
        if (a and not firm[0]) or (b < len(text) and not firm[1]):
            continue
        yield _Change(
            best.text[c:d],
            text[a:b],
            tuple(m for m in best.marks if m.start < d and c < m.end),
            tuple(m for m in said.marks if m.start < b and a < m.end),
            all(firm),
        )


def _alike(text: str, held: str) -> int:
    """How many characters of a text stand in another in the same order, in rows of two and more."""
    return sum(b - a for tag, a, b, _, _ in _opcodes(text, held) if tag == "equal" and b - a > 1)


@lru_cache(maxsize=1024)
def _opcodes(text: str, held: str) -> tuple[tuple[str, int, int, int, int], ...]:
    return tuple(difflib.SequenceMatcher(None, text, held, autojunk=False).get_opcodes())


def _reasons(change: _Change) -> Iterator[str]:
    printed, said = change.printed, change.said
    longest = _LONGEST if change.enclosed else _LONGEST_AT_EDGE
    if printed and said and max(len(printed), len(said)) <= longest and not _APART.search(said):
        if _AFTER.search(printed) and _BEFORE.search(said):
            yield f"依据中是「{printed}」，不是「{said}」"
        held = {m.key for m in change.printed_marks}
        named = {m.key for m in change.said_marks}
        kinds = {m.category for m in change.printed_marks} & {m.category for m in change.said_marks}
        if (
            kinds and not any(_same(a, b) for a in held for b in named) and not _kin(printed, said)
        ) or (_OFFICE.search(printed) and _OFFICE.search(said) and printed[-2:] not in said):
            yield f"依据中是「{printed}」，不是「{said}」"
    elif printed and change.enclosed and _TURNING.fullmatch(printed):
        yield f"漏了「{printed}」"


def _kin(printed: str, said: str) -> bool:
    """Whether 父亲 stands for 男性 among parents, or 母亲 for 女性."""
    return any(re.search(sex, printed) and re.search(sex, said) for sex in ("[男父]", "[女母]"))


def _same(one: str, other: str) -> bool:
    nothing: frozenset[str] = frozenset()
    return (
        one == other
        or one in IMPLIED_BY.get(other, nothing)
        or other in IMPLIED_BY.get(one, nothing)
    )
