"""`POST /api/ask`: one question, one answer."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from assistant.schemas import Answer, AskRequest
from assistant.service.context import ServiceContext
from assistant.service.inputs import AskQuery
from assistant.service.routes.errors import errors
from assistant.service.streaming import STREAM_HEADERS, AnswerStreams, server_sent

EXAMPLE: dict[str, Any] = {
    "answer_id": "dcaf2e0e48c84ff1a57e6d04922b9dea",
    "conversation_id": "d90fcae81d1d449b923003cfd2921927",
    "kind": "answer",
    "text": "按现行规定：满六个月[1]。",
    "citations": [
        {
            "marker": 1,
            "clause_id": "jx-gbo-2024-16__sec_1",
            "document_id": "jx-gbo-2024-16",
            "title": "嘉兴市人民政府办公室关于高质量推进户籍制度改革的通知",
            "doc_number": "嘉政办发〔2024〕16号",
            "label": "一、进一步放宽租赁落户",
            "quote": "租赁本市城镇地区商品住房,在浙江省范围内连续居住登记满六个月的,"
            "允许本人及其共同居住生活的配偶、子女、父母持《房屋租赁登记备案证明》等材料"
            "在租赁住房所在地申请落户。",
            "status": "in_force",
            "effective_from": "2024-08-01",
            "verified_on": "2024-07-25",
            "source": {
                "file": "sources/jiaxing-gazette-2024-06-07.txt",
                "start": 3937,
                "end": 4019,
            },
        }
    ],
    "verdicts": [],
    "questions": [],
    "notices": [],
    "as_of": "2026-11-22",
    "jurisdiction": "嘉兴市",
    "facts": {},
    "composer": "extractive",
    "timings_ms": {"understand": 0.3, "retrieve": 6.2, "compose": 0.2, "total": 6.8},
}
"""A real answer; OpenAPI leaves out what is null."""

STREAM_EXAMPLE = """event: stage
data: {"stage":"understand"}

event: delta
data: {"text":"按现行规定：满六个月[1]。\\n"}

event: answer
data: {"answer_id":"dcaf2e0e48c84ff1a57e6d04922b9dea", ……}

"""


def router(context: ServiceContext) -> APIRouter:
    """The route, bound to a service."""
    routes = APIRouter(prefix="/api", tags=["问答"])
    streams = AnswerStreams(context.metrics.count_answer)

    @routes.post(
        "/ask",
        summary="问一个政策问题",
        response_model=Answer,
        responses={
            200: {
                "content": {
                    "application/json": {"example": EXAMPLE},
                    "text/event-stream": {"example": STREAM_EXAMPLE},
                }
            },
            **errors(400, 404, 413, 422, 503),
        },
    )
    def ask(body: AskRequest, query: Annotated[AskQuery, Query()]) -> Any:
        """逐条引用原文作答；没有依据时给出类型化的拒答和咨询电话。`stream=true` 边写边发。"""
        if query.stream:
            events = server_sent(streams.open(partial(context.service.stream, body)))
            return StreamingResponse(events, headers=STREAM_HEADERS, media_type="text/event-stream")
        answer = context.service.ask(body)
        context.metrics.count_answer(answer)
        return answer

    return routes
