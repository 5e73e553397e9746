"""Figures over items: rates as right over judged, with intervals over cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from eval.measures.intervals import exact_interval, percentile_interval, ratio_interval
from eval.model import CATEGORIES
from eval.running.results import Figure, Figures, ItemResult
from eval.sets import WORDING

Kind = Literal["rate", "count", "ms"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure's name for the reader, whether more is better, and how it is written."""

    title: str
    higher: bool = True
    kind: Kind = "rate"


METRICS: dict[str, Metric] = {
    "item_accuracy": Metric("整题全对"),
    "turn_accuracy": Metric("每轮全对"),
    "kind_accuracy": Metric("答复类型"),
    "clause_accuracy": Metric("引对条款"),
    "citation_precision": Metric("引用精确率"),
    "citation_recall": Metric("引用召回率"),
    "quote_fidelity": Metric("引文逐字"),
    "hostile_shown": Metric("显示了的坏话", higher=False, kind="count"),
    "model_changed": Metric("模型改变的结论引文", higher=False, kind="count"),
    "honest_kept": Metric("好话保留"),
    "statement_support": Metric("语句有据"),
    "wrong_version_rate": Metric("版本错误", higher=False),
    "stray_rate": Metric("误引草案外地", higher=False),
    "notice_recall": Metric("提示齐全"),
    "says_recall": Metric("该说的说了"),
    "verdict_accuracy": Metric("结论正确"),
    "wrong_eligible": Metric("误判符合", higher=False, kind="count"),
    "unasked_eligible": Metric("没问而判符合", higher=False, kind="count"),
    "details_accuracy": Metric("金额日期随迁"),
    "missing_fact_recall": Metric("缺项追问"),
    "clarify_precision": Metric("追问精确率"),
    "clarify_recall": Metric("追问召回率"),
    "refusal_precision": Metric("拒答精确率"),
    "refusal_recall": Metric("拒答召回率"),
    "reason_accuracy": Metric("拒答理由"),
    "wrong_refusal_rate": Metric("误拒率", higher=False),
    "recall@1": Metric("recall@1"),
    "recall@5": Metric("recall@5"),
    "recall@10": Metric("recall@10"),
    "mrr@10": Metric("MRR@10"),
    "ndcg@10": Metric("nDCG@10"),
    "latency_p50_ms": Metric("耗时 p50", higher=False, kind="ms"),
    "latency_p95_ms": Metric("耗时 p95", higher=False, kind="ms"),
}

_OF_QUESTIONS = frozenset({"item_accuracy", "turn_accuracy"})
"""Figures of the question sets alone: scripts of a model's replies are no questions of people."""

_PERCENTILES = {"latency_p50_ms": 50.0, "latency_p95_ms": 95.0}


def summarize(items: Sequence[ItemResult]) -> Figures:
    """Every figure that these items allow, in the order of METRICS."""
    found: Figures = {}
    for name, metric in METRICS.items():
        if name in _PERCENTILES:
            figure = _latency(items, _PERCENTILES[name])
        elif metric.kind == "count":
            figure = _count(items, name)
        else:
            figure = _rate(items, name)
        if figure is not None:
            found[name] = figure
    return found


def groups(items: Sequence[ItemResult]) -> dict[str, list[ItemResult]]:
    """Items by group: `all`, splits, `category:…`, `category:…/split`, `tag:…`; none empty."""
    found: dict[str, list[ItemResult]] = {"all": list(items)}
    for split in ("dev", "test"):
        found[split] = [item for item in items if item.split == split]
    for name in CATEGORIES:
        own = [item for item in items if item.category == name]
        found[f"category:{name}"] = own
        for split in ("dev", "test"):
            found[f"category:{name}/{split}"] = [item for item in own if item.split == split]
    for tag in sorted({tag for item in items for tag in item.tags}):
        found[f"tag:{tag}"] = [item for item in items if tag in item.tags]
    return {name: group for name, group in found.items() if group}


def score_of(item: ItemResult, name: str) -> tuple[float, float]:
    """What an item adds to a rate: right, and judged."""
    if item.set_name == WORDING and name in _OF_QUESTIONS:
        return (0.0, 0.0)
    if name == "item_accuracy":
        return (float(item.passed), 1.0)
    if name == "turn_accuracy":
        return (float(sum(turn.passed for turn in item.turns)), float(len(item.turns)))
    scores = [turn.scores[name] for turn in item.turns if name in turn.scores]
    return (sum(score[0] for score in scores), sum(score[1] for score in scores))


def written(name: str, figure: Figure | None) -> str:
    """A figure for the reader: 97.1%, 3, 15.2 ms; a dash where there is none."""
    return "–" if figure is None else written_value(name, figure.value)


def written_value(name: str, value: float) -> str:
    """A bare value in the manner of its metric."""
    match METRICS[name].kind:
        case "count":
            return f"{value:g}"
        case "ms":
            return f"{value:.1f} ms"
        case _:
            return f"{value:.3f}" if "@" in name else f"{value:.1%}"


def written_interval(name: str, figure: Figure | None) -> str:
    """The interval for the reader; empty where there is none."""
    if figure is None or figure.low is None or figure.high is None:
        return ""
    if METRICS[name].kind == "ms":
        return f"{figure.low:.1f}–{figure.high:.1f}"
    if METRICS[name].kind == "count":
        return f"{figure.low:.1f}–{figure.high:.1f}"
    if "@" in name:
        return f"{figure.low:.3f}–{figure.high:.3f}"
    return f"{100 * figure.low:.1f}–{100 * figure.high:.1f}"


def _rate(items: Iterable[ItemResult], name: str) -> Figure | None:
    scores = [score for item in items if (score := score_of(item, name))[1] > 0]
    if not scores:
        return None
    right, of = (np.array(column, dtype=np.float64) for column in zip(*scores, strict=True))
    low, high = ratio_interval(right, of)
    return Figure(value=float(right.sum() / of.sum()), low=low, high=high, n=round(of.sum()))


def _count(items: Iterable[ItemResult], name: str) -> Figure | None:
    scores = [score for item in items if (score := score_of(item, name))[1] > 0]
    if not scores:
        return None
    count, turns = sum(score[0] for score in scores), round(sum(score[1] for score in scores))
    low, high = exact_interval(min(round(count), turns), turns)
    return Figure(value=count, low=low * turns, high=high * turns, n=turns)


def _latency(items: Iterable[ItemResult], share: float) -> Figure | None:
    asked = [item for item in items if item.set_name != WORDING]
    spent = [turn.elapsed_ms for item in asked for turn in item.turns if turn.elapsed_ms]
    if not spent:
        return None
    values = np.array(spent, dtype=np.float64)
    low, high = percentile_interval(values, share)
    return Figure(value=float(np.percentile(values, share)), low=low, high=high, n=len(spent))
