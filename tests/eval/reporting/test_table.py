"""The table on the terminal: every failure readable, and what is held out only counted."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from eval.reporting.table import show
from eval.running.evaluation import summed_up
from eval.running.results import Provenance, RunResult
from eval.running.runner import run
from tests.eval.builders import answer, case
from tests.eval.running.doubles import Scripted, located


def failures(*, shown: bool) -> RunResult:
    dev = case({"kind": "chat"}, {"kind": "refuse"}, case_id="x-dev")
    held = case({"kind": "refuse"}, case_id="x-held", split="test")
    script = Scripted(lambda _: answer("chat"))
    items = run([located(dev), located(held)], script, Path("corpus"), done=lambda _: None)
    return summed_up(items, Provenance(), complete=True, held_out_shown=shown)


def page(*, shown: bool) -> str:
    text = StringIO()
    show(failures(shown=shown), Console(file=text, width=200))
    return text.getvalue()


def test_every_failure_of_dev_is_readable() -> None:
    text = page(shown=False)
    assert "✗ x-dev（dev）第 2 轮 第2问" in text
    assert "前 1：第1问" in text
    assert "应为 refuse，实为 chat" in text


def test_failures_held_out_are_only_counted_unless_asked_for() -> None:
    assert "x-held" not in page(shown=False)
    assert "另有 1 题没有通过" in page(shown=False)
    assert "x-held" in page(shown=True)


def test_figures_of_both_splits_stand_side_by_side() -> None:
    text = page(shown=False)
    assert "dev（调过）" in text
    assert "test（留出）" in text
    assert "误判符合" in text
