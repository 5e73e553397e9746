"""Train what forgives words that a wording's clauses do not have.

    python -m eval.training.train_doubt [--honest FILE] [--hostile FILE] [--write]

Takes the scripts of `eval/wording`, `split: dev` only. Prints, by cross-validation over clauses, how
many true statements are left out and how many false ones shown at each level; with `--write` fits on
everything and writes `assistant/answering/learned/doubt.json`.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.answering import worded
from assistant.answering.gate import Gate, Judged, Statement
from assistant.answering.grounding import Support
from assistant.answering.grounding.alignment import features
from assistant.answering.grounding.doubt import STORED
from assistant.answering.grounding.wording import refusals, rests_on_words
from assistant.assembly import build, build_service
from assistant.config import Settings
from assistant.schemas import AskRequest
from eval.model import EVAL_DAY
from eval.wording.scripted import MODEL, scripted_model
from eval.wording.scripts import HONEST, HOSTILE, WordingScript, read_scripts

LEVEL = 0.3
_FOLDS, _REPEATS = 8, 5
_C = 0.3  # inverse regularisation
_SEEN = 3  # statements that a word has to be left over in, to count by itself
_LEVELS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A statement; `figures` beside all that it names, `forgivable` beside each that leaves only words."""

    bad: bool
    clause_id: str
    carried: bool
    figures: Mapping[str, float]
    forgivable: tuple[Mapping[str, float], ...]


class _Recording(Gate):
    """A gate that keeps what it is asked to judge."""

    asked: ClassVar[list[tuple[Statement, tuple[Support, ...]]]] = []

    def judge(self, statement: Statement) -> Judged:
        """Judge, and keep."""
        self.asked.append((statement, self.supports(statement.clause_ids)))
        return super().judge(statement)


def weigh(scripts: Iterable[WordingScript]) -> list[Weighed]:
    """Every statement of the scripts that comes before the gate."""
    _Recording.asked = []
    said = {}
    with (
        TemporaryDirectory() as var,
        scripted_model() as model,
        patch.object(worded, "Gate", _Recording),
    ):
        settings = Settings(var_dir=Path(var), today=EVAL_DAY)
        build(settings)
        service = build_service(
            settings.model_copy(
                update={"llm_base_url": model.base_url, "llm_model": MODEL, "llm_failures": 10**3}
            )
        )
        try:
            for script in scripts:
                model.say(*(one.as_reply() for one in script.statements))
                said.update({(one.text, one.clause_ids): one.bad for one in script.statements})
                service.ask(
                    AskRequest(
                        question=script.question,
                        as_of=script.as_of,
                        jurisdiction=script.jurisdiction,
                    )
                )
        finally:
            service.close()
    return [
        _weighed(statement, supports, said[statement.text, statement.clause_ids])
        for statement, supports in _Recording.asked
        if supports
    ]


def _weighed(statement: Statement, supports: Sequence[Support], bad: bool) -> Weighed:
    refused = [refusals(statement.text, support) for support in supports]
    return Weighed(
        bad,
        statement.clause_ids[0],
        not all(refused),
        features(statement.text, supports[-1]),
        tuple(
            features(statement.text, support)
            for support, found in zip(supports, refused, strict=True)
            if rests_on_words(found)
        ),
    )


@dataclass(frozen=True, slots=True)
class Fitted:
    """A linear model over named features."""

    weights: Mapping[str, float]
    bias: float

    def likelihood(self, figures: Mapping[str, float]) -> float:
        """How likely a statement with these features is false."""
        score = self.bias + sum(self.weights.get(name, 0.0) * n for name, n in figures.items())
        return float(1 / (1 + np.exp(-score)))


def fit(weighed: Sequence[Weighed]) -> Fitted:
    """A model of what tells false statements from true ones."""
    seen: dict[str, int] = {}
    for one in weighed:
        for name in one.figures:
            seen[name] = seen.get(name, 0) + 1
    names = sorted(name for name, times in seen.items() if times >= _SEEN)
    at = {name: column for column, name in enumerate(names)}
    cells = [
        (row, at[name], value)
        for row, one in enumerate(weighed)
        for name, value in one.figures.items()
        if name in at
    ]
    rows, columns, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(weighed), len(names)))
    scale = _scales(matrix, names)
    model = LogisticRegression(C=_C, max_iter=3000, class_weight="balanced")
    model.fit(matrix.multiply(1 / scale).tocsr(), [one.bad for one in weighed])
    weights = dict(zip(names, map(float, model.coef_[0] / scale), strict=True))
    return Fitted(weights, float(model.intercept_[0]))


def _scales(matrix: csr_matrix, names: Sequence[str]) -> NDArray[np.float64]:
    """The deviation of each figure; words and sorts are taken as they are."""
    dense = matrix.toarray()
    deviation = dense.std(axis=0)
    return np.array(
        [
            1.0 if ":" in name or not spread else float(spread)
            for name, spread in zip(names, deviation, strict=True)
        ]
    )


def cross_validated(weighed: Sequence[Weighed], seed: int) -> list[float]:
    """The least doubt about each statement, by models that saw none about its clause."""
    clauses = sorted({one.clause_id for one in weighed})
    order = np.random.default_rng(seed).permutation(len(clauses))
    fold = dict(zip(clauses, (int(place) % _FOLDS for place in order), strict=True))
    models = [fit([o for o in weighed if fold[o.clause_id] != n]) for n in range(_FOLDS)]
    return [
        min((models[fold[one.clause_id]].likelihood(f) for f in one.forgivable), default=1.0)
        for one in weighed
    ]


def report(weighed: Sequence[Weighed]) -> None:
    """Print what each level would show and leave out."""
    good = [i for i, one in enumerate(weighed) if not one.bad]
    bad = [i for i, one in enumerate(weighed) if one.bad]
    shown = sum(weighed[i].carried for i in bad)
    dropped = sum(not weighed[i].carried for i in good)
    print(f"不学的：坏话显示 {shown} / {len(bad)}，好话误删 {dropped} / {len(good)}")
    held = [
        [i for i in side if weighed[i].forgivable and not weighed[i].carried]
        for side in (good, bad)
    ]
    print(f"只因有没见过的词而不收的：好话 {len(held[0])} 句，坏话 {len(held[1])} 句")
    runs = [cross_validated(weighed, seed) for seed in range(_REPEATS)]
    for level in _LEVELS:
        more = [sum(run[i] < level for i in held[1]) for run in runs]
        saved = [sum(run[i] < level for i in held[0]) for run in runs]
        print(f"  {level:.2f}：坏话多显示 {more}，好话多留下 {saved}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--honest", type=Path, default=HONEST)
    parser.add_argument("--hostile", type=Path, default=HOSTILE)
    parser.add_argument("--write", action="store_true", help="学好的写进包里")
    chosen = parser.parse_args(arguments)
    weighed = weigh(
        script
        for path in (chosen.honest, chosen.hostile)
        for script in read_scripts(path)
        if script.split == "dev"
    )
    report(weighed)
    if chosen.write:
        write(fit(weighed), weighed)


def write(fitted: Fitted, weighed: Sequence[Weighed]) -> None:
    """Write the weights, rounded, with what they were learned from."""
    stored = {
        "level": LEVEL,
        "bias": round(fitted.bias, 4),
        "weights": {name: round(weight, 4) for name, weight in sorted(fitted.weights.items())},
        "provenance": {
            "true": sum(not one.bad for one in weighed),
            "false": sum(one.bad for one in weighed),
        },
    }
    STORED.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
