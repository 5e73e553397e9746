"""The gate: bounds from a file, and what a run must have to be judged at all."""

from pathlib import Path

import pytest

from eval.gate.thresholds import Bound, ThresholdError, judge, load_thresholds
from eval.running.results import Figure, Provenance, RunResult


def run(complete: bool = True, chosen: bool = False, **figures: float) -> RunResult:
    return RunResult(
        provenance=Provenance(choice={"split": "dev"} if chosen else {}),
        complete=complete,
        figures={"all": {name: Figure(value=value, n=1) for name, value in figures.items()}},
    )


@pytest.mark.parametrize(
    ("bound", "value", "passed"),
    [
        pytest.param(Bound("all", "quote_fidelity", least=1), 1.0, True, id="at_least"),
        pytest.param(Bound("all", "quote_fidelity", least=1), 0.9999, False, id="a_little_less"),
        pytest.param(Bound("all", "quote_fidelity", most=0), 0.0, True, id="at_most"),
        pytest.param(Bound("all", "quote_fidelity", most=0), 0.001, False, id="a_little_more"),
    ],
)
def test_a_bound_is_kept_or_not(bound: Bound, value: float, passed: bool) -> None:
    (check,) = judge(run(quote_fidelity=value), (bound,))
    assert check.passed is passed


def test_a_figure_that_is_not_there_has_failed() -> None:
    bound = Bound("all", "quote_fidelity", least=1)
    (check,) = judge(run(), (bound,))
    assert (check.passed, check.measured) == (False, "没有测到")
    assert judge(run(chosen=True), (bound,)) == []


def test_a_run_cut_short_is_not_judged() -> None:
    with pytest.raises(ThresholdError, match="中断"):
        judge(run(complete=False), ())


def test_the_absolute_bounds_are_in_the_file() -> None:
    bounds = load_thresholds()
    assert Bound("all", "wrong_eligible", most=0) in bounds
    assert Bound("all", "quote_fidelity", least=1) in bounds
    assert {bound.group for bound in bounds} >= {"all", "dev", "test"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "没有门槛", id="empty"),
        pytest.param("all: {nonsense: {min: 1}}", "没有指标「nonsense」", id="metric"),
        pytest.param("most: {quote_fidelity: {min: 1}}", "没有范围「most」", id="group"),
        pytest.param("all: {quote_fidelity: 1}", "须写作", id="shape"),
        pytest.param("all: {quote_fidelity: {min: 高}}", "须写作", id="no_number"),
        pytest.param("all: quote_fidelity", "没有指标", id="no_metrics"),
        pytest.param("all: [", "读不懂", id="no_yaml"),
    ],
)
def test_a_file_that_is_not_sound_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ThresholdError, match=message):
        load_thresholds(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ThresholdError, match="没有门槛文件"):
        load_thresholds(tmp_path / "none.yaml")
