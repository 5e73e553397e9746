"""How far words that nothing accounts for are in doubt: a small model over how the two texts meet.

Linear over `alignment.features`; learned from wordings that are true and wordings that are not
(`eval/training/README.md`). It forgives words of no table, never what a check contradicts.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answering.grounding.alignment import features
from assistant.answering.grounding.model import Support

STORED = Path(__file__).parents[1] / "learned" / "doubt.json"


@dataclass(frozen=True, slots=True)
class Doubt:
    """How likely a statement claims what its support does not, in [0, 1]."""

    likelihood: float
    level: float  # below it, unknown words are taken for a way of saying what the support says

    @property
    def is_small(self) -> bool:
        """Whether words not accounted for may stand."""
        return self.likelihood < self.level


def doubt(statement: str, support: Support) -> Doubt:
    """The doubt about a statement, by the weights shipped."""
    return _Weights.shipped().doubt(features(statement, support))


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each feature weighs."""

    weights: Mapping[str, float]
    bias: float
    level: float

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> "_Weights":
        """The weights of the package."""
        stored = json.loads(STORED.read_text("utf-8"))
        return _Weights(stored["weights"], stored["bias"], stored["level"])

    def doubt(self, found: Mapping[str, float]) -> Doubt:
        """The doubt about a statement with these features."""
        score = self.bias + sum(self.weights.get(name, 0.0) * n for name, n in found.items())
        return Doubt(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), self.level)
