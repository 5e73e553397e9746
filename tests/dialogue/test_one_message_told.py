"""What one message tells: spells in several places, others' circumstances, sums in two parts."""

import pytest

from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]


class TestASpellInAnotherCityOfTheProvince:
    def test_it_goes_on_where_nothing_lay_between(self, talk: Talk) -> None:
        told = (
            "之前在温州登记了八个月，10月1日搬到嘉兴重新登记，中间没断，租的是城里商品房，能落户吗"
        )
        assert outcomes(talk(told)[0]) == {"settle.rental": "eligible"}

    @pytest.mark.parametrize(
        "told",
        [
            "我在杭州登记住了5个月，上个月才搬来嘉兴又登记了，租的商品房，加起来算不算满半年",
            "在宁波登记了5个月，今年9月到嘉兴登记的，租的商品房，够半年吗",
        ],
    )
    def test_whether_something_lay_between_is_asked_once(self, talk: Talk, told: str) -> None:
        answer = talk(told)[0]
        assert outcomes(answer) == {"settle.rental": "undetermined"}
        assert [q.fact for q in answer.questions] == ["reg.months"]

    def test_a_move_is_no_gap(self, talk: Talk) -> None:
        told = "在湖州登记了5个月，上个月才搬来嘉兴又登记了，租的商品房，能落户吗"
        assert "reg.gap" not in talk(told)[0].facts


@pytest.mark.parametrize(
    "told",
    [
        "我老公在上海上班，我在嘉兴租房，登记了一年，能落户吗",
        "我爸在杭州打工，我自己在嘉兴租房，登记七个月了，能落户吗",
        "媳妇在苏州交社保，我租的房子在嘉兴，登记八个月，能落户不",
    ],
)
def test_what_another_does_is_no_way_of_the_one_who_writes(talk: Talk, told: str) -> None:
    answer = talk(told)[0]
    assert next(iter(outcomes(answer))) == "settle.rental"


def test_what_is_left_of_a_stay_is_reckoned(talk: Talk) -> None:
    answer = talk("我住院总共花了三万，医保报了两万二，事业编退休，还能补多少")[0]
    assert [v.amount.value for v in answer.verdicts if v.amount] == [7600]


def test_a_pension_paid_elsewhere_is_none_here(talk: Talk) -> None:
    answer = talk("我在嘉兴上班，公司把社保交在上海，能落户吗")[0]
    assert answer.facts["pension.province"].value == "上海市"
    assert "pension.consecutive_months_city" not in [q.fact for q in answer.questions]


@pytest.mark.parametrize("told", ["没满半年能办居住证吗", "不到三个月可以领居住证不"])
def test_a_length_before_a_permit_is_none_of_a_permit_held(talk: Talk, told: str) -> None:
    assert "permit.issued_on" not in talk(told)[0].facts


def test_a_permit_of_another_city_is_exchanged(talk: Talk) -> None:
    answer = talk("我户口在绍兴，居住证也在绍兴办的，能到嘉兴换不")[0]
    assert outcomes(answer) == {"permit.exchange": "undetermined"}


@pytest.mark.parametrize("word", ["小伙子", "大姐", "女同志"])
def test_who_is_spoken_to_is_not_who_speaks(talk: Talk, word: str) -> None:
    assert "sex" not in talk(f"{word}，我租房子住，能落户吗")[0].facts


def test_a_grade_may_stand_beside_its_trade(talk: Talk) -> None:
    assert outcomes(talk("我是电焊工，中级证有的，能不能落户")[0])["settle.talent"] == "eligible"
