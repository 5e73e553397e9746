"""Two runs item by item, and two splits of one run: is the difference more than chance?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from eval.measures.figures import METRICS, score_of
from eval.measures.intervals import CONFIDENCE, SAMPLES, SEED
from eval.running.results import ItemResult, ResultsError, RunResult

SIGNIFICANT = 0.05
PERMUTATIONS = 9_999

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference of two rates with its 95 % interval; `p` by a paired test where there is one."""

    before: float
    after: float
    low: float
    high: float
    n: int  # cases that both have, or of both groups together
    p: float | None = None

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def beyond_noise(self) -> bool:
        """Whether chance is an unlikely reason."""
        if self.p is not None:
            return self.p < SIGNIFICANT
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A count that should be nought before and after, and the cases where it has grown."""

    before: int
    after: int
    grown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs over the cases that both have."""

    common: int
    fixed: tuple[str, ...]
    broken: tuple[str, ...]
    still_wrong: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    p: float  # McNemar's exact test on whole cases
    gaps: dict[str, Gap] = field(default_factory=dict)  # by metric: the rates
    tallies: dict[str, Tally] = field(default_factory=dict)  # by metric: the counts


def compare(before: RunResult, after: RunResult) -> Comparison:
    """Compare two runs; raises ResultsError where they share no case."""
    old = {item.id: item for item in before.items}
    new = {item.id: item for item in after.items}
    common = [name for name in new if name in old]
    if not common:
        raise ResultsError("两次结果没有共同的题，无从比较。请核对两个文件。")
    fixed = tuple(n for n in common if new[n].passed and not old[n].passed)
    broken = tuple(n for n in common if old[n].passed and not new[n].passed)
    gaps: dict[str, Gap] = {}
    tallies: dict[str, Tally] = {}
    for metric, known in METRICS.items():
        if known.kind == "rate":
            found = paired_gap([old[n] for n in common], [new[n] for n in common], metric)
            if found is not None:
                gaps[metric] = found
        elif known.kind == "count":
            counted = {n: (score_of(old[n], metric), score_of(new[n], metric)) for n in common}
            if any(one[1] or other[1] for one, other in counted.values()):
                tallies[metric] = _tally(counted)
    return Comparison(
        common=len(common),
        fixed=fixed,
        broken=broken,
        still_wrong=tuple(n for n in common if not new[n].passed and not old[n].passed),
        only_before=tuple(n for n in old if n not in new),
        only_after=tuple(n for n in new if n not in old),
        p=mcnemar(len(fixed), len(broken)),
        gaps=gaps,
        tallies=tallies,
    )


def _tally(counted: Mapping[str, tuple[tuple[float, float], tuple[float, float]]]) -> Tally:
    return Tally(
        before=int(sum(one[0] for one, _ in counted.values())),
        after=int(sum(other[0] for _, other in counted.values())),
        grown=tuple(name for name, (one, other) in counted.items() if other[0] > one[0]),
    )


def mcnemar(fixed: int, broken: int) -> float:
    """Two-sided exact p of McNemar's test: were as many broken as fixed?"""
    from scipy.stats import binomtest

    return float(binomtest(fixed, fixed + broken, 0.5).pvalue) if fixed + broken else 1.0


def paired_gap(
    before: Sequence[ItemResult], after: Sequence[ItemResult], metric: str
) -> Gap | None:
    """A rate before and after on the same cases, by a paired permutation test."""
    from scipy.stats import permutation_test

    pairs = [(score_of(a, metric), score_of(b, metric)) for a, b in zip(before, after, strict=True)]
    pairs = [(a, b) for a, b in pairs if a[1] > 0 and b[1] > 0]
    if not pairs:
        return None
    old, new = (np.array(side, dtype=np.float64) for side in zip(*pairs, strict=True))
    rates_old, rates_new = old[:, 0] / old[:, 1], new[:, 0] / new[:, 1]
    before_rate = float(old[:, 0].sum() / old[:, 1].sum())
    after_rate = float(new[:, 0].sum() / new[:, 1].sum())
    if np.array_equal(rates_old, rates_new) or len(pairs) < 2:
        gap = after_rate - before_rate
        return Gap(before_rate, after_rate, gap, gap, len(pairs), 1.0)
    p = permutation_test(
        (rates_new, rates_old),
        lambda x, y, axis: (x - y).mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=PERMUTATIONS,
        batch=500,
        rng=np.random.default_rng(SEED),
    ).pvalue
    low, high = _paired_interval(old, new)
    return Gap(before_rate, after_rate, low, high, len(pairs), float(p))


def group_gap(first: Sequence[ItemResult], second: Sequence[ItemResult], metric: str) -> Gap | None:
    """A rate in two groups of different cases: the second less the first, each drawn by itself."""
    sides = [_scores(group, metric) for group in (first, second)]
    if any(len(side) < 2 for side in sides):
        return None
    one, other = sides
    rng = np.random.default_rng(SEED)
    differences = _drawn(other, rng) - _drawn(one, rng)
    low, high = _percentiles(differences)
    return Gap(_rate(one), _rate(other), low, high, len(one) + len(other))


def _scores(items: Sequence[ItemResult], metric: str) -> Values:
    scores = [score for item in items if (score := score_of(item, metric))[1] > 0]
    return np.array(scores, dtype=np.float64).reshape(-1, 2)


def _rate(scores: Values) -> float:
    return float(scores[:, 0].sum() / scores[:, 1].sum())


def _drawn(scores: Values, rng: np.random.Generator) -> Values:
    picks = rng.integers(0, len(scores), (SAMPLES, len(scores)))
    drawn: Values = scores[picks, 0].sum(axis=1) / scores[picks, 1].sum(axis=1)
    return drawn


def _paired_interval(old: Values, new: Values) -> tuple[float, float]:
    picks = np.random.default_rng(SEED).integers(0, len(old), (SAMPLES, len(old)))

    def rates(side: Values) -> Any:
        return side[picks, 0].sum(axis=1) / side[picks, 1].sum(axis=1)

    return _percentiles(rates(new) - rates(old))


def _percentiles(differences: Values) -> tuple[float, float]:
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.percentile(differences, [tail, 100 - tail])
    return float(low), float(high)
