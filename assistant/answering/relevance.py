"""How much of what a question is about a text speaks of: the share of its rare content covered.

BM25 ranks; it does not say whether the best is any good. This does: a question whose telling
words (起付线, 工作日, 护照) stand nowhere in the clause is not answered by it.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.aspects import Aspect
from assistant.clauses.numerals import normalize

_FILLER_WORDS = """
    帮我查一下 了解一下 什么意思 什么时候 什么样子 可不可以 咨询一下 咨询电话 多长时间 帮我查查 帮我看看 怎么回事 怎么规定 想问一下 我想知道 百分之几 联系方式 请问一下 还讲不讲 需不需要 麻烦问下 为什么
    什么样 会不会 几个月 告诉我 啥时候 嘉兴市 多少钱 怎么个 怎么写 怎么办 怎么弄 怎么样 怎么说 想了解 想咨询 想知道 我想问 是不是 有没有 用不用 百分之 的时候
    算不算 能不能 行不行 要不要 讲不讲 该不该 问一下 一下 一个 一般 不过 东西 个月 为啥 主要 之前 之后 事情 人家 什么 今天 今年
    他们 以前 以后 但是 你们 你好 关于 具体 内容 几个 几件 几天 几家 几岁 几年 几条 几种 几道 几项 分别 到底 办法
    原来 可以 号码 各自 周岁 咋办 咋整 咋样 咱们 哪个 哪些 哪位 哪儿 哪几 哪天 哪家 哪年 哪种 哪里 嘉兴 因为 多久
    多大 多少 多长 大家 她们 如今 如何 如果 帮忙 帮我 应当 应该 当时 必须 怎么 您好 情况 想问 我们 我国 我市 或者
    所以 按照 提到 政策 文件 方面 时候 最近 有关 有点 本人 本市 条件 根据 比例 没有 现在 电话 的话 目前 相关 究竟
    能够 自己 要是 要求 规定 请问 谢谢 费率 过去 还是 这个 这些 这份 这条 这样 这种 这边 这里 通知 那个 那些 那份
    那条 那样 那种 那边 那里 问下 问题 需要 麻烦 上 下 不 与 个 中 么 也 了 事 交 人 从
    他 件 会 但 你 俺 做 元 再 写 几 到 前 去 又 只 可 后 吗 吧 呀 呢
    咋 和 咱 哦 哪 啊 啥 嘛 在 地 块 天 太 她 它 家 对 就 岁 年 很 得
    您 想 成 我 或 才 把 按 无 日 时 是 更 最 月 有 未 来 没 满 用 的
    着 第 等 算 给 能 行 被 要 让 讲 说 谁 跟 过 还 这 那 都 里 钱 需
    须
"""
_FILLER = re.compile("|".join(map(re.escape, _FILLER_WORDS.split())))  # longest first
_QUESTION_WORD = re.compile(r"[几哪啥咋谁]|多少|多久|多长|多大|什么|怎么|如何")
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?")


_UNHEARD = 0.3  # weight of a pair no notice holds: mostly two words that happen to meet
_TELLING = 0.2  # share of the weight from which a piece tells what a question is about
_ASPECT = 6.0  # what is asked of the matter tells about as much as the matter


@dataclass(frozen=True, slots=True)
class Piece:
    """Something a question speaks of: the forms, any of which a text may use, and its weight."""

    forms: tuple[str, ...]
    weight: float
    foreign: bool = False  # a concept that no notice held speaks of
    operative: bool = False  # an act, a paper or a benefit: a text without it is about another
    held: re.Pattern[str] | None = None  # how a text that tells of the aspect asked about looks

    def share_in(self, text: str) -> float:
        """How far `text` speaks of it, in [0, 1]."""
        if self.held is not None:
            return 1.0 if self.held.search(text) else 0.0
        index = _index_form(text)
        return max(_share(form, index) for form in self.forms)


@dataclass(frozen=True, slots=True)
class Content:
    """What a question is about, in pieces."""

    pieces: tuple[Piece, ...]

    @property
    def total(self) -> float:
        """Sum of all weights; 0 where the question says nothing of its own."""
        return sum(piece.weight for piece in self.pieces)

    @property
    def foreign_share(self) -> float:
        """Share of the weight that lies with concepts no notice speaks of."""
        foreign = sum(piece.weight for piece in self.pieces if piece.foreign)
        return foreign / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Concept:
    """Words of our field in a question, and the official terms they stand for."""

    said: str
    official: tuple[str, ...]
    operative: bool = False  # an act, a paper or a benefit
    worth: float = 2.0  # a concept tells more than two characters in a row


def read_content(
    question: str,
    concepts: Iterable[Concept],
    rarity: Callable[[str], float],
    aspects: Iterable[Aspect] = (),
) -> Content:
    """The content of `question`: its aspects, its concepts (as said, official terms), other n-grams.

    Weights are the rarity in the corpus; filler (请问, 怎么, 多少) carries none.
    """
    text = normalize(question)
    pieces: dict[tuple[str, ...], Piece] = {
        (a.name,): Piece((a.name,), _ASPECT, held=a.held) for a in aspects
    }
    taken = [False] * len(text)
    for concept in sorted(concepts, key=lambda c: -len(c.said)):
        key = normalize(concept.said)
        start = text.find(key) if key and not _QUESTION_WORD.search(concept.said) else -1
        if start < 0 or any(taken[start : start + len(key)]):
            continue
        taken[start : start + len(key)] = [True] * len(key)
        forms = tuple(dict.fromkeys([key, *map(normalize, concept.official)]))
        weight, foreign = _weight_of(forms, rarity)
        pieces[forms] = Piece(forms, concept.worth * weight, foreign, concept.operative)
    masked = _mask(text, taken)
    for run in _RUN.finditer(masked):
        for gram in _pairs(run.group()):
            weight = rarity(gram)
            weight = weight if weight < rarity("\0") else _UNHEARD * weight
            pieces.setdefault((gram,), Piece((gram,), weight))
    return Content(tuple(pieces.values()))


def _weight_of(forms: Sequence[str], rarity: Callable[[str], float]) -> tuple[float, bool]:
    """Rarity of the forms that the corpus uses; the full weight where it uses none of them."""
    unheard = rarity("\0")
    weights = [rarity(pair) for form in forms for pair in _pairs(form)]
    known = [weight for weight in weights if weight < unheard]
    return max(known, default=unheard), not known


def _mask(text: str, taken: Sequence[bool]) -> str:
    chars = [" " if used else char for char, used in zip(text, taken, strict=True)]
    for found in _FILLER.finditer(text):
        if not any(taken[found.start() : found.end()]):
            chars[found.start() : found.end()] = " " * (found.end() - found.start())
    return "".join(chars)


def _pairs(run: str) -> list[str]:
    if not "\u4e00" <= run[0] <= "\u9fff":
        return [run]
    return [run[i : i + 2] for i in range(len(run) - 1)]


def coverage(content: Content, text: str) -> float:
    """Share of the question's weight that `text` covers, in [0, 1]; 0 for empty content."""
    if not content.pieces:
        return 0.0
    got = sum(piece.weight * piece.share_in(text) for piece in content.pieces)
    return got / content.total if content.total else 0.0


