"""What is sent about a question: the question itself, what is thought of its answer, its progress."""

from typing import Literal

from pydantic import Field

from assistant.schemas.answers import Answer
from assistant.schemas.fields import Day, Facts, Wire, Wording


class AskRequest(Wire):
    """Body of `POST /api/ask`."""

    question: Wording = Field(min_length=1, max_length=2000, examples=["租房落户要登记满几个月？"])
    conversation_id: str | None = Field(default=None, examples=[None])
    as_of: Day | None = Field(default=None, examples=["2026-11-22"])
    jurisdiction: Wording | None = Field(default=None, max_length=50, examples=["嘉兴市"])
    facts: Facts = Field(default_factory=dict, examples=[{}])


class FeedbackRequest(Wire):
    """Body of `POST /api/feedback`."""

    answer_id: str = Field(min_length=1, max_length=64)
    rating: Literal["up", "down"]
    reason: str | None = Field(default=None, max_length=2000)


StageName = Literal["understand", "decide", "retrieve", "compose"]


class Stage(Wire):
    """An answer on its way: what is being done now."""

    stage: StageName


class Delta(Wire):
    """The next piece of the text, which has passed the check; all pieces in a row are the text."""

    text: str


class Answered(Wire):
    """The whole answer, once, at the end."""

    answer: Answer


AskEvent = Stage | Delta | Answered
"""What a question yields while it is being answered: stages, then pieces, then the answer."""
