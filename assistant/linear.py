"""Small linear models over hashed features, as they are trained and shipped here.

A model is two files of one name: `NAME.json` has the label of each column, and what it was trained
on; `NAME.npz` the weights as whole numbers up to 127, a scale for each column, and the biases. No
code is stored, so that none need be trusted.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEVELS = 127  # a weight is stored as a whole number of its column's scale


def row_of(feature: str, rows: int) -> int:
    """The row of weights that a feature uses; features share rows where their hashes meet."""
    return zlib.crc32(feature.encode()) % rows


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Weights (a row for each hash, a column for each label) and a bias for each label."""

    labels: tuple[str, ...]
    weights: "NDArray[Any]"
    biases: "NDArray[Any]"

    def scores(self, used: Mapping[int, float]) -> "NDArray[Any]":
        """The score of each label, for rows and how much of each is used."""
        import numpy as np

        shares = np.fromiter(used.values(), dtype=np.float64, count=len(used))
        found: NDArray[Any] = self.biases + shares @ self.weights[list(used)]
        return found

    def likelihoods(self, used: Mapping[int, float]) -> "NDArray[Any]":
        """How likely each label is, of labels of which one holds: they sum to 1."""
        import numpy as np

        scores = self.scores(used)
        likely = np.exp(scores - scores.max())
        found: NDArray[Any] = likely / likely.sum()
        return found

    def chances(self, used: Mapping[int, float]) -> "NDArray[Any]":
        """How likely each label is, each by itself, in [0, 1]."""
        import numpy as np

        found: NDArray[Any] = 1 / (1 + np.exp(-self.scores(used)))
        return found


def load(folder: Path, name: str) -> LinearModel:
    """The model of that name in a folder."""
    import numpy as np

    labels = tuple(json.loads((folder / f"{name}.json").read_text("utf-8"))["labels"])
    with np.load(folder / f"{name}.npz") as stored:
        weights = stored["weights"].astype(np.float32) * stored["scale"]
        return LinearModel(labels, weights, stored["bias"])


def store(
    folder: Path,
    name: str,
    labels: Sequence[str],
    weights: "NDArray[Any]",
    biases: "NDArray[Any]",
    trained_on: Mapping[str, object],
) -> None:
    """Write a model as `load` reads it: `weights` has a row for each hash, a column for each label."""
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-12) / _LEVELS
    np.savez_compressed(
        folder / f"{name}.npz",
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=np.asarray(biases, dtype=np.float32),
    )
    text = json.dumps({"labels": list(labels), **trained_on}, ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(text + "\n", "utf-8")
