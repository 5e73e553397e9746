"""`/auth`: logging in and out, and who is logged in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from assistant.accounts import ROLE_NAMES, Session, Task, may
from assistant.errors import NotLoggedInError
from assistant.service.context import ServiceContext
from assistant.service.desk_shapes import LoginRequest, SessionShape
from assistant.service.doors import DoorRules
from assistant.service.guard import Guard, check_same_origin
from assistant.service.inputs import NoQuery
from assistant.service.ports import OperatorService
from assistant.service.routes.errors import errors
from assistant.service.throttle import address_key

NO_STORE = {"Cache-Control": "no-store"}


def router(
    context: ServiceContext, operators: OperatorService, guard: Guard, doors: DoorRules
) -> APIRouter:
    """The routes, bound to a service."""
    routes = APIRouter(prefix="/auth", tags=["登录"])
    by_address, by_login = doors.logging_in(), doors.guessing()

    def shown(session: Session) -> SessionShape:
        return SessionShape(
            login=session.login,
            role=session.role.value,
            role_name=ROLE_NAMES[session.role],
            tasks=[task.value for task in Task if may(session.role, task)],
            csrf=session.csrf,
            home=context.home,
            today=context.service.today(),
        )

    @routes.post("/login", summary="登录", responses=errors(400, 401, 403, 413, 422, 429, 503))
    def login(
        body: LoginRequest,
        request: Request,
        response: Response,
        _query: Annotated[NoQuery, Query()],
    ) -> SessionShape:
        """换一个新的会话；登录名不存在与密码不对，答复相同。"""
        check_same_origin(request)
        by_address.hit(address_key(request.client.host if request.client else None))
        name = body.login.strip().casefold()[:64]
        by_login.hit(name)
        session = operators.accounts().log_in(
            body.login, body.password, replaced=guard.token(request)
        )
        if session is None:
            raise NotLoggedInError("登录名或密码不对。")
        by_login.clear(name)
        guard.keep(request, response, session)
        response.headers.update(NO_STORE)
        return shown(session)

    @routes.post("/logout", status_code=204, summary="退出登录", responses=errors(401, 403, 503))
    def logout(request: Request, response: Response, _query: Annotated[NoQuery, Query()]) -> None:
        """会话立即失效，Cookie 删除。"""
        session = guard.session(request)
        guard.check_sender(request, session)
        operators.accounts().log_out(session.token)
        guard.forget(request, response)

    @routes.get("/session", summary="谁登录了", responses=errors(401, 422, 503))
    def current(
        session: Annotated[Session, Depends(guard.session)],
        response: Response,
        _query: Annotated[NoQuery, Query()],
    ) -> SessionShape:
        """登录名、角色、可以做的事，以及改动时要带的 `csrf`。"""
        response.headers.update(NO_STORE)
        return shown(session)

    return routes
