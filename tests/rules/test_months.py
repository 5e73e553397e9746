"""Calendar months: the same day of the month, or its last one (A03)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.months import add_months, latest_start, month_after, whole_months

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
COUNTS = st.integers(0, 600)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        pytest.param(date(2024, 1, 31), 6, date(2024, 7, 31), id="same_day"),
        pytest.param(date(2024, 8, 31), 6, date(2025, 2, 28), id="last_of_february"),
        pytest.param(date(2023, 8, 31), 6, date(2024, 2, 29), id="last_of_february_leap"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="leap_day_a_year_on"),
        pytest.param(date(2024, 12, 1), 1, date(2025, 1, 1), id="over_the_year"),
        pytest.param(date(2024, 3, 31), -1, date(2024, 2, 29), id="backwards"),
    ],
)
def test_months_are_added_by_the_calendar(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@given(day=DAYS, months=COUNTS)
def test_the_latest_start_just_makes_it(day: date, months: int) -> None:
    start = latest_start(months, day)
    assert add_months(start, months) <= day
    assert add_months(start + timedelta(1), months) > day


@given(start=DAYS, months=COUNTS)
def test_whole_months_count_what_was_added(start: date, months: int) -> None:
    end = add_months(start, months)
    assert whole_months(start, end) >= months
    assert months == 0 or whole_months(start, end - timedelta(1)) < months


def test_the_month_after_begins_on_its_first_day() -> None:
    assert month_after(date(2025, 3, 31)) == date(2025, 4, 1)
