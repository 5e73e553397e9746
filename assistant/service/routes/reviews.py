"""`/api/operator/reviews`: answers that an operator doubted, for a supervisor to decide."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from assistant.accounts import Session, Task
from assistant.hotline import DECIDED, ReviewCase, ReviewState
from assistant.service.desk_shapes import (
    DecisionRequest,
    DoubtRequest,
    Id,
    ReviewPage,
    ReviewQuery,
    ReviewShape,
)
from assistant.service.guard import Guard
from assistant.service.inputs import NoQuery
from assistant.service.ports import OperatorService
from assistant.service.routes.errors import CHANGING, errors


def router(operators: OperatorService, guard: Guard) -> APIRouter:
    """The routes, bound to a service."""
    routes = APIRouter(prefix="/api/operator/reviews", tags=["复核"])

    @routes.post("", status_code=204, summary="把一条答复标为存疑", responses=errors(*CHANGING))
    def doubt(
        body: DoubtRequest,
        session: Annotated[Session, Depends(guard.changing(Task.ANSWER_CALLS))],
        _query: Annotated[NoQuery, Query()],
    ) -> None:
        """交班长复核；已在复核中的不重复交。"""
        operators.hotline().doubt(body.answer_id, session.login, body.note)

    @routes.get("", summary="复核列表", responses=errors(401, 403, 422, 503))
    def reviews(
        query: Annotated[ReviewQuery, Query()],
        _session: Annotated[Session, Depends(guard.reading(Task.READ_REVIEWS))],
    ) -> ReviewPage:
        """待复核的（先交的在前），或处理过的（新近的在前），最多一百条。"""
        states = DECIDED if query.state == "decided" else (ReviewState.PENDING,)
        return ReviewPage(items=[_shape(case) for case in operators.hotline().reviews(states)])

    @routes.post("/{review_id}/decision", summary="处理一条复核", responses=errors(*CHANGING, 409))
    def decide(
        review_id: Annotated[Id, Path()],
        body: DecisionRequest,
        session: Annotated[Session, Depends(guard.changing(Task.DECIDE_REVIEWS))],
        _query: Annotated[NoQuery, Query()],
    ) -> ReviewShape:
        """无误、更正（写明正确的答复）或退回，都要写明理由；记下是谁、何时。"""
        case = operators.hotline().decide(
            review_id, ReviewState(body.state), session.login, body.note, body.correction
        )
        return _shape(case)

    return routes


def _shape(case: ReviewCase) -> ReviewShape:
    review = case.review
    return ReviewShape(
        review_id=review.review_id,
        answer_id=review.answer_id,
        state=review.state.value,
        asked_by=review.asked_by,
        asked_at=review.asked_at,
        note=review.note,
        decided_by=review.decided_by,
        decided_at=review.decided_at,
        decision_note=review.decision_note,
        correction=review.correction,
        question=case.question,
        answer=case.answer,
    )
