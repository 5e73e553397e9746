"""How often one address or one login may try, by the `limits` library; counted in this process."""

import ipaddress
import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assistant.errors import TooManyRequestsError


class Throttle:
    """Lets so many through in a span, for each key; an empty limit lets all through."""

    def __init__(self, limit: str, message: str) -> None:
        self._limit = parse(limit) if limit else None
        self._message = message
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, key: str) -> None:
        """Count one try; raises TooManyRequestsError."""
        if self._limit is None or self._window.hit(self._limit, key):
            return
        free_at = self._window.get_window_stats(self._limit, key).reset_time
        wait_s = max(1, math.ceil(free_at - time.time()))
        raise TooManyRequestsError(self._message.format(wait=_in_words(wait_s)), wait_s)

    def clear(self, key: str) -> None:
        """Forget what was counted."""
        if self._limit is not None:
            self._window.clear(self._limit, key)


def address_key(host: str | None) -> str:
    """One key for one connection: a household's IPv6 prefix, or the address itself."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _in_words(wait_s: int) -> str:
    return f"{wait_s}秒" if wait_s < 60 else f"{math.ceil(wait_s / 60)}分钟"
