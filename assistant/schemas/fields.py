"""What fields share: days, facts and words as a client may send them, and no others."""

import math
import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError


class Wire(BaseModel):
    """Base of what goes over the wire: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def _written_day(value: Any) -> Any:
    """Only `YYYY-MM-DD`: left alone, pydantic would read 20240801 as a number of seconds."""
    if value is None or isinstance(value, date) or _is_written_day(value):
        return value
    raise PydanticCustomError("date_wording", "日期须写作 2024-08-01 这样的形式。")


def _is_written_day(value: Any) -> bool:
    return isinstance(value, str) and _WRITTEN_DAY.fullmatch(value) is not None


def _printable(value: str) -> str:
    """Refuse NUL and its kin, which no person types and no store keeps faithfully."""
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r" for sign in value):
        raise PydanticCustomError("wording_control", "文字中含有控制字符，请删去后再试。")
    return value


def _not_blank(value: str) -> str:
    if all(unicodedata.category(sign) in _INVISIBLE for sign in value):
        raise PydanticCustomError("wording_blank", "内容是空白的，请写下要问的事。")
    return value


def _finite(value: dict[str, Any]) -> dict[str, Any]:
    """JSON has no NaN, no infinity and no half characters, though Python's reader takes them."""
    pending: list[Any] = [value]
    while pending:  # not by recursion: the nesting is the client's choice
        inner = pending.pop()
        if isinstance(inner, dict):
            pending.extend((*inner, *inner.values()))
        elif isinstance(inner, list):
            pending.extend(inner)
        elif isinstance(inner, float) and not math.isfinite(inner):
            raise PydanticCustomError("wording_number", "数值须是有限的数。")
        elif isinstance(inner, str) and _HALF_CHARACTER.search(inner):
            raise PydanticCustomError(
                "wording_unicode", "文字里有不成对的代理字符，请改用正常的 Unicode 文字。"
            )
    return value


Day = Annotated[date, BeforeValidator(_written_day)]
"""A day as the contract writes it."""

Facts = Annotated[dict[str, Any], AfterValidator(_finite)]
"""Facts by name, as JSON has them."""

Wording = Annotated[str, AfterValidator(_printable), AfterValidator(_not_blank)]
"""Text a person wrote: not blank, no control characters."""
