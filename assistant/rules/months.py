"""Calendar months: n months after a day, and the latest start that makes n months by a day.

The sources state no rule of counting; the convention (A03) is: the same day of the month, or the
month's last day where there is none, and 满 / 达 / 以上 / 以内 include the figure itself.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta


def add_months(day: date, months: int) -> date:
    """The day `months` later (earlier where negative); 31 August + 6 months = 28 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year < MINYEAR:
        return date.min
    if year > MAXYEAR:
        return date.max
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """The day `days` later, within what a date can say."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def latest_start(months: int, by: date) -> date:
    """The latest day s with s + `months` ≤ `by`: how a duration said in months is kept."""
    start = add_months(by, -months)
    while add_months(following := add_days(start, 1), months) <= by and following > start:
        start = following
    return start


def whole_months(start: date, day: date) -> int:
    """How many whole months lie between `start` and `day`; 0 where it has not begun."""
    if day < start:
        return 0
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if add_months(start, months) <= day else months - 1


def month_after(day: date) -> date:
    """First day of the month after the one that holds `day`."""
    return add_months(day.replace(day=1), 1)
