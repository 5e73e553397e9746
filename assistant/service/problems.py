"""Every error becomes one JSON shape: `{"error": {code, message, field}}`, in Chinese."""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from assistant.errors import (
    AccountError,
    AssistantError,
    EscalationError,
    FactError,
    ForbiddenError,
    IndexUnavailableError,
    NotLoggedInError,
    RequestError,
    ReviewDecidedError,
    ReviewError,
    SourceChangedError,
    StorageError,
    TooManyRequestsError,
    UnknownAnswerError,
    UnknownClauseError,
    UnknownConversationError,
    UnknownEscalationError,
    UnknownModelError,
    UnknownNoticeError,
    UnknownPlaceError,
    UnknownReviewError,
    UnknownRuleError,
    UnsupportedRequestError,
)
from assistant.schemas import ErrorBody, ErrorEnvelope

logger = logging.getLogger(__name__)

STATUS_OF_ERROR: dict[type[AssistantError], tuple[int, str]] = {
    UnknownNoticeError: (404, "unknown_document"),
    UnknownClauseError: (404, "unknown_clause"),
    UnknownAnswerError: (404, "unknown_answer"),
    UnknownConversationError: (404, "unknown_conversation"),
    UnknownRuleError: (404, "unknown_rule"),
    UnknownReviewError: (404, "unknown_review"),
    UnknownEscalationError: (404, "unknown_escalation"),
    NotLoggedInError: (401, "unauthorized"),
    ForbiddenError: (403, "forbidden"),
    TooManyRequestsError: (429, "too_many_requests"),
    ReviewDecidedError: (409, "already_decided"),
    ReviewError: (422, "invalid_input"),
    AccountError: (422, "invalid_input"),
    EscalationError: (503, "unavailable"),
    UnknownPlaceError: (422, "unknown_place"),
    FactError: (422, "invalid_fact"),
    RequestError: (422, "invalid_input"),
    UnsupportedRequestError: (400, "unsupported"),
    UnknownModelError: (404, "model_not_found"),
    IndexUnavailableError: (503, "unavailable"),
    SourceChangedError: (503, "unavailable"),
    StorageError: (503, "unavailable"),
}

FIELD_OF_ERROR: dict[type[AssistantError], str] = {
    UnknownPlaceError: "jurisdiction",
    FactError: "facts",
    UnknownAnswerError: "answer_id",
    UnknownConversationError: "conversation_id",
}

MESSAGE_OF_STATUS: dict[int, str] = {
    400: "请求正文无法读取：须为 UTF-8 编码的 JSON。",
    401: "请先登录。",
    403: "没有权限。",
    404: "没有这个地址，请核对路径。",
    405: "这个地址不支持该请求方法，请看 Allow 头。",
    413: "请求正文过大，请缩短后再发。",
    429: "请求过多，请稍后再试。",
}

CODE_OF_STATUS: dict[int, str] = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    429: "too_many_requests",
    503: "unavailable",
}


