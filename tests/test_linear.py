"""Linear models as they are stored and read back."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.linear import LinearModel, load, row_of, store

ROWS = 16


def stored(folder: Path) -> LinearModel:
    chance = np.random.default_rng(0)
    weights = chance.normal(size=(ROWS, 3))
    store(
        folder, "small", ["甲", "乙", "丙"], weights, np.array([0.1, 0.0, -0.1]), {"of": "nothing"}
    )
    return load(folder, "small")


def test_what_is_stored_is_read_back_but_for_rounding(tmp_path: Path) -> None:
    weights = np.random.default_rng(0).normal(size=(ROWS, 3))
    model = stored(tmp_path)
    assert model.labels == ("甲", "乙", "丙")
    assert model.weights == pytest.approx(weights, abs=float(np.abs(weights).max()) / 127)


def test_a_column_of_nothing_is_stored_too(tmp_path: Path) -> None:
    store(tmp_path, "empty", ["甲"], np.zeros((ROWS, 1)), np.zeros(1), {})
    assert load(tmp_path, "empty").scores({3: 1.0}) == pytest.approx([0.0])


@given(used=st.dictionaries(st.integers(0, ROWS - 1), st.floats(0, 5), min_size=1))
def test_likelihoods_sum_to_one_and_follow_the_scores(
    tmp_path_factory: pytest.TempPathFactory, used: dict[int, float]
) -> None:
    model = stored(tmp_path_factory.mktemp("model"))
    likely, scores = model.likelihoods(used), model.scores(used)
    assert likely.sum() == pytest.approx(1)
    assert likely[int(scores.argmax())] == likely.max()


@given(feature=st.text(), rows=st.integers(1, 1 << 15))
def test_a_feature_always_uses_the_same_row_within_bounds(feature: str, rows: int) -> None:
    assert 0 <= row_of(feature, rows) < rows
    assert row_of(feature, rows) == row_of(feature, rows)
