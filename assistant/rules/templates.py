"""Texts with figures in them, and how figures and amounts are written."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from assistant.rules.model import Parameter

_SLOT = re.compile(r"\{([a-z0-9_.]+)(?:\*(\d+))?\}")
_CENT = Decimal("0.01")


def slots_of(text: str) -> list[str]:
    """The names that a text leaves to be filled in."""
    return [name for name, _ in _SLOT.findall(text)]


def figure(value: Decimal) -> str:
    """A number as people write it: 120, 5.5."""
    whole = value.to_integral_value()
    return str(whole) if value == whole else format(value.normalize(), "f")


def to_cents(value: Decimal) -> Decimal:
    """An amount rounded half up to 分, without trailing zeros."""
    rounded = value.quantize(_CENT, rounding=ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize()


@dataclass(frozen=True, slots=True)
class Template:
    """A Chinese text with parameters (and, in formulas, facts and the value) to fill in."""

    text: str
    parameters: dict[str, Parameter]
    fixed: str | None = None  # the same on every day

    def on(self, day: date) -> str:
        """The text with the figures of a day."""
        return self.fill(day, {}) if self.fixed is None else self.fixed

    def fill(self, day: date, known: dict[str, str]) -> str:
        """The text with the figures of a day and further words by name."""

        def word(match: re.Match[str]) -> str:
            name, factor = match.groups()
            if name in self.parameters:
                return figure(self.parameters[name].on(day))
            found = known.get(name, name)
            if factor is None:
                return found
            try:
                return figure(to_cents(Decimal(found) * int(factor)))
            except ArithmeticError:
                return f"{found}×{factor}"

        return _SLOT.sub(word, self.text) if "{" in self.text else self.text
