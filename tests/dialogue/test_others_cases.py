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


class TestAnotherMatter:
    def test_of_another_person_is_no_turn_of_the_case_talked_about(self, talk: Talk) -> None:
        answer = talk(
            "快递站点正式工，嘉兴缴职工养老九个月连续，就业落户达标吗",
            "另问个事：我表姐是嘉兴的在编教师，44岁，医疗补助每月往个人账户划多少",
        )[1]
        assert outcomes(answer) == {"medical.public.account": "eligible"}

    def test_of_the_permit_from_elsewhere_is_to_exchange_it(self, talk: Talk) -> None:
        answer = talk(
            "我那张浙江省居住证是杭州办的，登记连着14个月了，人在海宁，拿它直接转户口可以吧",
            "那我在海宁工作稳定、证也没过期，先把证互认转换过来成吗",
        )[1]
        assert outcomes(answer) == {"permit.exchange": "eligible"}


class TestADayToCome:
    WORKS = "9月22号开始缴的职工养老，没断，嘉兴市里上班很稳。就业落户眼下够吗"

    @pytest.mark.parametrize(
        ("turn", "outcome"),
        [
            ("元旦过后，1月4号去呢", "eligible"),
            ("2月3号去办呢", "eligible"),
            ("那要是我11月10日就跑去申请呢", "ineligible"),
            ("那11月30号？", "ineligible"),
        ],
    )
    def test_is_of_the_year_that_is_nearer(self, talk: Talk, turn: str, outcome: str) -> None:
        assert outcomes(talk(self.WORKS, turn)[1]) == {"settle.employment": outcome}


class TestAHomeInTheCountry:
    def test_corrected_after_one_in_town_grants_nothing(self, talk: Talk) -> None:
        answer = talk(
            "我29岁，从未结婚，户籍安徽；父亲在平湖城区自有住房。想投靠父亲落户，行吗",
            "更正，父亲的房在村里，城镇没有住所",
        )[1]
        assert outcomes(answer) == {"settle.join_parent": "ineligible"}


class TestWhoseItIs:
    @pytest.mark.parametrize(
        ("message", "rule"),
        [
            (
                "技师证是我的，妻子高中毕业没职称没证书。要是她一个人单独按人才申请呢",
                "settle.talent",
            ),
            (
                "妹妹没结婚，要投靠我们爸妈的是我；爸妈在平湖城区有稳定住房，子女投靠父母我合格吗",
                "settle.join_parent",
            ),
            (
                "在嘉兴稳定上班，居住登记四五个月到六七个月之间吧，能不能申领居住证",
                "permit.apply",
            ),
        ],
    )
    def test_grants_nothing_on_what_is_anothers_or_on_either_side(
        self, talk: Talk, message: str, rule: str
    ) -> None:
        assert outcomes(talk(message)[0]).get(rule) in {"undetermined", "ineligible"}

    def test_a_home_of_mine_is_no_home_of_my_mothers(self, talk: Talk) -> None:
        facts = talk("我妈想投靠我，房子是我的，在南湖城区，我成年了，行吗")[0].facts
        assert "own.urban_home" not in facts

    def test_what_settling_never_gives_is_no_question_of_a_case(self, talk: Talk) -> None:
        answer = talk("我研究生毕业，听室友讲她们那边人才有租房钱发的，咱们这儿每月补几百呀")[0]
        assert answer.kind in {"answer", "refuse"}
        assert not answer.verdicts
