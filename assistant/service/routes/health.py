"""`/healthz`, `/readyz`, `/metrics`: for whoever runs the service."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from assistant.service.context import ServiceContext
from assistant.service.problems import problem
from assistant.service.routes.errors import errors
from assistant.service.shapes import Health, Readiness

READY = "ok"


def router(context: ServiceContext, page_state: Callable[[], Mapping[str, str]]) -> APIRouter:
    """The probes, bound to a service and to the page's own state."""
    routes = APIRouter(tags=["运维"])

    @routes.head("/healthz", include_in_schema=False)
    @routes.get("/healthz", summary="进程是否存活")
    async def healthz() -> Health:
        """只说明进程在运行。"""
        return Health()

    @routes.head("/readyz", include_in_schema=False, response_model=None)
    @routes.get("/readyz", summary="能否作答", response_model=Readiness, responses=errors(503))
    def readyz() -> Readiness | Response:
        """逐项说明所依赖的部分；有一项没有就绪即为 503。"""
        states = {**context.service.readiness(), **page_state()}
        waiting = [f"{name}：{state}" for name, state in states.items() if state != READY]
        if waiting:
            headers = {"Retry-After": "5"}
            return problem(503, "not_ready", "；".join(waiting), headers=headers)
        return Readiness(dependencies=states)

    @routes.get("/metrics", summary="Prometheus 指标", response_class=Response)
    def metrics() -> Response:
        """请求数、各阶段耗时、各类答复数。"""
        return Response(context.metrics.render(), media_type=CONTENT_TYPE_LATEST)

    return routes
