"""A run on the terminal: figures by category, then every failure that may be shown."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.measures.figures import METRICS, written, written_interval
from eval.model import CATEGORIES
from eval.running.results import Figures, ItemResult, RunResult, TurnResult
from eval.sets import HELD_OUT

BY_CATEGORY = (
    "item_accuracy",
    "turn_accuracy",
    "clause_accuracy",
    "verdict_accuracy",
    "wrong_eligible",
    "missing_fact_recall",
    "refusal_recall",
    "wrong_refusal_rate",
    "wrong_version_rate",
    "quote_fidelity",
)
_SAID = 160


def show(result: RunResult, console: Console, *, failures: bool = True) -> None:
    """Print the tables and, unless told not to, each failure of what is not held out."""
    console.print(_overall(result))
    console.print(_categories(result))
    if failures:
        show_failures(result, console)


def show_failures(result: RunResult, console: Console) -> None:
    """Print each failure; of what is held out only how many, unless the run shows it."""
    hidden = 0
    for item in result.items:
        if item.passed:
            continue
        if item.split == HELD_OUT and not result.held_out_shown:
            hidden += 1
            continue
        for number, turn in enumerate(item.turns, start=1):
            if not turn.passed:
                text = failure(item, number, turn)
                console.print(text, markup=False, highlight=False, soft_wrap=True)
    if hidden:
        console.print(
            f"\n留出部分（{HELD_OUT}）另有 {hidden} 题没有通过，不逐条列出（--show-heldout 列出）。"
        )


def failure(item: ItemResult, number: int, turn: TurnResult) -> str:
    """One failed turn as lines of text."""
    where = "，".join(str(part) for part in (turn.as_of, turn.jurisdiction) if part)
    place = f"第 {number} 轮 " if len(item.turns) > 1 else ""
    lines = [
        f"\n✗ {item.id}（{item.split}）{place}{turn.question}" + (f"（{where}）" * bool(where))
    ]
    lines += [f"    前 {n}：{t.question}" for n, t in enumerate(item.turns[: number - 1], 1)]
    lines += [f"    {problem}" for problem in turn.problems]
    if turn.answer is not None:
        said = " ".join(turn.answer["text"].split())[:_SAID]
        lines.append(f"    答复 {turn.kind}/{turn.answer['reason'] or '-'}：{said}")
        lines.append(f"    听到的事实：{heard(turn) or '（无）'}")
    if turn.reading is not None:
        facts = turn.reading.get("facts", {})
        read = "，".join(f"{name}={value}" for name, value in facts.items())
        lines.append(f"    应听到：{read or '（无）'}")
    if turn.retrieval:
        found = "，".join(f"{'*' if r.gold else ''}{r.clause_id}" for r in turn.retrieval[:5])
        lines.append(f"    检索：{found}")
    lines.append(f"    {item.why}")
    return "\n".join(lines)


def heard(turn: TurnResult) -> str:
    """The facts that the product took from the words."""
    facts = (turn.answer or {}).get("facts", {})
    return "，".join(f"{name}={fact['value']}" for name, fact in facts.items())


def _overall(result: RunResult) -> Table:
    table = Table(title=title(result), show_lines=False)
    table.add_column("指标", no_wrap=True)
    names = [name for name in ("all", "dev", "test") if name in result.figures]
    for name in names:
        heading = {"all": "全部", "dev": "dev（调过）", "test": "test（留出）"}[name]
        table.add_column(heading, justify="right")
        table.add_column("95 % 区间", justify="right", style="dim")
    for metric, known in METRICS.items():
        if metric in result.figures.get("all", {}):
            cells: list[str] = []
            for name in names:
                figure = result.figures[name].get(metric)
                cells += [written(metric, figure), written_interval(metric, figure)]
            table.add_row(known.title, *cells)
    return table


def _categories(result: RunResult) -> Table:
    table = Table(title="按分类（全部；dev；test）", show_lines=False)
    table.add_column("分类", no_wrap=True)
    table.add_column("题", justify="right")
    for metric in BY_CATEGORY:
        table.add_column(METRICS[metric].title, justify="right")
    for category, name in CATEGORIES.items():
        count = sum(item.category == category for item in result.items)
        if not count:
            continue
        parts = [
            result.figures.get(f"category:{category}{part}", {}) for part in ("", "/dev", "/test")
        ]
        table.add_row(name, str(count), *(_cell(metric, parts) for metric in BY_CATEGORY))
    return table


def _cell(metric: str, parts: Sequence[Figures]) -> str:
    values = [written(metric, part.get(metric)) for part in parts]
    return "" if values[0] == "–" else "\n".join(values)


def title(result: RunResult) -> str:
    """What was measured, in one line."""
    known = result.provenance
    words = [f"评测：{len(result.items)} 题", f"{sum(len(i.turns) for i in result.items)} 轮"]
    words.append(f"提交 {known.commit or '（无）'}{'（有未提交的改动）' if known.dirty else ''}")
    words.append(f"用时 {known.elapsed_s:.0f} 秒")
    return "，".join(words) + ("" if result.complete else "，没有做完")
