"""Train what tells messages about the talk (remarks, recalls …) from those about the matter.

    python -m eval.training.train_acts

Prints, by cross-validation, how many of each act are told, and how many other messages are taken
for it; then fits on everything and writes `assistant/dialogue/learned/`.
"""

import argparse
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.dialogue.understanding.dialogue_acts import FOLDER, Act, Standing, features
from assistant.dialogue.understanding.message_features import BUCKETS
from assistant.linear import store
from eval.model import Case
from eval.sets import paths, read_sets
from eval.training import told
from eval.training.rows import matrix_of

WRITTEN = Path(__file__).parent / "acts"
_STANDINGS = get_args(Standing)
_AFTER = {"clarify": "asked", "verdict": "decided"}
_FOLDS = 5
_C = 30.0  # inverse regularisation, by cross-validation
_TOLD = 3000  # messages that tell facts, taken as examples of what is no remark
_SHOWN = (0.5, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Said:
    """A message amid a talk, what it came after, and what it does."""

    words: str
    standing: Standing
    act: Act
    family: str  # messages of one family are never trained on and judged at once
    source: str


def written(folder: Path = WRITTEN) -> list[Said]:
    """The messages written for training: lines of act, standing and words, parted by tabs."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            act, standing, words = line.split("\t")
            if act not in set(Act) or standing not in _STANDINGS:
                raise ValueError(f"{path.name}:{number + 1}")
            family = f"{path.stem}-{number}"
            found.append(Said(words, cast("Standing", standing), Act(act), family, path.stem))
    return found


def of_sets(root: Path) -> list[Said]:
    """The later turns of the dialogues to tune on; never one that is held out."""
    cases = (located.case for located in read_sets(paths(root, ("dialogues",))))
    return [said for case in cases if case.split == "dev" for said in _of_case(case)]


def _of_case(case: Case) -> Iterator[Said]:
    for before, turn in zip(case.turns, case.turns[1:], strict=False):
        expect = turn.expect
        about_talk = expect is not None and "chat" in expect.kinds
        if expect is None or (about_talk and (expect.or_kinds or expect.says)):
            continue  # which of the acts it is, the case does not say
        if about_talk and {"recall", "restart"} & set(case.tags):
            continue
        kind = before.expect.kind if before.expect is not None else None
        standing = cast("Standing", _AFTER.get(kind or "", "text"))
        act = Act.REMARK if about_talk else Act.OTHER
        yield Said(turn.question, standing, act, case.id, "dialogues")


def that_tell(seed: int = 0) -> list[Said]:
    """Messages that tell facts, as if said after each of the three."""
    chance = random.Random(seed)
    messages = [each for each in told.written() if each.labels]
    return [
        Said(each.text, chance.choice(_STANDINGS), Act.OTHER, each.family, "told")
        for each in chance.sample(messages, min(_TOLD, len(messages)))
    ]


def matrix(said: Sequence[Said]) -> csr_matrix:
    """A row for each message, with a column for each bucket of n-grams."""
    return matrix_of([features(each.words, each.standing) for each in said], BUCKETS)


def fit(features: csr_matrix, acts: Sequence[Act]) -> LogisticRegression:
    """One linear model over all acts."""
    model = LogisticRegression(C=_C, class_weight="balanced", max_iter=600)
    return model.fit(features, [str(act) for act in acts])


def report(said: Sequence[Said]) -> None:
    """Print, for each source, what is told of messages whose family was not trained on."""
    features, acts = matrix(said), np.array([str(each.act) for each in said])
    meant = np.empty(len(said), dtype=acts.dtype)
    likely = np.zeros(len(said))
    folds = GroupKFold(_FOLDS).split(acts, groups=[each.family for each in said])
    for train, test in folds:
        model = fit(features[train], [said[i].act for i in train])
        chances = model.predict_proba(features[test])
        meant[test], likely[test] = model.classes_[chances.argmax(axis=1)], chances.max(axis=1)
    for source in sorted({each.source for each in said}):
        of_it = np.array([each.source == source for each in said])
        for act in (a for a in Act if a is not Act.OTHER):
            right = of_it & (acts == act)
            print(f"{source}: {right.sum()} {act}, {(of_it & ~right).sum()} others")
            for level in _SHOWN:
                taken = of_it & (meant == act) & (likely >= level)
                share = (taken & right).sum() / max(1, right.sum())
                print(f"  >= {level}: {share:.1%} told, {(taken & ~right).sum()} others taken")


def digests(folder: Path = WRITTEN) -> dict[str, str]:
    """SHA-256 of each file of written messages."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.tsv"))
    }


def write(model: LogisticRegression, out: Path) -> None:
    """Store a model as `ActReader` reads it."""
    acts = list(map(str, model.classes_))
    store(out, "dialogue_acts", acts, model.coef_.T, model.intercept_, {"acts": digests()})


def main() -> None:
    """Measure, train, write."""
    parser = argparse.ArgumentParser(description="Train what tells messages about the talk.")
    parser.add_argument("--sets-root", type=Path, default=Path("eval"))
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    said = [*written(), *of_sets(options.sets_root), *that_tell()]
    report(said)
    write(fit(matrix(said), [each.act for each in said]), options.out)


if __name__ == "__main__":
    main()
