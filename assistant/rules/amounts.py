"""Amounts: an expression over facts and parameters, and what it comes to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from assistant.rules.conditions import Test
from assistant.rules.model import Cite, Fact, Facts, Parameter
from assistant.rules.templates import Template


@dataclass(frozen=True, slots=True)
class Literal:
    """A plain 0, to bound an amount from below."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A parameter, or a hundredth of one for a percentage."""

    parameter: Parameter
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A fact's number; with a default it is not asked for, as a base it may be missing."""

    fact: Fact
    default: Decimal | None = None
    base: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """Plus, minus, times or max of other expressions."""

    name: str
    terms: tuple["Expression", ...]


Expression: TypeAlias = Literal | Figure | Given | Operation


@dataclass(frozen=True, slots=True)
class AmountCase:
    """One way to work out an amount, and when it is the one."""

    id: str
    when: Test
    value: Expression
    formula: Template
    cite: Cite


@dataclass(frozen=True, slots=True)
class Amount:
    """What is paid: the first case that holds."""

    unit: str
    cases: tuple[AmountCase, ...]


def givens(value: Expression) -> Iterator[Given]:
    """The facts that an amount is worked out from."""
    match value:
        case Given():
            yield value
        case Operation(_, terms):
            for term in terms:
                yield from givens(term)
        case _:
            return


def parameters_of(value: Expression) -> Iterator[Parameter]:
    """The parameters that an amount is worked out from."""
    match value:
        case Figure(parameter, _):
            yield parameter
        case Operation(_, terms):
            for term in terms:
                yield from parameters_of(term)
        case _:
            return


class Unasked(Exception):  # noqa: N818 (a signal between two functions, never seen outside)
    """A fact is needed for an amount and not known."""


def work_out(value: Expression, facts: Facts, day: date) -> Decimal | None:
    """The amount; None where a base is not in the corpus; raises Unasked for a missing fact."""
    match value:
        case Literal(number):
            return number
        case Figure(parameter, percent):
            number = parameter.on(day)
            return number / 100 if percent else number
        case Given(fact, default, base):
            known = facts.get(fact.name)
            if isinstance(known, int | Decimal):
                return Decimal(known)
            if base:
                return None
            if default is None:
                raise Unasked(fact.name)
            return default
        case Operation(name, terms):
            return _operate(name, [work_out(t, facts, day) for t in terms])


def _operate(name: str, terms: list[Decimal | None]) -> Decimal | None:
    numbers = [t for t in terms if t is not None]
    if len(numbers) < len(terms):
        return None
    result = numbers[0]
    for number in numbers[1:]:
        if name == "plus":
            result += number
        elif name == "minus":
            result -= number
        elif name == "times":
            result *= number
        else:
            result = max(result, number)
    return result
