"""The application factory: routes first, then one fallback, with the page beneath."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Protocol

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from assistant.clauses.jurisdictions import Gazetteer
from assistant.service import problems
from assistant.service.completions.errors import OpenAIErrors
from assistant.service.completions.keys import key_check
from assistant.service.context import ServiceContext
from assistant.service.doors import DoorRules
from assistant.service.fallback import Fallback
from assistant.service.guard import Guard
from assistant.service.metrics import ServiceMetrics
from assistant.service.middleware import AskLimit, BodyLimit, LastResort, Measure, SecurityHeaders
from assistant.service.ports import OperatorService, PolicyService
from assistant.service.routes import (
    ask,
    basis,
    clauses,
    compare,
    completions,
    conversations,
    corpus,
    documents,
    health,
    login,
    operator,
    panel,
    reviews,
    rules,
    search,
    source,
)

DESCRIPTION = """政策问答：逐条引用原文、逐字核对、按日判断效力。

所有错误都是同一形状：`{"error": {"code", "message", "field"}}`，`message` 为中文；`/v1` 用 OpenAI 的形状。
"""


class Page(Protocol):
    """A page to show at `/`: an ASGI application with a life of its own."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

    def life(self) -> AbstractAsyncContextManager[None]:
        """What must run while the application runs."""

    def state(self) -> Mapping[str, str]:
        """`ok`, or a Chinese reason, per dependency of the page."""


def create_app(
    service: PolicyService,
    places: Gazetteer,
    *,
    home: str,
    page: Page | None = None,
    max_body_bytes: int = 65536,
    operators: OperatorService | None = None,
    rules_of_doors: DoorRules | None = None,
) -> FastAPI:
    """The whole application around one service; `home` is the place meant where none is named.

    Without `operators` there is no panel and nobody can log in.
    """
    doors = rules_of_doors or DoorRules()
    metrics = ServiceMetrics()
    metrics.watch_model(service.model_counts)
    context = ServiceContext(service, places, home, metrics)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with page.life() if page is not None else nullcontext():
            yield

    app = FastAPI(
        title="政策问答助手",
        description=DESCRIPTION,
        version="0.1.0",
        docs_url=None,  # the stock pages fetch scripts from other hosts
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
        middleware=[
            Middleware(Measure, metrics=metrics),
            Middleware(SecurityHeaders),
            Middleware(OpenAIErrors),
            Middleware(LastResort),
            Middleware(AskLimit, throttle=doors.asking(), page_key=doors.page_key),
            Middleware(BodyLimit, max_bytes=max_body_bytes),
        ],
    )
    problems.install(app)
    routers = [
        room.router(context)
        for room in (
            *(ask, conversations, rules, search, corpus, documents, clauses),
            *(source, compare, basis),
        )
    ]
    if operators is not None:
        guard = Guard(operators.accounts, doors.session_cookie)
        routers += [
            login.router(context, operators, guard, doors),
            operator.router(context, operators, guard),
            reviews.router(operators, guard),
            panel.router(doors),
        ]
    routers.append(completions.router(context, key_check(doors.api_keys)))
    routers.append(health.router(context, page.state if page is not None else dict))
    known = [*app.router.routes, *(route for router in routers for route in router.routes)]
    for router in routers:
        app.include_router(router)
    app.router.routes.append(Mount("/", app=Fallback(known, page)))
    return app
