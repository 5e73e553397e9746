"""Train what tells questions that the corpus answers from those that it does not.

    python -m eval.training.train_refusing --outside stard_dev.json

Prints how well both models do on families of questions that they were not trained on, then fits
them on everything and writes `assistant/answering/learned/`.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from assistant.answering import bearing, selection, stating
from assistant.answering.asking import BUCKETS, FOLDER, AskReader, rows_of
from assistant.answering.picking import Chosen
from assistant.linear import store
from assistant.schemas import AskRequest
from eval.judging.citations import within
from eval.model import EVAL_DAY
from eval.running.doors import InProcess
from eval.training.asked import WRITTEN, Asked, of_book, of_sets, outside, written
from eval.training.choosing import Field, fields, first_right, fit_choosing

_FOLDS = 5
_ASKING_C, _BEARING_C = 30.0, 0.3  # inverse regularisation, by cross-validation
_OUTSIDE_WEIGHT = 0.3  # questions of other matters are many, and easy
_SHOWN = (0.2, 0.3, 0.35, 0.4, 0.5)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question with the features of the clause picked for it; `answers` if one was right."""

    question: str
    family: str
    features: Mapping[str, float]
    answers: bool
    is_outside: bool
    was_chosen: bool


def fit_asking(asked: Sequence[Asked]) -> LogisticRegression:
    """A linear model of what kind of thing a question asks for."""
    model = LogisticRegression(C=_ASKING_C, max_iter=400)
    return model.fit(_matrix([a.question for a in asked]), [a.kind for a in asked])


def likelihood_stated(
    model: LogisticRegression, questions: Sequence[str], folder: Path
) -> NDArray[Any]:
    """How likely each question asks for what texts state, by weights as they are stored."""
    write_asking(model, folder)
    reader = AskReader(folder)
    return np.array([reader.read(question).stated for question in questions])


def _matrix(questions: Sequence[str]) -> csr_matrix:
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, question in enumerate(questions):
        used = rows_of(question)
        rows += [row] * len(used)
        columns += used
        values += used.values()
    return csr_matrix((values, (rows, columns)), shape=(len(questions), BUCKETS))


def folds(families: Sequence[str]) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Parts to train on and to measure on; a family of questions is never in both."""
    yield from GroupKFold(_FOLDS).split(np.arange(len(families)), groups=np.array(families))


def weigh(asked: Sequence[Asked], others: Sequence[str], corpus: Path) -> list[Weighed]:
    """Put the questions to the product and read the features of what it picks for each."""
    recipe = InProcess(corpus, EVAL_DAY)
    recipe.prepare()
    found: list[Weighed] = []
    with recipe.open() as door, _watched() as seen:
        for each in [*asked, *(Asked(q, "", q) for q in others)]:
            turn = each.case.turns[0] if each.case else None
            seen.clear()
            answer = door.ask(
                AskRequest(
                    question=each.question,
                    as_of=turn.as_of if turn else None,
                    jurisdiction=turn.jurisdiction if turn else None,
                )
            )
            if "features" not in seen:
                continue
            cited = [c.clause_id for c in answer.citations]
            if each.is_stated and turn is not None:
                wanted = turn.expect.clauses
                if (
                    answer.kind != "refuse"
                    and wanted
                    and not any(within(c, w) for c in cited for w in wanted)
                ):
                    continue
            found.append(
                Weighed(
                    each.question,
                    each.family,
                    seen["features"],
                    each.is_stated,
                    not each.kind,
                    seen["chosen"],
                )
            )
    return found


@contextmanager
def _watched() -> Iterator[dict[str, Any]]:
    """What the choosing of clauses weighs, put down as it happens, whatever the weights so far."""
    seen: dict[str, Any] = {}
    select, judge = selection.select, stating.unless_unstated

    def selecting(*args: Any, **more: Any) -> Any:
        chosen = select(*args, **more)
        seen["chosen"] = isinstance(chosen, Chosen)
        return chosen

    def judging(picker: Any, picks: Any, pool: Any = ()) -> Any:
        seen["features"] = bearing.features(picker, picks[0])
        return judge(picker, picks, pool)

    with (
        patch("assistant.answering.pipeline.select", selecting),
        patch("assistant.answering.selection.unless_unstated", judging),
        patch("assistant.answering.stating.bears", lambda *_: 1.0),
    ):
        yield seen


def fit_bearing(weighed: Sequence[Weighed]) -> dict[str, Any]:
    """Weights of the features, and the bias, on the features' own scale."""
    names = list(weighed[0].features)
    scaler = StandardScaler().fit(_rows(weighed, names))
    model = LogisticRegression(C=_BEARING_C, max_iter=500)
    model.fit(
        scaler.transform(_rows(weighed, names)),
        [w.answers for w in weighed],
        sample_weight=[_OUTSIDE_WEIGHT if w.is_outside else 1.0 for w in weighed],
    )
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    return {
        "weights": {n: round(float(w), 5) for n, w in zip(names, weights, strict=True)},
        "bias": round(bias, 5),
    }


