"""What the rule says of people in general, told from an ask of one's own case."""

import pytest

from assistant.dialogue.understanding.general import asks_rule


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("技师能带父母孩子吗", {"skill_level", "family"}),
        ("大专学历落户能不能带家属", {"edu"}),
        ("上海发的居住证能不能通用", {"permit.outside_province"}),
        ("就问文件规定个人账户的钱每年哪天划", set()),
        ("企业补充医疗按多大比例筹钱", {"staff.kind"}),
        ("单位只给几个人参加可不可以", {"employer.kind"}),
        ("养老保险断了能不能补缴", set()),
        ("孩子没户口在这里能不能上学", {"relation"}),
        ("户口在集体户的大专生，家属怎么投靠", {"edu", "settled_at"}),
    ],
    ids=range(9),
)
def test_the_text_is_asked_for(words: str, told: set[str]) -> None:
    assert asks_rule(words, told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("我是技师，能带爸妈吗", {"skill_level", "family"}),
        ("租房半年能落户吗", {"rent.start"}),
        ("大专，户口在社区集体户，孩子能迁来吗", {"edu", "settled_at", "family"}),
        ("按文件我能不能落户", set()),
        ("在职30人退休5人，单位缴费比例下来一个月缴多少", {"employer.active_count"}),
        ("有职称，学历初中，带家属行不行", {"edu", "title_level"}),
    ],
    ids=range(6),
)
def test_somebodys_own_case_is_asked(words: str, told: set[str]) -> None:
    assert not asks_rule(words, told)
