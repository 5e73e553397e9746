"""Facts that words most likely tell, by a small model: for wording that no reader knows.

One linear model for each fact and value, over the character n-grams of a message, learned from
messages whose facts are written down beside them; see `eval/training/README.md`. It says what is
told and where; figures and days are never learned, they are read where they stand.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.linear import LinearModel, load, row_of
from assistant.rules import FactValue

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parents[1] / "learned"
BUCKETS = 1 << 15  # n-grams share weights where their hashes meet
LONGEST = 3  # characters of an n-gram
MOST_READ = 600  # characters of a message
_DIGITS = re.compile(r"[0-9]+")
_DIGIT = re.compile("[0-9]")
_CLAUSE = re.compile("[^，。？]+")
_TOGETHER = 3  # clauses
_DAY = re.compile(r"\d{4}-\d{2}")


_FAINT = 0.2  # of the loudest: what speaks less for a fact is no part of its words
_LEAST = 0.3  # likelihood below which nothing is told of a fact


@dataclass(frozen=True, slots=True)
class Likely:
    """A fact that words most likely tell."""

    name: str
    value: FactValue
    likelihood: float
    clause: tuple[int, int]  # that says it: its start and end in the folded text
    core: tuple[int, int]  # the words of the clause that speak for it


def ngrams_of(text: str) -> set[str]:
    """The n-grams of a folded text, its ends marked; every run of digits counts as one."""
    plain = f"^{_DIGITS.sub('9', text)}$"
    sizes = range(1, LONGEST + 1)
    return {plain[i : i + size] for size in sizes for i in range(len(plain) - size + 1)}


def bucket(ngram: str) -> int:
    """The row of weights that an n-gram uses."""
    return row_of(ngram, BUCKETS)


def label_of(name: str, value: object) -> str | None:
    """The label of a fact and its value; None for figures and days, which are never learned."""
    if isinstance(value, bool):
        return f"{name}={value}"
    if isinstance(value, str) and not _DAY.match(value):
        return f"{name}={value}"
    return None


def value_of(label: str) -> tuple[str, FactValue]:
    """The fact and the value that a label (`name=value`) names."""
    name, _, value = label.partition("=")
    return name, {"True": True, "False": False}.get(value, value)


class LikelyReader:
    """Reads messages with the weights of a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> LinearModel:
        return load(self._folder, "hearing")

    def read(self, text: str, least: float = _LEAST) -> tuple[Likely, ...]:
        """What a folded text tells with at least that likelihood, likeliest first.

        A story is heard whole and by every few clauses of it: the rest would drown what they tell.
        """
        import numpy as np

        labels, weights = self._model.labels, self._model.weights
        passages = _passages(text[:MOST_READ])
        scores = np.empty((len(passages), len(labels)))
        for row, (start, end) in enumerate(passages):
            used = {bucket(gram) for gram in ngrams_of(text[start:end])}
            scores[row] = self._model.scores(dict.fromkeys(used, len(used) ** -0.5))
        likely = 1 / (1 + np.exp(-scores.max(axis=0)))
        found = []
        for index in np.flatnonzero(likely >= least):
            name, value = value_of(labels[index])
            passage = passages[int(scores[:, index].argmax())]
            clause = self._clause(text, passage, weights[:, index])
            core = self._core(text, clause, weights[:, index])
            found.append(Likely(name, value, float(likely[index]), clause, core))
        return tuple(sorted(found, key=lambda each: -each.likelihood))

    def _clause(
        self, text: str, passage: tuple[int, int], weights: "NDArray[Any]"
    ) -> tuple[int, int]:
        """The clause without which a passage would tell it least."""

        def left(clause: tuple[int, int]) -> float:
            rest = text[passage[0] : clause[0]] + text[clause[1] + 1 : passage[1]]
            used = sorted({bucket(gram) for gram in ngrams_of(rest)})
            return float(weights[used].sum() * len(used) ** -0.5)

        clauses = _clauses(text, *passage)
        return min(clauses, key=left) if len(clauses) > 1 else passage

    def _core(self, text: str, clause: tuple[int, int], weights: "NDArray[Any]") -> tuple[int, int]:
        """The words of a clause that speak for it, without those that do not."""
        start, end = clause
        plain = _DIGIT.sub("9", text)
        heard = [0.0] * (end - start)
        for size in range(1, LONGEST + 1):
            for i in range(start, end - size + 1):
                share = float(weights[bucket(plain[i : i + size])]) / size
                for at in range(i, i + size):
                    heard[at - start] += share
        floor = _FAINT * max(heard, default=0.0)
        best, begin, total, core = 0.0, 0, 0.0, clause
        for at, loudness in enumerate(heard):
            if total <= 0:
                begin, total = at, 0.0
            total += loudness - floor
            if total > best:
                best, core = total, (start + begin, start + at + 1)
        return core


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [m.span() for m in _CLAUSE.finditer(text, start, end)]


def _passages(text: str) -> list[tuple[int, int]]:
    """The whole of a text, and every few clauses that follow one another in it."""
    clauses = _clauses(text, 0, len(text))
    some = range(len(clauses) - _TOGETHER + 1) if len(clauses) > _TOGETHER else ()
    return [(0, len(text)), *((clauses[i][0], clauses[i + _TOGETHER - 1][1]) for i in some)]


_READER = LikelyReader()


@lru_cache(maxsize=1024)
def read_likely(text: str) -> tuple[Likely, ...]:
    """What a folded text most likely tells, by the weights shipped; likeliest first."""
    return _READER.read(text)
