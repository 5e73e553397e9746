"""`POST /api/ask?stream=true`: stages, pieces that make up the text, one whole answer."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.errors import IndexUnavailableError, SourceChangedError
from assistant.schemas import Answer
from tests.service.fake import ContainmentService

URL = "/api/ask?stream=true"


def events_of(body: str) -> list[tuple[str, dict[str, Any]]]:
    """Name and data of every event; comments left out."""
    events = []
    for block in body.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line[:1] != ":")
        if fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


def test_the_pieces_are_the_text_and_the_last_event_is_the_whole_answer(
    client: TestClient,
) -> None:
    response = client.post(URL, json={"question": "租房落户要登记满几个月？"})
    events = events_of(response.text)
    answer = Answer.model_validate(events[-1][1])
    assert response.headers["content-type"].startswith("text/event-stream")
    assert [name for name, _ in events if name == "answer"] == ["answer"]
    assert events[0] == ("stage", {"stage": "understand"})
    assert "".join(data["text"] for name, data in events if name == "delta") == answer.text
    assert answer.citations


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({"question": "租房", "conversation_id": "nobody"}, 404, id="conversation"),
        pytest.param({"question": ""}, 422, id="empty"),
        pytest.param({"question": "租房", "jurisdiction": "乌有市"}, 422, id="place"),
    ],
)
def test_what_is_wrong_with_the_request_is_told_by_status(
    client: TestClient, body: dict[str, Any], status: int
) -> None:
    response = client.post(URL, json=body)
    assert response.status_code == status
    assert set(response.json()) == {"error"}


def test_a_service_that_is_not_ready_says_so_by_status(
    client: TestClient, service: ContainmentService
) -> None:
    service.failure = IndexUnavailableError("索引尚未就绪。")
    assert client.post(URL, json={"question": "租房"}).status_code == 503


@pytest.mark.parametrize(
    ("failure", "code"),
    [(SourceChangedError("原文变了。"), "unavailable"), (ValueError("secret"), "internal")],
)
def test_a_failure_under_way_is_the_last_event_and_tells_nothing_of_the_inside(
    client: TestClient, service: ContainmentService, failure: Exception, code: str
) -> None:
    service.broken = failure
    response = client.post(URL, json={"question": "租房"})
    name, data = events_of(response.text)[-1]
    assert name == "error"
    assert data["error"]["code"] == code
    assert "secret" not in response.text


def test_a_stream_counts_as_one_answer(client: TestClient) -> None:
    client.post(URL, json={"question": "租房"})
    assert 'assistant_answers_total{kind="answer",reason=""} 1.0' in client.get("/metrics").text


@pytest.mark.parametrize("query", ["stream=perhaps", "stray=1"])
def test_a_query_that_means_nothing_is_refused(client: TestClient, query: str) -> None:
    assert client.post(f"/api/ask?{query}", json={"question": "租房"}).status_code == 422
