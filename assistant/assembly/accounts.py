"""Accounts and sessions, in the stores of the settings."""

from datetime import timedelta

from assistant.accounts import AccountDesk
from assistant.assembly.clock import now
from assistant.config import Settings
from assistant.storage import Stores


def build_accounts(settings: Settings, stores: Stores) -> AccountDesk:
    """Accounts and sessions in these stores."""
    return AccountDesk(
        stores.accounts,
        clock=now,
        idle=timedelta(minutes=settings.session_idle_minutes),
        lifetime=timedelta(hours=settings.session_hours),
    )