@lru_cache(maxsize=8192)
def _index_form(text: str) -> str:
    """Clauses and their sentences come back with every question: normalised once."""
    return normalize(text)


def only_in(content: Content, text: str, others: Sequence[str]) -> bool:
    """Whether `text` speaks of something telling that none of `others` speaks of."""
    for piece in content.pieces:
        if piece.weight < _TELLING * content.total:
            continue
        held = [piece.share_in(t) > 0 for t in (text, *others)]
        if held[0] and not any(held[1:]):
            return True
    return False


def missed(content: Content, text: str) -> float:
    """Share of the question that lies with the weightiest act, paper or benefit not in `text`."""
    absent = [p.weight for p in content.pieces if p.operative and not p.share_in(text)]
    return max(absent) / content.total if absent else 0.0


def covers_main(content: Content, text: str) -> bool:
    """Whether `text` speaks at all of the weightiest thing the question is about."""
    if not content.pieces:
        return False
    main = max(content.pieces, key=lambda piece: piece.weight)
    return main.share_in(text) > 0


def lies_beside(content: Content, text: str) -> bool:
    """Whether more than half of the question lies with one thing that `text` does not speak of."""
    main = max(content.pieces, key=lambda piece: piece.weight, default=None)
    return main is not None and 2 * main.weight > content.total and not main.share_in(text)


def _share(form: str, held: str) -> float:
    """1 where the text holds the form; its share of pairs where more than half of them stand apart.

    租赁落户 is held in part by 租赁……商品住房的……申请落户.
    """
    if form in held:
        return 1.0
    pairs = _pairs(form)
    if len(pairs) < 3:
        return 0.0
    share = sum(pair in held for pair in pairs) / len(pairs)
    return share if share > 0.5 else 0.0


def is_familiar(text: str, rarity: Callable[[str], float]) -> bool:
    """Whether most of a text's pairs of characters stand somewhere in the corpus."""
    runs = _RUN.findall(_FILLER.sub(" ", normalize(text)))
    pairs = [pair for run in runs for pair in _pairs(run)]
    known = sum(rarity(pair) < rarity("\0") for pair in pairs)
    return 2 * known > len(pairs)


def unheard_pairs(text: str, rarity: Callable[[str], float]) -> tuple[int, int, float]:
    """How many pairs of characters a question has, how many stand nowhere in the corpus, and the rarity of all."""
    runs = _RUN.findall(_FILLER.sub(" ", normalize(text)))
    weights = [rarity(pair) for run in runs for pair in _pairs(run)]
    return len(weights), sum(w >= rarity("\0") for w in weights), sum(weights)


def rarity_of(document_frequency: Callable[[str], int], total: int) -> Callable[[str], float]:
    """BM25's idf over the whole index, as the weight of a piece."""

    def rarity(gram: str) -> float:
        df = document_frequency(gram)
        return math.log(1 + (total - df + 0.5) / (df + 0.5))

    return rarity
