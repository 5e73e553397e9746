"""How the service's doors behave: who may frame the panel, how sessions are kept, how often one may ask."""

import secrets
from dataclasses import dataclass, field

from assistant.service.guard import CookieScope
from assistant.service.throttle import Throttle


@dataclass(frozen=True, slots=True)
class DoorRules:
    """Plain values from the settings; a limit is written like `8/15minutes`, empty for none."""

    embed_origins: tuple[str, ...] = ()
    session_cookie: CookieScope = "strict"
    login_limit: str = "30/5minutes"
    account_limit: str = "8/15minutes"
    ask_limit: str = ""
    api_keys: tuple[str, ...] | None = field(default=None, repr=False)
    """What `/v1` asks for; None: nothing."""
    page_key: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    """What our own page shows when it asks for a visitor."""

    def asking(self) -> Throttle:
        """For questions, by address."""
        return Throttle(self.ask_limit, "提问过于频繁，请{wait}后再试。")

    def logging_in(self) -> Throttle:
        """For attempts to log in, by address."""
        return Throttle(self.login_limit, "登录尝试过多，请{wait}后再试。")

    def guessing(self) -> Throttle:
        """For wrong passwords of one login."""
        return Throttle(self.account_limit, "登录尝试过多，请{wait}后再试。")

    def panel_policy(self) -> str:
        """The panel's content policy: our own files, and frames only by those allowed."""
        framers = " ".join(("'self'", *self.embed_origins))
        return (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'; "
            f"frame-ancestors {framers}"
        )
