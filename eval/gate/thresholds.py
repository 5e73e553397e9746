"""The gate: figures of a run against the bounds kept in `eval/thresholds.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import AssistantError
from eval.measures.figures import METRICS, written, written_value
from eval.model import CATEGORIES
from eval.running.results import Figure, RunResult

THRESHOLDS = Path("eval/thresholds.yaml")
_SPLITS = {"all": "全部", "dev": "dev", "test": "test"}
_EXACT = 1e-9


class ThresholdError(AssistantError):
    """A file of thresholds that is not sound, or a run that cannot be judged by it."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure of a group must not fall below, or rise above."""

    group: str
    metric: str
    least: float | None = None
    most: float | None = None

    def holds(self, figure: Figure) -> bool:
        """Whether the figure keeps to it."""
        return not (
            (self.least is not None and figure.value < self.least - _EXACT)
            or (self.most is not None and figure.value > self.most + _EXACT)
        )


@dataclass(frozen=True, slots=True)
class Check:
    """One bound, and how it came out, in words for the reader."""

    group: str
    title: str
    bound: str
    measured: str
    passed: bool


def load_thresholds(path: Path = THRESHOLDS) -> tuple[Bound, ...]:
    """The bounds of a file; raises ThresholdError."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ThresholdError(f"没有门槛文件 {path}，请核对路径。") from None
    except (OSError, yaml.YAMLError) as error:
        raise ThresholdError(f"读不懂门槛文件 {path}（{error}）。") from error
    if not isinstance(raw, Mapping) or not raw:
        raise ThresholdError(f"{path} 里没有门槛。")
    return tuple(
        _bound(path, str(group), str(metric), limits)
        for group, metrics in raw.items()
        for metric, limits in (metrics.items() if isinstance(metrics, Mapping) else [("", None)])
    )


def judge(result: RunResult, bounds: tuple[Bound, ...]) -> list[Check]:
    """How each bound came out; raises ThresholdError for a run that was cut short.

    Of a run over chosen cases, bounds on figures that it does not have are left out; of a run over
    everything, a figure that is not there has failed.
    """
    if not result.complete:
        raise ThresholdError("这次评测中断了，不能用来把关。请重新运行 assistant eval gate。")
    return list(_checks(result, bounds, partial=bool(result.provenance.choice)))


def left_out(result: RunResult, bounds: tuple[Bound, ...]) -> int:
    """How many bounds a run over chosen cases says nothing of; none of a run over everything."""
    if not result.provenance.choice:
        return 0
    return sum(bound.metric not in result.figures.get(bound.group, {}) for bound in bounds)


def _checks(result: RunResult, bounds: tuple[Bound, ...], *, partial: bool) -> Iterator[Check]:
    for bound in bounds:
        figure = result.figures.get(bound.group, {}).get(bound.metric)
        if figure is None and partial:
            continue
        yield Check(
            group=group_name(bound.group),
            title=METRICS[bound.metric].title,
            bound=bound_in_words(bound),
            measured=written(bound.metric, figure) if figure else "没有测到",
            passed=figure is not None and bound.holds(figure),
        )


def _bound(path: Path, group: str, metric: str, limits: Any) -> Bound:
    if group_name(group) == "":
        known = "、".join((*_SPLITS, *(f"category:{name}" for name in CATEGORIES)))
        raise ThresholdError(
            f"{path}：没有范围「{group}」，可用的有 {known}，分类后可加 /dev、/test。"
        )
    if metric not in METRICS:
        raise ThresholdError(
            f"{path}：{group} 没有指标「{metric}」，可用的有 {'、'.join(METRICS)}。"
        )
    numbers = limits if isinstance(limits, Mapping) else {}
    if not numbers or set(numbers) - {"min", "max"} or not all(map(_is_number, numbers.values())):
        raise ThresholdError(f"{path}：{group} 的 {metric} 须写作 {{min: 数}} 或 {{max: 数}}。")
    return Bound(group, metric, numbers.get("min"), numbers.get("max"))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def group_name(group: str) -> str:
    """The group for the reader; empty for one that there is not."""
    if group in _SPLITS:
        return _SPLITS[group]
    name, _, split = group.removeprefix("category:").partition("/")
    if group.startswith("category:") and name in CATEGORIES and split in {"", "dev", "test"}:
        return CATEGORIES[name] + (f"（{split}）" if split else "")
    return ""


def bound_in_words(bound: Bound) -> str:
    """A bound for the reader."""
    parts = []
    if bound.least is not None:
        parts.append(f"≥ {written_value(bound.metric, bound.least)}")
    if bound.most is not None:
        parts.append(f"≤ {written_value(bound.metric, bound.most)}")
    return "，".join(parts)
