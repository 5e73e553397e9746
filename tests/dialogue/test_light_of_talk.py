"""Turns read in the light of the talk: cases put, days, what was found out, thanks, others' matters."""

from datetime import date

import pytest

from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]

RENTS = "我租的商品房，居住登记七个月，能落户吗"


class TestACasePut:
    """Whatever is supposed is read as if it were told, of the matter talked about."""

    def test_of_the_other_scheme(self, talk: Talk) -> None:
        first = "市本级企业，在职80人退休20人，基数按6000算，补充医保单位一个月缴多少"
        answer = talk(first, "同样人数和基数，要是事业单位交机关事业单位医疗补助呢")[1]
        assert [v.amount.value for v in answer.verdicts if v.amount] == [26400]

    def test_that_changes_nothing(self, talk: Talk) -> None:
        first = "海宁市区租商品房住，省里连续登记满一年半，租赁落户行吗"
        answer = talk(first, "若是搬去嘉善县城，同样租商品房，登记没断，一样吗")[1]
        assert outcomes(answer) == {"settle.rental": "eligible"}

    def test_of_a_break(self, talk: Talk) -> None:
        first = "我在平湖上班，公司交职工社保四个月了，工作稳定，能落户不"
        answer = talk(first, "假使中间断过一个月呢")[1]
        assert outcomes(answer)["settle.employment"] == "rule_uncertain"

    def test_of_an_age_to_come(self, talk: Talk) -> None:
        first = "能不能让我前夫投靠儿子落户，儿子在市区有房（过户到他名下的）"
        answer = talk(first, "儿子才十一岁", "哦那等他到十八呢，房子还在他名下")[2]
        assert outcomes(answer)["settle.join_child"] == "eligible"
        assert "假设" in answer.text

    def test_of_an_errand_of_the_employer(self, talk: Talk) -> None:
        first = "四十九岁在岗女工，市本级的食品公司，补充医疗个人账户每月"
        told = "问了人事，原来公司从来没加入过那个企业补充"
        answer = talk(first, told, "要是公司今年12月8号去申请加进来可以吧")[2]
        assert outcomes(answer) == {"medical.enterprise.join": "eligible"}

    def test_left_again_for_how_things_stand(self, talk: Talk) -> None:
        back = "回到现实，租的就是商品房，我爸妈能一起迁吗"
        answer = talk(RENTS, "要是才四个月呢", back)[2]
        assert outcomes(answer) == {"settle.rental": "eligible"}
        assert answer.facts["reg.months"].value == 7

    def test_what_is_still_to_come_of_a_paper_is_no_case(self, talk: Talk) -> None:
        first = "凭居住证转户口，我登记满一年了没断过"
        answer = talk(first, "有的，嘉兴公安局发的，明年才到期")[1]
        assert outcomes(answer) == {"settle.permit": "eligible"}


class TestAnotherDay:
    FIRST = "6月10号登的居住登记，住在港区的商品住宅小区租的，城镇的，够了没"

    @pytest.mark.parametrize(
        ("turn", "day", "outcome"),
        [
            ("啊差这么点。那12月9号呢", date(2026, 12, 9), "ineligible"),
            ("12月10号当天", date(2026, 12, 10), "eligible"),
            ("唉，可惜。十二月底呢", date(2026, 12, 31), "eligible"),
            ("等到明年一月份呢", date(2027, 1, 31), "eligible"),
            ("拖到2月10号去办呢", date(2027, 2, 10), "eligible"),
        ],
    )
    def test_of_the_days_to_come(self, talk: Talk, turn: str, day: date, outcome: str) -> None:
        answer = talk(self.FIRST, turn)[1]
        assert answer.as_of == day
        assert outcomes(answer) == {"settle.rental": outcome}

    def test_said_twice(self, talk: Talk) -> None:
        first = "嘉兴发的居住证，在有效期，登记满了两年，2024年7月20日去能直接转户口吗"
        answer = talk(first, "过了8月1号呢，比方8月5日")[1]
        assert answer.as_of == date(2024, 8, 5)
        assert outcomes(answer) == {"settle.permit": "eligible"}

    def test_told_in_place_of_another(self, talk: Talk) -> None:
        told = "我们市本级工厂去年12月20号交的参加申请，时间对不对"
        answers = talk("企业补充医疗保险参加要什么时候申请", told, "错了，是去年10月20号交的")
        assert outcomes(answers[1]) == {"medical.enterprise.join": "eligible"}
        assert outcomes(answers[2]) == {"medical.enterprise.join": "ineligible"}


class TestWhatWasFoundOut:
    def test_is_told_by_whoever_asked(self, talk: Talk) -> None:
        first = "想走租房这条落户，房子是城东小区里的商品房"
        unknown = "居住登记哪天办的真想不起来了，当时是中介帮忙弄的"
        answers = talk(first, unknown, "中介回我了，说是今年三月一号登的，后面没注销过")
        assert answers[1].verdicts[0].outcome == "undetermined"
        assert outcomes(answers[2]) == {"settle.rental": "eligible"}
        assert answers[2].facts["reg.start"].said == "今年三月一号"


