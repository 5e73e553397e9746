"""The page at `/`: ours in language and style, and only its own paths are open."""

import re
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.service.app import create_app
from tests.service.fake import ContainmentService
from ui.doorway import CitizenPage
from ui.welcome import Welcome

PATIENCE_S = 240
WELCOME = Welcome("嘉兴市", {"落户": ("租房能落户吗？",)})


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    service = ContainmentService()
    page = CitizenPage("http://127.0.0.1:9", WELCOME)
    app = create_app(service, service.corpus.gazetteer, home="嘉兴市", page=page)
    with TestClient(app) as client:
        began = time.monotonic()
        while client.get("/readyz").status_code != 200 and time.monotonic() - began < PATIENCE_S:
            time.sleep(0.1)
        yield client


def test_before_it_is_loaded_the_page_says_so() -> None:
    service = ContainmentService()
    page = CitizenPage("http://127.0.0.1:9", WELCOME)
    client = TestClient(create_app(service, service.corpus.gazetteer, home="嘉兴市", page=page))
    waiting = client.get("/")
    assert waiting.status_code == 503
    assert "正在启动" in waiting.text
    assert "page：" in client.get("/readyz").json()["error"]["message"]


def test_the_document_is_chinese_and_ours_from_the_first_byte(client: TestClient) -> None:
    page = client.get("/", headers={"accept-encoding": "gzip"})
    assert page.status_code == 200
    assert re.search(r'<html\s+lang="zh-CN"', page.text)
    assert "嘉兴政策问答" in page.text
    assert "--accent: #1a4f8b" in page.text
    assert int(page.headers["content-length"]) == len(page.content)


def test_the_document_names_no_other_host(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert not re.findall(r'(?:src|href|content)="https?://', page.text)
    assert "http" not in re.findall(r"@import[^;]*;", client.get("/theme.css").text)


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/login",
        "/monitoring",
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/info",
        "/gradio_api/call/ask",
        "/docs",
        "/openapi.json",
    ],
)
def test_what_the_page_does_not_need_is_not_there(client: TestClient, path: str) -> None:
    for response in (client.get(path), client.post(path)):
        assert response.status_code == 404
        assert "没有这个页面" in response.text


def test_the_page_is_only_for_reading(client: TestClient) -> None:
    refused = client.post("/")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
    assert client.head("/").status_code == 200


def test_the_api_keeps_its_own_errors_beside_the_page(client: TestClient) -> None:
    missing = client.get("/api/nowhere")
    wrong = client.get("/api/ask")
    assert missing.json()["error"]["code"] == "not_found"
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
