"""The examples of a corpus: read in order, none where there are none, errors by what to mend."""

from pathlib import Path

import pytest

from assistant.answering.examples import load_examples
from assistant.errors import ManifestError


def written(folder: Path, text: str) -> Path:
    path = folder / "examples.yaml"
    path.write_text(text, "utf-8")
    return path


def test_topics_and_questions_keep_their_order(tmp_path: Path) -> None:
    read = load_examples(written(tmp_path, "examples:\n  乙: [二, 一]\n  甲: [三]\n"))
    assert list(read.items()) == [("乙", ("二", "一")), ("甲", ("三",))]


def test_a_corpus_without_examples_has_none(tmp_path: Path) -> None:
    assert load_examples(tmp_path / "examples.yaml") == {}


@pytest.mark.parametrize(
    "text",
    ["", "甲: [一]", "examples: [一]", "examples: {甲: 3}", "examples: {甲: ['']}", "examples: {"],
)
def test_what_cannot_be_read_is_told_by_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(ManifestError, match=r"examples\.yaml"):
        load_examples(written(tmp_path, text))
