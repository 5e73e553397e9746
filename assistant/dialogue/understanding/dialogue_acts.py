"""What a message amid a talk does, by a small model, where it is about the talk and not the matter.

A mere remark (文凭总算派上用场了, 我先去问问房东), a wish to hear what was noted (把我报过的念一遍), to
begin anew, or to have the last reply again. What these can be said in is endless; no table has it.
Linear over the character n-grams of the message and of its first and last clause, learned from
messages written for it and from what looks like them: answers, requests, facts. See
`eval/training/README.md`.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal

from assistant.dialogue.understanding.message_features import features_of
from assistant.linear import LinearModel, load

FOLDER = Path(__file__).parents[1] / "learned"
_MOST_READ = 120  # characters; what is about the talk alone is shorter
_OF_STANDING = 0.5

Standing = Literal["asked", "decided", "text"]
"""What the message comes after: a question of ours, a verdict, or a clause quoted."""


class Act(StrEnum):
    """What a message does in the talk."""

    REMARK = "remark"  # wants and tells nothing
    RECALL = "recall"  # wants to hear what was noted
    RESTART = "restart"  # wants everything forgotten
    AGAIN = "again"  # wants the last reply once more, or plainer
    OTHER = "other"  # is about the matter


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """How likely a message does each; they sum to 1."""

    of: tuple[tuple[Act, float], ...]

    def __getitem__(self, act: Act) -> float:
        return dict(self.of)[act]


def features(words: str, standing: Standing) -> dict[int, float]:
    """The rows of weights that a message uses, and how much of each."""
    return features_of(words, _MOST_READ, {f"after={standing}": _OF_STANDING})


class ActReader:
    """Judges messages with the weights of a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    @cached_property
    def _model(self) -> LinearModel:
        return load(self._folder, "dialogue_acts")

    def read(self, words: str, standing: Standing) -> Likelihoods:
        """How likely a message does each."""
        likely = map(float, self._model.likelihoods(features(words, standing)))
        return Likelihoods(tuple(zip(map(Act, self._model.labels), likely, strict=True)))


_READER = ActReader()


def read_acts(words: str, standing: Standing) -> Likelihoods:
    """How likely a message does each, by the weights shipped."""
    return _READER.read(words, standing)
