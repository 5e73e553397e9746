"""`POST /api/ask`: one question, one answer."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.schemas import Answer, AskRequest
from assistant.service.context import ServiceContext
from assistant.service.inputs import NoQuery
from assistant.service.routes.errors import ERRORS

EXAMPLE: dict[str, Any] = {
    "answer_id": "a-6f1c0e",
    "conversation_id": "c-91b2d4",
    "kind": "answer",
    "text": "租赁城镇地区商品住房，须在浙江省范围内连续居住登记满六个月。[1]",
    "citations": [
        {
            "marker": 1,
            "clause_id": "jx-gbo-2024-16__sec_1",
            "document_id": "jx-gbo-2024-16",
            "title": "嘉兴市人民政府办公室关于进一步深化户籍制度改革的通知",
            "doc_number": "嘉政办发〔2024〕16号",
            "label": "一、放宽租赁落户",
            "quote": "租赁本市城镇地区商品住房,在浙江省范围内连续居住登记满六个月的",
            "status": "in_force",
            "effective_from": "2024-08-01",
            "effective_to": None,
            "verified_on": "2024-07-25",
            "source": {"file": "sources/gazette.txt", "start": 5210, "end": 5243},
        }
    ],
    "verdicts": [],
    "questions": [],
    "notices": [],
    "reason": None,
    "as_of": "2026-11-22",
    "jurisdiction": "嘉兴市",
    "facts": {},
    "composer": "extractive",
    "timings_ms": {"total": 9.4},
}


def router(context: ServiceContext) -> APIRouter:
    """The route, bound to a service."""
    routes = APIRouter(prefix="/api", tags=["问答"])

    @routes.post(
        "/ask",
        summary="问一个政策问题",
        responses={
            200: {"content": {"application/json": {"example": EXAMPLE}}},
            **{status: ERRORS[status] for status in (400, 404, 413, 422, 503)},
        },
    )
    def ask(body: AskRequest, _query: Annotated[NoQuery, Query()]) -> Answer:
        """逐条引用原文作答；没有依据时给出类型化的拒答和咨询电话。"""
        answer = context.service.ask(body)
        context.metrics.count_answer(answer)
        return answer

    return routes
