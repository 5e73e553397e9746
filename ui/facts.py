"""Facts as people read and write them: values in words, and what a control sends back."""

from typing import Any

from assistant.schemas import RuleFact
from ui.client import ServiceProblemError, checked_day
from ui.markup import days_in_words

YES, NO, UNKNOWN = "是", "否", "不清楚"
UNITS = {"money": "元"}


def unit_of(fact: RuleFact | None, kind: str) -> str:
    """The unit that stands behind a figure."""
    return (fact.unit if fact is not None and fact.unit else "") or UNITS.get(kind, "")


def label_of(fact: RuleFact | None) -> str:
    """What a fact is called; one that no rule reads has no name of its own."""
    return fact.label if fact is not None else "您提到的"


def in_words(value: Any, fact: RuleFact | None) -> str:
    """A fact's value as it is shown."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return "、".join(in_words(item, None) for item in value) or "没有"
    if isinstance(value, dict):
        return " ".join(in_words(v, None) for v in value.values() if not isinstance(v, bool))
    if isinstance(value, str):
        return days_in_words(value)
    return f"{value}{unit_of(fact, fact.type if fact else '')}"


def spoken_reply(written: str, kind: str, fact: RuleFact | None) -> str:
    """What was put into a small input, as a sentence would say it; raises ServiceProblemError."""
    value = _read(written, kind, fact)
    if kind == "date":
        return days_in_words(str(value))
    return f"{value}{unit_of(fact, kind)}"


def fact_value(written: str, fact: RuleFact) -> bool | int | float | str:
    """A corrected value in the shape that the service takes; raises ServiceProblemError."""
    if fact.type == "boolean":
        return written == YES
    return _read(written, fact.type, fact)


def _read(written: str, kind: str, fact: RuleFact | None) -> int | float | str:
    written = written.strip()
    if not written:
        raise ServiceProblemError("请先填好，再确定。")
    if kind == "date":
        return checked_day(written) or ""
    if kind not in {"integer", "money"}:
        return written
    unit = unit_of(fact, kind)
    try:
        number = float(written.removesuffix(unit).replace(",", "").replace("，", ""))
        whole = int(number)
    except (ValueError, OverflowError):
        message = f"「{written}」不是数字，请只填数字{f'（单位：{unit}）' if unit else ''}。"
        raise ServiceProblemError(message) from None
    if kind == "integer" and number != whole:
        raise ServiceProblemError(f"「{written}」不是整数，请填整数。")
    return whole if number == whole else number
