"""`/api/operator`: what the panel asks for while a caller is on the line."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from assistant.accounts import Session, Task
from assistant.hotline import Brief, Handover, Packet, brief_of_answer
from assistant.schemas import AskRequest
from assistant.service.context import ServiceContext
from assistant.service.desk_shapes import (
    BriefShape,
    CallShape,
    CallTurnShape,
    EscalationRequest,
    EscalationShape,
    Id,
    OperatorAnswer,
    RuledShape,
    SheetRequest,
    SheetShape,
)
from assistant.service.guard import Guard
from assistant.service.inputs import NoQuery
from assistant.service.ports import OperatorService
from assistant.service.routes.errors import CHANGING, errors

_TOLD = {
    "kept": "升级单已存档，请按交接流程告知接手的人。",
    "delivered": "升级单已送达。",
    "failed": "升级单没有送达（{problem}），已存在本机，可以重新发送；急的请先电话转交。",
}


def router(context: ServiceContext, operators: OperatorService, guard: Guard) -> APIRouter:
    """The routes, bound to a service."""
    routes = APIRouter(prefix="/api/operator", tags=["坐席"])
    reading = Depends(guard.reading(Task.ANSWER_CALLS))
    changing = Depends(guard.changing(Task.ANSWER_CALLS))

    @routes.post("/ask", summary="坐席提问", responses=errors(*CHANGING))
    def ask(
        body: AskRequest,
        _session: Annotated[Session, changing],
        _query: Annotated[NoQuery, Query()],
    ) -> OperatorAnswer:
        """与 `/api/ask` 同一个答复，另有话术和可复制的文字。"""
        answer = context.service.ask(body)
        context.metrics.count_answer(answer)
        return OperatorAnswer(answer=answer, brief=_shape(brief_of_answer(answer)))

    @routes.post("/sheet", summary="按勾选的情况判定", responses=errors(*CHANGING))
    def sheet(
        body: SheetRequest,
        _session: Annotated[Session, changing],
        _query: Annotated[NoQuery, Query()],
    ) -> SheetShape:
        """一条规则，或（不填 `rule_id`）全部落户途径；每个结论附话术和可复制的文字。"""
        told = operators.hotline().sheet(body.rule_id, body.facts, body.as_of, body.jurisdiction)
        return SheetShape(
            items=[RuledShape(verdict=r.verdict, brief=_shape(r.brief)) for r in told.ruled],
            citations=list(told.citations),
            notices=list(told.notices),
            overall=_shape(told.overall),
        )

    @routes.get(
        "/calls/{conversation_id}",
        summary="一次通话说过的",
        responses=errors(401, 403, 404, 422, 503),
    )
    def call(
        conversation_id: Annotated[Id, Path()],
        _session: Annotated[Session, reading],
        _query: Annotated[NoQuery, Query()],
    ) -> CallShape:
        """按先后列出问答；问的话里的个人信息已经隐去。"""
        turns = operators.hotline().turns(conversation_id)
        return CallShape(
            turns=[
                CallTurnShape(
                    question=turn.question,
                    at=turn.at,
                    answer=turn.answer,
                    brief=_shape(brief_of_answer(turn.answer)) if turn.answer else None,
                )
                for turn in turns
            ]
        )

    @routes.post("/escalations", status_code=201, summary="升级", responses=errors(*CHANGING))
    def escalate(
        body: EscalationRequest,
        session: Annotated[Session, changing],
        _query: Annotated[NoQuery, Query()],
    ) -> EscalationShape:
        """问题、情况、答复、引文、备注一并存档，设了接收方的同时送出；个人信息先隐去。"""
        packet = operators.hotline().escalate(Handover(by=session.login, **dict(body)))
        return _escalated(packet)

    @routes.post(
        "/escalations/{escalation_id}/delivery",
        summary="重新发送升级单",
        responses=errors(*CHANGING),
    )
    def send_again(
        escalation_id: Annotated[Id, Path()],
        _session: Annotated[Session, changing],
        _query: Annotated[NoQuery, Query()],
    ) -> EscalationShape:
        """没有送达的再送一次；已送达的不重复送。"""
        return _escalated(operators.hotline().send_again(escalation_id))

    return routes


def _shape(brief: Brief) -> BriefShape:
    return BriefShape(script=brief.script, block=brief.block)


def _escalated(packet: Packet) -> EscalationShape:
    delivery = packet["delivery"]
    return EscalationShape(
        escalation_id=packet["escalation_id"],
        state=delivery["state"],
        message=_TOLD[delivery["state"]].format(problem=delivery["problem"]),
    )
