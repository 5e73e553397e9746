"""A run as one page that opens anywhere: no scripts, no requests, everything inline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.schemas import STATUS_NAMES
from eval.measures.comparing import Comparison, Gap, group_gap
from eval.measures.figures import METRICS, written, written_interval, written_value
from eval.model import CATEGORIES, TAGS
from eval.reporting.plots import Row, histogram, intervals
from eval.reporting.table import heard, title
from eval.running.results import Figures, ItemResult, Provenance, RunResult, TurnResult
from eval.sets import HELD_OUT, SETS

TEMPLATES = Path(__file__).parent / "templates"
PLOTTED = (
    "item_accuracy",
    "clause_accuracy",
    "verdict_accuracy",
    "missing_fact_recall",
    "clarify_recall",
    "refusal_recall",
    "notice_recall",
    "statement_support",
    "quote_fidelity",
)
SPLITS = {"all": "全部", "dev": "dev（调过）", "test": "test（留出）"}
KIND_NAMES = {
    "answer": "据原文答复",
    "verdict": "资格结论",
    "clarify": "追问",
    "refuse": "拒答",
    "chat": "寒暄",
}
OUTCOME_NAMES = {
    "eligible": "符合",
    "ineligible": "不符合",
    "undetermined": "还缺情况",
    "rule_uncertain": "规定存疑",
    "not_applicable": "不适用",
}
CONDITION_NAMES = {"met": "满足", "unmet": "不满足", "unknown": "不知道"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of figures: a name, and a value with its interval for each column."""

    name: str
    cells: tuple[tuple[str, str], ...]
    count: int | None = None


