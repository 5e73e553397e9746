"""Puts the page at `/`: loads the heavy framework late, and lets only its own paths through."""

import asyncio
import logging
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.client import ServiceClient
from ui.page import ASSETS, build_blocks
from ui.welcome import Welcome

logger = logging.getLogger(__name__)

STYLES = ("frame.css", "talk.css", "composer.css", "answer.css", "check.css", "print.css")
STARTING = "页面正在启动，请稍后再试。"

_SHELL = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">{head}'
    "<title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
)
MISSING = _SHELL.format(
    head="", title="没有这个页面", text='请核对地址，或<a href="/">回到首页提问</a>。'
)
WAITING = _SHELL.format(
    head='<meta http-equiv="refresh" content="3">', title="正在启动", text=STARTING
)

# What the page itself asks for; uploads, file access, login and monitoring stay shut.
_OPEN = re.compile(
    r"/(?:|config|theme\.css|manifest\.json|favicon\.ico|(?:assets|static|svelte)/.+"
    r"|gradio_api/(?:queue/(?:join|data)|heartbeat/\w+|startup-events|reset|cancel))"
)


class CitizenPage:
    """The page as an ASGI application; `base_url` is where the service answers.

    `page_key` tells the service that it is the page that asks, for one of its many visitors.
    """

    def __init__(self, base_url: str, welcome: Welcome, page_key: str | None = None) -> None:
        self._base_url = base_url
        self._welcome = welcome
        self._page_key = page_key
        self._app: ASGIApp | None = None
        self._state = STARTING

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request of the page."""
        app = self._app
        if scope["type"] != "http":
            if app is not None:
                await app(scope, receive, send)
        elif _OPEN.fullmatch(scope["path"]) is None:
            await HTMLResponse(MISSING, 404)(scope, receive, send)
        elif scope["path"] == "/" and scope["method"] not in {"GET", "HEAD"}:
            await HTMLResponse(MISSING, 405, {"Allow": "GET, HEAD"})(scope, receive, send)
        elif app is None:
            await HTMLResponse(WAITING, 503, {"Retry-After": "3"})(scope, receive, send)
        elif scope["path"] == "/":
            await _serve_as_ours(app, scope, receive, send)
        else:
            await app(scope, receive, send)

    @asynccontextmanager
    async def life(self) -> AsyncIterator[None]:
        """Load the framework beside the running application, and close it with it."""
        closing = asyncio.Event()
        task = asyncio.create_task(self._live(closing))
        try:
            yield
        finally:
            closing.set()
            await task

    def state(self) -> Mapping[str, str]:
        """Whether the page can be shown."""
        return {"page": self._state}

    async def _live(self, closing: asyncio.Event) -> None:
        try:
            shell = await asyncio.to_thread(
                _mounted, ServiceClient(self._base_url, page_key=self._page_key), self._welcome
            )
        except Exception:
            self._state = "页面没有启动，请查看服务日志。"
            logger.exception("the page could not be loaded")
            return
        async with shell.router.lifespan_context(shell):
            self._app, self._state = shell, "ok"
            await closing.wait()
        self._app, self._state = None, STARTING


def _mounted(client: ServiceClient, welcome: Welcome) -> Any:
    """The framework's application; made within a loop, or it would make stray ones of its own."""
    return asyncio.run(_mount(client, welcome))


async def _mount(client: ServiceClient, welcome: Welcome) -> Any:
    """The framework's application in a shell of its own."""
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")  # else: every event
    import gradio as gr
    from fastapi import FastAPI

    blocks = build_blocks(client, welcome)
    system = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
    return gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        blocks,
        path="/",
        theme=gr.themes.Base(font=system, font_mono=["ui-monospace", "monospace"]),
        js=(ASSETS / "page.js").read_text("utf-8"),
        footer_links=[],
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        run_history=False,
    )


async def _serve_as_ours(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Serve the framework's document with our language and without its own adverts."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    start: Message = {}
    body = b""

    async def gathered(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
            return
        if message["type"] != "http.response.body":
            await send(message)
            return
        body += message.get("body", b"")
        if not message.get("more_body", False):
            document = _as_ours(body.decode("utf-8")).encode()
            kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
            length = (b"content-length", str(len(document)).encode())
            await send({**start, "headers": [*kept, length]})
            await send({"type": "http.response.body", "body": document})

    await app({**scope, "headers": headers}, receive, gathered)


def _as_ours(document: str) -> str:
    """Our language and style from the first paint on, and no adverts of the framework."""
    document = re.sub(r'<html(\s+)lang="en"', r'<html\1lang="zh-CN"', document, count=1)
    document = re.sub(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>', "", document)
    return document.replace("</head>", f"{_head()}</head>", 1)


@cache
def _head() -> str:
    """What the pages share, by the service's own addresses, then what is this page's alone."""
    style = "\n".join((ASSETS / name).read_text("utf-8") for name in STYLES)
    views = (ASSETS / "views.js").read_text("utf-8")
    return (
        '<link rel="stylesheet" href="/source/assets/tokens.css">'
        '<script src="/source/assets/reading.js"></script>'
        f"<style>\n{style}</style>\n<script>\n{views}</script>\n"
    )