class TestThanks:
    def test_confirm_nothing(self, talk: Talk) -> None:
        answer = talk("房子是租来的小区房，登记一年，能落户吗", "好嘞，谢谢侬")[1]
        assert answer.kind == "chat"

    def test_beside_a_yes_are_an_answer(self, talk: Talk) -> None:
        answer = talk("租房落户行吗，登记一年了", "是的，商品房，谢谢")[1]
        assert outcomes(answer) == {"settle.rental": "eligible"}


class TestOthers:
    def test_whose_matter_is_gone_back_to(self, talk: Talk) -> None:
        first = "我租了海宁市区商品房半年多，落户"
        aside = "稍等，公务员住院医疗补助自付部分报几成？我替我姐问"
        answer = talk(first, aside, "回到租房这个，居住登记办了九个月，一天没断")[2]
        assert outcomes(answer) == {"settle.rental": "eligible"}
        assert "不是您本人的" not in answer.text

    def test_who_have_a_post(self, talk: Talk) -> None:
        first = "我是市教育局在编的，医保个人账户那笔补助一个月划几钿"
        answer = talk(first, "四十四", "我科长五十一了，也在编在职，他呢")[2]
        assert [v.amount.value for v in answer.verdicts if v.amount] == [120]
        assert (answer.facts["age"].said or "") in "我科长五十一了，也在编在职，他呢"

    def test_whom_to_call_is_asked_while_a_question_is_pending(self, talk: Talk) -> None:
        answer = talk("我租的商品房能落户吗", "该找谁问准信，有电话没")[1]
        assert "0573-81292203" in answer.text

    def test_a_paper_from_elsewhere_is_no_place_asked_about(self, talk: Talk) -> None:
        answer = talk("居住登记两年，证是绍兴发的没过期，居住证转户籍")[0]
        assert outcomes(answer) == {"settle.permit": "ineligible"}


class TestFigures:
    FIRST = "市本级企业，在职80人退休20人，基数按6000算，补充医保单位一个月缴多少"

    @pytest.mark.parametrize(
        ("turn", "amount"),
        [
            ("说错了，退休是40", 28800),
            ("再加5个退休的呢", 25200),
            ("又新招了10个在职的", 26400),
            ("要是在职走了3个呢", 23280),
        ],
    )
    def test_of_the_staff(self, talk: Talk, turn: str, amount: int) -> None:
        answer = talk(self.FIRST, turn)[1]
        assert [v.amount.value for v in answer.verdicts if v.amount] == [amount]

    def test_that_a_sum_is_reckoned_from_are_asked_of_the_text(self, talk: Talk) -> None:
        answer = talk(self.FIRST, "那个月平均工资今年具体是几块")[1]
        assert answer.kind == "refuse"

    def test_supposed_and_left_again(self, talk: Talk) -> None:
        answer = talk(self.FIRST, "要是基数涨到8000呢", "那真实的还是6000，一年多少")[2]
        assert [v.amount.value for v in answer.verdicts if v.amount] == [24000]


class TestSupposedAtOnce:
    def test_what_the_first_message_supposes_is_decided(self, talk: Talk) -> None:
        answer = talk("如果我有大专文凭的话能不能落户")[0]
        assert outcomes(answer) == {"settle.talent": "eligible"}
        assert "假设" in answer.text

    def test_today_is_asked_about_beside_a_day_to_come(self, talk: Talk) -> None:
        answer = talk("我马上大专毕业了，明年六月，现在能落吗")[0]
        assert answer.as_of.year == 2026


class TestAnotherErrand:
    def test_is_decided_by_what_is_known(self, talk: Talk) -> None:
        first = (
            "杭州公安给的居住证，没过期，省里登记满一年了，人现在在嘉兴有份稳定工作，"
            "拿它直接换嘉兴户口可以吗"
        )
        answer = talk(first, "那能不能先换成你们这儿的居住证")[1]
        assert outcomes(answer) == {"permit.exchange": "eligible"}

    def test_what_to_do_now_is_told_by_the_verdict(self, talk: Talk) -> None:
        answer = talk("我租的商品房，登记四个月，能落户吗", "那现在要怎么办")[1]
        assert outcomes(answer) == {"settle.rental": "ineligible"}

    def test_the_share_of_each_class_is_asked_of_the_text(self, talk: Talk) -> None:
        first = "住院医保付完剩4600，补充保险报几成，我单位是嘉兴市区的化工厂，入了企业补充的"
        aside = "先插一句，企业补充医疗的门诊，在职和退下来的比例各是多少？"
        answers = talk(first, aside, "哦呦我六年前头就退休哩，孙子都念书了")
        assert answers[1].kind == "answer"
        assert [v.amount.value for v in answers[2].verdicts if v.amount] == [4370]
