"""Yes-or-no asks of one's own case, however they are put, and ways that are asked of side by side."""

import pytest

from assistant.dialogue.understanding.own_whether import asks_own_whether
from assistant.dialogue.understanding.subjects import ways_together


@pytest.mark.parametrize(
    "words",
    [
        "租的房，户口我迁得进不",
        "居住证转户口，我成不",
        "居住证在手，户口转得了吗我",
        "我是不是人才落户的对象？",
        "按合法稳定住所落户，有我的份吗",
        "人才落户我合不合适",
        "劳动合同一签三年，就业这条路落户还要看啥，我够没够",
        "想按就业把户口带过来，行不行",
    ],
)
def test_a_yes_or_no_of_ones_own_is_asked(words: str) -> None:
    assert asks_own_whether(words, tells=False)


@pytest.mark.parametrize(
    "words",
    [
        "租房落户居住登记要满几个月",
        "我想问租赁落户要哪些材料",
        "亲戚之间谁能迁到谁家户主名下，帮我列全",
        "技师能带父母落户吗",
        "文件里写没写租房落户能带父母，我想看原文",
    ],
)
def test_what_a_text_says_is_asked(words: str) -> None:
    assert not asks_own_whether(words, tells=False)


def test_who_told_their_case_need_not_be_named() -> None:
    words = "工作稳定，养老缴了两个月，今天去办就业落户会被退吗"

    assert asks_own_whether(words, tells=True)
    assert not asks_own_whether(words, tells=False)


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("人才和就业各帮我看一眼，高级工证", ("settle.talent", "settle.employment")),
        ("走人才能落吗，走就业又如何", ("settle.talent", "settle.employment")),
        ("人才落户和就业落户分别啥结果", ("settle.talent", "settle.employment")),
        ("听说就业落户要三个月，那我走人才落户行吗", ()),
        ("在人才市场集体户，就业登记办了，能落户吗", ()),
        ("租房落户行吗", ()),
    ],
)
def test_ways_are_asked_of_side_by_side(words: str, rules: tuple[str, ...]) -> None:
    assert ways_together(words) == rules
