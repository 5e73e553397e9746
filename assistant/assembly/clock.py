"""The time and the day here."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_HOME_ZONE = ZoneInfo("Asia/Shanghai")


def today(fixed: date | None) -> date:
    """The day it is here, unless one is fixed."""
    return fixed or datetime.now(_HOME_ZONE).date()


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
