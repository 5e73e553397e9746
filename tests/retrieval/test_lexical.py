"""The lexical index: weights, filters and changes over character n-grams."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import IndexUnavailableError
from assistant.retrieval.lexical import MOST_TERMS, LexicalIndex, LexicalWriter, weighted_terms
from assistant.retrieval.lexicon import Expansion
from assistant.retrieval.model import NEVER, OPEN_END, Scope
from assistant.retrieval.tokens import ngrams

HERE = 330400
THERE = 330700
DAY = 20241122
ANYTHING = Scope(DAY, frozenset({HERE}), binding=True)

TEXTS = {
    1: "租赁商品住房并居住登记满六个月可以落户",
    2: "在职人员每月划入个人账户八十元",
    3: "退休人员每月划入个人账户一百二十元",
    4: "桥梁由养护站巡查",
}


def write(
    folder: Path,
    texts: dict[int, str],
    *,
    base: Path | None = None,
    removed: tuple[int, ...] = (),
    life: tuple[int, int, int] = (HERE, 20240101, OPEN_END),
) -> LexicalIndex:
    writer = LexicalWriter(folder, base=base)
    writer.remove(removed)
    for leaf, text in texts.items():
        writer.add(leaf, ngrams(text), code=life[0], first=life[1], last=life[2])
    writer.finish()
    return LexicalIndex(folder)


def found(index: LexicalIndex, question: str, scope: Scope = ANYTHING) -> list[int]:
    return [leaf for leaf, _ in index.search(weighted_terms(question, (), ngrams), scope, 10)]


def test_the_text_that_shares_most_comes_first(tmp_path: Path) -> None:
    index = write(tmp_path / "a", TEXTS)
    assert found(index, "租房落户居住登记")[0] == 1
    assert found(index, "退休人员个人账户")[:2] == [3, 2]


def test_spellings_of_a_duration_are_one(tmp_path: Path) -> None:
    index = write(tmp_path / "a", TEXTS)
    for question in ("六个月", "6个月", "６个月", "半年"):
        assert found(index, question)[0] == 1, question


def test_own_words_count_as_often_as_said_and_official_terms_share_their_weight() -> None:
    expansions = (Expansion("上户口", ("落户", "登记"), 0.35), Expansion("户", ("户口",), 0.5))
    terms = weighted_terms("户户", expansions, ngrams)
    assert terms["户"] == 2.0
    assert terms["落"] == terms["落户"] == terms["登记"] == 0.35
    assert terms["户口"] == 0.5


def test_an_official_term_finds_what_the_colloquial_one_does_not(tmp_path: Path) -> None:
    index = write(tmp_path / "a", TEXTS)
    plain = weighted_terms("拿劳保的", (), ngrams)
    expanded = weighted_terms("拿劳保的", (Expansion("拿劳保的", ("退休人员",), 0.5),), ngrams)
    assert index.search(plain, ANYTHING, 5) == []
    assert index.search(expanded, ANYTHING, 5)[0][0] == 3


@pytest.mark.parametrize(
    ("life", "day", "binds"),
    [
        pytest.param((HERE, 20240801, OPEN_END), 20240731, False, id="eve_of_first_day"),
        pytest.param((HERE, 20240801, OPEN_END), 20240801, True, id="first_day"),
        pytest.param((HERE, 20200101, 20240731), 20240731, True, id="last_day"),
        pytest.param((HERE, 20200101, 20240731), 20240801, False, id="day_after"),
        pytest.param((HERE, NEVER, 0), 20240801, False, id="never_binds"),
        pytest.param((THERE, 20200101, OPEN_END), 20240801, False, id="another_place"),
        pytest.param((0, 20200101, OPEN_END), 20240801, True, id="national"),
    ],
)
def test_a_leaf_is_in_exactly_one_pass(
    tmp_path: Path, life: tuple[int, int, int], day: int, binds: bool
) -> None:
    index = write(tmp_path / "a", {1: "租赁落户"}, life=life)
    codes = frozenset({HERE, 330000, 0})
    assert found(index, "落户", Scope(day, codes, binding=True)) == ([1] if binds else [])
    assert found(index, "落户", Scope(day, codes, binding=False)) == ([] if binds else [1])


def test_scores_of_chosen_leaves_are_those_of_the_ranking(tmp_path: Path) -> None:
    index = write(tmp_path / "a", TEXTS)
    terms = weighted_terms("退休人员每月个人账户", (), ngrams)
    ranked = dict(index.search(terms, ANYTHING, 10))
    assert index.scores(terms, [2, 3, 4]) == {leaf: ranked[leaf] for leaf in (2, 3)}


def test_changes_on_top_of_a_base_leave_the_base_as_it_was(tmp_path: Path) -> None:
    before = write(tmp_path / "a", TEXTS)
    after = write(tmp_path / "b", {5: "租房半年可以落户"}, base=tmp_path / "a", removed=(1, 4))
    assert (len(before), len(after)) == (4, 3)
    assert 5 in found(after, "落户")
    assert 1 not in found(after, "落户")
    assert found(LexicalIndex(tmp_path / "a"), "落户")[0] == 1


def test_additions_on_top_of_a_base_score_as_in_an_index_made_at_once(tmp_path: Path) -> None:
    write(tmp_path / "a", {1: TEXTS[1], 2: TEXTS[2]})
    grown = write(tmp_path / "b", {3: TEXTS[3], 4: TEXTS[4]}, base=tmp_path / "a")
    whole = write(tmp_path / "c", TEXTS)
    terms = weighted_terms("退休人员每月个人账户落户", (), ngrams)
    assert grown.search(terms, ANYTHING, 10) == whole.search(terms, ANYTHING, 10)


def test_a_question_of_two_thousand_characters_is_searched_by_its_rarest_terms(
    tmp_path: Path,
) -> None:
    index = write(tmp_path / "a", TEXTS)
    noise = "".join(chr(0x4E00 + i) for i in range(1990))
    assert len(weighted_terms(noise, (), ngrams)) > MOST_TERMS
    assert found(index, noise + "租赁商品住房落户")[0] == 1


def test_a_question_of_punctuation_finds_nothing(tmp_path: Path) -> None:
    assert found(write(tmp_path / "a", TEXTS), "？！……") == []


def test_a_folder_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="assistant index"):
        LexicalIndex(tmp_path)


lives = st.tuples(
    st.sampled_from([HERE, THERE, 0]),
    st.sampled_from([20200101, 20240801, NEVER]),
    st.sampled_from([20231231, 20241231, OPEN_END]),
)


@pytest.fixture(scope="module")
def mixed(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[LexicalIndex, dict[int, tuple[int, int, int]]]:
    """A hundred leaves of every life, so that the unfiltered try often falls short."""
    folder = tmp_path_factory.mktemp("mixed")
    writer = LexicalWriter(folder)
    table: dict[int, tuple[int, int, int]] = {}
    codes, firsts, lasts = (HERE, THERE, 0), (20200101, 20240801, NEVER), (20231231, OPEN_END)
    for leaf in range(1, 101):
        life = (codes[leaf % 3], firsts[leaf % 7 % 3], lasts[leaf % 5 % 2])
        table[leaf] = life
        text = "租赁落户" + "居住登记" * (leaf % 4) + "之" * leaf
        writer.add(leaf, ngrams(text), code=life[0], first=life[1], last=life[2])
    writer.finish()
    return LexicalIndex(folder), table


@settings(deadline=None, max_examples=60)
@given(
    day=st.sampled_from([20190101, 20200101, 20231231, 20240101, 20240801, 20300101]),
    codes=st.frozensets(st.sampled_from([HERE, THERE, 0]), min_size=1),
    binding=st.booleans(),
    limit=st.integers(1, 60),
    question=st.sampled_from(["租赁落户", "居住登记", "租房落户居住", "之"]),
)
def test_filtering_comes_before_ranking(
    mixed: tuple[LexicalIndex, dict[int, tuple[int, int, int]]],
    day: int,
    codes: frozenset[int],
    binding: bool,
    limit: int,
    question: str,
) -> None:
    index, table = mixed
    scope = Scope(day, codes, binding)
    terms = weighted_terms(question, (), ngrams)
    everything = index.scores(terms, table)
    admitted = sorted(
        (s for leaf, s in everything.items() if scope.admits(*table[leaf])), reverse=True
    )
    hits = index.search(terms, scope, limit)
    assert all(scope.admits(*table[leaf]) for leaf, _ in hits)
    assert [score for _, score in hits] == pytest.approx(admitted[:limit], abs=2e-3)
