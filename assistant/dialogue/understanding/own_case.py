"""Whether a question is of somebody's own case, and not of what a text says, by a small model.

房租交了大半年了，租赁落户到不到时候 and 租赁落户要登记多久 name the same; only the way of asking tells that the
one wants to know where they stand. Linear over the character n-grams of the message, learned from
the questions that may be read and those written for clauses; see `eval/training/README.md`.
"""

from functools import cached_property
from pathlib import Path

from assistant.dialogue.understanding.message_features import features_of
from assistant.linear import LinearModel, load

FOLDER = Path(__file__).parents[1] / "learned"
MOST_READ = 300  # characters


class CaseJudge:
    """Judges questions with the weights of a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> LinearModel:
        return load(self._folder, "own_case")

    def likelihood(self, words: str) -> float:
        """How likely a first message asks of a case, in [0, 1]."""
        return float(self._model.chances(features_of(words, MOST_READ))[0])


_JUDGE = CaseJudge()


def asks_of_case(words: str) -> float:
    """How likely a first message asks of a case, in [0, 1], by the weights shipped."""
    return _JUDGE.likelihood(words)
