"""No personal data stays behind: not in the database, the log, the trace or the answers."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping

import httpx
import pytest
import yaml

from assistant.schemas import Answer
from eval.serving import ROOT, Served

CASES = yaml.safe_load((ROOT / "tests/data/privacy/cases.yaml").read_text("utf-8"))
QUESTION = "{}，我在嘉兴租的商品房，居住登记七个月，能落户吗"
IDENTITY = "11010519491231002X"
PHONE = "13812345678"


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], list[Answer]]:
    """Everything that a service left behind after it was told personal data in every way."""
    var, log = tmp_path_factory.mktemp("var"), tmp_path_factory.mktemp("log") / "log.txt"
    answers: list[Answer] = []
    with (
        Served(var, log=log) as service,
        httpx.Client(base_url=service.address, trust_env=False, timeout=60) as client,
    ):
        answers += [asked(client, {"question": case["text"]}) for case in CASES["personal"]]
        told = asked(client, {"question": QUESTION.format(f"身份证{IDENTITY}，手机{PHONE}")})
        again = {
            "question": f"那五个月呢，我电话是{PHONE}",
            "conversation_id": told.conversation_id,
        }
        answers += [told, asked(client, again)]
        for facts in ({"age": int(PHONE)}, {"edu": IDENTITY}, {IDENTITY: True}):
            refused = client.post("/api/ask", json={"question": "能落户吗", "facts": facts})
            assert refused.status_code == 422
        wrong = [
            client.post("/api/ask", content=f'{{"question": "{IDENTITY}'),
            client.post("/api/ask", json={"question": "", IDENTITY: PHONE}),
            client.get(f"/api/search?q={IDENTITY}"),
            client.get(f"/api/clauses/{IDENTITY}"),
            client.get(f"/source/{IDENTITY}"),
        ]
        assert {response.status_code for response in wrong} <= {200, 400, 404, 422}
        rated = {"answer_id": told.answer_id, "rating": "down", "reason": f"打给我{PHONE}"}
        assert client.post("/api/feedback", json=rated).status_code == 204
        metrics = client.get("/metrics").content
    kept = [p for p in var.rglob("*") if p.is_file() and "index" not in p.relative_to(var).parts]
    files = {str(p.relative_to(var)): p.read_bytes() for p in kept}  # the index holds no questions
    files |= {"log": log.read_bytes(), "metrics": metrics}
    replayed = subprocess.run(
        [
            sys.executable,
            "-c",
            "from assistant.commands.main import main; main()",
            "replay",
            told.answer_id,
        ],
        cwd=ROOT,
        env={**os.environ, "ASSISTANT_VAR_DIR": str(var)},
        capture_output=True,
        check=False,
    )
    files["replay"] = replayed.stdout + replayed.stderr
    return files, answers


def asked(client: httpx.Client, body: Mapping[str, object]) -> Answer:
    response = client.post("/api/ask", json=body)
    assert response.status_code == 200, response.text
    return Answer.model_validate(response.json())


def test_nothing_personal_is_kept_anywhere(
    left: tuple[dict[str, bytes], list[Answer]],
) -> None:
    files, answers = left
    secrets = {piece for case in CASES["personal"] for piece in case["gone"]} | {IDENTITY, PHONE}
    files["answers"] = json.dumps(
        [answer.model_dump(mode="json") for answer in answers], ensure_ascii=False
    ).encode()
    corpus = b"".join(path.read_bytes() for path in (ROOT / "corpus").rglob("*.txt"))
    found = [
        (name, secret)
        for secret in secrets
        for name, content in files.items()
        if secret.encode() in content and secret.encode() not in corpus
    ]
    assert found == []


def test_the_person_is_told_each_time(left: tuple[dict[str, bytes], list[Answer]]) -> None:
    _, answers = left
    assert all("privacy" in {n.code for n in answer.notices} for answer in answers)


def test_what_was_asked_beside_is_answered(left: tuple[dict[str, bytes], list[Answer]]) -> None:
    _, answers = left
    told, again = answers[-2:]
    assert [v.outcome for v in told.verdicts] == ["eligible"]
    assert [v.outcome for v in again.verdicts] == ["ineligible"]


def test_there_is_something_to_look_through(
    left: tuple[dict[str, bytes], list[Answer]],
) -> None:
    files, _ = left
    kept = b"".join(content for name, content in files.items() if "sqlite" in name)
    assert "居住登记七个月".encode() in kept
    assert files["replay"]