def _rows(weighed: Sequence[Weighed], names: Sequence[str]) -> NDArray[Any]:
    return np.array([[w.features[name] for name in names] for w in weighed])


def judged(model: Mapping[str, Any], weighed: Sequence[Weighed]) -> NDArray[Any]:
    """The likelihood that each clause answers its question."""
    names = list(model["weights"])
    scores = _rows(weighed, names) @ np.array([model["weights"][n] for n in names]) + model["bias"]
    likely: NDArray[Any] = 1 / (1 + np.exp(-scores))
    return likely


def main() -> None:
    """Measure, train, write."""
    options = _options()
    own = of_sets(options.sets_root)
    extra = [*written(), *of_book(options.corpus / "asks")]
    others = outside(options.outside) if options.outside else []
    unseen = np.zeros(len(own))
    with TemporaryDirectory() as folder:
        for train, test in folds([a.family for a in own]):
            model = fit_asking([*extra, *(own[i] for i in train)])
            unseen[test] = likelihood_stated(
                model, [own[i].question for i in test], Path(folder) / str(test[0])
            )
    stated = np.array([a.is_stated for a in own])
    print(f"asking, {len(own)} questions: AUC {roc_auc_score(stated, unseen):.3f}")
    for level in _SHOWN:
        beyond, kept = unseen[~stated] < level, unseen[stated] < level
        print(f"  < {level}: {beyond.mean():.1%} of those not stated, {kept.mean():.1%} of stated")
    write_asking(fit_asking([*extra, *own]), options.out)
    _choose(fields(own, options.corpus), options.out)
    likely = dict(zip((a.question for a in own), unseen, strict=True))
    weighed = [_unseen(w, likely) for w in weigh(own, others, options.corpus)]
    _report(weighed)
    stored = fit_bearing(weighed)
    stored["provenance"] = {
        "asks": digests(),
        "questions": len(own) + len(extra),
        "outside": len(others),
        "weighed": len(weighed),
    }
    _store(stored, options.out / bearing.WRITTEN_FOR)
    plain = [_without(w, bearing.BY_WRITTEN) for w in weighed]
    _store(
        {**fit_bearing(plain), "provenance": stored["provenance"]}, options.out / bearing.UNWRITTEN
    )


def _store(model: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _without(weighed: Weighed, signs: frozenset[str]) -> Weighed:
    """As if these signs had not been looked at."""
    return replace(weighed, features={n: f for n, f in weighed.features.items() if n not in signs})


def _choose(found: Sequence[Field], out: Path) -> None:
    """Measure and write what the order of the clauses found goes by."""
    print(f"choosing, {len(found)} questions:", flush=True)
    parts = [
        ([found[i] for i in test], fit_choosing([found[i] for i in train]))
        for train, test in folds([each.family for each in found])
    ]
    for most in (1, 3):
        share = np.mean([first_right(test, weights, most) for test, weights in parts])
        print(f"  right among the first {most}: {share:.1%}")
    text = json.dumps(fit_choosing(found), ensure_ascii=False, indent=1)
    (out / "choosing.json").write_text(text + "\n", "utf-8")


def _unseen(weighed: Weighed, likely: Mapping[str, float]) -> Weighed:
    """With what the first model said of a question while it was not trained on it."""
    if weighed.question not in likely:
        return weighed
    stated = bearing.log_odds(float(likely[weighed.question]))
    return replace(weighed, features={**weighed.features, "stated": stated})


def _report(weighed: Sequence[Weighed]) -> None:
    likely = np.zeros(len(weighed))
    for train, test in folds([w.family for w in weighed]):
        likely[test] = judged(fit_bearing([weighed[i] for i in train]), [weighed[i] for i in test])
    answers = np.array([w.answers for w in weighed])
    far = np.array([w.is_outside for w in weighed])
    chosen = np.array([w.was_chosen for w in weighed])
    print(f"bearing, {len(weighed)} picks: AUC {roc_auc_score(answers, likely):.3f}, ", end="")
    print(f"without those of other matters {roc_auc_score(answers[~far], likely[~far]):.3f}")
    for level in _SHOWN:
        shares = [
            (likely[group] < level).mean() if group.any() else float("nan")
            for group in (far & chosen, ~far & ~answers, answers & chosen)
        ]
        print(
            f"  < {level}: {shares[0]:.1%} of other matters, {shares[1]:.1%} of near misses, "
            f"{shares[2]:.1%} of answers"
        )


def digests(folder: Path = WRITTEN) -> dict[str, str]:
    """SHA-256 of each file of written questions."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.txt"))
    }


def write_asking(model: LogisticRegression, out: Path) -> None:
    """Store a model as `AskReader` reads it."""
    kinds = list(map(str, model.classes_))
    store(out, "asking", kinds, model.coef_.T, model.intercept_, {"asks": digests()})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train what refuses questions not answered.")
    parser.add_argument("--outside", type=Path, help="questions of other matters, as STARD")
    parser.add_argument("--sets-root", type=Path, default=Path("eval"))
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, default=FOLDER)
    return parser.parse_args()


if __name__ == "__main__":
    main()
