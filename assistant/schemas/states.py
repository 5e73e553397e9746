"""What the service says of itself: its corpus, its errors."""

from datetime import date

from assistant.schemas.fields import Wire


class CorpusState(Wire):
    """Response of `GET /api/corpus`; what binds is vouched for until `verified_on`."""

    today: date
    documents: int
    verified_on: date | None
    digest: str


class ErrorBody(Wire):
    """Inner part of the error envelope."""

    code: str
    message: str
    field: str | None = None


class ErrorEnvelope(Wire):
    """The one shape of every error under `/api`."""

    error: ErrorBody
