"""Two runs item by item, and two splits of one run."""

import pytest

from eval.measures.comparing import compare, group_gap, mcnemar
from eval.running.results import ItemResult, Provenance, ResultsError, RunResult, TurnResult


def item(name: str, *, passed: bool, quotes: tuple[float, float] = (1, 1)) -> ItemResult:
    return ItemResult(
        id=name,
        set_name="policy",
        category="policy",
        split="dev",
        tags=("fire",),
        turns=(TurnResult(passed=passed, scores={"quote_fidelity": quotes}),),
    )


def run(*items: ItemResult) -> RunResult:
    return RunResult(provenance=Provenance(), items=items)


def test_cases_are_told_apart_by_what_became_of_them() -> None:
    before = run(
        *(item(n, passed=p) for n, p in (("a", True), ("b", False), ("c", False), ("d", True)))
    )
    after = run(
        *(item(n, passed=p) for n, p in (("a", False), ("b", True), ("c", False), ("e", True)))
    )
    found = compare(before, after)
    assert (found.fixed, found.broken, found.still_wrong) == (("b",), ("a",), ("c",))
    assert (found.only_before, found.only_after, found.common) == (("d",), ("e",), 3)


@pytest.mark.parametrize(
    ("fixed", "broken", "p"),
    [(0, 0, 1.0), (5, 5, 1.0), (6, 0, 2 / 2**6), (1, 9, 2 * 11 / 2**10)],
)
def test_mcnemar_is_exact(fixed: int, broken: int, p: float) -> None:
    assert mcnemar(fixed, broken) == pytest.approx(p)


def test_a_run_does_not_differ_from_itself() -> None:
    same = run(*(item(str(n), passed=n % 3 > 0, quotes=(n % 2, 1)) for n in range(30)))
    found = compare(same, same)
    assert found.p == 1
    assert all(gap.difference == 0 and not gap.beyond_noise for gap in found.gaps.values())


def test_a_great_difference_is_beyond_noise_and_a_small_one_is_not() -> None:
    good = run(*(item(str(n), passed=True, quotes=(1, 1)) for n in range(40)))
    bad = run(*(item(str(n), passed=True, quotes=(n >= 20, 1)) for n in range(40)))
    one = run(*(item(str(n), passed=True, quotes=(n >= 1, 1)) for n in range(40)))
    assert compare(good, bad).gaps["quote_fidelity"].beyond_noise
    assert not compare(good, one).gaps["quote_fidelity"].beyond_noise


def test_runs_that_share_no_case_cannot_be_compared() -> None:
    with pytest.raises(ResultsError, match="没有共同的题"):
        compare(run(item("a", passed=True)), run(item("b", passed=True)))


@pytest.mark.parametrize(("right", "beyond"), [(95, False), (60, True)])
def test_splits_differ_when_their_gap_is_more_than_chance(right: int, beyond: bool) -> None:
    dev = [item(f"d{n}", passed=n < 96) for n in range(100)]
    test = [item(f"t{n}", passed=n < right) for n in range(100)]
    gap = group_gap(dev, test, "item_accuracy")
    assert gap is not None
    assert gap.beyond_noise is beyond
    assert gap.low <= gap.difference <= gap.high


def test_a_count_that_grows_is_told_with_the_cases_it_grew_in() -> None:
    def judged(name: str, wrong: float) -> ItemResult:
        turn = TurnResult(passed=not wrong, scores={"wrong_eligible": (wrong, 1)})
        return item(name, passed=not wrong).model_copy(update={"turns": (turn,)})

    before = run(judged("a", 1), judged("b", 0), judged("c", 0))
    after = run(judged("a", 1), judged("b", 2), judged("c", 0))
    tally = compare(before, after).tallies["wrong_eligible"]
    assert (tally.before, tally.after, tally.grown) == (1, 3, ("b",))
    assert "hostile_shown" not in compare(before, after).tallies, "nothing judged it"
