"""What was told of somebody by the way is known once the talk turns to them, and who goes with them."""

import pytest

from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]

TALENT = "我高中学历，没职称也没技能证，人才落户行不。家里我弟念的大专"
WORK = (
    "我家那口子在平湖上班，养老保险缴了两年多没停过，工作很稳。"
    "我辞工带娃，眼下没有工作。单拿我自己按就业落户行吗"
)


class TestWhatWasToldByTheWay:
    @pytest.mark.parametrize(
        "turn", ["让我弟来申请呢", "换我弟弟呢", "要是由我弟出面申请呢", "用我弟的名义呢"]
    )
    def test_is_known_when_the_talk_turns_to_them(self, talk: Talk, turn: str) -> None:
        answers = talk(TALENT, turn)
        assert outcomes(answers[0]) == {"settle.talent": "ineligible"}
        assert outcomes(answers[1]) == {"settle.talent": "eligible"}
        assert set(answers[1].facts) == {"edu"}

    def test_he_is_who_was_told_of_and_not_the_child_looked_after(self, talk: Talk) -> None:
        answer = talk(WORK, "换他本人去申请呢")[1]
        assert answer.facts["pension.consecutive_months_city"].value == 24
        assert "您配偶的情况" in answer.text

    def test_is_never_the_writers_own(self, talk: Talk) -> None:
        answers = talk(TALENT, "让我弟来申请呢", "那我自己呢")
        assert outcomes(answers[2]) == {"settle.talent": "ineligible"}


class TestWhoGoesWithThem:
    @pytest.mark.parametrize(
        ("asks", "may"),
        [
            ("爸妈一直跟他一个屋檐下过日子，可以带上吧", "父母可以一起迁"),
            ("他老婆跟他一起可以吗", "配偶可以一起迁"),
            ("我妈能随他迁过来不", "父母可以一起迁"),
            ("那我跟着他能一起落吗", "兄弟姐妹不能跟着"),
        ],
    )
    def test_is_asked_of_their_case(self, talk: Talk, asks: str, may: str) -> None:
        answer = talk(TALENT, "让我弟来申请呢", asks)[2]
        assert outcomes(answer) == {"settle.talent": "eligible"}
        assert may in answer.text
        assert "您本人符合" not in answer.text

    def test_the_writer_as_their_spouse(self, talk: Talk) -> None:
        answer = talk(WORK, "换他本人去申请呢，他那份工作很稳的", "这么说我能作为配偶跟他走咯")[2]
        assert "配偶可以一起迁" in answer.text
