"""What the entries of every rule file have in common: known keys, lists, days, citations, codes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

from assistant.errors import RuleError
from assistant.rules.model import Cite
from assistant.schemas import NoticeCode


def only(entry: Mapping[str, Any], allowed: Iterable[str]) -> None:
    """Refuse keys that nobody reads: a misspelt one would be passed over."""
    unknown = set(entry) - set(allowed)
    if unknown:
        raise RuleError(f"不认识的键 {sorted(map(str, unknown))}，见 docs/rules-format.md。")


def listed(value: Any) -> list[Any]:
    """The value, which must be a list."""
    if not isinstance(value, list):
        raise RuleError(f"应当是一个列表，写的是 {value!r}。")
    return value


def cite(entry: Mapping[str, str], topic: str | None = None) -> Cite:
    """A clause and its quote; `topic` counts where the entry names none."""
    only(entry, {"clause", "quote", "topic"})
    return Cite(str(entry["clause"]), str(entry["quote"]), entry.get("topic", topic))


def day(value: Any) -> date:
    """A date, written as one."""
    if type(value) is not date:
        raise RuleError(f"日期应当写成 2024-08-01，写的是 {value!r}。")
    return value


def code(value: Any) -> str:
    """The code of a notice, one of the contract's."""
    if value not in get_args(NoticeCode):
        raise RuleError(f"提示代码 {value!r} 不在契约里。")
    return str(value)
