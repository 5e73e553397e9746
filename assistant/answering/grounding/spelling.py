"""Texts spelled alike for comparison: verbatim pieces, sentences, pairs of characters."""

import itertools
import re
from functools import lru_cache

from assistant.answering.grounding.mark import Sentence
from assistant.answering.grounding.marks import read_sentence, split_sentences
from assistant.answering.grounding.model import Support
from assistant.clauses.numerals import normalize

QUOTED = re.compile(r"「[^」]*」|『[^』]*』|“[^”]*”|\"[^\"]*\"|‘[^’]*’")
HAN = re.compile(r"[\u3400-\u9fff]")
_LIST_MARK = re.compile(
    r"^\s*(?:[-*•·>#]+\s*|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、]\s*)"
)

_NUMBERED = re.compile(r"(?<=[:;,、。])\s*(?:\(\d{1,2}\)|\d{1,2}[).、])(?!\d)\s*")
_BESIDES = re.compile(
    r"除(?![了非])([^,]{1,24}?(?:之|以)?外,[^。;]{0,40}?(?:也|还|同样))"
)  # denies nothing


@lru_cache(maxsize=2048)
def canonical(text: str) -> str:
    """`text` as numbers, width and spaces are spelled for comparison; the same texts come again."""
    return normalize(text)


def folded(text: str) -> str:
    """`text` for verbatim comparison: width, case, spaces and end punctuation set aside."""
    folded = re.sub(r"\s+", "", canonical(text))
    return folded.strip("。,;:!?、").translate(str.maketrans("“”‘’「」『』", '""\'\'""""'))


@lru_cache(maxsize=64)
def folded_support(support: Support) -> tuple[str, ...]:
    """Every text of a support, folded."""
    return tuple(folded(text) for text in (*support.texts, *support.facts, *support.contacts))


def is_verbatim(plain: str, support: Support) -> bool:
    """Whether folded text stands word for word in a text of the support."""
    bare = plain.strip("\"'")
    return len(bare) > 1 and any(_stands_in(bare, text) for text in folded_support(support))


def _stands_in(piece: str, text: str) -> bool:
    """Whether `piece` stands in `text` with no number (5.5%) or denial (不受限制) cut in two."""
    start = text.find(piece)
    while start >= 0:
        before, after = text[:start][-1:], text[start + len(piece) :][:1]
        cut = (
            (piece[0].isdigit() and before != "" and before in "0123456789.")
            or (piece[-1].isdigit() and after != "" and after in "0123456789.%")
            or (before != "" and before in "不无未没非")
        )
        if not cut:
            return True
        start = text.find(piece, start + 1)
    return False


def without_besides(text: str) -> str:
    """Canonical text in which 除甲外，乙也…… is written so that it denies nothing."""
    return _BESIDES.sub(r"除了\1", text)


def statement_sentences(statement: str) -> list[Sentence]:
    """The sentences of a statement, read; a list mark before it is set aside."""
    text = without_besides(_NUMBERED.sub("", normalize(_LIST_MARK.sub("", statement))))
    return [
        read_sentence(part.strip())
        for sentence in split_sentences(text)
        for part in sentence.split(";")
        if part.strip(" ,。")
    ]


@lru_cache(maxsize=2048)
def pairs_of(text: str) -> frozenset[str]:
    """Pairs of adjacent Han characters."""
    return frozenset(a + b for a, b in itertools.pairwise(text) if HAN.match(a) and HAN.match(b))
