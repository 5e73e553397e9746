"""The writer's own numbers, and a first message that only tells how they stand."""

import pytest

from tests.dialogue.test_conversation import Talk, talk

__all__ = ["talk"]


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        ("我身份证是330402197001011239，在嘉兴租房，能落户吗", "settle.rental"),
        ("本人电话13857312345，租的商品房，能租房落户不", "settle.rental"),
        ("我手机号13857312345，大专毕业，能不能落户", "settle.talent"),
        ("13857312345是我电话，我有中级职称，能落户吗", "settle.talent"),
    ],
    ids=range(4),
)
def test_own_numbers_beside_a_question_take_nothing_from_it(
    talk: Talk, message: str, rule: str
) -> None:
    (answer,) = talk(message)
    assert answer.kind in {"clarify", "verdict"}
    assert rule in {v.rule_id for v in answer.verdicts}
    assert "privacy" in {n.code for n in answer.notices}


def test_who_only_tells_how_they_stand_is_asked_what_they_want(talk: Talk) -> None:
    (answer,) = talk("我是劳务派遣到街道办的，38岁")
    assert answer.kind == "clarify"
    assert "请问您想办什么事" in answer.text
    assert answer.questions[0].choices
    assert answer.facts["age"].value == 38


def test_getting_somebody_out_is_followed_by_what_the_same_text_says(talk: Talk) -> None:
    answers = talk(
        "我爸去世了，房子现在是我的名字，户口本上户主还是我爸",
        "我弟弟的户口在里面，我想让他迁走",
        "他不肯咋办",
        "要几天",
    )
    clause = "jx-gbo-2020-28__sec_4__para_3"
    assert [c.clause_id for c in answers[1].citations] == [clause]
    assert [c.clause_id for c in answers[2].citations] == [clause]
    assert (answers[3].kind, answers[3].reason) == ("refuse", "no_source")
    assert all(not a.verdicts for a in answers[1:])


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("听说16号文规定租房登记满六个月就能落户，我租的商品房，能落吗", "reg.months"),
        ("文件说大专毕业可以带爸妈落户，我能带吗", "edu"),
        (
            "新规说养老保险连续交满三个月就能落户，我在嘉兴上班，能落吗",
            "pension.consecutive_months_city",
        ),
        ("通知写着“连续居住登记满六个月,持有有效《浙江省居住证》”，我够了没", "reg.months"),
        ("政策说中级职称可以落户，我可以吗", "title_level"),
    ],
    ids=range(5),
)
def test_what_a_rule_is_said_to_ask_for_is_not_told_of_the_writer(
    talk: Talk, message: str, fact: str
) -> None:
    (answer,) = talk(message)
    assert fact not in answer.facts
    assert all(verdict.outcome != "eligible" for verdict in answer.verdicts)
