"""Wire shapes of logging in and of the operators' side."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from assistant.schemas import (
    Answer,
    Citation,
    Day,
    Facts,
    Notice,
    RuleRequest,
    Verdict,
    Wire,
    Wording,
)

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]
CallName = Annotated[Wording, Field(max_length=64)]
Note = Annotated[Wording, Field(max_length=2000)]


class LoginRequest(Wire):
    """Body of `POST /auth/login`."""

    login: str = Field(max_length=200)
    password: str = Field(max_length=1000, repr=False)


class SessionShape(Wire):
    """Who is logged in; `csrf` goes into the header `X-CSRF-Token`."""

    login: str
    role: Literal["operator", "supervisor", "evaluator", "admin"]
    role_name: str
    tasks: list[str]
    csrf: str
    home: str
    today: date


class BriefShape(Wire):
    """A sentence to say, and the text to copy."""

    script: str
    block: str


class OperatorAnswer(Wire):
    """Response of `POST /api/operator/ask`."""

    answer: Answer
    brief: BriefShape


class SheetRequest(RuleRequest):
    """Body of `POST /api/operator/sheet`; without `rule_id`, all channels."""

    rule_id: str | None = Field(default=None, max_length=100)


class RuledShape(Wire):
    """One verdict with its words; its markers point into the sheet's citations."""

    verdict: Verdict
    brief: BriefShape


class SheetShape(Wire):
    """Response of `POST /api/operator/sheet`."""

    items: list[RuledShape]
    citations: list[Citation]
    notices: list[Notice]
    overall: BriefShape


class CallTurnShape(Wire):
    """One exchange of a call; no answer where it was cut off."""

    question: str
    at: datetime
    answer: Answer | None
    brief: BriefShape | None


class CallShape(Wire):
    """Response of `GET /api/operator/calls/{conversation_id}`."""

    turns: list[CallTurnShape]


class EscalationRequest(Wire):
    """Body of `POST /api/operator/escalations`."""

    note: Note
    call: CallName | None = None
    question: Wording | None = Field(default=None, max_length=2000)
    conversation_id: Id | None = None
    answer_id: Id | None = None
    rule_id: str | None = Field(default=None, max_length=100)
    facts: Facts = Field(default_factory=dict)
    as_of: Day | None = None
    jurisdiction: Wording | None = Field(default=None, max_length=50)


class EscalationShape(Wire):
    """What came of it: `kept` as a file, `delivered`, or `failed` to be delivered (and kept)."""

    escalation_id: str
    state: Literal["kept", "delivered", "failed"]
    message: str


class DoubtRequest(Wire):
    """Body of `POST /api/operator/reviews`."""

    answer_id: Id
    note: Note


class DecisionRequest(Wire):
    """Body of `POST /api/operator/reviews/{review_id}/decision`."""

    state: Literal["approved", "corrected", "rejected"]
    note: Note
    correction: Note | None = None


class ReviewShape(Wire):
    """One doubted answer; texts are null once its conversation was deleted."""

    review_id: str
    answer_id: str
    state: Literal["pending", "approved", "corrected", "rejected"]
    asked_by: str
    asked_at: datetime
    note: str | None
    decided_by: str | None
    decided_at: datetime | None
    decision_note: str | None
    correction: str | None
    question: str | None
    answer: Answer | None


class ReviewPage(Wire):
    """Response of `GET /api/operator/reviews`."""

    items: list[ReviewShape]


class ReviewQuery(Wire):
    """Query of `GET /api/operator/reviews`."""

    state: Literal["pending", "decided"] = "pending"
