"""Do two labellers agree beyond chance? Cohen's kappa with its interval (scikit-learn)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.labels.model import VERDICTS, Label, LabelError
from eval.measures.intervals import SEED

SAMPLES = 1_000
_NAMES = list(VERDICTS)

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two labellers on the answers that both have labelled."""

    common: int
    same: int
    kappa: float | None  # None: both gave one and the same label to all, which leaves no chance
    low: float | None
    high: float | None
    weighted: float | None  # linear weights: 部分正确 is nearer to either end
    table: dict[tuple[str, str], int]
    apart: tuple[tuple[Label, Label], ...]


def agreement(first: Sequence[Label], second: Sequence[Label]) -> Agreement:
    """How far two labellers agree; raises LabelError where they share no answer."""
    one = {label.key: label for label in first}
    other = {label.key: label for label in second}
    common = sorted(one.keys() & other.keys())
    if not common:
        raise LabelError(["两份标注没有共同的答复，算不出一致程度。"], what="标注")
    pairs = [(one[key], other[key]) for key in common]
    left = np.array([_NAMES.index(a.verdict) for a, _ in pairs])
    right = np.array([_NAMES.index(b.verdict) for _, b in pairs])
    interval = _interval(left, right)
    return Agreement(
        common=len(common),
        same=int((left == right).sum()),
        kappa=_kappa(left, right),
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        weighted=_kappa(left, right, weights="linear"),
        table=dict(Counter((a.verdict, b.verdict) for a, b in pairs)),
        apart=tuple((a, b) for a, b in pairs if a.verdict != b.verdict),
    )


def _kappa(left: Codes, right: Codes, weights: str | None = None) -> float | None:
    from sklearn.metrics import cohen_kappa_score

    if len(set(left) | set(right)) < 2:
        return None
    return float(cohen_kappa_score(left, right, labels=range(len(_NAMES)), weights=weights))


def _interval(left: Codes, right: Codes) -> tuple[float, float] | None:
    rng = np.random.default_rng(SEED)
    drawn = []
    for _ in range(SAMPLES):
        picks = rng.integers(0, len(left), len(left))
        found = _kappa(left[picks], right[picks])
        if found is not None:
            drawn.append(found)
    if len(drawn) < SAMPLES / 2:
        return None
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)
