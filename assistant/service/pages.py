"""Pages for people to read: templates, their own strict policy, and errors that are pages too."""

import re
from collections.abc import Callable, Coroutine, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.errors import AssistantError
from assistant.schemas import STATUS_NAMES, CitationStatus
from assistant.service import problems

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

ROOM = Path(__file__).parent
STATIC = {
    "tokens.css": "text/css",
    "viewer.css": "text/css",
    "viewer.js": "text/javascript",
    "reading.js": "text/javascript",
}

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)

ENDED: frozenset[CitationStatus] = frozenset({"superseded", "expired", "repealed", "amended"})

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that would turn the writing direction of what follows them."""


class PageRoute(APIRoute):
    """A route whose errors are pages too: a person reads them."""

    def get_route_handler(self) -> Handler:
        """The stock handler, with errors shown."""
        handle = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                status, _, message, _ = problems.explain(error.errors()[0])
            except AssistantError as error:
                found = problems.status_of(error)
                if found is None:
                    raise
                status, message = found[0], error.message
            return page("missing.html", {"message": message}, status)

        return shown


def badge_of(status: CitationStatus) -> tuple[str, str]:
    """Name and tone of a status, which is told in words first and in colour second."""
    tone = "good" if status == "in_force" else "careful"
    return STATUS_NAMES[status], "ended" if status in ENDED else tone


def page(
    template: str, values: Mapping[str, Any], status: int = 200, policy: str = POLICY
) -> HTMLResponse:
    """A rendered page under a stricter policy than the conversation's."""
    html = _environment().get_template(template).render(values)
    return HTMLResponse(html, status, {"Content-Security-Policy": policy})


def asset(name: str) -> Response:
    """A style or a script of the pages."""
    if name not in STATIC:
        return page("missing.html", {"message": "没有这个文件。"}, 404)
    content = (ROOM / "static" / name).read_bytes()
    return Response(content, media_type=STATIC[name], headers={"Cache-Control": "no-cache"})


def as_written(text: str) -> Markup:
    """`text` as text: escaped, and a sign that turns the writing turns nothing but itself."""
    escaped = str(escape(text))
    return Markup(_TURNING.sub(r'<bdi class="sign">\g<0></bdi>', escaped))  # noqa: S704 - escaped


def chinese_day(day: date) -> str:
    """The day as people write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_drawn(text: str) -> str:
    """`text` for a drawing, which has no element that would hold a turning sign."""
    return _TURNING.sub("", text)


def address_of(day: date, jurisdiction: str | None) -> str:
    """The query that keeps a reader on the day and at the place that they look at."""
    place = {"jurisdiction": jurisdiction} if jurisdiction else {}
    return "?" + urlencode({"as_of": day.isoformat(), **place})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOM / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["as_written"] = as_written
    environment.filters["chinese_day"] = chinese_day
    environment.filters["as_drawn"] = as_drawn
    environment.globals["badge_of"] = badge_of
    return environment
