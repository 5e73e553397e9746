"""Errors under `/v1` in OpenAI's shape, whoever raised them: routes, limits, or what is not there."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "/v1"

_INVALID = "invalid_request_error"
_NO_KEY = "密钥不对：请在 Authorization 头里写 Bearer 和管理员给的密钥。"
_TYPES = {401: _INVALID, 403: "permission_error", 429: "rate_limit_error"}


def is_ours(path: str) -> bool:
    """Whether a path belongs to the endpoint that speaks OpenAI's shapes."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def openai_error(status: int, problem: Mapping[str, Any]) -> dict[str, Any]:
    """A problem in the contract's shape, as OpenAI's clients expect it."""
    told = problem["error"]
    if status == 401:
        told = {**told, "message": _NO_KEY, "code": "invalid_api_key"}
    kind = _TYPES.get(status, "server_error" if status >= 500 else _INVALID)
    return {
        "error": {
            "message": told["message"],
            "type": kind,
            "param": told["field"],
            "code": told["code"],
        }
    }


class OpenAIErrors:
    """Rewrites every error under `/v1`; everything else passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, rewriting the body of an error."""
        if scope["type"] != "http" or not is_ours(str(scope["path"])):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def rewriting(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and message["status"] >= 400:
                start = message
                return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if not message.get("more_body", False):
                written = _rewritten(start["status"], body)
                headers = MutableHeaders(scope=start)
                headers["Content-Length"] = str(len(written))
                await send(start)
                await send({"type": "http.response.body", "body": written})

        await self._app(scope, receive, rewriting)


def _rewritten(status: int, body: bytes) -> bytes:
    """The body in OpenAI's shape; what is in no shape of ours stays as it is."""
    try:
        return json.dumps(openai_error(status, json.loads(body)), ensure_ascii=False).encode()
    except (ValueError, KeyError, TypeError):
        return body
