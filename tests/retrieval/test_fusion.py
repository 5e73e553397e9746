"""Fusion: arithmetic over two score tables, whatever they are scores of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import fuse

scores = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.floats(0, 100), max_size=8)
cosines = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.floats(-1, 1), max_size=8)


def test_the_best_lexical_score_counts_one_and_a_full_cosine_half() -> None:
    assert fuse({"a": 20.0, "b": 10.0}, {"b": 1.0}) == [("a", 1.0), ("b", 1.0)]


def test_a_key_missing_from_one_table_scores_nothing_there() -> None:
    assert dict(fuse({"a": 4.0}, {"b": 0.4})) == {"a": 1.0, "b": 0.2}


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse({}, {}) == []


def test_without_any_lexical_score_the_cosine_decides() -> None:
    assert [key for key, _ in fuse({"a": 0.0}, {"a": 0.1, "b": 0.9})] == ["b", "a"]


@given(scores, cosines)
def test_every_key_is_ranked_once_best_first_and_ties_by_name(
    lexical: dict[str, float], dense: dict[str, float]
) -> None:
    ranked = fuse(lexical, dense)
    assert {key for key, _ in ranked} == set(lexical) | set(dense)
    assert ranked == sorted(ranked, key=lambda item: (-item[1], item[0]))


@given(scores.filter(lambda table: any(value > 1e-3 for value in table.values())), cosines)
def test_the_scale_of_bm25_does_not_matter(
    lexical: dict[str, float], dense: dict[str, float]
) -> None:
    doubled = {key: 2 * value for key, value in lexical.items()}
    assert dict(fuse(doubled, dense)) == pytest.approx(dict(fuse(lexical, dense)), abs=1e-4)


@given(scores, cosines, st.floats(0, 1))
def test_a_higher_cosine_never_lowers_a_rank(
    lexical: dict[str, float], dense: dict[str, float], gain: float
) -> None:
    lexical, dense = {**lexical, "me": 1.0}, {**dense, "me": 0.0}
    before = [key for key, _ in fuse(lexical, dense)].index("me")
    after = [key for key, _ in fuse(lexical, {**dense, "me": gain})].index("me")
    assert after <= before
