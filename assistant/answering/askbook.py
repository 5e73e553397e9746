"""Questions written for clauses, as people would put them: what a clause's own words do not say.

A clause says 允许本人凭居住证…申请落户 where people say 拿着证想变本地人. For each clause of the corpus
some such questions stand in `corpus/asks/`; how much a question is like them counts where clauses
are weighed. Beside them stand near misses: questions that the clause seems to answer and neither it
nor any other does, a fee or a window; how like them a question is counts against an answer.
Likeness is the cosine of rare n-grams: nothing is trained, a question added counts at once. A
corpus without the folder is answered as before.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering.asking import ngrams_of
from assistant.clauses import CorpusView
from assistant.errors import ManifestError, UnknownClauseError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BEST = 3  # questions of a clause whose likeness is averaged
_EDGES = {"^", "$", "^$"}  # every question begins and ends
_LEAST = 0.02  # likeness of a question below which it is like none
_NEAR_MISS = "!"  # begins the line of a question that the clause only seems to answer


@dataclass(frozen=True, slots=True)
class WrittenAsk:
    """A question written for a clause; `on` is the passage that answers it, where not the whole does.

    One that `misses` seems to be answered by the clause, and no text of the corpus answers it.
    """

    question: str
    clause_id: str
    on: str = ""
    misses: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """How like a question is to those written for a clause."""

    mean: float  # over its best few, in [0, 1]
    on: str  # the passage that answers the one most alike


@dataclass(frozen=True, slots=True)
class _Likeness:
    answered: Mapping[str, Alike]  # by clause
    missed: float  # over the best few near misses, in [0, 1]


class AskBook:
    """The questions written for the clauses of a corpus."""

    def __init__(self, asks: Iterable[WrittenAsk] = ()) -> None:
        self.asks = tuple(asks)
        self._alike = lru_cache(maxsize=256)(self._compare)

    def alike(self, question: str) -> Mapping[str, Alike]:
        """The clauses whose questions are like `question`, by id."""
        return self._alike(question).answered

    def missed(self, question: str) -> float:
        """How like `question` is to those that no clause answers, in [0, 1]."""
        return self._alike(question).missed

    def is_for(self, notice_id: str) -> bool:
        """Whether questions are written for any clause of a notice."""
        return notice_id in self._notices

    @cached_property
    def _notices(self) -> frozenset[str]:
        return frozenset(ask.clause_id.partition("__")[0] for ask in self.asks)

    def _compare(self, question: str) -> _Likeness:
        import numpy as np

        grams = [g for g in _grams(question) if g in self._rarity]
        length = math.sqrt(sum(self._rarity[g] ** 2 for g in grams))
        shared = np.zeros(len(self.asks))
        for gram in grams:
            numbers, held = self._postings[gram]
            shared[numbers] += self._rarity[gram] / length * held
        found: dict[str, list[tuple[float, int]]] = {}
        missed: list[float] = []
        for number in np.flatnonzero(shared > _LEAST):
            if self.asks[number].misses:
                missed.append(float(shared[number]))
                continue
            likeness = (float(shared[number]), -int(number))
            found.setdefault(self.asks[number].clause_id, []).append(likeness)
        return _Likeness(
            {clause_id: self._summed(each) for clause_id, each in found.items()},
            sum(sorted(missed, reverse=True)[:_BEST]) / _BEST,
        )

    def _summed(self, likenesses: list[tuple[float, int]]) -> Alike:
        best = sorted(likenesses, reverse=True)[:_BEST]
        return Alike(sum(value for value, _ in best) / _BEST, self.asks[-best[0][1]].on)

    @cached_property
    def _grams(self) -> list[set[str]]:
        return [_grams(ask.question) for ask in self.asks]

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        held = Counter(gram for grams in self._grams for gram in grams)
        total = 1 + len(self.asks)
        return {gram: 1 + math.log(total / (1 + count)) for gram, count in held.items()}

    @cached_property
    def _postings(self) -> Mapping[str, tuple["NDArray[Any]", "NDArray[Any]"]]:
        import numpy as np

        postings: dict[str, list[tuple[int, float]]] = {}
        for number, grams in enumerate(self._grams):
            length = math.sqrt(sum(self._rarity[gram] ** 2 for gram in grams))
            for gram in grams:
                postings.setdefault(gram, []).append((number, self._rarity[gram] / length))
        return {
            gram: (np.array([n for n, _ in each]), np.array([held for _, held in each]))
            for gram, each in postings.items()
        }


def _grams(question: str) -> set[str]:
    return ngrams_of(question) - _EDGES


def load_askbook(folder: Path) -> AskBook:
    """Read `folder`, a file for each notice; none is no question. Raises ManifestError.

    `# sec_1` opens the questions of a clause, a line each; what follows the number is the passage.
    A line that begins with `!` is a near miss.
    """
    if not folder.is_dir():
        return AskBook()
    return AskBook(ask for path in sorted(folder.glob("*.txt")) for ask in _read(path))


def misplaced(book: AskBook, corpus: CorpusView) -> list[str]:
    """What is wrong with the places of the questions, a Chinese line each."""
    found: dict[str, None] = {}
    for ask in book.asks:
        try:
            held = corpus.clause(ask.clause_id).text
        except UnknownClauseError:
            found[f"asks 里的问句写给 {ask.clause_id}，语料里没有这一条，请改正编号。"] = None
            continue
        if ask.on not in held:
            found[
                f"asks 里写「{ask.on}」出自 {ask.clause_id}，那一条没有这几个字，请照原文改。"
            ] = None
    return list(found)


def _read(path: Path) -> Iterator[WrittenAsk]:
    clause_id = on = ""
    lines = map(str.strip, path.read_text("utf-8").splitlines())
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            unit, _, on = line.lstrip("# ").partition(" ")
            clause_id = f"{path.stem}__{unit}"
        elif line and not clause_id:
            raise ManifestError(
                f"{path.name} 第 {number} 行的问句前没有写是哪一条，请先写「# 条款」。"
            )
        elif line:
            misses = line.startswith(_NEAR_MISS)
            yield WrittenAsk(line.lstrip(f"{_NEAR_MISS} "), clause_id, on.strip(), misses)
