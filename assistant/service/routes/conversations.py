"""`/api/feedback` and the deletion of a conversation: what people may say of us, and take back."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant.schemas import FeedbackRequest
from assistant.service.context import ServiceContext
from assistant.service.inputs import NoQuery
from assistant.service.routes.errors import errors


def router(context: ServiceContext) -> APIRouter:
    """The routes, bound to a service."""
    routes = APIRouter(prefix="/api", tags=["对话"])

    @routes.post(
        "/feedback",
        status_code=204,
        summary="评价一次答复",
        responses=errors(400, 404, 413, 422, 503),
    )
    def feedback(request: FeedbackRequest, _query: Annotated[NoQuery, Query()]) -> None:
        """好或不好，可以附理由；理由里的个人信息隐去后才保存。"""
        context.service.rate(request.answer_id, request.rating, request.reason)

    @routes.delete(
        "/conversations/{conversation_id}",
        status_code=204,
        summary="删除一次对话",
        responses=errors(404, 422, 503),
    )
    def delete(
        conversation_id: Annotated[str, Path(max_length=64)], _query: Annotated[NoQuery, Query()]
    ) -> None:
        """对话的原话、了解到的情况全部删除，不能恢复。"""
        context.service.forget(conversation_id)

    return routes
