"""A comparison of two runs, and the outcome of the gate, on the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.gate.thresholds import Check
from eval.labels.agreement import Agreement
from eval.labels.model import VERDICTS
from eval.measures.comparing import Comparison
from eval.measures.figures import METRICS, written_value
from eval.running.results import RunResult
from eval.sets import HELD_OUT

_SHOWN = 40


def show_comparison(
    found: Comparison, before: RunResult, after: RunResult, console: Console
) -> None:
    """Print what changed: cases fixed and broken, what must be nought, each rate with its test."""
    console.print(
        f"共同的 {found.common} 题：修好 {len(found.fixed)}，弄坏 {len(found.broken)}，"
        f"两次都错 {len(found.still_wrong)}；McNemar 精确检验 p = {found.p:.4f}"
        + ("（超过噪声）" if found.p < 0.05 else "（噪声之内）")
    )
    if found.only_before or found.only_after:
        console.print(
            f"只在前一次 {len(found.only_before)} 题，只在后一次 {len(found.only_after)} 题"
        )
    shown = after.held_out_shown and before.held_out_shown
    splits = {item.id: item.split for item in after.items}
    named = {"修好": found.fixed, "弄坏": found.broken}
    for metric, tally in found.tallies.items():
        title = METRICS[metric].title
        console.print(f"{title}：前 {tally.before}，后 {tally.after}")
        named[f"新的「{title}」"] = tally.grown
    for title, names in named.items():
        listed = [n for n in names if shown or splits[n] != HELD_OUT]
        if listed:
            more = f"……等 {len(listed)} 题" if len(listed) > _SHOWN else ""
            console.print(f"{title}：{'、'.join(listed[:_SHOWN])}{more}", soft_wrap=True)
        if hidden := len(names) - len(listed):
            console.print(f"{title}：留出部分另有 {hidden} 题")
    table = Table(title="各项指标（共同的题；区间为 95 % 自助法，p 为配对置换检验）")
    for heading in ("指标", "题", "前", "后", "差", "95 % 区间", "p", ""):
        table.add_column(heading, justify="left" if heading in {"指标", ""} else "right")
    for metric, gap in found.gaps.items():
        table.add_row(
            METRICS[metric].title,
            str(gap.n),
            written_value(metric, gap.before),
            written_value(metric, gap.after),
            f"{100 * gap.difference:+.1f}",
            f"{100 * gap.low:+.1f} 至 {100 * gap.high:+.1f}",
            "–" if gap.p is None else f"{gap.p:.3f}",
            "超过噪声" if gap.beyond_noise else "",
        )
    console.print(table)


def show_gate(checks: Sequence[Check], console: Console, *, unmeasured: int = 0) -> None:
    """Print each bound with what was measured; those that failed last and in words.

    `unmeasured`: bounds that a run over chosen cases says nothing of.
    """
    table = Table(title="把关")
    for heading in ("范围", "指标", "门槛", "测得", "结果"):
        table.add_column(heading, justify="right" if heading in {"门槛", "测得"} else "left")
    for check in sorted(checks, key=lambda check: not check.passed):
        verdict = "通过" if check.passed else "[bold red]不通过[/]"
        table.add_row(check.group, check.title, check.bound, check.measured, verdict)
    console.print(table)
    failed = [check for check in checks if not check.passed]
    if failed:
        words = "；".join(f"{c.group}{c.title}测得 {c.measured}，门槛 {c.bound}" for c in failed)
        console.print(f"把关不通过（{len(failed)} 项）：{words}", soft_wrap=True)
    else:
        console.print(f"把关通过：{len(checks)} 项都在门槛之内。")
    if unmeasured:
        console.print(
            f"这次只跑了一部分题目，另有 {unmeasured} 项门槛没有测，不能代替全部题目的把关"
            "（assistant eval gate）。",
            soft_wrap=True,
        )


def show_agreement(found: Agreement, console: Console) -> None:
    """Print kappa with its interval, the table of labels, and the answers labelled apart."""
    kappa = "算不出（两人给的全是同一个判定）" if found.kappa is None else f"{found.kappa:.3f}"
    interval = "" if found.low is None else f"，95 % 区间 {found.low:.3f} 至 {found.high:.3f}"
    weighted = "" if found.weighted is None else f"；线性加权 κ = {found.weighted:.3f}"
    console.print(
        f"两人都标了 {found.common} 个答复，判定相同 {found.same} 个"
        f"（{found.same / found.common:.1%}）；Cohen κ = {kappa}{interval}{weighted}"
    )
    table = Table(title="甲（行）与乙（列）")
    table.add_column("")
    for title in VERDICTS.values():
        table.add_column(title, justify="right")
    for first, title in VERDICTS.items():
        cells = [str(found.table.get((first, second), 0)) for second in VERDICTS]
        table.add_row(title, *cells)
    console.print(table)
    for one, other in found.apart:
        words = (
            f"{one.id} 第 {one.turn} 轮：甲 {VERDICTS[one.verdict]}，乙 {VERDICTS[other.verdict]}"
        )
        notes = "；".join(note for note in (one.note, other.note) if note)
        console.print(words + (f"（{notes}）" if notes else ""), markup=False, soft_wrap=True)
