"""What a length of time or a day is said of, where no word of its clause names it.

交到这个月第三个月了, 这边连续七个月: a person knows from what stands around that the pension is
meant. One linear model over the words around a time says which topic it most likely has, learned
from messages whose figures are marked with what they tell; see `eval/training/README.md`.
"""

import re
from collections import defaultdict
from functools import cached_property
from pathlib import Path

from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Months, Point
from assistant.dialogue.reading.topics import Topic, topic_of, topics_in
from assistant.linear import LinearModel, load, row_of

FOLDER = Path(__file__).parents[1] / "learned"
BUCKETS = 1 << 15  # n-grams share weights where their hashes meet
_LONGEST = 3  # characters of an n-gram
_BESIDE = 5  # characters that stand directly beside a time
_DIGITS = re.compile(r"[0-9]+")
_ANOTHER = "#"  # stands for any other time
_LENGTHS = (3, 6, 12, 36)  # months; a length is told by the span that it falls into

_SHARES = {
    "before": 1.0,
    "after": 1.0,
    "just before": 1.5,
    "just after": 1.5,
    "one back": 0.7,
    "two back": 0.4,
    "next": 0.6,
    "anywhere": 0.4,
    "itself": 0.5,
    "read": 2.0,
    "kind": 1.0,
}
"""How much each part of what surrounds a time weighs."""


def surroundings_of(scene: Scene, time: Months | Point) -> dict[str, set[str]]:
    """The n-grams of each part of what surrounds a time; places and people count as their kinds."""
    clauses, at = scene.typed.clauses, scene.typed.clause_at(time.start)
    clause = clauses[at]
    before = "^" + _words(scene, clause.start, time.start, time)
    after = _words(scene, time.end, max(clause.end, time.end), time) + "$"
    near = {
        "one back": clauses[at - 1] if at >= 1 else None,
        "two back": clauses[at - 2] if at > 1 else None,
        "next": clauses[at + 1] if at + 1 < len(clauses) else None,
    }
    span = sum(time.value >= months for months in _LENGTHS) if isinstance(time, Months) else "day"
    return {
        "before": _ngrams(before),
        "after": _ngrams(after),
        "just before": _ngrams(before[-_BESIDE - 1 :]),
        "just after": _ngrams(after[: _BESIDE + 1]),
        **{
            name: _ngrams(_words(scene, other.start, other.end, time)) if other else set()
            for name, other in near.items()
        },
        "anywhere": _ngrams(_words(scene, 0, len(scene.marked), time)),
        "itself": _ngrams(scene.typed.text[time.start : time.end]),
        "read": {
            f"in {topics_in(scene, time.start, time.end)}",
            f"near {topic_of(scene, time.start, tuple(Topic))}",
        },
        "kind": {str(span)},
    }


def _words(scene: Scene, start: int, end: int, time: Months | Point) -> str:
    """What stands there, marked, with every other time as one sign."""
    words, at = [], start
    for other in scene.times:
        if other is not time and at <= other.start and other.end <= end:
            words += [scene.marked[at : other.start], _ANOTHER]
            at = other.end
    return "".join([*words, scene.marked[at:end]])


def _ngrams(text: str) -> set[str]:
    plain = _DIGITS.sub("9", text)
    sizes = range(1, _LONGEST + 1)
    return {plain[i : i + size] for size in sizes for i in range(len(plain) - size + 1)}


def features_of(scene: Scene, time: Months | Point) -> dict[int, float]:
    """The rows of weights that a time uses, and how much of each."""
    found: dict[int, float] = defaultdict(float)
    for part, ngrams in surroundings_of(scene, time).items():
        for ngram in ngrams:
            row = row_of(f"{part}:{ngram}", BUCKETS)
            found[row] += _SHARES[part] * len(ngrams) ** -0.5
    return dict(found)


class TopicReader:
    """Tells what times are said of, with the weights of a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> LinearModel:
        return load(self._folder, "attaching")

    def read(self, scene: Scene, time: Months | Point) -> tuple[Topic, float]:
        """The likeliest topic of a time, and its likelihood."""
        likely = self._model.likelihoods(features_of(scene, time))
        best = int(likely.argmax())
        return Topic(self._model.labels[best]), float(likely[best])


_READER = TopicReader()


def topic_meant(scene: Scene, time: Months | Point) -> tuple[Topic, float]:
    """The likeliest topic of a time by the weights shipped, and its likelihood."""
    return _READER.read(scene, time)
