"""Every error has the one shape, in Chinese, and tells nothing of the inside."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.errors import IndexUnavailableError, QuoteError, SourceChangedError
from tests.service.fake import ContainmentService

JSON = {"content-type": "application/json"}
GOOD: dict[str, Any] = {"question": "租房落户"}


def error_of(response: Any) -> dict[str, Any]:
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "field"}
    assert any("\u4e00" <= sign <= "\u9fff" for sign in body["error"]["message"])
    error: dict[str, Any] = body["error"]
    return error


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"stray": 1}, "stray", id="unknown_field"),
        pytest.param({"question": "问" * 2001}, "question", id="too_long"),
        pytest.param({"question": ""}, "question", id="empty"),
        pytest.param({"question": " \t\n　\u200b"}, "question", id="blank"),
        pytest.param({"question": "租房\u0000落户"}, "question", id="nul"),
        pytest.param({"question": 5}, "question", id="not_text"),
        pytest.param({"question": None}, "question", id="null"),
        pytest.param({"as_of": "2024-02-30"}, "as_of", id="no_such_day"),
        pytest.param({"as_of": "20240801"}, "as_of", id="day_without_hyphens"),
        pytest.param({"as_of": 0}, "as_of", id="timestamp"),
        pytest.param({"as_of": "2024-08-01T00:00:00"}, "as_of", id="date_with_time"),
        pytest.param({"jurisdiction": "乌有市"}, "jurisdiction", id="unknown_place"),
        pytest.param({"jurisdiction": "嘉" * 51}, "jurisdiction", id="long_place"),
        pytest.param({"facts": []}, "facts", id="facts_not_an_object"),
    ],
)
def test_bad_input_is_422_and_names_the_field(
    client: TestClient, change: dict[str, Any], field: str
) -> None:
    response = client.post("/api/ask", json={**GOOD, **change})
    assert response.status_code == 422
    assert error_of(response)["field"] == field


def test_the_longest_question_allowed_is_answered(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "租房" + "问" * 1998})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b'{"question": ', 400, id="cut_off"),
        pytest.param(b"question=x", 400, id="a_form"),
        pytest.param('{"question": "租房"}'.encode("gb18030"), 400, id="gb18030"),
        pytest.param(b"\xff\xfe\x00", 400, id="not_text"),
        pytest.param(b'{"question": "a", "facts": ' + b"[" * 20_000, 400, id="deep"),
        pytest.param(b'{"question": "a", "facts": {"a": ' + b"9" * 5000 + b"}}", 400, id="huge"),
        pytest.param(b"", 422, id="nothing"),
        pytest.param(b"[]", 422, id="a_list"),
        pytest.param(b'"x"', 422, id="a_string"),
        pytest.param(b"null", 422, id="null"),
        pytest.param(b'{"question": "\\ud800"}', 422, id="lone_surrogate"),
        pytest.param(b'{"question": "a", "facts": {"a": NaN}}', 422, id="nan"),
        pytest.param(b'{"question": "a", "facts": {"a": [1e999]}}', 422, id="infinity"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    client: TestClient, body: bytes, status: int
) -> None:
    response = client.post("/api/ask", content=body, headers=JSON)
    assert response.status_code == status
    error_of(response)


def test_a_body_of_another_type_is_refused(client: TestClient) -> None:
    content = json.dumps(GOOD).encode()
    response = client.post("/api/ask", content=content, headers={"content-type": "text/plain"})
    assert response.status_code == 422
    error_of(response)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/search", "q"),
        ("/api/search?q=%20", "q"),
        ("/api/search?q=a&stray=1", "stray"),
        ("/api/search?q=a&limit=0", "limit"),
        ("/api/search?q=a&limit=51", "limit"),
        ("/api/search?q=a&limit=many", "limit"),
        ("/api/search?q=a&as_of=2024-13-01", "as_of"),
        ("/api/search?q=a&jurisdiction=乌有市", "jurisdiction"),
        ("/api/documents?kind=poem", "kind"),
        ("/api/documents?after=..", "after"),
        ("/api/clauses/a.b", "clause_id"),
        ("/api/clauses/jx-gbo-2024-16__sec_1?as_of=soon", "as_of"),
        ("/api/clauses/jx-gbo-2024-16__sec_1?stray=1", "stray"),
    ],
)
def test_bad_queries_are_422_and_name_the_parameter(
    client: TestClient, path: str, field: str
) -> None:
    response = client.get(path)
    assert response.status_code == 422
    assert error_of(response)["field"] == field


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nowhere",
        "/api/ask/",
        "/api/clauses/nowhere",
        "/api/documents/nowhere",
    ],
)
def test_unknown_paths_and_ids_are_404_in_the_one_shape(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    error_of(response)


def test_an_unknown_conversation_is_404(client: TestClient) -> None:
    response = client.post("/api/ask", json={**GOOD, "conversation_id": "c-0"})
    assert response.status_code == 404
    assert error_of(response)["field"] == "conversation_id"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/ask", "POST"),
        ("OPTIONS", "/api/ask", "POST"),
        ("DELETE", "/api/documents", "GET"),
        ("PUT", "/api/clauses/x", "GET"),
        ("POST", "/healthz", "GET, HEAD"),
        ("POST", "/api/openapi.json", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_405_and_says_which_are_right(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert response.headers["allow"] == allowed
    error_of(response)


def test_a_body_over_the_limit_is_413_announced_or_not(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(66):
            yield b" " * 1024

    announced = client.post("/api/ask", content=b" " * 65_537, headers=JSON)
    chunked = client.post("/api/ask", content=chunks(), headers=JSON)
    assert (announced.status_code, chunked.status_code) == (413, 413)
    assert error_of(announced) == error_of(chunked)


def test_a_body_at_the_limit_is_read(client: TestClient) -> None:
    body = json.dumps(GOOD).encode()
    response = client.post("/api/ask", content=body + b" " * (65_536 - len(body)), headers=JSON)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "failure", [IndexUnavailableError("索引不在，请先建立。"), SourceChangedError("原文有变。")]
)
def test_a_store_that_failed_is_503(
    client: TestClient, service: ContainmentService, failure: Exception
) -> None:
    service.failure = failure
    response = client.post("/api/ask", json=GOOD)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    error_of(response)


@pytest.mark.parametrize("failure", [RuntimeError("secret detail"), QuoteError("secret detail")])
def test_the_unforeseen_is_500_with_an_id_and_no_trace(
    client: TestClient,
    service: ContainmentService,
    failure: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    service.failure = failure
    with caplog.at_level(logging.ERROR):
        response = client.post("/api/ask", json=GOOD)
    message = error_of(response)["message"]
    incident = message.split("编号 ")[1].split("）")[0]
    assert response.status_code == 500
    assert "secret" not in response.text
    assert incident in caplog.text
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("path", ["/api/documents", "/api/nowhere", "/healthz", "/source/nowhere"])
def test_every_response_bears_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "default-src" in headers["content-security-policy"]


def test_an_unforeseen_failure_bears_the_security_headers_too(
    client: TestClient, service: ContainmentService
) -> None:
    service.failure = RuntimeError()
    assert "content-security-policy" in client.post("/api/ask", json=GOOD).headers
