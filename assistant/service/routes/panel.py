"""`/operator` and `/auth/login`: the panel's pages and their files."""

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from assistant.service.doors import DoorRules
from assistant.service.pages import ROOM, page

FILES = ROOM / "static" / "operator"
TYPES = {".css": "text/css", ".js": "text/javascript"}
NO_CACHE = {"Cache-Control": "no-cache"}


def router(doors: DoorRules) -> APIRouter:
    """The pages; what they show comes from `/api`, so they hold nothing worth a login."""
    routes = APIRouter(include_in_schema=False)
    policy = doors.panel_policy()
    names = {file.name for file in FILES.iterdir()}

    def shown(template: str) -> HTMLResponse:
        values = {"origins": " ".join(doors.embed_origins)}
        response = page(template, values, policy=policy)
        response.headers.update(NO_CACHE)
        return response

    @routes.get("/operator")
    def panel() -> Response:
        return shown("operator.html")

    @routes.get("/auth/login")
    def login() -> Response:
        return shown("login.html")

    @routes.get("/operator/assets/{name}")
    def asset(name: str) -> Response:
        if name not in names:
            return page("missing.html", {"message": "没有这个文件。"}, 404)
        file = FILES / name
        return Response(file.read_bytes(), media_type=TYPES[file.suffix], headers=NO_CACHE)

    return routes
