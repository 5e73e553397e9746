"""Whatever is sent to `/v1`: an answer or an error in the one shape, never a failure of ours."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.completions.test_completions import URL, error_of

HALVES = st.sampled_from(["\ud800", "\udfff", "\x00", "\u202e", "租房落户", "是", ""])
TEXTS = st.one_of(HALVES, st.text(max_size=20))
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=True),
        TEXTS,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
PARTS = st.one_of(
    st.fixed_dictionaries({"type": st.just("text"), "text": TEXTS}),
    st.fixed_dictionaries({"type": VALUES, "text": VALUES}),
    VALUES,
)
MESSAGES = st.one_of(
    st.fixed_dictionaries(
        {
            "role": st.sampled_from(["user", "assistant", "system", "tool", "robot"]),
            "content": st.one_of(TEXTS, st.lists(PARTS, max_size=3), VALUES),
        }
    ),
    VALUES,
)
FIELDS = (
    *("model", "stream", "stream_options", "store", "metadata", "n", "tools", "tool_choice"),
    *(
        "functions",
        "response_format",
        "modalities",
        "as_of",
        "jurisdiction",
        "facts",
        "temperature",
    ),
)
BODIES = st.builds(
    lambda messages, fields: {"messages": messages} | fields,
    st.one_of(st.lists(MESSAGES, max_size=4), VALUES),
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=2),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES)
def test_any_json_is_answered_or_refused(client: TestClient, body: Any) -> None:
    response = client.post(
        URL, content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert response.status_code in {200, 400, 404, 422}
    if response.status_code != 200:
        error_of(response)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"messages": ' + b"[" * 20_000, id="deep"),
        pytest.param(
            b'{"messages": [{"role": "user", "content": ' + b"9" * 5000 + b"}]}", id="huge"
        ),
        pytest.param(b"[]", id="a_list"),
        pytest.param(b"null", id="null"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_body_that_is_no_request_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post(URL, content=body, headers={"content-type": "application/json"})
    assert response.status_code in {400, 422}
    error_of(response)
