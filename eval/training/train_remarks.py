"""Train what tells mere remarks amid a talk from answers, requests and doubts that look like them.

    python -m eval.training.train_remarks

Prints, by cross-validation, how many remarks are told, and how many other messages are taken for
one; then fits on everything and writes `assistant/dialogue/learned/`.
"""

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.dialogue.understanding.remarks import BUCKETS, FOLDER, Standing, features_of
from assistant.linear import store
from eval.model import Case
from eval.sets import paths, read_sets
from eval.training import told

WRITTEN = Path(__file__).parent / "remarks"
_STANDINGS = get_args(Standing)
_AFTER = {"clarify": "asked", "verdict": "decided"}
_FOLDS = 5
_C = 30.0  # inverse regularisation, by cross-validation
_TOLD = 3000  # messages that tell facts, taken as examples of what is no remark
_SHOWN = (0.5, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Said:
    """A message amid a talk, what it came after, and whether it is a mere remark."""

    words: str
    standing: Standing
    is_remark: bool
    family: str  # messages of one family are never trained on and judged at once
    source: str


def written(folder: Path = WRITTEN) -> list[Said]:
    """The messages written for training: lines of label, standing and words, parted by tabs."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            label, standing, words = line.split("\t")
            if label not in {"remark", "other"} or standing not in _STANDINGS:
                raise ValueError(f"{path.name}:{number + 1}")
            family = f"{path.stem}-{number}"
            found.append(
                Said(words, cast("Standing", standing), label == "remark", family, path.stem)
            )
    return found


def of_sets(root: Path) -> list[Said]:
    """The later turns of the dialogues to tune on; never one that is held out."""
    cases = (located.case for located in read_sets(paths(root, ("dialogues",))))
    return [said for case in cases if case.split == "dev" for said in _of_case(case)]


def _of_case(case: Case) -> Iterator[Said]:
    for before, turn in zip(case.turns, case.turns[1:], strict=False):
        if turn.expect is None or turn.expect.or_kinds:
            continue
        kind = before.expect.kind if before.expect is not None else None
        standing = cast("Standing", _AFTER.get(kind or "", "text"))
        yield Said(turn.question, standing, turn.expect.kind == "chat", case.id, "dialogues")


def that_tell(seed: int = 0) -> list[Said]:
    """Messages that tell facts, as if said after each of the three."""
    chance = random.Random(seed)
    messages = [each for each in told.written() if each.labels]
    return [
        Said(each.text, chance.choice(_STANDINGS), False, each.family, "told")
        for each in chance.sample(messages, min(_TOLD, len(messages)))
    ]


def matrix(said: Sequence[Said]) -> csr_matrix:
    """A row for each message, with a column for each bucket of n-grams."""
    rows = [features_of(each.words, each.standing) for each in said]
    ends = np.cumsum([0, *map(len, rows)])
    columns = [bucket for row in rows for bucket in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((values, columns, ends), shape=(len(rows), BUCKETS))


def fit(features: csr_matrix, remarks: Sequence[bool] | NDArray[Any]) -> LogisticRegression:
    """One linear model of what is a remark."""
    model = LogisticRegression(
        C=_C, class_weight="balanced", max_iter=400, solver="liblinear", random_state=0
    )
    return model.fit(features, np.array(remarks))


def report(said: Sequence[Said]) -> None:
    """Print, for each source, what is told of messages whose family was not trained on."""
    features, remarks = matrix(said), np.array([each.is_remark for each in said])
    likely = np.zeros(len(said))
    for train, test in GroupKFold(_FOLDS).split(remarks, groups=[each.family for each in said]):
        likely[test] = fit(features[train], remarks[train]).predict_proba(features[test])[:, 1]
    for source in sorted({each.source for each in said}):
        of_it = np.array([each.source == source for each in said])
        print(f"{source}: {(of_it & remarks).sum()} remarks, {(of_it & ~remarks).sum()} others")
        for level in _SHOWN:
            taken = of_it & (likely >= level)
            told_right = (taken & remarks).sum() / max(1, (of_it & remarks).sum())
            print(f"  >= {level}: {told_right:.1%} told, {(taken & ~remarks).sum()} others taken")


def digests(folder: Path = WRITTEN) -> dict[str, str]:
    """SHA-256 of each file of written remarks."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.tsv"))
    }


def write(model: LogisticRegression, out: Path) -> None:
    """Store a model as `RemarkReader` reads it."""
    trained_on = {"remarks": digests()}
    store(out, "remarks", ["remark"], model.coef_.T, model.intercept_, trained_on)


def main() -> None:
    """Measure, train, write."""
    parser = argparse.ArgumentParser(description="Train what tells mere remarks.")
    parser.add_argument("--sets-root", type=Path, default=Path("eval"))
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    said = [*written(), *of_sets(options.sets_root), *that_tell()]
    report(said)
    write(fit(matrix(said), [each.is_remark for each in said]), options.out)


if __name__ == "__main__":
    main()
