"""What a question asks for, by a small model: a thing that texts state, a particular that few do, or
what is no question to a text at all.

Linear over the character n-grams of the question. Which words make a fee of 要掏多少票子 or deceit
of 让房东写长几个月 is learned from questions written for it; see `eval/training/README.md`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from assistant.clauses.numerals import normalize
from assistant.linear import LinearModel, load, row_of

FOLDER = Path(__file__).parent / "learned"
STATED = "stated"  # what texts are for: conditions, papers, amounts, who, from when
BUCKETS = 8192  # n-grams share weights where their hashes meet
_LONGEST = 3  # characters of an n-gram
_SKIPPED = re.compile(r"[\s，,。？?！!、；;：:“”\"「」]+")
_MOST_READ = 300  # characters; what follows asks nothing new


@dataclass(frozen=True, slots=True)
class Asking:
    """How likely a question asks for each kind of thing; the likelihoods sum to 1."""

    likelihoods: MappingProxyType[str, float]

    @property
    def stated(self) -> float:
        """Likelihood, in [0, 1], that it asks for what texts state."""
        return self.likelihoods[STATED]

    @property
    def kind(self) -> str:
        """The likeliest kind of thing."""
        return max(self.likelihoods, key=self.likelihoods.__getitem__)

    def sure_of(self, least: float) -> str | None:
        """The kind of thing asked for, beside what texts state, where it is at least so likely."""
        kind = self.kind
        return kind if kind != STATED and self.likelihoods[kind] >= least else None


def ngrams_of(question: str) -> set[str]:
    """The n-grams of a question, with its beginning and end marked, punctuation left out."""
    text = f"^{_SKIPPED.sub('', normalize(question[:_MOST_READ]))}$"
    sizes = range(1, _LONGEST + 1)
    return {text[i : i + size] for size in sizes for i in range(len(text) - size + 1)}


def rows_of(question: str) -> dict[int, float]:
    """The rows of weights that a question uses, and how much of each."""
    grams = ngrams_of(question)
    rows = Counter(row_of(gram, BUCKETS) for gram in grams)
    return {row: count * len(grams) ** -0.5 for row, count in rows.items()}


class AskReader:
    """Reads questions with the weights of a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> LinearModel:
        return load(self._folder, "asking")

    def read(self, question: str) -> Asking:
        """What `question` asks for."""
        used = rows_of(question)
        likely = map(float, self._model.likelihoods(used))
        return Asking(MappingProxyType(dict(zip(self._model.labels, likely, strict=True))))


_READER = AskReader()


@lru_cache(maxsize=1024)
def read_asking(question: str) -> Asking:
    """What `question` asks for, by the weights shipped."""
    return _READER.read(question)
