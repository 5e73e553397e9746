"""Figures told anew take the place of the one that is meant."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.dialogue.state import Remembered
from assistant.dialogue.understanding.figures import figures_changed

DAY = date(2026, 11, 22)
BILL = frozenset({"med.outpatient_mid", "med.base_paid", "med.inpatient_remaining"})
HEADS = frozenset({"employer.base", "employer.active_count", "employer.retired_count"})


def told(**values: int) -> dict[str, Remembered]:
    return {n.replace("__", "."): Remembered(v, None, DAY) for n, v in values.items()}


@pytest.mark.parametrize(
    ("words", "known", "wanted", "changed"),
    [
        ("小钱说是7万不是7千", told(med__inpatient_remaining=7000), BILL, ("med.inpatient_remaining", 70000)),
        ("那要是花了三万呢", told(med__inpatient_remaining=5000), BILL, ("med.inpatient_remaining", 30000)),
        ("如果只付了五百", told(med__outpatient_mid=1000, med__base_paid=700), BILL, ("med.base_paid", 500)),
        ("退休的人数应该是15", told(employer__active_count=50, employer__retired_count=10), HEADS, ("employer.retired_count", 15)),
    ],
)  # fmt: skip
def test_the_figure_meant_is_replaced(
    words: str,
    known: dict[str, Remembered],
    wanted: frozenset[str],
    changed: tuple[str, int],
) -> None:
    facts = figures_changed(words, known, wanted, DAY)
    assert {n: f.value for n, f in facts.items()} == {changed[0]: Decimal(changed[1])}


@pytest.mark.parametrize(
    "words",
    ["我得等到2027年7月才退", "八百和五百呢", "要按哪一档", "我今年46岁", "满3年的呢"],
)
def test_what_is_no_such_figure_changes_none(words: str) -> None:
    assert not figures_changed(words, told(med__inpatient_remaining=7000), BILL, DAY)


def test_of_two_figures_an_unnamed_one_changes_none() -> None:
    known = told(med__outpatient_mid=1000, med__base_paid=700)
    assert not figures_changed("那要是三万呢", known, BILL, DAY)