def render_page(
    result: RunResult, *, comparison: Comparison | None = None, gate: Sequence[Any] = ()
) -> str:
    """The page as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    failures = list(_failures(result))
    return environment.get_template("report.html.j2").render(
        result=result,
        title=title(result),
        provenance=list(_provenance(result.provenance)),
        columns=[SPLITS[name] for name in SPLITS if name in result.figures],
        lines=list(_overall(result)),
        gaps=list(_gaps(result)),
        interval_plot=_interval_plot(result),
        category_plot=_category_plot(result),
        latency_plot=_latency_plot(result),
        category_metrics=[METRICS[name].title for name in _CATEGORY_METRICS],
        categories=list(_groups(result, "category:", CATEGORIES)),
        tags=list(_groups(result, "tag:", TAGS)),
        failures=failures,
        hidden=_hidden(result),
        comparison=comparison,
        gate=gate,
        metric_names={name: metric.title for name, metric in METRICS.items()},
        written_value=written_value,
        set_names=SETS,
        category_names=CATEGORIES,
        kind_names=KIND_NAMES,
        outcome_names=OUTCOME_NAMES,
        condition_names=CONDITION_NAMES,
        status_names=STATUS_NAMES,
        heard=heard,
        expected=expected,
    )


def expected(turn: TurnResult) -> list[tuple[str, str]]:
    """What a right reply shows, in words."""
    wanted = turn.expect
    kinds = [k for k in (wanted.get("kind"), *wanted.get("or_kinds", ())) if k]
    lines = [("类型", "、".join(KIND_NAMES.get(kind, kind) for kind in kinds))]
    lines += [("拒答理由", wanted.get("reason") or "")]
    lines += [
        (
            "结论",
            "；".join(
                f"{rule} {OUTCOME_NAMES[o]}" for rule, o in wanted.get("outcomes", {}).items()
            ),
        )
    ]
    for name, key in (
        ("条款", "clauses"),
        ("短语", "phrases"),
        ("提示", "notices"),
        ("要问", "missing"),
        ("用词", "says"),
    ):
        lines.append((name, "；".join(wanted.get(key, ()))))
    if wanted.get("amount") is not None:
        lines.append(("金额", f"{wanted['amount']:g}"))
    for name, key in (("最早日期", "earliest"), ("随迁", "covers")):
        lines.append((name, "；".join(f"{r} {v}" for r, v in wanted.get(key, {}).items())))
    return [(name, text) for name, text in lines if text]


def _overall(result: RunResult) -> Iterator[Line]:
    names = [name for name in SPLITS if name in result.figures]
    for metric, known in METRICS.items():
        figures = [result.figures[name].get(metric) for name in names]
        if any(figures):
            cells = tuple((written(metric, f), written_interval(metric, f)) for f in figures)
            yield Line(known.title, cells, figures[0].n if figures[0] else None)


_CATEGORY_METRICS = (
    "item_accuracy",
    "clause_accuracy",
    "citation_precision",
    "verdict_accuracy",
    "wrong_eligible",
    "missing_fact_recall",
    "refusal_recall",
    "wrong_refusal_rate",
    "wrong_version_rate",
    "notice_recall",
)


def _groups(result: RunResult, prefix: str, names: dict[str, str]) -> Iterator[Line]:
    for name, shown in names.items():
        figures: Figures = result.figures.get(prefix + name, {})
        if figures:
            cells = tuple(
                (written(m, figures.get(m)), written_interval(m, figures.get(m)))
                for m in _CATEGORY_METRICS
            )
            count = sum(
                item.category == name if prefix == "category:" else name in item.tags
                for item in result.items
            )
            yield Line(shown, cells, count)


def _gaps(result: RunResult) -> Iterator[tuple[str, Gap]]:
    """Rates that differ between the splits by more than noise."""
    sides = [[i for i in result.items if i.split == name] for name in ("dev", "test")]
    for metric, known in METRICS.items():
        if known.kind == "rate":
            gap = group_gap(sides[0], sides[1], metric)
            if gap is not None and gap.beyond_noise:
                yield metric, gap


def _failures(result: RunResult) -> Iterator[ItemResult]:
    for item in result.items:
        if not item.passed and (item.split != HELD_OUT or result.held_out_shown):
            yield item


def _hidden(result: RunResult) -> int:
    if result.held_out_shown:
        return 0
    return sum(not item.passed for item in result.items if item.split == HELD_OUT)


def _interval_plot(result: RunResult) -> str:
    series = [name for name in ("dev", "test") if name in result.figures]
    rows = [
        Row(METRICS[metric].title, tuple(result.figures[name].get(metric) for name in series))
        for metric in PLOTTED
        if any(metric in result.figures[name] for name in series)
    ]
    return (
        intervals(rows, [SPLITS[name] for name in series], "各项指标与 95 % 区间") if rows else ""
    )


def _category_plot(result: RunResult) -> str:
    rows = []
    for name, shown in CATEGORIES.items():
        figures = [
            result.figures.get(f"category:{name}/{split}", {}).get("item_accuracy")
            for split in ("dev", "test")
        ]
        if any(figures):
            rows.append(Row(shown, tuple(figures)))
    return intervals(rows, list(SPLITS.values())[1:], "各分类整题全对与 95 % 区间") if rows else ""


def _latency_plot(result: RunResult) -> str:
    spent = [t.elapsed_ms for item in result.items for t in item.turns if t.elapsed_ms]
    return histogram(spent, "每次答复的耗时", "ms")


def _provenance(known: Provenance) -> Iterator[tuple[str, str]]:
    yield (
        "提交",
        (known.commit or "（不在代码仓库里）") + ("，有未提交的改动" if known.dirty else ""),
    )
    yield "开始", known.started_at
    yield "用时", f"{known.elapsed_s:.1f} 秒，{known.workers} 路并行"
    yield "把今天当作", known.today
    yield "评的是", "本进程内的产品" if known.target == "in_process" else known.target
    yield "语料", known.corpus_digest or "（服务不提供）"
    yield "规则", known.rules_digest or "（服务不提供）"
    yield "词典", known.lexicon_digest or "（服务不提供）"
    yield "向量模型", known.embedder or "（服务不提供）"
    yield "措辞", "、".join(known.composers) or "（无）"
    machine = "，".join(f"{name} {value}" for name, value in known.platform.items())
    yield "机器", machine + (f"，开始时负载 {known.load_average}" if known.load_average else "")
    if known.choice:
        yield "只选了", "；".join(f"{name} {value}" for name, value in known.choice.items())
    if known.regression:
        yield "有意弄坏", known.regression
