"""One real service on loopback, and conversations with it over HTTP."""

from collections.abc import Callable, Iterator
from datetime import date

import httpx
import pytest

from assistant.schemas import Answer, AskRequest
from eval.serving import served

Talk = Callable[..., list[Answer]]
Ask = Callable[[AskRequest], Answer]


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        served(tmp_path_factory.mktemp("var")) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def talk(client: httpx.Client) -> Talk:
    """Say one thing after another in one conversation; the answers."""

    def say(*messages: str, as_of: date | None = None) -> list[Answer]:
        answers: list[Answer] = []
        for message in messages:
            body = {
                "question": message,
                "conversation_id": answers[-1].conversation_id if answers else None,
                "as_of": as_of.isoformat() if as_of else None,
            }
            response = client.post("/api/ask", json=body)
            assert response.status_code == 200, response.text
            answers.append(Answer.model_validate(response.json()))
        return answers

    return say