def problem(
    status: int,
    code: str,
    message: str,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """One error in the contract's shape."""
    envelope = ErrorEnvelope(error=ErrorBody(code=code, message=message, field=field))
    return JSONResponse(envelope.model_dump(), status_code=status, headers=headers)


def problem_of_status(status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The stock problem of an HTTP status."""
    message = MESSAGE_OF_STATUS.get(status, "请求无法处理，请核对后再试。")
    return problem(status, CODE_OF_STATUS.get(status, "bad_request"), message, headers=headers)


def unexpected_problem(error: BaseException) -> JSONResponse:
    """An unforeseen failure: logged whole under an id, told to the client by the id alone."""
    incident = secrets.token_hex(6)
    logger.error("unexpected failure %s", incident, exc_info=error)
    message = f"服务内部出错（编号 {incident}），请稍后再试；再次出现请把编号告诉管理员。"
    return problem(500, "internal", message)


def status_of(error: AssistantError) -> tuple[int, str] | None:
    """HTTP status and code of a deliberate error; None: it is no fault of the request."""
    for kind in type(error).__mro__:
        if kind in STATUS_OF_ERROR:
            return STATUS_OF_ERROR[kind]
    return None


def deliberate_problem(error: AssistantError) -> JSONResponse:
    """A deliberate error as a response; one that blames our own data is an incident."""
    found = status_of(error)
    if found is None:
        return unexpected_problem(error)
    status, code = found
    if status >= 500:
        logger.warning("%s: %s", type(error).__name__, error)
    field = error.field or FIELD_OF_ERROR.get(type(error))
    headers = {"Retry-After": "5"} if status == 503 else None
    if isinstance(error, TooManyRequestsError):
        headers = {"Retry-After": str(error.retry_after_s)}
    return problem(status, code, error.message, field, headers)


def explain(error: Mapping[str, Any]) -> tuple[int, str, str, str | None]:
    """Status, code, Chinese message and field of one validation error."""
    kind, context = str(error["type"]), error.get("ctx") or {}
    field = _field_of(error["loc"])
    if kind == "missing" and field is None:
        return 422, "invalid_input", "缺少请求正文，须为 JSON 对象。", None
    if kind == "json_invalid":
        return 400, "malformed_json", "请求正文不是合法的 JSON，请检查引号、逗号和括号。", None
    named = f"「{field}」" if field else "请求正文"
    unit = "项" if context.get("field_type") == "List" else "个字符"
    messages = {
        "extra_forbidden": f"不认识的字段{named}，请对照接口文档改正或删去。",
        "missing": f"缺少必填项{named}。",
        "string_too_short": f"{named}不能为空。",
        "string_too_long": f"{named}过长，最多 {context.get('max_length')} 个字符，请缩短。",
        "too_short": f"{named}不能为空。",
        "too_long": f"{named}过长，最多 {context.get('max_length')} {unit}，请缩短。",
        "string_type": f"{named}须为文字。",
        "string_unicode": f"{named}含有不成对的代理字符，请改用正常的 Unicode 文字。",
        "string_pattern_mismatch": f"{named}的写法不对，只能用小写字母、数字、下划线和连字符。",
        "int_parsing": f"{named}须为整数。",
        "int_type": f"{named}须为整数。",
        "dict_type": f"{named}须为对象（键和值）。",
        "greater_than_equal": f"{named}不能小于 {context.get('ge')}。",
        "less_than_equal": f"{named}不能大于 {context.get('le')}。",
        "enum": f"{named}的取值不在范围内。",
        "literal_error": f"{named}的取值不在范围内。",
        "model_attributes_type": "请求正文须为 JSON 对象，并注明 Content-Type: application/json。",
    }
    if kind.startswith("date"):
        message = f"{named}须为真实存在的日期，写作 2024-08-01 这样的形式。"
    elif kind.startswith("wording_"):  # our own checks already speak Chinese
        message = str(error["msg"])
    else:
        message = messages.get(kind, f"{named}的值不合要求，请对照接口文档改正。")
    return 422, "invalid_input", message, field


def install(app: FastAPI) -> None:
    """Register the handlers, so that no route speaks another shape."""

    async def on_invalid(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - FastAPI's promise
        status, code, message, field = explain(error.errors()[0])
        return problem(status, code, message, field)

    async def on_deliberate(_request: Request, error: Exception) -> Response:
        assert isinstance(error, AssistantError)  # noqa: S101 - registered for this class
        return deliberate_problem(error)

    async def on_http(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
        return problem_of_status(error.status_code, error.headers)

    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(AssistantError, on_deliberate)
    app.add_exception_handler(HTTPException, on_http)


def _field_of(location: tuple[int | str, ...]) -> str | None:
    """The name a client knows the field by: `("body", "facts", "age")` is `facts.age`."""
    names = [str(part) for part in location if part not in {"body", "query", "path"}]
    return ".".join(names) or None
