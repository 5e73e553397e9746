"""Who may use `/v1`: whoever knows one of the keys, or everybody where none are set."""

import hashlib
import hmac
from collections.abc import Callable, Iterable

from fastapi import Request
from starlette.exceptions import HTTPException

_BEARER = "bearer "


def key_check(keys: Iterable[str] | None) -> Callable[[Request], None]:
    """A dependency that lets nobody in without a key; compares in constant time."""
    known = None if keys is None else [_digest(key) for key in keys]

    def check(request: Request) -> None:
        if known is None:
            return
        header = request.headers.get("authorization", "")
        given = header[len(_BEARER) :].strip() if header.lower().startswith(_BEARER) else ""
        found = [hmac.compare_digest(_digest(given), key) for key in known]
        if not any(found):
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})

    return check


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
