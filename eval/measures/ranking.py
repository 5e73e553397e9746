"""Ranking measures by question (ir-measures), with bootstrap intervals and paired tests."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

MEASURES = ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")
SAMPLES = 2_000
_SEED = 20_240_801

Gold = Mapping[str, frozenset[str]]
Rankings = Mapping[str, Sequence[str]]
Scores = dict[str, npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over questions with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean difference of two systems on the same questions, and how likely chance made it."""

    mean: float
    low: float
    high: float
    p: float  # two-sided paired bootstrap


def score(gold: Gold, rankings: Rankings) -> Scores:
    """Each measure for each question, in the order of `gold`."""
    ir_measures = _library()
    r, rr, ndcg = ir_measures.R, ir_measures.RR, ir_measures.nDCG
    names = {r @ 1: "recall@1", r @ 5: "recall@5", r @ 10: "recall@10"}
    names |= {rr @ 10: "mrr@10", ndcg @ 10: "ndcg@10"}
    qrels = {question: dict.fromkeys(ids, 1) for question, ids in gold.items()}
    runs = {question: _descending(rankings.get(question, ())) for question in gold}
    places = {question: place for place, question in enumerate(gold)}
    scores = {name: np.zeros(len(places)) for name in MEASURES}
    for item in ir_measures.iter_calc(list(names), qrels, runs):
        scores[names[item.measure]][places[item.query_id]] = item.value
    return scores


def interval(values: npt.NDArray[np.float64]) -> Interval:
    """The mean and its bootstrap interval (2,000 samples of questions)."""
    means = _resampled_means(values)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(values.mean()), float(low), float(high))


def difference(ours: npt.NDArray[np.float64], theirs: npt.NDArray[np.float64]) -> Difference:
    """Ours minus theirs, question by question."""
    gaps = ours - theirs
    means = _resampled_means(gaps)
    low, high = np.percentile(means, [2.5, 97.5])
    tail = min(np.count_nonzero(means <= 0), np.count_nonzero(means >= 0))
    p = min(1.0, 2 * (tail + 1) / (SAMPLES + 1))
    return Difference(float(gaps.mean()), float(low), float(high), p)


def _resampled_means(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    # The same draws for every system, so that intervals can be compared.
    draws = np.random.default_rng(_SEED).integers(0, len(values), (SAMPLES, len(values)))
    means: npt.NDArray[np.float64] = values[draws].mean(axis=1)
    return means


def _descending(ids: Sequence[str]) -> dict[str, float]:
    unique = list(dict.fromkeys(ids))
    return {name: float(len(unique) - place) for place, name in enumerate(unique)}


def _library() -> Any:  # ir-measures ships no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its optional providers warn on import
        import ir_measures
    return ir_measures
