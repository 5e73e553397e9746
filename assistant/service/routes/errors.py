"""The error responses that OpenAPI shows, with an example of each."""

from typing import Any

from assistant.schemas import ErrorEnvelope


def _example(code: str, message: str, field: str | None = None) -> dict[str, Any]:
    example = {"error": {"code": code, "message": message, "field": field}}
    return {
        "model": ErrorEnvelope,
        "description": message,
        "content": {"application/json": {"example": example}},
    }


CHANGING = (400, 401, 403, 404, 413, 422, 503)
"""What a route may answer that somebody signed in changes something by."""

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: _example("malformed_json", "请求正文不是合法的 JSON，请检查引号、逗号和括号。"),
    401: _example("unauthorized", "请先登录；登录可能已经过期。"),
    403: _example("forbidden", "坐席没有这项权限，请换有权限的人登录。"),
    404: _example("not_found", "没有这个地址，请核对路径。"),
    409: _example("already_decided", "这一条已由 wang 处理过，请刷新列表。", "review_id"),
    413: _example("too_large", "请求正文过大，最多 64 KiB，请缩短后再发。"),
    422: _example("invalid_input", "「question」过长，最多 2000 个字符，请缩短。", "question"),
    429: _example("too_many_requests", "登录尝试过多，请12分钟后再试。"),
    503: _example("unavailable", "服务正在启动，索引尚未就绪，请稍后再试。"),
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route, as its `responses`."""
    return {status: _ERRORS[status] for status in statuses}
