"""Cases told in one message: what is denied, named, pending or another's is told of nobody."""

import pytest

from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]

GRANTED_NOTHING = (
    "我房子买在杭州余杭，嘉兴城里一平米都没有，凭有房能在嘉兴落户不",
    "我在嘉兴没有合法稳定就业，职工养老倒连着缴了五个月，拿就业落护可不可以",
    "嘉兴职工养老连续五个月，不属于合法稳定就业，能就业落户吗",
    "租的商品房，登记连续满六个月这个条件我还不够，租赁落户行吗",
    "爸妈嘉兴城里有房，我不是未婚，想投靠父母，行吗",
    "2026年2月14日领的营业执照，秀洲的小公司，今年12月20日申请企业补充医疗参保，有没有问题",
    "秀洲的厂，今年年初工商登记的，12月申请参加企业补充医疗可以吗",
    "职代会讨论过退出企业补充医疗的事，通没通过还没出文，市本级单位，12月16日申请退出成不成",
    "在职30人，基数7000元，医疗补助或补充保险单位一个月缴多少，单位什么性质我还没问到",
    "机关在编，住院剩余自付10000元，全是超范围的，报多少",
    "我证书是中级工还是初级工翻不到了，高中毕业，没职称，靠技能能落户不",
    "评的是中级还是初级职称我得回去看，高中学历，没技能证，人才落户行吗",
    "在桐乡城里给儿子买了房，登记在他名下，我当妈的投靠儿子落户，眼下办得成吗",
)


@pytest.mark.parametrize("message", GRANTED_NOTHING)
def test_nothing_is_granted_on_what_the_message_denies_or_leaves_open(
    talk: Talk, message: str
) -> None:
    answer = talk(message)[0]
    assert "eligible" not in outcomes(answer).values()


class TestWhoseCaseItIs:
    def test_a_relative_of_whom_everything_is_told(self, talk: Talk) -> None:
        told = "小妹在嘉兴市区租商品房，她说自己居住登记连续三个多月，租赁落户肯定还不行对吧"
        assert outcomes(talk(told)[0]) == {"settle.rental": "ineligible"}

    def test_what_another_lacks_casts_no_doubt(self, talk: Talk) -> None:
        answer = talk("本科毕业，女友还没领证，爸妈跟我同住在海宁，人才落户时爸妈可以跟来不")[0]
        assert outcomes(answer) == {"settle.talent": "eligible"}

    def test_who_moves_along_with_the_one_who_qualifies(self, talk: Talk) -> None:
        told = "我老婆大专毕业。人才落户她可以，那我作为丈夫随迁得了吗"
        assert talk(told)[0].verdicts[0].covers == ["配偶", "未成年子女", "父母"]

    def test_the_one_of_several_who_is_asked_about_first(self, talk: Talk) -> None:
        told = "我户口落在单位集体户，大专，太太和六岁儿子都要投靠来，先问太太，行吗"
        answer = talk(told)[0]
        assert answer.facts["relation"].value == "配偶"

    def test_a_relation_as_forms_put_it(self, talk: Talk) -> None:
        told = "被投靠人为城镇家庭户户主，申请人系户主配偶之弟，市内迁入，可否投靠"
        assert outcomes(talk(told)[0])["settle.join_householder"] == "ineligible"

    def test_a_way_that_is_named_after_children(self, talk: Talk) -> None:
        answer = talk("我领了证没办酒，爸妈海盐县城有房，我想以子女投靠父母，行吗")[0]
        assert outcomes(answer) == {"settle.join_parent": "ineligible"}


class TestWhatIsSaidOfWhat:
    def test_an_unsteady_home_is_no_unsteady_work(self, talk: Talk) -> None:
        answer = talk("登记连续满七个月，没念书，住得谈不上稳定，能申领浙江省居住证吗")[0]
        assert answer.facts["home.stable_in_city"].value is False
        assert "job.stable_in_city" not in answer.facts

    def test_a_wedding_not_registered_is_no_registration(self, talk: Talk) -> None:
        answer = talk("订婚了但是还没登记结婚，爸妈在嘉兴城里买的房，我想投靠过去，符合不")[0]
        assert outcomes(answer) == {"settle.join_parent": "eligible"}
        assert "reg.months" not in answer.facts

    def test_a_permit_that_another_is_to_become(self, talk: Talk) -> None:
        answer = talk("我有临时居住证，能升成浙江省居住证吗")[0]
        assert list(outcomes(answer)) == ["permit.apply"]

    def test_papers_handed_in_ask_for_no_papers(self, talk: Talk) -> None:
        told = "嘉兴稳定上班，职工养老连续交了两个月，现在把就业落户的材料递上去算够格吗"
        assert outcomes(talk(told)[0]) == {"settle.employment": "ineligible"}


GRANTED_ELSEWHERE = (
    "儿子在上海有房，三十岁，我投靠他落嘉兴行吗",
    "我名下的房在金华城区，凭住房在嘉兴落户可以不",
    "小区房是公司租的给员工住，登记满一年，租赁落户行不",
    "户主是我爷爷，农村户，我户口在桐乡，投靠他行吗",
    "我是事业单位在编，去年辞职了，48岁，个账还有120吗",
    "我大专应该算毕业了吧，证还没拿，人才落户行吗",
    "居住登记满六个月没满我说不好，租商品房，租赁落户行吗",
    "房子算是商品房吧不太确定，登记满一年，租赁落户行吗",
    "退休前是企业的，机关医疗补助能给我划160吗",
)


@pytest.mark.parametrize("message", GRANTED_ELSEWHERE)
def test_nothing_is_granted_on_what_holds_elsewhere_or_no_longer(talk: Talk, message: str) -> None:
    assert "eligible" not in outcomes(talk(message)[0]).values()


class TestWhichRuleIsAsked:
    def test_a_bill_that_is_told_is_reckoned(self, talk: Talk) -> None:
        told = "企业在职，市本级，单位参加了企业补充医疗，门诊起付标准以下700元付多少？"
        assert [v.amount.value for v in talk(told)[0].verdicts if v.amount] == [595]

    def test_a_post_alone_is_asked_for_the_age(self, talk: Talk) -> None:
        assert [q.fact for q in talk("公务员，个账多少")[0].questions] == ["age"]

    def test_classes_side_by_side_ask_for_the_text(self, talk: Talk) -> None:
        asked = "企业补充医疗的门诊，在职和退下来的比例各是多少？"
        assert talk("我老单位是嘉兴市区的化工厂，住院剩余自付4600补多少", asked)[1].kind == "answer"

    def test_where_a_permit_was_issued_is_not_asked_about(self, talk: Talk) -> None:
        told = "居住证是绍兴发的，有效，登记满八个月，居住证转户籍行吗"
        assert outcomes(talk(told)[0]) == {"settle.permit": "ineligible"}

    def test_a_state_told_without_a_subject_is_somebodys(self, talk: Talk) -> None:
        assert talk("大专没念完，人才落户行吗")[0].kind == "clarify"

    def test_who_joins_a_spouse_with_a_diploma_is_asked_where_they_are_registered(
        self, talk: Talk
    ) -> None:
        answer = talk("我爱人硕士，户口早就落到嘉兴了，我想投靠迁入")[0]
        assert list(outcomes(answer)) == ["settle.talent_family"]
        assert "settled_at" in {q.fact for q in answer.questions}
