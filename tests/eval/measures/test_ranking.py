"""Ranking measures: known values, and the bootstrap's behaviour on plain samples."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.ranking import MEASURES, difference, interval, score

GOLD = {"q1": frozenset({"a"}), "q2": frozenset({"b", "c"})}


def test_the_first_place_scores_one_everywhere() -> None:
    scores = score(GOLD, {"q1": ["a", "z"], "q2": ["c", "b"]})
    assert all(scores[name][0] == pytest.approx(1.0) for name in MEASURES)
    assert scores["recall@1"][1] == pytest.approx(0.5)
    assert scores["ndcg@10"][1] == pytest.approx(1.0)


def test_a_later_place_scores_less() -> None:
    scores = score(GOLD, {"q1": ["x", "y", "a"], "q2": ["b", "x", "c"]})
    assert scores["mrr@10"][0] == pytest.approx(1 / 3)
    assert scores["ndcg@10"][0] == pytest.approx(1 / math.log2(4))
    assert scores["recall@5"][1] == pytest.approx(1.0)


def test_a_question_without_results_scores_nothing() -> None:
    scores = score(GOLD, {"q1": []})
    assert all(scores[name].tolist() == [0.0, 0.0] for name in MEASURES)


def test_the_eleventh_place_counts_for_nothing() -> None:
    scores = score({"q1": frozenset({"a"})}, {"q1": [f"x{n}" for n in range(10)] + ["a"]})
    assert all(scores[name][0] == 0.0 for name in MEASURES)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=40))
def test_the_mean_lies_in_its_interval(values: list[float]) -> None:
    found = interval(np.array(values))
    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9


def test_a_constant_gap_is_no_chance() -> None:
    theirs = np.linspace(0, 0.5, 50)
    found = difference(theirs + 0.2, theirs)
    assert found.mean == pytest.approx(0.2)
    assert found.p < 0.01


def test_equal_systems_do_not_differ() -> None:
    same = np.linspace(0, 1, 50)
    assert difference(same, same).p == 1.0
