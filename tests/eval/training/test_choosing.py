"""How much each sign counts where clauses are put in order."""

import numpy as np

from eval.training.choosing import Field, first_right, fit_choosing

NAMES = ("worth", "current", "alike", "dense", "missed", "cover")


def field(*rows: tuple[float, float], right: int) -> Field:
    """Clauses of (worth, alike), the right one given by its place."""
    values = np.array([[worth, 1.0, alike, 0.1, 0.0, 0.5] for worth, alike in rows])
    return Field("f", NAMES, values, np.arange(len(rows)) == right)


def test_a_sign_that_tells_the_right_clause_counts() -> None:
    told = [field((0.0, 0.4), (0.2, 0.1), right=0), field((0.3, 0.0), (0.1, 0.5), right=1)] * 5
    told += [field((0.9, 0.1), (0.1, 0.1), right=0)] * 5
    weights = fit_choosing(told)
    assert weights["alike"] > 0
    assert first_right(told, weights) == 1.0


def test_what_is_in_force_comes_first() -> None:
    rows = np.array([[5.0, 0.0, 0.9, 0, 0, 0], [0.0, 1.0, 0.0, 0, 0, 0]])
    one = Field("f", NAMES, rows, np.array([False, True]))
    weights = {"alike": 5.0, "dense": 0.0, "missed": 0.0, "cover": 0.0}
    assert first_right([one], weights) == 1.0
