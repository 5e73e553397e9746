"""Pseudo-questions: drawn from passages, in people's words, the same for the same seed."""

import random

import numpy as np
import pytest

from eval.training.examples import PADDING, UNKNOWN, Colloquial, Examples, Mixture, Vocabulary
from eval.training.folder import quantize
from eval.training.texts import Passage, Term

STATUTES = [
    Passage("婚姻法 离婚", ("夫妻双方自愿离婚的", "应当签订书面离婚协议", "亲自申请离婚登记")),
    Passage("户口登记条例", ("公民迁出本户口管辖区", "由本人申报迁出登记")),
    Passage("道路交通安全法 总则", ()),
]
TERMS = [Term("两口子", ("夫妻",)), Term("搬走", ("迁出", "迁移"))]


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary.of(STATUTES, [], TERMS, 5_000)


def test_the_lexicon_keeps_its_ngrams_when_room_is_short() -> None:
    spoken = Vocabulary.of([], [], TERMS, 5_000)
    short = Vocabulary.of(STATUTES, [], TERMS, len(spoken))
    assert {"两口", "口子", "搬走", "迁移"} <= set(short.index)


def test_the_rows_that_stay_zero_come_first(vocabulary: Vocabulary) -> None:
    assert (vocabulary.index[UNKNOWN], vocabulary.index[PADDING]) == (0, 1)
    assert sorted(vocabulary.index.values()) == list(range(len(vocabulary)))


def test_official_words_are_said_as_people_say_them() -> None:
    always = Colloquial(TERMS, share=1.0)
    assert always.rewrite("夫妻双方迁出", random.Random(1)) == "两口子双方搬走"
    assert not always.applies("离婚登记")


def test_no_lexicon_leaves_every_text_as_it_is() -> None:
    assert Colloquial([], share=1.0).rewrite("夫妻", random.Random(1)) == "夫妻"


def test_every_pair_has_a_question_and_an_answer(vocabulary: Vocabulary) -> None:
    examples = Examples(STATUTES, TERMS, vocabulary, Mixture())
    pairs = examples.epoch(random.Random(1))
    assert len(pairs) >= len(TERMS) * Mixture().term_repeats
    assert all(len(question) and len(answer) for question, answer in pairs)


def test_the_same_seed_draws_the_same_pairs(vocabulary: Vocabulary) -> None:
    drawn = [
        Examples(STATUTES, TERMS, vocabulary, Mixture()).epoch(random.Random(7)) for _ in range(2)
    ]
    assert all(
        np.array_equal(one, other)
        for first, second in zip(*drawn, strict=True)
        for one, other in zip(first, second, strict=True)
    )


def test_rounding_to_whole_numbers_keeps_directions() -> None:
    matrix = np.random.default_rng(1).normal(size=(20, 160)).astype(np.float32)
    matrix[:2] = 0
    stored = quantize(matrix)
    restored = (
        stored["embeddings"].astype(np.float32)
        * stored["weights"].astype(np.float32)[:, np.newaxis]
    )
    assert stored["embeddings"].dtype == np.int8
    assert not restored[:2].any()
    assert np.abs(restored - matrix).max() <= np.abs(matrix).max() / 127
