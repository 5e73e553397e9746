"""95 % intervals over cases: a case is drawn whole, since the turns of a dialogue go together."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

SAMPLES = 2_000
SEED = 20_240_801
CONFIDENCE = 0.95

Values = npt.NDArray[np.float64]
Interval = tuple[float, float]


def ratio_interval(right: Values, of: Values) -> Interval:
    """Bootstrap percentile interval of sum(right)/sum(of) over cases; exact where all are alike.

    When every case came out the same, drawing cases again shows no spread at all: then the exact
    (Clopper-Pearson) interval of so many cases is given.
    """
    rates = right / of
    if np.all(rates == rates[0]) and rates[0] in {0.0, 1.0}:
        return exact_interval(int(rates[0]) * len(rates), len(rates))
    if len(rates) < 2:
        return (float(rates[0]), float(rates[0]))
    return _bootstrap(lambda x, y, axis: x.sum(axis=axis) / y.sum(axis=axis), right, of)


def percentile_interval(values: Values, share: float) -> Interval:
    """Bootstrap interval of a percentile (`share` from 0 to 100)."""
    if len(values) < 2:
        return (float(values[0]), float(values[0]))
    return _bootstrap(lambda x, axis: np.percentile(x, share, axis=axis), values)


def exact_interval(successes: int, trials: int) -> Interval:
    """Clopper-Pearson interval of a share."""
    from scipy.stats import binomtest

    found = binomtest(successes, trials).proportion_ci(CONFIDENCE, method="exact")
    return (float(found.low), float(found.high))


def _bootstrap(statistic: Callable[..., Any], *samples: Values) -> Interval:
    from scipy.stats import bootstrap

    found = bootstrap(
        samples,
        statistic,
        n_resamples=SAMPLES,
        confidence_level=CONFIDENCE,
        method="percentile",
        paired=True,
        vectorized=True,
        batch=200,
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return (float(found.low), float(found.high))
