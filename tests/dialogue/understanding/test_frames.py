"""Messages that change one thing of what was decided, or nothing, and ask the same again."""

import pytest

from assistant.dialogue.understanding.frames import asks_same, asks_same_sum, changes_only


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("到2025年3月1日按哪档", "2025年3月1日"),
        ("挪到2024年8月1日", "2024年8月1日"),
        ("退了休的呢，两个数照旧", "退了休"),
        ("退休教师35人要并进去算吗", "退休教师35人"),
    ],
)
def test_what_is_left_beside_the_change_says_nothing_else(words: str, said: str) -> None:
    assert changes_only(words, said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2025年3月1日以后要带什么材料", "2025年3月1日"),
        ("退休的比例和在职的差在哪", "退休"),
        ("退休的呢，另外我又住了一次院", "退休"),
        ("八个月呢", "七个月"),
    ],
)
def test_whatever_else_is_said_counts(words: str, said: str) -> None:
    assert not changes_only(words, said)


@pytest.mark.parametrize("words", ["好，还是落嘉兴", "说回眼下，还能办吗", "那我现在行不行"])
def test_going_back_asks_the_same(words: str) -> None:
    assert asks_same(words)


def test_a_sum_is_asked_again_from_today() -> None:
    assert asks_same_sum("说回眼下，还是今天，多少")
    assert not asks_same_sum("住院起付线是多少")


def test_many_short_words_take_no_time() -> None:
    assert not changes_only("还是" * 15 + "料")
