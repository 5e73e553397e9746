"""Pseudo-questions with the passages that answer them; no real question is needed, nor used.

A passage teaches by itself: some of its pieces, taken out and put as a question, must find the
passage they came from. The lexicon says how people call what the texts call otherwise, and its
words are put in place of the official ones.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.retrieval.tokens import ngrams
from eval.training.texts import Passage, Term

Ids = npt.NDArray[np.int64]
Pair = tuple[Ids, Ids]

UNKNOWN, PADDING = "[UNK]", "[PAD]"

# How people frame what they ask. A frame around everything comes to mean nothing, as it should.
FRAMES = (
    "{}怎么办", "{}吗", "请问{}", "{}需要什么条件", "{}有什么规定", "{}怎么算", "{}可以吗", "我想问{}",
    "{}要多久", "{}给多少钱", "{}行不行", "{}归谁管", "{}犯法吗", "我{}该怎么办", "{}能不能办", "你好，{}",
    "{}需要什么材料", "{}去哪里办", "{}有没有补贴", "我家{}怎么处理", "{}合法吗", "{}要承担什么责任",
    "{}，这种情况怎么处理", "想咨询一下{}", "什么情况下{}", "{}是什么意思", "如果{}会怎样", "别人{}我该咋办",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mixture:
    """How the pseudo-questions are made up."""

    heading_share: float = 0.15  # questions that are a heading
    kept_share: float = 0.3  # passages that keep the pieces asked about
    framed_share: float = 0.8  # questions put as people put them
    colloquial_share: float = 0.5  # official words said otherwise, where a question is rewritten
    rewritten_share: float = 0.5  # rewritten questions, against those left as they are
    term_repeats: int = 3  # each pair of the lexicon, in one epoch
    notice_repeats: int = 8  # each clause of our own corpus, in one epoch
    passage_ngrams: int = 400  # longer passages are cut


class Vocabulary:
    """Which n-grams have a vector: all that the lexicon and notices hold, then the most frequent."""

    def __init__(self, wanted: Iterable[str], counts: Mapping[str, int], size: int) -> None:
        frequent = sorted(counts, key=lambda gram: (-counts[gram], gram))
        kept = dict.fromkeys((UNKNOWN, PADDING, *wanted, *frequent))
        self.index = {gram: number for number, gram in enumerate(list(kept)[:size])}

    @classmethod
    def of(
        cls,
        statutes: Sequence[Passage],
        notices: Sequence[Passage],
        terms: Sequence[Term],
        size: int,
    ) -> "Vocabulary":
        """Count the statutes; keep whatever the lexicon says and the notices say twice."""
        spoken = [text for term in terms for text in (term.said, *term.official)]
        spoken += [frame.format("，") for frame in FRAMES]
        own = _count(notices)
        wanted = [gram for text in spoken for gram in ngrams(text)]
        return cls([*wanted, *(gram for gram in own if own[gram] > 1)], _count(statutes), size)

    def __len__(self) -> int:
        return len(self.index)

    def ids(self, text: str) -> Ids:
        """Rows of the known n-grams of `text`."""
        found = (self.index.get(gram) for gram in ngrams(text))
        return np.fromiter((number for number in found if number is not None), dtype=np.int64)


class Colloquial:
    """Says official words the way people do."""

    def __init__(self, terms: Sequence[Term], share: float) -> None:
        self._said: dict[str, list[str]] = {}
        for term in terms:
            for official in term.official:
                self._said.setdefault(official, []).append(term.said)
        longest_first = sorted(self._said, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._share = share

    def applies(self, text: str) -> bool:
        """Whether `text` holds any official word that people say otherwise."""
        return self._pattern.search(text) is not None

    def rewrite(self, text: str, rng: random.Random) -> str:
        """`text` with some of its official words said otherwise."""

        def choose(match: re.Match[str]) -> str:
            if rng.random() > self._share:
                return match.group()
            return rng.choice(self._said[match.group()])

        return self._pattern.sub(choose, text)


class Examples:
    """Pairs of pseudo-question and passage as rows of the vocabulary, drawn anew for each epoch."""

    def __init__(
        self,
        passages: Sequence[Passage],
        terms: Sequence[Term],
        vocabulary: Vocabulary,
        mixture: Mixture,
    ) -> None:
        self._passages = passages
        self._terms = terms
        self._vocabulary = vocabulary
        self._mixture = mixture
        self._colloquial = Colloquial(terms, mixture.colloquial_share)
        self._headings = [vocabulary.ids(passage.heading) for passage in passages]
        self._pieces = [[vocabulary.ids(piece) for piece in each.pieces] for each in passages]
        self._rewritable = [
            number
            for number, passage in enumerate(passages)
            if self._colloquial.applies("\n".join((passage.heading, *passage.pieces)))
        ]

    def epoch(self, rng: random.Random) -> list[Pair]:
        """One pair for each passage, some more in people's words, and the lexicon."""
        pairs = [self._draw(number, rng, rewrite=False) for number in range(len(self._passages))]
        rewritten = int(len(self._passages) * self._mixture.rewritten_share)
        chosen = rng.sample(self._rewritable, min(len(self._rewritable), rewritten))
        pairs += [self._draw(number, rng, rewrite=True) for number in chosen]
        pairs += self._synonyms(rng)
        rng.shuffle(pairs)
        return [pair for pair in pairs if len(pair[0]) and len(pair[1])]

    def _draw(self, number: int, rng: random.Random, *, rewrite: bool) -> Pair:
        passage, pieces = self._passages[number], self._pieces[number]
        if not pieces or rng.random() < self._mixture.heading_share:
            question, rest, names = passage.heading, pieces, pieces[:0]
        else:
            start, stop = _span(len(pieces), rng)
            question = _crop("，".join(passage.pieces[start:stop]), rng)
            rest, names = pieces[:start] + pieces[stop:], [self._headings[number]]
        if not rest or rng.random() < self._mixture.kept_share:
            rest = pieces
        if rewrite:
            question = self._colloquial.rewrite(question, rng)
        answer = np.concatenate([*names, *rest, np.empty(0, np.int64)])
        question_ids = self._vocabulary.ids(self._frame(question, rng))
        return question_ids, answer[: self._mixture.passage_ngrams]

    def _synonyms(self, rng: random.Random) -> Iterator[Pair]:
        for term in self._terms:
            for official in term.official:
                answer = self._vocabulary.ids(official)
                for _ in range(self._mixture.term_repeats):
                    yield self._vocabulary.ids(self._frame(term.said, rng)), answer

    def _frame(self, question: str, rng: random.Random) -> str:
        framed = rng.random() < self._mixture.framed_share
        return rng.choice(FRAMES).format(question) if framed else question


def _count(passages: Iterable[Passage]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for passage in passages:
        for text in (passage.heading, *passage.pieces):
            counts.update(ngrams(text))
    return counts


def _span(count: int, rng: random.Random) -> tuple[int, int]:
    """One to three neighbouring pieces, leaving at least one where there are two."""
    length = min(rng.choice((1, 1, 2, 2, 3)), max(1, count - 1))
    start = rng.randrange(count - length + 1)
    return start, start + length


def _crop(text: str, rng: random.Random) -> str:
    """The whole or, as often, a stretch of it: people seldom quote a sentence in full."""
    if len(text) < 16 or rng.random() < 0.5:
        return text
    length = rng.randint(8, min(len(text), 60))
    start = rng.randrange(len(text) - length + 1)
    return text[start : start + length]
