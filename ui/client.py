"""The page's way to the service: HTTP, and errors as Chinese sentences."""

import json
from datetime import date

import httpx
from pydantic import ValidationError

from assistant.schemas import Answer, ErrorEnvelope

UNREACHABLE = "暂时连不上问答服务，请稍后再试。"
UNREADABLE = "问答服务的回复无法读取，请稍后再试；再次出现请告诉管理员。"


class ServiceProblemError(Exception):
    """The service did not answer the question; `message` is for the reader."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ServiceClient:
    """Asks questions of one service."""

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._base_url = base_url
        self._timeout_s = timeout_s
        self._transport = transport

    async def ask(self, question: str, as_of: str | None, jurisdiction: str | None) -> Answer:
        """The answer; raises ServiceProblemError with what to tell the reader."""
        body = {"question": question, "as_of": as_of, "jurisdiction": jurisdiction}
        try:
            async with httpx.AsyncClient(
                base_url=self._base_url,
                timeout=self._timeout_s,
                transport=self._transport,
                trust_env=False,  # the service is next door, never behind a proxy
            ) as http:
                response = await http.post("/api/ask", json=body)
        except httpx.HTTPError as error:
            raise ServiceProblemError(UNREACHABLE) from error
        if response.is_success:
            return _read_answer(response.text)
        raise ServiceProblemError(_read_problem(response.text))


def checked_day(written: str) -> str | None:
    """The day in the contract's form, or None where none was given.

    Raises ServiceProblemError for what is not a day.
    """
    if not written.strip():
        return None
    digits = written.strip().replace("年", "-").replace("月", "-").replace("日", "")
    pieces = digits.replace("/", "-").replace(".", "-").split("-")
    try:
        year, month, day = (int(piece) for piece in pieces)
        return date(year, month, day).isoformat()
    except ValueError:
        message = f"日期「{written.strip()}」无法识别，请写作 2024-08-01 这样的形式。"
        raise ServiceProblemError(message) from None


def _read_answer(text: str) -> Answer:
    try:
        return Answer.model_validate_json(text)
    except ValidationError as error:
        raise ServiceProblemError(UNREADABLE) from error


def _read_problem(text: str) -> str:
    try:
        return ErrorEnvelope.model_validate(json.loads(text)).error.message
    except (ValidationError, ValueError):
        return UNREADABLE
