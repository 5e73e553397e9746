"""The real command on a real socket: from nothing to an answer, and out again."""

import json
import socket
import time
from pathlib import Path

import httpx

from assistant.schemas import Answer
from eval.serving import served
from eval.wording.scripted import MODEL, Script, scripted_model


def test_a_fresh_service_builds_its_index_answers_and_ends_when_told(tmp_path: Path) -> None:
    with served(tmp_path) as address, httpx.Client(base_url=address, trust_env=False) as client:
        ready = client.get("/readyz").json()["dependencies"]
        asked = client.post("/api/ask", json={"question": "嘉兴租房落户要求居住登记满几个月"})
        answer = Answer.model_validate(asked.json())
        where = answer.citations[0].source
        viewer = client.get(
            f"/source/{answer.citations[0].clause_id}",
            params={"start": where.start, "end": where.end},
        )
        page = client.get("/")
        chunked = _post_chunked(address, 70)
    assert set(ready.values()) == {"ok"}
    assert "满六个月" in answer.citations[0].quote
    assert "<mark>" in viewer.text
    assert page.status_code == 200
    assert chunked.startswith("HTTP/1.1 413")
    assert "server" not in asked.headers


def test_a_reader_who_hangs_up_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    with served(tmp_path) as address, httpx.Client(base_url=address, trust_env=False) as client:
        began = client.post("/api/ask", json={"question": "你好"}).json()["conversation_id"]
        told = {"question": "我46岁，在嘉兴租房，能落户吗", "conversation_id": began}
        with client.stream("POST", "/api/ask?stream=true", json=told) as response:
            first = next(response.iter_lines())
        more = {"question": "还没有备案", "conversation_id": began}
        client.post("/api/ask", json=more)
        known = {}
        ends = time.monotonic() + 20
        while "age" not in known and time.monotonic() < ends:  # the turn left ends by itself
            shown = {"question": "你了解到我哪些情况", "conversation_id": began}
            known = Answer.model_validate(client.post("/api/ask", json=shown).json()).facts
    assert first == "event: stage"
    assert known["age"].value == 46
    assert known["rent.registration_certificate"].value is False


def test_a_model_killed_in_the_middle_still_leaves_one_whole_answer(tmp_path: Path) -> None:
    clause = "jx-gbo-2024-16__sec_1"
    good = {"text": "租房落户，居住登记要在浙江省范围内连续满半年。", "clause_ids": [clause]}
    reply = json.dumps(good, ensure_ascii=False) * 2
    with scripted_model() as model:
        model.play(Script(reply, cut_after=len(reply) // 14 + 2))
        with served(
            tmp_path, ASSISTANT_LLM_BASE_URL=model.base_url, ASSISTANT_LLM_MODEL=MODEL
        ) as address:
            asked = httpx.post(
                f"{address}/api/ask?stream=true",
                json={"question": "嘉兴租房落户要求居住登记满几个月"},
                trust_env=False,
                timeout=30,
            )
            metrics = httpx.get(f"{address}/metrics", trust_env=False).text
    events = [line for line in asked.text.splitlines() if line.startswith("event: ")]
    data = [line for line in asked.text.splitlines() if line.startswith("data: ")]
    answer = Answer.model_validate_json(data[-1].removeprefix("data: "))
    assert (events.count("event: answer"), events[-1]) == (1, "event: answer")
    assert "连续满半年[1]" in answer.text
    assert answer.citations[0].quote in answer.text
    assert "degraded" in {notice.code for notice in answer.notices}
    assert 'assistant_model_statements_total{fate="accepted"} 1.0' in metrics


def _post_chunked(address: str, kibibytes: int) -> str:
    """The first line of the reply to a body that never says how long it is."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = "POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        filler = json.dumps("x" * 1022).encode()
        for _ in range(kibibytes):
            connection.sendall(b"400\r\n" + filler + b"\r\n")
        return connection.recv(4096).decode().split("\r\n")[0]
