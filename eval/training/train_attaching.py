"""Train what tells of which matter a length of time or a day is, where no word names it.

    python -m eval.training.train_attaching

Prints, by cross-validation over families of messages, how many of the times that no word of their
clause places are placed right; then fits on everything and writes `assistant/dialogue/learned/`.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.clauses import Place, load_gazetteer
from assistant.dialogue.reading.attaching import BUCKETS, FOLDER, features_of
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene, read_scene
from assistant.dialogue.reading.time_words import Months, Point
from assistant.dialogue.reading.topics import Topic, topics_in
from assistant.linear import store
from eval.model import EVAL_DAY
from eval.sets import paths, read_sets
from eval.training.rows import matrix_of
from eval.training.told import WRITTEN, digests

HOME = Place("330400", "嘉兴市")  # where the messages are written from
_FOLDS = 5
_C = 10.0  # inverse regularisation, by cross-validation
_SHOWN = (0.5, 0.7, 0.8, 0.9, 0.95)
_NEAR = 31  # days; a month told without its day may be read as any day of it
_YEARS = "edu.years_since_graduation"

TOPICS: Mapping[str, Topic] = {
    "reg.months": Topic.REG,
    "reg.start": Topic.REG,
    "reg.cumulative_months": Topic.REG,
    "pension.consecutive_months_city": Topic.PENSION,
    "pension.start": Topic.PENSION,
    "pension.months_elsewhere": Topic.PENSION,
    "insurance.months_in_year": Topic.PENSION,
    "rent.months": Topic.RENT,
    "rent.start": Topic.RENT,
    "rent.end": Topic.RENT,
    "permit.issued_on": Topic.PERMIT,
    "permit.valid_until": Topic.PERMIT,
    "job.months": Topic.JOB,
    "job.start": Topic.JOB,
    "job.contract_months": Topic.CONTRACT,
    "residence.months_same_county": Topic.LIVE,
    "residence.start_same_county": Topic.LIVE,
    _YEARS: Topic.GRADUATION,
    "edu.graduated_on": Topic.GRADUATION,
    "retired_on": Topic.RETIREMENT,
    "employer.founded_on": Topic.FOUNDING,
    "apply.on": Topic.APPLYING,
}
"""The facts that a time may tell, each with the topic by which the readers find it."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message, the facts that it tells, and the words of its figures as far as they are marked.

    `whole`: every fact that it tells is written down, so that any other time tells none.
    """

    text: str
    facts: Mapping[str, Any]
    words: Mapping[str, str]
    family: str
    as_of: date = EVAL_DAY
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A time of a message, and what it is said of."""

    scene: Scene
    time: Months | Point
    topic: Topic
    family: str


