"""A run of the evaluation on the command line: its progress, and where its results are kept."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from eval.gate.thresholds import Check
    from eval.measures.comparing import Comparison
    from eval.running.evaluation import Plan
    from eval.running.results import RunResult


RESULTS = "results.json"
PREVIOUS = "previous.json"
PAGE = "report.html"
JUNIT = "junit.xml"
_WIDE = 150


def out_folder(out: Path | None) -> Path:
    """Where results go: given, or `eval` under the folder of the settings."""
    if out is not None:
        return out
    from assistant.commands.settings import read_settings

    return read_settings().var_dir / "eval"


def run_with_progress(plan: "Plan") -> "RunResult":
    """Run a plan, with a bar on the terminal; stopped before anything was asked, says so."""
    try:
        return _run(plan)
    except KeyboardInterrupt:
        typer.echo("错误：评测中断，没有写出结果。", err=True)
        raise typer.Exit(130) from None


def _run(plan: "Plan") -> "RunResult":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from eval.running.evaluation import cases_of, evaluate
    from eval.running.worded import scripts_of

    found = cases_of(plan)
    scripts = [] if plan.url else scripts_of(plan.choice)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("评测", total=len(found) + len(scripts))
        failed = 0

        def done(item: Any) -> None:
            nonlocal failed
            failed += not item.passed
            bar.update(task, advance=1, description=f"评测（未通过 {failed}）")

        return evaluate(plan, found, done)


def keep(result: "RunResult", folder: Path, checks: "Sequence[Check]" = ()) -> None:
    """Write the results, the page and the JUnit XML; the run that stood there becomes the previous."""
    from eval.running.results import write_results

    path = folder / RESULTS
    if path.exists():
        path.replace(folder / PREVIOUS)
    write_results(path, result)
    write_report(result, folder, checks=checks)


def write_report(
    result: "RunResult",
    folder: Path,
    *,
    against: "Comparison | None" = None,
    checks: "Sequence[Check]" = (),
) -> None:
    """Write the page and the JUnit XML of a run."""
    from eval.reporting.junit import write_junit
    from eval.reporting.page import render_page

    folder.mkdir(parents=True, exist_ok=True)
    page = render_page(result, comparison=against, gate=checks)
    (folder / PAGE).write_text(page, encoding="utf-8")
    write_junit(result, folder / JUNIT)


def say_where(folder: Path, console: "Console") -> None:
    """Tell where the results of a run stand."""
    console.print(
        f"报告：{folder / PAGE}；结果：{folder / RESULTS}；{folder / JUNIT}", soft_wrap=True
    )


def wide_console() -> "Console":
    """A console that is wide enough for the tables where the output is no terminal."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _WIDE)
