"""Words said to stand in a text, laid beside what the text prints: the same, changed, or not there.

Both are taken apart into figures (六个月 and 6个月 are one) and single characters, punctuation left
out, and aligned. What differs is told in whole words, so that a reader sees 一个月 beside 六个月.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise
from typing import Literal

from assistant.clauses.numerals import quantities

Standing = Literal["printed", "altered", "unheld"]

_ENOUGH = 0.6  # share of the words said that a clause must print in their order
_SURELY = 6  # tokens in a row that only a quotation has in common with a clause
_SHORT, _SURE_OF_FEW, _ENOUGH_OF_FEW = 14, 4, 0.75  # the same for a short one
_LEFT_OUT = re.compile(r"…|\.{3}|省略")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_SLIGHT = "的了者即就也"  # characters that change nothing
_MOST_TOLD = 3  # differences; more make another text
_MOST_CHANGED = 14  # characters of one difference; more are an invention of its own
_AT_AN_END = 6  # tokens put before or behind that may stand for as many of the clause
_STOP = re.compile(r"[。；;\n]")
_LONGEST_WORD = 4  # characters; a longer piece is a name, told only as far as it differs


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that were said, and what is printed in their place; one of them may be empty."""

    said: str
    printed: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How words stand to one clause; `start` and `end` are where the clause prints them."""

    standing: Standing
    share: float  # of the words said, in [0, 1]
    differences: tuple[Difference, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    start: int
    end: int


NOWHERE = Comparison("unheld", 0.0)


def triples(text: str) -> set[str]:
    """The triples of neighbouring tokens, by which far texts are told from near ones."""
    keys = [token.key for token in _tokens(text)]
    return {"|".join(keys[i : i + 3]) for i in range(len(keys) - 2)}


def compare(said: str, text: str) -> Comparison:
    """Lay `said` beside `text`."""
    mine, theirs = _tokens(said), _tokens(text)
    if not _BRACKET.search(said):
        theirs = _outside_brackets(theirs, text)
    if not mine or not theirs:
        return NOWHERE
    matcher = SequenceMatcher(None, [t.key for t in mine], [t.key for t in theirs], autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size > 1]
    longest = max((b.size for b in blocks), default=0)
    if longest < min(_SURELY if len(mine) > _SHORT else _SURE_OF_FEW, len(mine)):
        return NOWHERE
    blocks = _near(blocks, len(mine))
    matched = sum(b.size for b in blocks)
    share = matched / len(mine)
    if share < (_ENOUGH if longest >= _SURELY else _ENOUGH_OF_FEW):
        return Comparison("unheld", share)
    first, last = blocks[0], blocks[-1]
    start, end = theirs[first.b].start, theirs[last.b + last.size - 1].end
    changes = list(_changes(mine, theirs, blocks, said, text))
    if _LEFT_OUT.search(said):
        changes = [d for d in changes if d.said]
    told = [d for d in changes if not _is_slight(d)]
    if not told:
        return Comparison("printed", share, (), start, end)
    if len(told) > _MOST_TOLD or any(len(d.said) > _MOST_CHANGED for d in told):
        return Comparison("unheld", share, tuple(told), start, end)
    return Comparison("altered", share, tuple(told), start, end)


def _tokens(text: str) -> list[_Token]:
    """Figures with their units as one, other characters one by one, without punctuation."""
    found: list[_Token] = []
    at = 0
    for quantity in quantities(text):
        if quantity.start < at:
            continue
        found += _characters(text, at, quantity.start)
        key = f"{quantity.value.normalize():f}{quantity.unit}"
        found.append(_Token(key, quantity.start, quantity.end))
        at = quantity.end
    return found + list(_characters(text, at, len(text)))


def _outside_brackets(tokens: Sequence[_Token], text: str) -> list[_Token]:
    """The tokens without what brackets add, which people leave out when they quote."""
    inside = [m.span() for m in _BRACKET.finditer(text)]
    return [t for t in tokens if not any(low <= t.start < high for low, high in inside)]


def _characters(text: str, start: int, end: int) -> Iterator[_Token]:
    for index in range(start, end):
        folded = unicodedata.normalize("NFKC", text[index]).lower()
        if folded.isalnum() or folded == "%":
            yield _Token(folded, index, index + 1)


def _near(blocks: Sequence[Match], length: int) -> list[Match]:
    """The blocks around the longest one: what lies further off than the words are long is chance."""
    top = max(range(len(blocks)), key=lambda i: blocks[i].size)
    kept = [blocks[top]]
    for block in reversed(blocks[:top]):
        if kept[0].b - (block.b + block.size) > 2 * length:
            break
        kept.insert(0, block)
    for block in blocks[top + 1 :]:
        if block.b - (kept[-1].b + kept[-1].size) > 2 * length:
            break
        kept.append(block)
    return kept


def _changes(
    mine: Sequence[_Token], theirs: Sequence[_Token], blocks: Sequence[Match], said: str, text: str
) -> Iterator[Difference]:
    """What was put in, left out or changed between the blocks, and what was put before or behind."""
    if before := blocks[0].a:
        low = blocks[0].b - before if before <= _AT_AN_END else -1
        beside = low >= 0 and not _STOP.search(text[theirs[low].start : theirs[blocks[0].b].start])
        printed = _words(text, theirs, low, blocks[0].b) if beside else ""
        yield Difference(_words(said, mine, 0, before), printed)
    for one, other in pairwise(blocks):
        put = (one.a + one.size, other.a)
        left = (one.b + one.size, other.b)
        yield Difference(_words(said, mine, *put), _words(text, theirs, *left))
    behind = blocks[-1].a + blocks[-1].size
    if behind < len(mine):
        last = blocks[-1].b + blocks[-1].size
        high = last + len(mine) - behind
        beside = high <= len(theirs) and len(mine) - behind <= _AT_AN_END
        beside = beside and not _STOP.search(text[theirs[last - 1].end : theirs[high - 1].end])
        printed = _words(text, theirs, last, high) if beside else ""
        yield Difference(_words(said, mine, behind, len(mine)), printed)


def _words(text: str, tokens: Sequence[_Token], first: int, after: int) -> str:
    """The tokens from `first` up to `after` as `text` writes them, in whole words."""
    if first >= after:
        return ""
    start, end = tokens[first].start, tokens[after - 1].end
    at = 0
    for piece in _cut(text):
        low, high = at, at + len(piece)
        at = high
        if low < start < high and high - low <= _LONGEST_WORD:
            start = low
        if low < end < high and high - low <= _LONGEST_WORD:
            end = high
    return text[start:end]


def _cut(text: str) -> list[str]:
    import rjieba

    return list(rjieba.cut(text, False))


def _is_slight(difference: Difference) -> bool:
    rest = (difference.said + difference.printed).translate(str.maketrans("", "", _SLIGHT))
    return not any(c.isalnum() or c == "%" for c in rest)