def written(folder: Path = WRITTEN) -> Iterator[Message]:
    """The messages written for training."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            each = json.loads(line)
            family = f"{path.stem}-{number}"
            yield Message(each["text"], each["facts"], each.get("words", {}), family)


def of_sets(root: Path) -> Iterator[Message]:
    """The turns to tune on that have a reading, each with the facts that it adds."""
    for case in (located.case for located in read_sets(paths(root, ()))):
        known: Mapping[str, Any] = {}
        for turn in case.turns if case.split == "dev" else ():
            if turn.reading is None:
                continue
            facts = turn.reading.facts
            added = {name: value for name, value in facts.items() if known.get(name) != value}
            known, day = facts, turn.reading.as_of or EVAL_DAY
            yield Message(turn.question, added, {}, case.id, day, whole=False)


def placed(messages: Iterable[Message], surroundings: Surroundings) -> Iterator[Placed]:
    """The times of messages of which is known what they are said of."""
    for message in messages:
        scene = read_scene(message.text, message.as_of, surroundings, None, None)
        spans = [(a.start, a.end) for a in scene.ages] + [(b.start, b.end) for b in scene.births]
        for time in scene.times:
            if any(start < time.end and time.start < end for start, end in spans):
                continue
            topic = _topic_of(scene, time, message)
            if topic is not None:
                yield Placed(scene, time, topic, message.family)


def _topic_of(scene: Scene, time: Months | Point, message: Message) -> Topic | None:
    said = scene.typed.said(time.start, time.end)
    marked = {t for n, t in TOPICS.items() if _is_said(said, message.words.get(n))}
    unmarked = {n: v for n, v in message.facts.items() if n in TOPICS and n not in message.words}
    fits = marked or {TOPICS[n] for n, value in unmarked.items() if _fits(time, n, value)}
    if len(fits) == 1:
        return fits.pop()
    return Topic.OTHER if not fits and message.whole else None


def _is_said(said: str, words: str | None) -> bool:
    return bool(words) and (str(words) in said or said in str(words))


def _fits(time: Months | Point, name: str, value: object) -> bool:
    if isinstance(time, Point):
        told = date.fromisoformat(value) if isinstance(value, str) else None
        return told is not None and abs((told - time.value).days) <= _NEAR
    if not isinstance(value, int):
        return False
    months = value * 12 if name == _YEARS else value
    low = time.value if time.low is None else time.low
    high = time.value if time.high is None else time.high
    return low <= months <= max(high, time.value)


def matrix(times: Sequence[Placed]) -> csr_matrix:
    """A row for each time, with a column for each bucket of n-grams."""
    return matrix_of([features_of(each.scene, each.time) for each in times], BUCKETS)


def fit(features: csr_matrix, topics: Sequence[Topic]) -> LogisticRegression:
    """One linear model over all topics."""
    model = LogisticRegression(C=_C, max_iter=400)
    return model.fit(features, [str(topic) for topic in topics])


def report(times: Sequence[Placed], features: csr_matrix) -> None:
    """Print how times are placed of which no word of their clause says what they are of."""
    topics = np.array([str(each.topic) for each in times])
    silent = np.array([topics_in(e.scene, e.time.start, e.time.end) is None for e in times])
    meant = np.empty(len(times), dtype=topics.dtype)
    likely = np.zeros(len(times))
    folds = GroupKFold(_FOLDS).split(topics, groups=[each.family for each in times])
    for train, test in folds:
        model = fit(features[train], [times[i].topic for i in train])
        chances = model.predict_proba(features[test])
        meant[test], likely[test] = model.classes_[chances.argmax(axis=1)], chances.max(axis=1)
    told = int((silent & (topics != "other")).sum())
    print(f"{len(times)} times, {told} of them tell a fact and have no word that says which")
    for level in _SHOWN:
        heard = silent & (meant != "other") & (likely >= level)
        right, other = heard & (meant == topics), heard & (topics == "other")
        print(
            f"  >= {level}: {int(right.sum())} placed right, {int(other.sum())} that tell nothing,"
            f" {int((heard & ~right & ~other).sum())} of something else"
        )


def write(model: LogisticRegression, out: Path) -> None:
    """Store a model as `TopicReader` reads it."""
    topics = list(map(str, model.classes_))
    store(out, "attaching", topics, model.coef_.T, model.intercept_, {"told": digests()})


def train(times: Sequence[Placed]) -> LogisticRegression:
    """A model of all these times."""
    return fit(matrix(times), [each.topic for each in times])


def main() -> None:
    """Measure, train, write."""
    parser = argparse.ArgumentParser(description="Train what tells of which matter a time is.")
    parser.add_argument("--sets-root", type=Path, default=Path("eval"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    surroundings = Surroundings(load_gazetteer(options.corpus), HOME)
    messages = (*written(), *of_sets(options.sets_root))
    times = tuple(placed(messages, surroundings))
    features = matrix(times)
    report(times, features)
    topics: NDArray[Any] | list[Topic] = [each.topic for each in times]
    write(fit(features, list(topics)), options.out)


if __name__ == "__main__":
    main()
