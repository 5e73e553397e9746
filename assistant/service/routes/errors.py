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


ERRORS: dict[int | str, dict[str, Any]] = {
    400: _example("malformed_json", "请求正文不是合法的 JSON，请检查引号、逗号和括号。"),
    404: _example("not_found", "没有这个地址，请核对路径。"),
    413: _example("too_large", "请求正文过大，最多 64 KiB，请缩短后再发。"),
    422: _example("invalid_input", "「question」过长，最多 2000 个字符，请缩短。", "question"),
    503: _example("unavailable", "服务正在启动，索引尚未就绪，请稍后再试。"),
}
