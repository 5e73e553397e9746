"""When what was told is asked about once more, and when it is taken with its words said."""

import pytest

from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]

HALF = "我七十岁了，儿子在嘉兴有房，我户口迁得过来不"


@pytest.mark.parametrize(
    ("message", "rule", "said"),
    [
        ("我在嘉兴打零工，没交社保，能就业落户吗", "settle.employment", "没交社保"),
        ("我是河南人，公公是城区户主，我想投靠公公", "settle.join_householder", "是河南人"),
    ],
)
def test_what_only_withholds_is_taken_with_its_words(
    talk: Talk, message: str, rule: str, said: str
) -> None:
    answer = talk(message)[0]
    assert outcomes(answer)[rule] == "ineligible"
    assert f"您说的「{said}」，按" in answer.text


def test_what_was_said_with_a_perhaps_is_confirmed(talk: Talk) -> None:
    answer = talk("我工作稳定，好像没交社保，能就业落户吗")[0]
    assert answer.kind == "clarify"
    assert "能确定吗" in answer.questions[0].text


def test_what_would_grant_is_confirmed_alone(talk: Talk) -> None:
    answer = talk(HALF)[0]
    assert [q.fact for q in answer.questions] == ["host.stable_home"]
    assert "能确定吗" not in answer.questions[0].text


def test_what_was_confirmed_is_not_asked_again(talk: Talk) -> None:
    answers = talk(HALF, "是的", "我儿子在嘉兴有房的", "能迁吗")
    assert outcomes(answers[1]) == {"settle.join_child": "eligible"}
    assert all("host.stable_home" not in [q.fact for q in a.questions] for a in answers[1:])


def test_what_is_missing_is_asked_beside(talk: Talk) -> None:
    answer = talk("登记大概六个月，租的房子，能租赁落户吗")[0]
    assert [q.fact for q in answer.questions] == ["reg.months", "rent.is_urban_commodity_housing"]


def test_what_is_supposed_outright_is_not_confirmed(talk: Talk) -> None:
    answer = talk("工作稳定，嘉兴职工养老交了两个月，能就业落户吗", "要是嘉兴这边满三个月了呢")[1]
    assert outcomes(answer) == {"settle.employment": "eligible"}
