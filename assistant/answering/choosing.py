"""Which of the clauses found answers a question best: a few signs, weighed as was learned.

What retrieval and coverage give a clause is multiplied by what the other signs make of it, so that
a share of the best score keeps its meaning. See `eval/training/README.md`.
"""

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.answering.asking import FOLDER


def signs(*, alike: float, dense: float, missed: float, cover: float) -> dict[str, float]:
    """What is weighed of a clause beside its worth, by name."""
    return {"alike": alike, "dense": dense, "missed": missed, "cover": cover}


@lru_cache(maxsize=1)
def _weights(folder: Path = FOLDER) -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads((folder / "choosing.json").read_text("utf-8"))
    return weights


def weighed(worth: float, found: Mapping[str, float]) -> float:
    """`worth` with the signs counted in."""
    weights = _weights()
    return worth * math.exp(sum(weights[name] * value for name, value in found.items()))
