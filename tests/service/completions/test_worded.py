"""`/v1` over answers that a language model words: what is streamed is what has passed, to the end."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.assembly import build_service
from assistant.clauses import Corpus
from assistant.config import Settings
from assistant.schemas import Answer
from assistant.service.app import create_app
from assistant.service.plain import plain_text, source_link
from eval.wording.scripted import MODEL, Script, ScriptedModel
from eval.wording.steady import with_model
from tests.answering.conftest import indexed
from tests.service.completions.test_completions import URL, chunks_of, said

__all__ = ["indexed"]

QUESTION = "嘉兴租房落户要求居住登记满几个月"
RENTAL = "jx-gbo-2024-16__sec_1"
GOOD = {"text": "租房落户，居住登记要在浙江省范围内连续满半年。", "clause_ids": [RENTAL]}
BAD = {"text": "您符合条件，租房满三个月就可以申请落户。", "clause_ids": [RENTAL]}
LINK = source_link("http://testserver/")


def lines(*statements: dict[str, Any]) -> str:
    return "\n".join(json.dumps(statement, ensure_ascii=False) for statement in statements)


@pytest.fixture(scope="module")
def client(indexed: Settings, model: ScriptedModel, corpus: Corpus) -> Iterator[TestClient]:
    limits = {"llm_first_token_s": 1.0, "llm_total_s": 2.0}
    service = build_service(with_model(indexed, model).model_copy(update=limits))
    with TestClient(create_app(service, corpus.gazetteer, home="嘉兴市")) as client:
        yield client
    service.close()


def streamed(client: TestClient, *messages: str) -> tuple[str, Answer]:
    body = said(*messages) | {"stream": True}
    *chunks, done = chunks_of(client.post(URL, json=body).text)
    assert done == "[DONE]"
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    content = "".join(delta.get("content", "") for delta in deltas)
    return content, Answer.model_validate(deltas[-1]["policy_answer"])


@pytest.mark.parametrize(
    ("script", "composer"),
    [
        pytest.param(Script(lines(GOOD)), MODEL, id="honest"),
        pytest.param(Script(lines(BAD)), "extractive", id="hostile"),
        pytest.param(Script(lines(GOOD, BAD, GOOD)), None, id="mixed"),
        pytest.param(Script(lines(GOOD, GOOD), cut_after=9), None, id="cut_off"),
        pytest.param(Script(status=500), "extractive", id="failing"),
        pytest.param(Script("好的。"), "extractive", id="no_json"),
        pytest.param(Script(lines(GOOD), endless=True), None, id="endless"),
        pytest.param(Script(before_s=1.5), "extractive", id="silent"),
    ],
)
def test_the_pieces_are_the_answer_whatever_the_model_does(
    client: TestClient, model: ScriptedModel, script: Script, composer: str | None
) -> None:
    model.play(script)
    content, answer = streamed(client, QUESTION)
    assert content == plain_text(answer, LINK)
    assert composer is None or answer.composer == composer
    assert "三个月" not in answer.text
    assert f"「{answer.citations[0].quote}」" in content


def test_a_model_that_fails_is_told_of_in_the_text(
    client: TestClient, model: ScriptedModel
) -> None:
    model.play(Script(status=500))
    content, answer = streamed(client, QUESTION)
    assert "degraded" in {notice.code for notice in answer.notices}
    assert "提示（服务降级）" in content


def test_earlier_messages_are_read_without_the_model(
    client: TestClient, model: ScriptedModel
) -> None:
    model.play(Script(lines(GOOD)))
    model.requests.clear()
    streamed(client, "人才落户要什么条件", "居住证怎么办理", QUESTION)
    assert len(model.requests) == 1
