"""Train what tells a question of somebody's own case from one of what a text says.

    python -m eval.training.train_own_case

Prints, by cross-validation over batches of questions, how many of either are told; then fits on
everything and writes `assistant/dialogue/learned/`.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut

from assistant.answering.askbook import load_askbook
from assistant.dialogue.understanding.message_features import BUCKETS, features_of
from assistant.dialogue.understanding.own_case import FOLDER, MOST_READ
from assistant.linear import store
from eval.model import Case
from eval.sets import paths, read_sets
from eval.training.rows import matrix_of

_C = 10.0  # inverse regularisation, by cross-validation
_BATCH = re.compile(r"-(b\d)")  # of questions written together: p-b8-012
_UNSTATED = frozenset({"no_source", "legal_opinion"})
"""Reasons to refuse what is asked of a text that does not state it."""
_SHOWN = (0.5, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Question:
    """A first message, whether it asks of a case, and the batch that it was written in."""

    words: str
    of_case: bool
    batch: str


def of_sets(root: Path) -> list[Question]:
    """The first turns of the questions to tune on; never one that is held out."""
    cases = (located.case for located in read_sets(paths(root, ())))
    return [one for case in cases if case.split == "dev" for one in _of_case(case)]


def _of_case(case: Case) -> Iterator[Question]:
    turn = case.turns[0]
    if turn.expect is None:
        return
    batch = _BATCH.search(case.id)
    kinds = turn.expect.kinds
    to_text = kinds == {"answer"} or (kinds == {"refuse"} and turn.expect.reason in _UNSTATED)
    if to_text or kinds <= {"verdict", "clarify"}:
        yield Question(turn.question, not to_text, batch[1] if batch else "earlier")


def of_book(corpus: Path) -> list[Question]:
    """The questions written for clauses."""
    asks = load_askbook(corpus).asks
    return [Question(ask.question, False, "asks") for ask in asks if not ask.misses]


def matrix(questions: Sequence[Question]) -> csr_matrix:
    """A row for each question, with a column for each bucket of n-grams."""
    return matrix_of([features_of(each.words, MOST_READ) for each in questions], BUCKETS)


def fit(features: csr_matrix, of_case: Sequence[bool] | NDArray[Any]) -> LogisticRegression:
    """One linear model of what asks of a case."""
    model = LogisticRegression(C=_C, class_weight="balanced", max_iter=600)
    return model.fit(features, np.array(of_case))


def report(questions: Sequence[Question]) -> None:
    """Print what is told of each batch by a model of the others."""
    features, of_case = matrix(questions), np.array([each.of_case for each in questions])
    batches = np.array([each.batch for each in questions])
    for train, test in LeaveOneGroupOut().split(features, of_case, batches):
        batch, truth = batches[test][0], of_case[test]
        if batch == "asks" or truth.all() or not truth.any():
            continue
        likely = fit(features[train], of_case[train]).predict_proba(features[test])[:, 1]
        print(f"{batch}: {truth.sum()} of a case, {(~truth).sum()} of a text")
        for level in _SHOWN:
            taken = likely >= level
            print(f"  >= {level}: {taken[truth].mean():.1%} told, {taken[~truth].sum()} of a text")


def write(model: LogisticRegression, out: Path) -> None:
    """Store a model as `CaseJudge` reads it."""
    store(out, "own_case", ["case"], model.coef_.T, model.intercept_, {})


def main() -> None:
    """Measure, train, write."""
    parser = argparse.ArgumentParser(description="Train what tells a question of a case.")
    parser.add_argument("--sets-root", type=Path, default=Path("eval"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    questions = [*of_sets(options.sets_root), *of_book(options.corpus)]
    report(questions)
    write(fit(matrix(questions), [each.of_case for each in questions]), options.out)


if __name__ == "__main__":
    main()
