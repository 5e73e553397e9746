"""Parameters: figures of the law, each value with its days and the clause that states it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from assistant.errors import RuleError
from assistant.rules.loader.entries import cite, day, listed, only
from assistant.rules.model import Parameter, ParameterValue

_NAME = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")


def read_parameter(name: str, entry: dict[str, Any]) -> Parameter:
    """One parameter; its values must follow one another without a gap that is not told."""
    only(entry, {"unit", "values", "gaps"})
    if not _NAME.fullmatch(name):
        raise RuleError("参数名由小写字母、数字、下划线组成，至少有一个点。")
    values = []
    for item in listed(entry["values"]):
        only(item, {"value", "from", "to", "cite"})
        end = None if item.get("to") is None else day(item["to"])
        values.append(
            ParameterValue(Decimal(str(item["value"])), day(item["from"]), end, cite(item["cite"]))
        )
    gaps = tuple((day(g["from"]), day(g["to"]), str(g["note"])) for g in entry.get("gaps", ()))
    _check_periods(values, gaps)
    return Parameter(name, str(entry["unit"]), tuple(values), gaps)


def _check_periods(
    values: Sequence[ParameterValue], gaps: Sequence[tuple[date, date, str]]
) -> None:
    if not values:
        raise RuleError("参数至少要有一个值。")
    for earlier, later in pairwise(values):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            raise RuleError(f"自 {later.valid_from} 起的值与前一个值的期间重叠。")
        first, last = earlier.valid_to + timedelta(1), later.valid_from - timedelta(1)
        if first <= last and (first, last) not in {(a, b) for a, b, _ in gaps}:
            raise RuleError(f"{first} 至 {last} 没有值，请在 gaps 里写明。")
    for value in values:
        if value.valid_to is not None and value.valid_to < value.valid_from:
            raise RuleError(f"自 {value.valid_from} 起的值在开始以前就结束了。")
