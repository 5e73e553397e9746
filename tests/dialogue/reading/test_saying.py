"""A person's own words are shown whole."""

import json
from pathlib import Path

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.reading.saying import in_whole_words

TOLD = Path(__file__).parents[3] / "eval" / "training" / "told"
MESSAGES = [
    json.loads(line)["text"]
    for path in sorted(TOLD.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()[:40]
]
STOPS = "，。？！；：、,.?!;:… "


@given(st.sampled_from(MESSAGES), st.data())
def test_words_are_never_cut(message: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(message) - 1))
    end = data.draw(st.integers(start + 1, len(message)))
    said = in_whole_words(message[start:end], message)
    edges, at = {0}, 0
    for word in rjieba.cut(message, False):
        at += len(word)
        edges.add(at)
    places = [i for i in range(len(message)) if message.startswith(said, i)]
    assert message[start:end].strip(STOPS) in said
    assert any({i, i + len(said)} <= edges for i in places)


@pytest.mark.parametrize(
    ("said", "message", "whole"),
    [
        ("夫在嘉兴当户主", "我姐夫在嘉兴当户主", "姐夫在嘉兴当户主"),
        ("房子归前", "离婚了，房子归前夫了", "房子归前夫"),
        ("上海交了2", "在上海交了24个月", "上海交了24"),
        ("不在话里", "我租的房", "不在话里"),
    ],
)
def test_examples(said: str, message: str, whole: str) -> None:
    assert in_whole_words(said, message) == whole
