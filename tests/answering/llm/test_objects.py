"""Objects are found in whatever a model writes around them, as soon as they are whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.llm.objects import ObjectReader

ONE = '{"text": "一句话{带括号}和\\"引号\\"", "clause_ids": ["a"]}'


def found(*pieces: str) -> list[dict[str, object]]:
    reader = ObjectReader()
    return [item for piece in pieces for item in reader.read(piece)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{ONE}\n{ONE}", id="lines"),
        pytest.param(f"[{ONE}, {ONE}]", id="an_array"),
        pytest.param(f"```json\n[{ONE},\n{ONE}]\n```", id="a_fence"),
        pytest.param(f"<think>我想{{想}}</think>好的：{ONE} 以及 {ONE}", id="talk_around"),
    ],
)
def test_statements_are_found_whatever_stands_around_them(text: str) -> None:
    assert [item["clause_ids"] for item in found(text)] == [["a"], ["a"]]


def test_objects_inside_an_object_are_found_too() -> None:
    assert json.loads(ONE) in found(f'{{"statements": [{ONE}]}}')


@given(st.integers(1, 9))
def test_where_the_pieces_are_cut_does_not_matter(size: int) -> None:
    text = f"好的。{ONE}，{ONE}"
    assert found(*(text[i : i + size] for i in range(0, len(text), size))) == found(text)


@given(st.text(alphabet='{}[]",:\\a1 \n我'))
def test_nonsense_yields_objects_or_nothing_and_never_fails(text: str) -> None:
    assert all(isinstance(item, dict) for item in found(text))


def test_an_object_that_is_cut_off_is_known() -> None:
    reader = ObjectReader()
    assert list(reader.read(ONE[:-3])) == []
    assert reader.is_cut_off
