"""What is told amid a talk, another way taken up, and what is still to come."""

from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]

WORKS = "我在嘉兴上班，工作稳定，职工养老交了五个月，能落户吗"


class TestWhatIsToldAmidATalk:
    """What only tells something is never looked up, nor refused for what is told beside."""

    def test_an_answer_with_other_things_beside(self, talk: Talk) -> None:
        told = (
            "这么说吧，我跟我太太同岁，都是八九年的，她在银行，孩子刚上三年级，最近体检我还查出结节"
        )
        answer = talk("我是法院的，在编，医疗补助给账户每月多少钱", told)[1]
        assert [v.amount.value for v in answer.verdicts if v.amount] == [80]

    def test_what_names_the_rules_is_still_told(self, talk: Talk) -> None:
        first = "在职，市本级企业，已参加企业补充医疗保险，住院剩余自付2600元，补多少"
        answer = talk(first, "经复核，该2600元全部不在基本医疗保险政策规定范围之内")[1]
        assert outcomes(answer) == {"medical.enterprise.inpatient": "ineligible"}

    def test_what_is_not_read_takes_the_verdict_back(self, talk: Talk) -> None:
        first = "四十九岁在岗，市本级的食品公司，参加了补充医疗，个人账户每月多少"
        answer = talk(first, "问了人事，原来公司压根不是那么回事")[1]
        assert answer.kind == "clarify"
        assert "eligible" not in outcomes(answer).values()


class TestAnotherWayTakenUp:
    def test_by_its_ground_with_what_was_told_before(self, talk: Talk) -> None:
        answer = talk(WORKS, "我还是药学专科毕业", "如果工作辞了，就凭专科文凭呢")[2]
        assert outcomes(answer) == {"settle.talent": "eligible"}

    def test_with_what_is_told_after_it(self, talk: Talk) -> None:
        answers = talk(WORKS, "那看看租房：租的是市区商品房小区，这条缺啥", "登记八个月没断")
        assert outcomes(answers[1]) == {"settle.rental": "undetermined"}
        assert outcomes(answers[2]) == {"settle.rental": "eligible"}

    def test_the_other_of_two_ways_to_apply(self, talk: Talk) -> None:
        first = "秀洲区的厂，2026年12月11日申请参加企业补充医疗可以吗"
        answer = talk(first, "说反了，领导意思是不保了，要退")[1]
        assert answer.facts["apply.action"].value == "退出"
        assert [q.fact for q in answer.questions] == ["employer.congress_approved"]

    def test_who_is_on_an_establishment_is_of_a_public_body(self, talk: Talk) -> None:
        first = "我事业编在岗，四十六岁，医疗补助账户每月多少"
        answer = talk(first, "那我徒弟呢，也是编内的，九五年的")[1]
        assert outcomes(answer) == {"medical.public.account": "eligible"}
        assert [v.amount.value for v in answer.verdicts if v.amount] == [80]

    def test_a_relative_asked_about_in_a_case_to_come(self, talk: Talk) -> None:
        first = "我高中，助理工程师，没有技能证，人才落户行吗"
        answer = talk(first, "等哪天我升上工程师，也就是中级了，爱人能跟着吗")[1]
        assert answer.verdicts[0].covers == ["配偶", "未成年子女", "父母"]
        assert "假设" in answer.text


class TestAroundTheCase:
    def test_a_day_of_what_was_founded_is_no_day_asked_about(self, talk: Talk) -> None:
        first = "秀洲区的公司，今年4月刚注册，12月8日申请参加企业补充医疗行吗"
        answer = talk(first, "看错了看错了，执照上是2021年4月的")[1]
        assert answer.as_of.year > 2021

    def test_the_congress_of_the_staff_is_nobody_else(self, talk: Talk) -> None:
        first = "秀洲区的厂，2026年12月11日申请退出企业补充医疗可以吗"
        answer = talk(first, "这个职工代表大会批准过，材料都盖好章了")[1]
        assert outcomes(answer) == {"medical.enterprise.join": "eligible"}

    def test_who_asks_on_behalf_is_asked_back_of_that_one(self, talk: Talk) -> None:
        told = "替我姨问人才落户，她学历我拿不准，中专还是高中说不上来"
        answers = talk(told, "姨回微信了，中专毕业证")
        assert outcomes(answers[0]) == {"settle.talent": "undetermined"}
        assert outcomes(answers[1]) == {"settle.talent": "eligible"}

    def test_a_number_to_call_is_told_while_a_question_is_pending(self, talk: Talk) -> None:
        first = "我在桐乡厂里上班，交职工社保，就业落户行吗"
        answer = talk(first, "到派出所要问的话有没有号码可打")[1]
        assert "电话" in answer.text
