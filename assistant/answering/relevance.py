"""How much of what a question is about a text speaks of: the share of its rare content covered.

BM25 ranks; it does not say whether the best is any good. This does: a question whose telling
words (起付线, 工作日, 护照) stand nowhere in the clause is not answered by it.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.clauses.numerals import normalize

_FILLER = re.compile(
    r"请问一?下?|我?想(?:要|问|知道|了解|咨询)?一?下?|问一?下|麻烦|您好|你好|谢谢|帮我?(?:看看?|查查?|问问?)一?下?|告诉我|"
    r"到底|究竟|是不是|有没有|能不能|可不可以|要不要|会不会|算不算|行不行|用不用|需不需要|该不该|"
    r"什么(?:时候|样子?|意思)?|怎么(?:样|办|个|弄|搞|回事)?|如何|哪(?:里|儿|些|个|家|几|位|种|天|年)?|啥(?:时候)?|谁|多少|多久|多长(?:时间)?|多大|几(?:个|年|天|岁|件|家|条|种)?|"
    r"为什么|咋(?:样|办|整)?|吗|呢|吧|啊|呀|嘛|哦|么|的话|了|的|地|得|着|过|就|都|还|也|又|再|才|只|很|太|最|更|被|把|给|让|跟|和|与|或者?|但是?|不过|所以|因为|如果|要是|"
    r"是|有|要|需要?|可以|能够?|会|应该|必须|想|行|成|算|用|做|去|来|到|在|从|对|按照?|根据|关于|"
    r"我们?|咱们?|俺|你们?|您|他们?|她们?|它|本人|自己|人家|大家|这(?:个|些|样|种|里|边|份|条)?|那(?:个|些|样|种|里|边|份|条|么)?|"
    r"现在|目前|如今|今年|今天|最近|以前|过去|原来|当时|之前|以后|之后|时候|"
    r"一下|一个|有点|东西|事情?|情况|问题|方面|内容|政策|规定|文件|通知|要求|条件|办法|嘉兴市?|本市|我市|我国|"
    r"具体|相关|有关|主要|一般|目前|分别|各自|还是|不|没有?|未|无"
)
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?")


_UNHEARD = 0.3  # weight of a pair no notice holds: mostly two words that happen to meet
_CONCEPT = 2.0  # a concept of the lexicon tells more than two characters in a row


@dataclass(frozen=True, slots=True)
class Piece:
    """Something a question speaks of: the forms, any of which a text may use, and its weight."""

    forms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Content:
    """What a question is about, in pieces."""

    pieces: tuple[Piece, ...]

    @property
    def total(self) -> float:
        """Sum of all weights; 0 where the question says nothing of its own."""
        return sum(piece.weight for piece in self.pieces)


def read_content(
    question: str,
    concepts: Iterable[tuple[str, Sequence[str]]],
    rarity: Callable[[str], float],
) -> Content:
    """The content of `question`: its concepts (as said, official terms) and its other n-grams.

    Weights are the rarity in the corpus; filler (请问, 怎么, 多少) carries none.
    """
    text = normalize(question)
    pieces: dict[tuple[str, ...], float] = {}
    taken = [False] * len(text)
    for said, official in sorted(concepts, key=lambda c: -len(c[0])):
        key = normalize(said)
        start = text.find(key) if key else -1
        if start < 0 or any(taken[start : start + len(key)]):
            continue
        taken[start : start + len(key)] = [True] * len(key)
        forms = tuple(dict.fromkeys([key, *map(normalize, official)]))
        pieces[forms] = _CONCEPT * max(rarity(pair) for form in forms for pair in _pairs(form)[:2])
    masked = _mask(text, taken)
    for run in _RUN.finditer(masked):
        for gram in _pairs(run.group()):
            weight = rarity(gram)
            pieces.setdefault((gram,), weight if weight < rarity("\0") else _UNHEARD * weight)
    return Content(tuple(Piece(forms, weight) for forms, weight in pieces.items()))


def _mask(text: str, taken: Sequence[bool]) -> str:
    chars = [" " if used else char for char, used in zip(text, taken, strict=True)]
    for found in _FILLER.finditer(text):
        if not any(taken[found.start() : found.end()]):
            chars[found.start() : found.end()] = " " * (found.end() - found.start())
    return "".join(chars)


def _pairs(run: str) -> list[str]:
    if len(run) == 1 or not "\u4e00" <= run[0] <= "\u9fff":
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


def coverage(content: Content, text: str) -> float:
    """Share of the question's weight that `text` covers, in [0, 1]; 0 for empty content."""
    if not content.pieces:
        return 0.0
    held = normalize(text)
    got = sum(p.weight for p in content.pieces if any(form in held for form in p.forms))
    return got / content.total if content.total else 0.0


def rarity_of(document_frequency: Callable[[str], int], total: int) -> Callable[[str], float]:
    """BM25's idf over the whole index, as the weight of a piece."""

    def rarity(gram: str) -> float:
        df = document_frequency(gram)
        return math.log(1 + (total - df + 0.5) / (df + 0.5))

    return rarity
