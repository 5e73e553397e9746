"""`/v1` as the official client meets it over a real socket: its own errors, and hanging up."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionUserMessageParam

from assistant.config import Settings
from eval.serving import Served
from eval.wording.scripted import MODEL as SCRIPTED
from eval.wording.scripted import Script, ScriptedModel, scripted_model
from tests.answering.conftest import indexed

__all__ = ["indexed"]

QUESTION: ChatCompletionUserMessageParam = {
    "role": "user",
    "content": "嘉兴租房落户要求居住登记满几个月",
}
GOOD = {"text": "居住登记要在浙江省范围内连续满半年。", "clause_ids": ["jx-gbo-2024-16__sec_1"]}
PATIENCE_S = 20.0


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with scripted_model() as model:
        yield model


@pytest.fixture(scope="module")
def address(indexed: Settings, model: ScriptedModel) -> Iterator[str]:
    """A service of its own whose model may take long, and which minds the keys."""
    variables = {
        "ASSISTANT_LLM_BASE_URL": model.base_url,
        "ASSISTANT_LLM_MODEL": SCRIPTED,
        "ASSISTANT_LLM_FIRST_TOKEN_S": "50",
        "ASSISTANT_LLM_TOTAL_S": "60",
        "ASSISTANT_API_KEYS": "the-key",
    }
    with Served(Path(indexed.var_dir), variables) as service:
        yield service.address


def client_of(address: str, key: str = "the-key") -> openai.OpenAI:
    return openai.OpenAI(
        base_url=f"{address}/v1",
        api_key=key,
        max_retries=0,
        http_client=openai.DefaultHttpxClient(trust_env=False),
    )


def until(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold before patience ends."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def answered(address: str) -> float:
    """How many answers the service has counted."""
    told = httpx.get(f"{address}/metrics", trust_env=False).text
    counts = [line for line in told.splitlines() if line.startswith("assistant_answers_total{")]
    return sum(float(line.rsplit(" ", 1)[1]) for line in counts)


def test_who_hangs_up_lets_the_model_go_and_the_turn_is_completed(
    address: str, model: ScriptedModel
) -> None:
    model.play(Script(json.dumps(GOOD, ensure_ascii=False) + "\n", between_s=0.05, endless=True))
    left, before = model.left, answered(address)
    with client_of(address) as client:
        stream = client.chat.completions.create(
            model="policy-assistant", messages=[QUESTION], stream=True
        )
        for chunk in stream:
            if "连续满半年" in (chunk.choices[0].delta.content or ""):
                break
        stream.close()
    assert until(lambda: model.left > left)
    assert until(lambda: answered(address) == before + 1)


def test_the_client_raises_what_it_raises_of_openai(address: str) -> None:
    with client_of(address, key="another") as client, pytest.raises(openai.AuthenticationError):
        client.models.list()
    with client_of(address) as client:
        with pytest.raises(openai.NotFoundError):
            client.models.retrieve("another-model")
        with pytest.raises(openai.UnprocessableEntityError) as refused:
            client.chat.completions.create(
                model="policy-assistant", messages=[QUESTION], extra_body={"as_of": "某一天"}
            )
        with pytest.raises(openai.BadRequestError):
            client.chat.completions.create(model="policy-assistant", messages=[QUESTION], n=2)
    body = refused.value.body
    assert isinstance(body, dict)
    assert {"message", "type", "code"} <= set(body)


def test_asking_too_often_is_a_rate_limit_error(indexed: Settings) -> None:
    limited = Served(Path(indexed.var_dir), {"ASSISTANT_ASK_LIMIT": "1/minute"})
    with limited as service, client_of(service.address) as client:
        client.chat.completions.create(model="policy-assistant", messages=[QUESTION])
        with pytest.raises(openai.RateLimitError) as whole:
            client.chat.completions.create(model="policy-assistant", messages=[QUESTION])
        with pytest.raises(openai.RateLimitError):
            client.chat.completions.create(
                model="policy-assistant", messages=[QUESTION], stream=True
            )
    assert whole.value.type == "rate_limit_error"
    assert whole.value.code == "too_many_requests"
    assert int(whole.value.response.headers["retry-after"]) > 0


def test_a_body_too_large_is_told_as_the_client_tells_it(address: str) -> None:
    long: ChatCompletionUserMessageParam = {"role": "user", "content": "问" * 40_000}
    with client_of(address) as client, pytest.raises(openai.APIStatusError) as refused:
        client.chat.completions.create(model="policy-assistant", messages=[long])
    assert refused.value.status_code == 413
    assert refused.value.code == "too_large"
