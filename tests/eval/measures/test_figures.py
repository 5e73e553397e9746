"""Figures over items: both ways of counting, whole dialogues, and intervals at the edges."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.figures import METRICS, groups, summarize, written, written_interval
from eval.measures.intervals import ratio_interval
from eval.measures.scoring import with_ranking
from eval.running.results import Figure, ItemResult, Retrieved, TurnResult


def item(*turns: TurnResult, name: str = "x-1", **changes: Any) -> ItemResult:
    plain: dict[str, Any] = {
        "id": name,
        "set_name": "policy",
        "category": "policy",
        "split": "dev",
        "tags": ("settlement",),
        "turns": turns,
    }
    return ItemResult.model_validate(plain | changes)


def turn(
    *, passed: bool = True, elapsed_ms: float = 10.0, **scores: tuple[float, float]
) -> TurnResult:
    return TurnResult(passed=passed, elapsed_ms=elapsed_ms, scores=scores)


def test_a_rate_is_right_over_judged() -> None:
    figures = summarize(
        [item(turn(quote_fidelity=(3, 4))), item(turn(quote_fidelity=(1, 1))), item(turn())]
    )
    assert figures["quote_fidelity"].value == pytest.approx(4 / 5)
    assert figures["quote_fidelity"].n == 5


def test_what_was_not_judged_has_no_figure() -> None:
    assert "clause_accuracy" not in summarize([item(turn())])


def test_a_dialogue_is_right_only_when_all_its_turns_are() -> None:
    figures = summarize([item(turn(), turn(passed=False))])
    assert figures["turn_accuracy"].value == pytest.approx(1 / 2)
    assert figures["item_accuracy"].value == 0


def test_wrong_verdicts_are_counted_not_averaged() -> None:
    figures = summarize([item(turn(wrong_eligible=(2, 1))), item(turn(wrong_eligible=(0, 1)))])
    assert (figures["wrong_eligible"].value, figures["wrong_eligible"].n) == (2, 2)


def test_latency_is_given_by_percentile() -> None:
    figures = summarize([item(turn(elapsed_ms=float(ms))) for ms in range(1, 101)])
    assert figures["latency_p50_ms"].value == pytest.approx(50.5)
    assert figures["latency_p95_ms"].value == pytest.approx(95.05)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), min_size=1, max_size=30))
def test_an_interval_holds_its_rate(scores: list[tuple[int, int]]) -> None:
    right = np.array([float(min(a, b)) for a, b in scores])
    of = np.array([float(b) for _, b in scores])
    low, high = ratio_interval(right, of)
    assert 0 <= low <= right.sum() / of.sum() + 1e-9
    assert right.sum() / of.sum() <= high + 1e-9
    assert high <= 1


def test_all_right_is_not_certain() -> None:
    low, high = ratio_interval(np.ones(10), np.ones(10))
    assert (round(low, 3), high) == (0.692, 1.0)  # Clopper-Pearson of 10 in 10


def test_every_group_that_has_items_has_figures() -> None:
    found = groups([item(turn()), item(turn(), split="test", category="missing")])
    assert {"all", "dev", "test", "category:policy/dev", "category:missing", "tag:settlement"} <= (
        found.keys()
    )
    assert "category:policy/test" not in found


def test_rankings_are_scored_with_parts_of_gold_as_gold() -> None:
    ranked = TurnResult(
        passed=True,
        expect={"clauses": ["a"]},
        retrieval=(Retrieved(clause_id="b"), Retrieved(clause_id="a__para_1")),
    )
    (scored,) = with_ranking([item(ranked, set_name="retrieval")])
    scores = scored.turns[0].scores
    assert (scores["recall@1"], scores["recall@5"]) == ((0, 1), (1, 1))
    assert scores["mrr@10"][0] == pytest.approx(1 / 2)


@pytest.mark.parametrize(
    ("name", "text", "interval"),
    [
        ("quote_fidelity", "97.1%", "95.0–99.0"),
        ("wrong_eligible", "0.971", "0.9–1.0"),
        ("recall@5", "0.971", "0.950–0.990"),
        ("latency_p50_ms", "1.0 ms", "0.9–1.0"),
    ],
)
def test_figures_are_written_in_the_manner_of_their_kind(
    name: str, text: str, interval: str
) -> None:
    figure = Figure(value=0.971, low=0.95, high=0.99)
    assert (written(name, figure), written_interval(name, figure)) == (text, interval)
    assert written(name, None) == "–"
    assert name in METRICS
