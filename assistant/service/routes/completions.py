"""`/v1`: chat completions and models, for clients that speak OpenAI's shapes."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from assistant.errors import UnknownModelError
from assistant.service.completions.messages import read_conversation
from assistant.service.completions.shapes import (
    MODEL,
    ChatCompletion,
    ChatRequest,
    Model,
    ModelList,
    OpenAIError,
)
from assistant.service.completions.talking import Talking
from assistant.service.completions.wire import ChunkWriter, chunked, completion
from assistant.service.context import ServiceContext
from assistant.service.plain import source_link
from assistant.service.streaming import STREAM_HEADERS, AnswerStreams

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": OpenAIError, "description": told}
    for status, told in {
        400: "不支持的请求",
        401: "密钥不对",
        404: "没有这个模型",
        413: "正文过大",
        422: "值不合要求",
        429: "问得太多",
        503: "尚未就绪",
    }.items()
}


def router(context: ServiceContext, check_key: Callable[[Request], None]) -> APIRouter:
    """The routes, bound to a service and to whoever may use them."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI 兼容"], dependencies=[Depends(check_key)])
    streams = AnswerStreams(context.metrics.count_answer)
    talking = Talking(context.service)

    @routes.post(
        "/chat/completions",
        summary="对话（OpenAI 的形状）",
        response_model=ChatCompletion,
        responses=_ERRORS,
    )
    def complete(body: ChatRequest, request: Request) -> Any:
        """只读用户的消息；答复连同编号的引文在 `content`，完整的答复在 `policy_answer`。"""
        conversation = read_conversation(body)
        link = source_link(str(request.base_url))
        if not body.stream:
            answer = talking.answer(conversation)
            context.metrics.count_answer(answer)
            return completion(answer, link, conversation.length)
        events = streams.open(partial(talking.stream, conversation))
        writer = ChunkWriter(
            f"chatcmpl-{uuid4().hex}",
            link,
            conversation.length,
            with_usage=bool(body.stream_options and body.stream_options.include_usage),
        )
        return StreamingResponse(
            chunked(events, writer), headers=STREAM_HEADERS, media_type="text/event-stream"
        )

    @routes.get("/models", summary="有哪些模型", responses={401: _ERRORS[401]})
    def models() -> ModelList:
        """只有一个：答复由规则和原文得出，不由所选的模型定。"""
        return ModelList(data=[Model()])

    @routes.get(
        "/models/{model}",
        summary="一个模型",
        responses={status: _ERRORS[status] for status in (401, 404)},
    )
    def model(model: str) -> Model:
        """名称、归属。"""
        if model != MODEL:
            raise UnknownModelError(
                f"没有「{model[:64]}」这个模型，可用的是 {MODEL}。", field="model"
            )
        return Model()

    return routes
