"""Who is asking: the session in the cookie, the role it needs, and that our own page sent it."""

import hmac
from collections.abc import Callable
from typing import Literal

from fastapi import Request
from starlette.responses import Response

from assistant.accounts import ROLE_NAMES, AccountDesk, Session, Task, may
from assistant.errors import ForbiddenError, NotLoggedInError

CookieScope = Literal["strict", "lax", "embedded"]

COOKIE = "assistant_session"
SECURE_COOKIE = "__Host-assistant_session"  # browsers take it from this very host over HTTPS alone
CSRF_HEADER = "X-CSRF-Token"


class Guard:
    """Finds the session of a request, and refuses those that may not."""

    def __init__(self, accounts: Callable[[], AccountDesk], scope: CookieScope) -> None:
        self._accounts = accounts
        self._scope: CookieScope = scope

    def reading(self, task: Task) -> Callable[[Request], Session]:
        """A dependency for what changes nothing; raises NotLoggedInError or ForbiddenError."""

        def dependency(request: Request) -> Session:
            session = self.session(request)
            if not may(session.role, task):
                name = ROLE_NAMES[session.role]
                raise ForbiddenError(f"{name}没有这项权限，请换有权限的人登录。")
            return session

        return dependency

    def changing(self, task: Task) -> Callable[[Request], Session]:
        """A dependency for what changes something; raises NotLoggedInError or ForbiddenError."""
        read = self.reading(task)

        def dependency(request: Request) -> Session:
            session = read(request)
            self.check_sender(request, session)
            return session

        return dependency

    def session(self, request: Request) -> Session:
        """The session of a request; raises NotLoggedInError."""
        token = self.token(request)
        session = self._accounts().session(token) if token else None
        if session is None:
            raise NotLoggedInError("请先登录；登录可能已经过期。")
        return session

    @staticmethod
    def token(request: Request) -> str | None:
        """What the cookie holds."""
        return request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE)

    @staticmethod
    def check_sender(request: Request, session: Session) -> None:
        """Raises ForbiddenError unless our own page sent the request."""
        check_same_origin(request)
        sent = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(sent.encode(), session.csrf.encode()):
            raise ForbiddenError(f"请求没有带对 {CSRF_HEADER}，请刷新页面再试。")

    def keep(self, request: Request, response: Response, session: Session) -> None:
        """Hand the session to the browser."""
        secure = self._is_secure(request)
        response.set_cookie(
            SECURE_COOKIE if secure else COOKIE,
            session.token,
            httponly=True,
            secure=secure,
            samesite="none" if self._scope == "embedded" else self._scope,
            path="/",
        )
        if self._scope == "embedded":  # the framework's own flag needs a newer Python
            name, value = response.raw_headers.pop()
            response.raw_headers.append((name, value + b"; Partitioned"))

    def forget(self, request: Request, response: Response) -> None:
        """Take the session from the browser."""
        for name in (COOKIE, SECURE_COOKIE):
            if name in request.cookies:
                secure = name == SECURE_COOKIE
                same = "none" if self._scope == "embedded" else self._scope
                response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite=same)
                if self._scope == "embedded":
                    header, value = response.raw_headers.pop()
                    response.raw_headers.append((header, value + b"; Partitioned"))

    def _is_secure(self, request: Request) -> bool:
        return self._scope == "embedded" or request.url.scheme == "https"


def check_same_origin(request: Request) -> None:
    """Raises ForbiddenError where the browser says that another site sent the request."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise ForbiddenError("这个请求来自别的网站，不能受理。")
