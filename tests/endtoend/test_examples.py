"""Whoever taps an example gets an answer with its basis, or is asked what decides it."""

import pytest

from assistant.answering.examples import load_examples
from eval.serving import ROOT
from tests.endtoend.conftest import Talk

EXAMPLES = load_examples(ROOT / "corpus" / "examples.yaml")


@pytest.mark.parametrize("words", [words for several in EXAMPLES.values() for words in several])
def test_an_example_is_answered_with_its_basis(words: str, talk: Talk) -> None:
    (answer,) = talk(words)
    assert answer.kind in {"answer", "verdict", "clarify"}
    assert answer.citations
