"""The steps of a build, who is told of them, and what a build did."""

from collections.abc import Callable
from dataclasses import dataclass

STEPS = (
    "clean",
    "compare",
    "clauses",
    "lexical",
    "dense",
    "verify",
    "manifest",
    "flush",
    "publish",
    "published",
)
"""Named moments of a build, in order; until `published` the old build serves."""

Progress = Callable[[str, int, int], None]
"""Told `(step, done, total)`; whatever it raises stops the build, and the old one keeps serving."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    build_id: str
    notices: int
    clauses: int
    leaves: int
    added: int = 0  # leaves written
    removed: int = 0  # leaves taken out
    encoded: int = 0  # leaves whose vector had to be computed
    incremental: bool = False  # only differences from the build before were written
    unchanged: bool = False  # the current build was right already: nothing was written
