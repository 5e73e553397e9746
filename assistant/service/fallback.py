"""What no route answers: unknown paths, wrong methods, and the page mounted beneath."""

from collections.abc import Iterable

from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.service.completions.errors import is_ours
from assistant.service.problems import problem_of_status

MISSING_PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>没有这个页面</title></head><body><main><h1>没有这个页面</h1>"
    '<p>请核对地址，或<a href="/">回到首页提问</a>。</p></main></body></html>'
)


class Fallback:
    """Answers 405 for a known path, 404 in our shape under `/api` and `/v1`, else shows the page."""

    def __init__(self, routes: Iterable[BaseRoute], page: ASGIApp | None) -> None:
        self._routes = [route for route in routes if isinstance(route, Route)]
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve what no route matched."""
        if scope["type"] != "http":
            if self._page is not None:
                await self._page(scope, receive, send)
            return
        allowed = self._allowed(scope)
        path = str(scope["path"])
        if allowed:
            headers = {"Allow": ", ".join(sorted(allowed))}
            await problem_of_status(405, headers)(scope, receive, send)
        elif self._page is None or path == "/api" or path.startswith("/api/") or is_ours(path):
            await problem_of_status(404)(scope, receive, send)
        else:
            await self._page(scope, receive, send)

    def _allowed(self, scope: Scope) -> set[str]:
        """Methods that the path would have answered to."""
        partial = [r for r in self._routes if r.matches(scope)[0] is Match.PARTIAL]
        return {method for route in partial for method in route.methods or ()}


def missing_page() -> Response:
    """The 404 a person sees."""
    return HTMLResponse(MISSING_PAGE, status_code=404)
