"""Feedback and the deletion of a conversation, over HTTP."""

import pytest
from fastapi.testclient import TestClient

from assistant.errors import StorageError
from tests.service.fake import ContainmentService


def test_a_rating_is_kept_with_its_reason(client: TestClient, service: ContainmentService) -> None:
    rated = {"answer_id": "a-1", "rating": "down", "reason": "答非所问"}
    response = client.post("/api/feedback", json=rated)
    assert (response.status_code, response.content) == (204, b"")
    assert service.ratings == [("a-1", "down", "答非所问")]


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"answer_id": "nowhere", "rating": "up"}, 404, "unknown_answer", "answer_id"),
        ({"answer_id": "a-1", "rating": "great"}, 422, "invalid_input", "rating"),
        ({"answer_id": "a-1", "rating": "up", "stars": 5}, 422, "invalid_input", "stars"),
        (
            {"answer_id": "a-1", "rating": "up", "reason": "好" * 2001},
            422,
            "invalid_input",
            "reason",
        ),
        ({"rating": "up"}, 422, "invalid_input", "answer_id"),
    ],
)
def test_a_rating_that_cannot_be_kept_says_why(
    client: TestClient, body: dict[str, object], status: int, code: str, field: str
) -> None:
    response = client.post("/api/feedback", json=body)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["field"]) == (status, code, field)


def test_deleting_what_is_not_there_is_told(client: TestClient) -> None:
    response = client.delete("/api/conversations/nobody")
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (404, "unknown_conversation")
    assert "nobody" in error["message"]


def test_a_database_that_is_away_is_a_passing_state(
    client: TestClient, service: ContainmentService
) -> None:
    service.failure = StorageError("数据库暂时连不上，请稍后再试。")
    response = client.delete("/api/conversations/any")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.json()["error"]["message"] == "数据库暂时连不上，请稍后再试。"
