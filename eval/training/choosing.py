"""How much each sign counts where the clauses found for a question are put in order."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from assistant.answering.choosing import signs, weighed
from assistant.answering.picking import Pick, Picker
from assistant.schemas import AskRequest
from eval.judging.citations import within
from eval.model import EVAL_DAY
from eval.running.doors import InProcess
from eval.training.asked import Asked

_WORTH, _CURRENT = "worth", "current"
_MOST = 4.0
_LEAST_WORTH = 0.05  # what is worth less is worth nothing; its logarithm tells no more
_STEPS, _RATE, _DECAY = 800, 0.5, 1e-3


@dataclass(frozen=True, slots=True)
class Field:
    """The clauses found for a question: a row of signs each, and which of them are right."""

    family: str
    names: tuple[str, ...]
    rows: NDArray[Any]
    right: NDArray[Any]


def fields(asked: Sequence[Asked], corpus: Path) -> list[Field]:
    """Put the questions that a clause answers to the product, and see what it has to choose from."""
    recipe = InProcess(corpus, EVAL_DAY)
    recipe.prepare()
    found: list[Field] = []
    with recipe.open() as door, _watched() as seen:
        for each in asked:
            turn = each.case.turns[0] if each.case else None
            wanted = turn.expect.clauses if turn is not None and turn.expect is not None else ()
            if turn is None or not each.is_stated or not wanted:
                continue
            seen.clear()
            request = AskRequest(
                question=turn.question, as_of=turn.as_of, jurisdiction=turn.jurisdiction
            )
            door.ask(request)
            right = np.array([any(within(p.clause.clause_id, w) for w in wanted) for p in seen])
            if right.any() and not right.all():
                rows = [_signs(pick) for pick in seen]
                names = tuple(rows[0])
                values = np.array([[row[name] for name in names] for row in rows])
                found.append(Field(each.family, names, values, right))
    return found


def _signs(pick: Pick) -> dict[str, float]:
    found = signs(alike=pick.alike, dense=pick.dense, missed=pick.missed, cover=pick.cover)
    worth = pick.score / weighed(1.0, found)
    return {
        _WORTH: float(np.log(max(worth, _LEAST_WORTH))),
        _CURRENT: float(pick.is_current),
        **found,
    }


@contextmanager
def _watched() -> Iterator[list[Pick]]:
    """Every clause that a question is answered from or might be, as it is found."""
    picks: list[Pick] = []
    search = Picker.search

    def searching(picker: Picker, *args: Any, **more: Any) -> list[Pick]:
        found = search(picker, *args, **more)
        for pick in found:
            if pick.clause.clause_id not in {p.clause.clause_id for p in picks}:
                picks.append(pick)
        return found

    with patch.object(Picker, "search", searching):
        yield picks


def fit_choosing(fields_: Sequence[Field]) -> dict[str, float]:
    """Weights relative to that of the worth, by which the right clause is likeliest to come first.

    All are lessened alike where one would be beyond `_MOST`: the worth must go on telling how near
    the others come to the best, and the order of the first hardly changes.
    """
    names = fields_[0].names
    everything = np.vstack([field.rows for field in fields_])
    middle, scale = everything.mean(axis=0), everything.std(axis=0) + 1e-9
    most = max(len(field.rows) for field in fields_)
    rows = np.zeros((len(fields_), most, len(names)))
    none, right = np.ones((len(fields_), most), bool), np.zeros((len(fields_), most), bool)
    for i, field in enumerate(fields_):
        rows[i, : len(field.rows)] = (field.rows - middle) / scale
        none[i, : len(field.rows)] = False
        right[i, : len(field.rows)] = field.right
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        likely = _softmax(np.where(none, -np.inf, rows @ weights))
        target = likely * right
        target /= target.sum(axis=1, keepdims=True)
        step = np.einsum("ij,ijk->k", target - likely, rows) / len(fields_)
        weights += _RATE * (step - _DECAY * weights)
    own = dict(zip(names, map(float, weights / scale), strict=True))
    signs_ = {n: w / own[_WORTH] for n, w in own.items() if n not in {_WORTH, _CURRENT}}
    less = min(1.0, _MOST / max(map(abs, signs_.values())))
    return {n: round(less * w, 4) for n, w in signs_.items()}


def _softmax(scores: NDArray[Any]) -> NDArray[Any]:
    likely: NDArray[Any] = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    return likely


def first_right(fields_: Sequence[Field], weights: Mapping[str, float], most: int = 1) -> float:
    """The share of questions whose right clause comes among the first `most`, in force first."""
    if not fields_:
        return 0.0
    names = fields_[0].names
    own = np.array([1.0 if n == _WORTH else 100.0 if n == _CURRENT else weights[n] for n in names])
    hits = [field.right[np.argsort(-(field.rows @ own))[:most]].any() for field in fields_]
    return float(np.mean(hits))
