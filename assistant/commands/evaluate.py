"""`assistant eval`: run the question sets, compare runs, check the sets; heavy parts load late."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.commands.ask import as_day
from assistant.commands.chinese import ChineseCommand, ChineseGroup
from assistant.commands.eval_runs import (
    JUNIT,
    PAGE,
    PREVIOUS,
    RESULTS,
    keep,
    out_folder,
    run_with_progress,
    say_where,
    wide_console,
    write_report,
)

eval_app = typer.Typer(
    name="eval",
    help="评测：跑题目集，比较两次结果，写报告，把关；见 eval/README.md。",
    cls=ChineseGroup,
    no_args_is_help=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]",
)


Corpus = Annotated[Path, typer.Option("--corpus", metavar="文件夹", help="语料文件夹")]
SetsRoot = Annotated[Path, typer.Option("--sets-root", metavar="文件夹", help="题目集所在的文件夹")]


@eval_app.command("run", cls=ChineseCommand, options_metavar="[选项]")
def run_command(
    url: Annotated[
        str | None, typer.Option("--url", metavar="地址", help="运行中的服务；不填则在本进程内")
    ] = None,
    sets: Annotated[
        list[str] | None, typer.Option("--set", metavar="题目集", help="只跑这一集，可重复")
    ] = None,
    split: Annotated[str, typer.Option("--split", metavar="dev|test|all", help="哪一部分")] = "all",
    tags: Annotated[
        list[str] | None, typer.Option("--tag", metavar="标签", help="只跑带这个标签的，可重复")
    ] = None,
    categories: Annotated[
        list[str] | None, typer.Option("--category", metavar="分类", help="只跑这一类，可重复")
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Option("--id", metavar="编号", help="只跑这一题，可重复")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, max=32, metavar="个数", help="同时几路，默认与处理器数同"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件夹", help="结果写到哪里，默认 var/eval")
    ] = None,
    show_held_out: Annotated[
        bool, typer.Option("--show-heldout", help="也逐条列出留出部分（test）")
    ] = False,
    failures: Annotated[
        bool, typer.Option("--failures/--no-failures", help="在终端逐条列出没有通过的")
    ] = True,
    today: Annotated[
        date | None,
        typer.Option(
            "--today", parser=as_day, metavar="日期", help="把今天当作哪一天（--url 时无效）"
        ),
    ] = None,
    corpus: Corpus = Path("corpus"),
    sets_root: SetsRoot = Path("eval"),
) -> None:
    """跑题目集：打印各项指标，写出结果、网页报告和 JUnit XML。"""
    from eval.model import EVAL_DAY
    from eval.running.evaluation import Plan

    plan = Plan(
        choice=_choice(sets, split, tags, categories, ids),
        sets_root=sets_root,
        corpus=corpus,
        today=today or EVAL_DAY,
        url=url,
        workers=workers or _default_workers(),
        show_held_out=show_held_out,
    )
    folder = out_folder(out)
    console = wide_console()
    result = run_with_progress(plan)
    keep(result, folder)
    from eval.reporting.table import show

    show(result, console, failures=failures)
    say_where(folder, console)
    if not result.complete:
        typer.echo("错误：评测中断，写出的是已经做完的部分，不能用来把关。", err=True)
        raise typer.Exit(130)


@eval_app.command("validate", cls=ChineseCommand, options_metavar="[选项]")
def validate_command(
    files: Annotated[
        list[Path] | None, typer.Argument(help="题目文件（JSONL），默认全部", metavar="[文件]...")
    ] = None,
    corpus: Corpus = Path("corpus"),
    sets_root: SetsRoot = Path("eval"),
) -> None:
    """校验题目集：格式、编号、标签、条款、短语、规则、事实、日期；有错逐条列出文件和行号。"""
    from eval.checks import load_ground, require_sound, summary
    from eval.sets import paths, read_sets

    found = read_sets(files or paths(sets_root))
    require_sound(found, load_ground(corpus))
    typer.echo(summary(found))


@eval_app.command("compare", cls=ChineseCommand, options_metavar="[选项]")
def compare_command(
    before: Annotated[
        Path | None,
        typer.Argument(metavar="[前一次]", help="结果文件或文件夹，默认 var/eval 的前一次"),
    ] = None,
    after: Annotated[
        Path | None, typer.Argument(metavar="[后一次]", help="结果文件或文件夹，默认 var/eval")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--fail-on-broken", help="有弄坏的题时退出码为 1")
    ] = False,
) -> None:
    """比较两次结果：逐题列出修好的、弄坏的，各项指标的差与检验。"""
    from eval.measures.comparing import compare
    from eval.reporting.changes import show_comparison
    from eval.running.results import read_results

    folder = out_folder(None)
    old = read_results(before or folder / PREVIOUS)
    new = read_results(after or folder / RESULTS)
    found = compare(old, new)
    show_comparison(found, old, new, wide_console())
    if strict and found.broken:
        raise typer.Exit(1)


@eval_app.command("report", cls=ChineseCommand, options_metavar="[选项]")
def report_command(
    results: Annotated[
        Path | None, typer.Argument(metavar="[结果]", help="结果文件或文件夹，默认 var/eval")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件夹", help="报告写到哪里，默认与结果同处")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="结果", help="与这一次比较，写进报告")
    ] = None,
) -> None:
    """由结果写出报告：一个自足的网页（不联网也能看）和 JUnit XML。"""
    from eval.measures.comparing import compare
    from eval.running.results import read_results

    source = results or out_folder(None)
    result = read_results(source)
    comparison = compare(read_results(against), result) if against else None
    folder = out or (source if source.is_dir() else source.parent)
    write_report(result, folder, against=comparison)
    typer.echo(f"报告：{folder / PAGE}；{folder / JUNIT}")


@eval_app.command("gate", cls=ChineseCommand, options_metavar="[选项]")
def gate_command(
    results: Annotated[
        Path | None,
        typer.Argument(metavar="[结果]", help="已有的结果；不填则先跑全部题目"),
    ] = None,
    thresholds: Annotated[Path, typer.Option("--thresholds", metavar="文件", help="门槛")] = Path(
        "eval/thresholds.yaml"
    ),
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=32, metavar="个数", help="同时几路")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件夹", help="结果写到哪里，默认 var/eval")
    ] = None,
    corpus: Corpus = Path("corpus"),
    sets_root: SetsRoot = Path("eval"),
) -> None:
    """把关：全部题目的指标有一项越过门槛，退出码就是 1。"""
    from eval.gate.thresholds import judge, left_out, load_thresholds
    from eval.reporting.changes import show_gate
    from eval.running.evaluation import Plan
    from eval.running.results import read_results

    bounds = load_thresholds(thresholds)
    console = wide_console()
    if results is not None:
        result = read_results(results)
        checks = judge(result, bounds)
    else:
        plan = Plan(sets_root=sets_root, corpus=corpus, workers=workers or _default_workers())
        result = run_with_progress(plan)
        checks = judge(result, bounds) if result.complete else []
        keep(result, out_folder(out), checks)
        say_where(out_folder(out), console)
        if not result.complete:
            typer.echo("错误：评测中断，没有把关。", err=True)
            raise typer.Exit(130)
    show_gate(checks, console, unmeasured=left_out(result, bounds))
    if not all(check.passed for check in checks):
        raise typer.Exit(1)


@eval_app.command("docs", cls=ChineseCommand, options_metavar="[选项]")
def docs_command(
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="结果", help="先把这一次全部题目的结果存进 eval/results"),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="写到哪里")] = Path(
        "docs/evaluation.md"
    ),
) -> None:
    """由存档的结果写出 docs/evaluation.md：数字不会与结果不符。"""
    from eval.reporting.document import KEPT, render, summary_of, write_summary
    from eval.running.results import read_results

    if source is not None:
        write_summary(KEPT, summary_of(read_results(source)))
    out.write_text(render(), encoding="utf-8")
    typer.echo(f"写到 {out}")


@eval_app.command("schema", cls=ChineseCommand, options_metavar="[选项]")
def schema_command(
    out: Annotated[Path, typer.Argument(metavar="[文件]", help="写到哪里")] = Path(
        "eval/cases.schema.json"
    ),
) -> None:
    """写出题目格式的 JSON Schema，编辑器可以用它提示和检查。"""
    from eval.sets import case_schema

    out.write_text(case_schema(), encoding="utf-8")
    typer.echo(f"写到 {out}")


def _default_workers() -> int:
    return min(4, os.cpu_count() or 1)


def _choice(
    sets: list[str] | None,
    split: str,
    tags: list[str] | None,
    categories: list[str] | None,
    ids: list[str] | None,
) -> Any:
    from eval.model import CATEGORIES, TAGS
    from eval.sets import SETS, WORDING, Choice

    _known("--set", sets, (*SETS, WORDING))
    _known("--tag", tags, TAGS)
    _known("--category", categories, CATEGORIES)
    _known("--split", [split], ("dev", "test", "all"))
    return Choice(
        sets=tuple(sets or ()),
        split=split,
        tags=tuple(tags or ()),
        ids=tuple(ids or ()),
        categories=tuple(categories or ()),
    )


def _known(option: str, given: list[str] | None, known: Any) -> None:
    for name in given or ():
        if name not in known:
            message = f"没有「{name}」，可用的有 {'、'.join(known)}"
            raise typer.BadParameter(message, param_hint=option)
