"""N-grams: single units with their neighbours, alike however a number is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.tokens import ngram_text, ngrams


def test_han_text_gives_each_character_and_each_pair() -> None:
    assert sorted(ngrams("租房落户")) == sorted(["租", "房", "落", "户", "租房", "房落", "落户"])


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        pytest.param("配偶、子女", "偶子", id="enumeration_comma"),
        pytest.param("登记。申请", "记申", id="full_stop"),
        pytest.param("（一）在本市", "一在", id="brackets"),
    ],
)
def test_no_pair_reaches_across_punctuation(text: str, absent: str) -> None:
    assert absent not in ngrams(text)


def test_a_space_left_inside_a_word_does_not_part_it() -> None:
    assert ngrams("稳 定住所") == ngrams("稳定住所")


def test_a_latin_word_is_one_unit_that_pairs_with_its_neighbours() -> None:
    assert {"ukey", "办", "ukey办"} <= set(ngrams("UKey办理"))


def test_a_number_is_one_unit_that_pairs_with_its_measure() -> None:
    grams = ngrams("满12个月")
    assert {"12", "满12", "12个"} <= set(grams)
    assert "1" not in grams


def test_a_decimal_fraction_is_not_broken_at_its_point() -> None:
    assert "2.75" in ngrams("利率2.75倍")


@pytest.mark.parametrize(
    "variants",
    [
        pytest.param(("满六个月", "满6个月", "满６个月", "满半年"), id="half_a_year"),
        pytest.param(("补贴30万元", "补贴三十万元", "补贴300000元"), id="money"),
        pytest.param(("嘉政办发〔2024〕16号", "嘉政办发［2024］16 号"), id="document_number"),
    ],
)
def test_ways_of_writing_one_quantity_give_the_same_ngrams(variants: tuple[str, ...]) -> None:
    assert len({tuple(ngrams(variant)) for variant in variants}) == 1


@pytest.mark.parametrize("text", ["", "，。！", "   ", "……——"])
def test_text_without_letters_gives_nothing(text: str) -> None:
    assert ngrams(text) == []


@given(st.text(alphabet="户口登记半年满6个月十二、。 ab_.０3"))
def test_no_ngram_is_empty_or_holds_white_space(text: str) -> None:
    grams = ngrams(text)
    assert all(gram and not any(map(str.isspace, gram)) for gram in grams)
    # What stands between spaces must be read back as the same units.
    assert ngram_text(text).split() == grams
