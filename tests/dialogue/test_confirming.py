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


HEAD = "我是户主，我儿媳妇能迁到我家吗，她户口在海盐"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("是", "eligible"),
        ("在市区", "eligible"),
        ("城里的", "eligible"),
        ("我家在农村", "ineligible"),
        ("不在城里", "ineligible"),
    ],
)
def test_a_head_whom_nobody_places_in_town_is_asked(talk: Talk, reply: str, outcome: str) -> None:
    first, second = talk(HEAD, reply)
    assert [q.fact for q in first.questions] == ["host.is_head_urban_household"]
    assert outcomes(second) == {"settle.join_householder": outcome}


def test_a_place_alone_tells_of_no_head(talk: Talk) -> None:
    answer = talk("我想投靠我婆婆，她是谁家的户口我没问，我户口在海宁", "在市区")[1]
    assert "eligible" not in outcomes(answer).values()


def test_a_home_told_later_takes_the_verdict_back(talk: Talk) -> None:
    first = "老宅征迁了，原址户口待不住，我们是家庭户，在嘉兴没有别的住处，挂靠社区集体户可以不"
    answers = talk(first, "我忘了讲，那边还有一套合法的老房子能住")
    assert outcomes(answers[0]) == {"settle.collective": "eligible"}
    assert outcomes(answers[1]) == {"settle.collective": "ineligible"}


@pytest.mark.parametrize("kind", ["公租房", "人才公寓", "安置房"])
def test_what_something_may_count_as_is_asked(talk: Talk, kind: str) -> None:
    answer = talk(f"居住登记连续十一个月，租的是{kind}，能算租赁落户里的商品住房不")[0]
    assert "eligible" not in outcomes(answer).values()
