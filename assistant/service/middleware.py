"""What wraps every request: security headers, the last resort, the size limit, the clock."""

import hmac
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import TooManyRequestsError
from assistant.service.metrics import ServiceMetrics
from assistant.service.problems import deliberate_problem, problem, unexpected_problem
from assistant.service.throttle import Throttle, address_key

ASKING = frozenset({"/api/ask", "/v1/chat/completions"})
PAGE_HEADER, VISITOR_HEADER = "X-Assistant-Page", "X-Assistant-Visitor"

COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

# The page's framework evaluates its own templates and inlines its configuration.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)

_FRAMED_ELSEWHERE = re.compile(r"frame-ancestors 'self' \S")


class SecurityHeaders:
    """Adds the headers every response must bear; a route's own policy wins."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve with headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in COMMON_HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
                if _FRAMED_ELSEWHERE.search(headers["Content-Security-Policy"]):
                    del headers["X-Frame-Options"]  # it knows no list of origins
            await send(message)

        await self._app(scope, receive, send_with_headers)


class LastResort:
    """Turns whatever nobody foresaw into a 500 without a stack trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve; on failure answer in the one shape unless bytes have already left."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        except Exception as error:  # noqa: BLE001 - the last resort is for everything
            response = unexpected_problem(error)
            if not started:
                await response(scope, receive, send)


class AskLimit:
    """Refuses questions from one address over the limit, before anything reads them."""

    def __init__(self, app: ASGIApp, throttle: Throttle, page_key: str) -> None:
        self._app = app
        self._throttle = throttle
        self._page_key = page_key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, unless the limit is reached."""
        if _asks(scope):
            try:
                self._throttle.hit(address_key(self._asker(scope)))
            except TooManyRequestsError as error:
                await deliberate_problem(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _asker(self, scope: Scope) -> str | None:
        """The address that asks; our own page says for which of its visitors it does."""
        headers = Headers(scope=scope)
        client = scope.get("client")
        if hmac.compare_digest(headers.get(PAGE_HEADER, "").encode(), self._page_key.encode()):
            return headers.get(VISITOR_HEADER)
        return client[0] if client else None


class BodyLimit:
    """Refuses bodies over the limit, announced or chunked, before anything reads them."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then serve with what was read."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers({})
        if "content-length" not in headers and "transfer-encoding" not in headers:
            await self._app(scope, receive, send)
            return
        announced = headers.get("content-length", "0")
        body = (
            None
            if not announced.isdecimal() or int(announced) > self._max_bytes
            else await self._read(receive)
        )
        if body is None:
            limit = self._max_bytes // 1024
            message = f"请求正文过大，最多 {limit} KiB，请缩短后再发。"
            await problem(413, "too_large", message)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        chunks: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return b"".join(chunks)
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > self._max_bytes:
                return None
            chunks.append(chunk)
            if not message.get("more_body", False):
                return b"".join(chunks)


class Measure:
    """Counts and times every request under its route's pattern, never under a raw path."""

    def __init__(self, app: ASGIApp, metrics: ServiceMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve and record."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        began = time.perf_counter()

        async def watched_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched_send)
        finally:
            route = getattr(scope.get("route"), "path", "page")
            elapsed = time.perf_counter() - began
            self._metrics.count_request(route or "page", scope["method"], status, elapsed)


def _asks(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in ASKING


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that yields `body` once and then whatever the connection says."""
    pending = True

    async def replayed() -> Message:
        nonlocal pending
        if pending:
            pending = False
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return replayed
