"""Train what hears facts in words that no reader knows.

    python -m eval.training.train_hearing

Prints, by cross-validation over families of messages, how many facts told would be heard that the
readers leave open, and how many that nobody told; then fits on everything and writes
`assistant/dialogue/learned/`.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.dialogue.reading.likely import (
    BUCKETS,
    FOLDER,
    MOST_READ,
    bucket,
    ngrams_of,
)
from assistant.dialogue.reading.typed import read_typed
from assistant.linear import store
from eval.training.told import Told, digests, of_sets, written

_FOLDS = 4
_C = 30.0  # inverse regularisation, by cross-validation
_FEWEST = 4  # messages that tell a fact, below which it is not learned
_SHOWN = (0.5, 0.7, 0.8, 0.9, 0.95)


def labels_of(told: Sequence[Told]) -> list[str]:
    """The facts and values that are told often enough to be learned."""
    counts = Counter(label for each in told for label in each.labels)
    return sorted(label for label, count in counts.items() if count >= _FEWEST)


def fit(told: Sequence[Told], labels: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Weights (`BUCKETS` rows, a column for each label) and the bias of each label."""
    features = matrix([each.text for each in told])
    weights, biases = np.zeros((BUCKETS, len(labels))), np.zeros(len(labels))
    for column, label in enumerate(labels):
        model = LogisticRegression(
            C=_C, class_weight="balanced", max_iter=300, solver="liblinear", random_state=0
        )
        model.fit(features, [label in each.labels for each in told])
        weights[:, column], biases[column] = model.coef_[0], model.intercept_[0]
    return weights, biases


def matrix(messages: Sequence[str]) -> csr_matrix:
    """A row for each message: its n-grams, with weights whose squares sum to 1."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, message in enumerate(messages):
        used = sorted({bucket(gram) for gram in ngrams_of(read_typed(message).text[:MOST_READ])})
        rows += [row] * len(used)
        columns += used
        values += [len(used) ** -0.5] * len(used)
    return csr_matrix((values, (rows, columns)), shape=(len(messages), BUCKETS))


def likelihoods(weights: NDArray[Any], biases: NDArray[Any], told: Sequence[Told]) -> NDArray[Any]:
    """How likely each message (row) tells each label (column)."""
    scores = matrix([each.text for each in told]) @ weights + biases
    likely: NDArray[Any] = 1 / (1 + np.exp(-scores))
    return likely


def report(own: Sequence[Told], extra: Sequence[Told]) -> None:
    """Print what is heard of messages whose family was not trained on."""
    families = np.array([each.family for each in own])
    right: Counter[float] = Counter()
    wrong: Counter[float] = Counter()
    for train, test in GroupKFold(_FOLDS).split(np.arange(len(own)), groups=families):
        known, unseen = [*extra, *(own[i] for i in train)], [own[i] for i in test]
        labels = labels_of(known)
        likely = likelihoods(*fit(known, labels), unseen)
        truth = np.array([[label in each.labels for label in labels] for each in unseen])
        for level in _SHOWN:
            right[level] += int((likely[truth] >= level).sum())
            wrong[level] += int((likely[~truth] >= level).sum())
    told = sum(len(each.labels) for each in own)
    print(f"{len(own)} turns of the sets, {len(extra)} written messages, {told} facts told")
    for level in _SHOWN:
        heard = right[level] + wrong[level]
        print(f"  >= {level}: {right[level] / told:.1%} heard, {wrong[level] / heard:.1%} not told")


def write(labels: Sequence[str], weights: NDArray[Any], biases: NDArray[Any], out: Path) -> None:
    """Store a model as `LikelyReader` reads it."""
    store(out, "hearing", labels, weights, biases, {"told": digests()})


def main() -> None:
    """Measure, train, write."""
    parser = argparse.ArgumentParser(description="Train what hears facts in unknown words.")
    parser.add_argument("--sets-root", type=Path, default=Path("eval"))
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    own, extra = of_sets(options.sets_root), written()
    report(own, extra)
    labels = labels_of([*own, *extra])
    write(labels, *fit([*own, *extra], labels), options.out)


if __name__ == "__main__":
    main()
