"""A case that goes on: after a question to the text, in a correction, and of whom it is asked."""

import pytest

from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]

RENTS = "租的市区商品房，登记七个月，能落户吗"
WORKS = "在嘉兴一家公司稳定上班，职工养老连续交了五个月，就业落户行吗"
DEGREE = "我大专，人才落户可以吗"


class TestACasePutAside:
    """A question to the text between does not end the case that it came in."""

    @pytest.mark.parametrize("between", ["这条是哪个文件写的", "电话打多少", "要备案吗"])
    @pytest.mark.parametrize("then", ["假如我只登记了四个月", "登记才四个月，我记错了"])
    def test_goes_on_with_what_is_told_of_it(self, talk: Talk, between: str, then: str) -> None:
        answer = talk(RENTS, between, then)[2]
        assert outcomes(answer) == {"settle.rental": "ineligible"}

    def test_is_left_for_the_way_asked_about_between(self, talk: Talk) -> None:
        answers = talk(RENTS, "人才落户要什么条件", "我是大专")
        assert outcomes(answers[2]) == {"settle.talent": "eligible"}

    def test_what_is_told_outright_is_no_supposition(self, talk: Talk) -> None:
        answers = talk(WORKS, "要带什么材料", "哦对了，养老其实只缴了两个月", "那我实际到底行不行")
        assert outcomes(answers[3]) == {"settle.employment": "ineligible"}


class TestACorrectionSaidLast:
    @pytest.mark.parametrize(
        ("first", "then", "name", "value"),
        [
            (RENTS, "哎呀我翻了下手机，是八个月，刚才讲错", "reg.months", 8),
            (RENTS, "登记是四个月，上面打错了", "reg.months", 4),
            (WORKS, "只有两个月，写错啦", "pension.consecutive_months_city", 2),
            (DEGREE, "是高中，我刚才说错了", "edu", "高中"),
            ("我46岁，机关在编，个账每月多少", "44岁，打错", "age", 44),
            ("我46岁，机关在编，个账每月多少", "年龄写错了，应为44", "age", 44),
            (
                "机关退休，住院自付5000，补多少",
                "是8000，看错了单子",
                "med.inpatient_remaining",
                8000,
            ),
        ],
    )
    def test_is_taken(self, talk: Talk, first: str, then: str, name: str, value: object) -> None:
        answer = talk(first, then)[1]
        assert answer.facts[name].value == value
        assert answer.kind in {"verdict", "clarify"}

    def test_of_the_thing_named_before_it(self, talk: Talk) -> None:
        first = "我自2026年8月20日在嘉兴缴职工养老至今，工作正规稳定，11月20日去申请落户行吗"
        answer = talk(first, "起缴日期弄错，实为9月20日")[1]
        assert answer.facts["pension.start"].value == "2026-09-20"
        assert outcomes(answer) == {"settle.employment": "ineligible"}


class TestWhoComesAlong:
    """Whoever is asked to come along needs no ground of their own."""

    @pytest.mark.parametrize(
        "asked",
        ["我爱人只有初中文化，没工作，可以随我一起迁吗", "我妈退休了，跟我住，一起可以吗"],
    )
    def test_whatever_is_told_of_them(self, talk: Talk, asked: str) -> None:
        assert outcomes(talk(DEGREE, asked)[1]) == {"settle.talent": "eligible"}

    def test_a_child_of_age_does_not(self, talk: Talk) -> None:
        answer = talk(DEGREE, "我儿子25岁，打工的，能一起吗")[1]
        assert answer.text.startswith("成年子女不能跟着")

    def test_by_themselves_they_are_decided_on_their_own_facts(self, talk: Talk) -> None:
        answer = talk(DEGREE, "我爱人没工作，能一道过来吗", "他自己落行不行")[2]
        assert outcomes(answer) == {"settle.talent": "undetermined"}


class TestWhoJoinsWhom:
    def test_another_relative_named_without_whose(self, talk: Talk) -> None:
        first = "我是市区家庭户的户主。岳母户口还在桐乡，能迁到我这本上吗"
        answers = talk(first, "儿媳妇呢？她户口在平湖", "那我外甥呢，户口也在平湖")
        assert outcomes(answers[1]) == {"settle.join_householder": "eligible"}
        assert outcomes(answers[2]) == {"settle.join_householder": "ineligible"}

    def test_who_is_told_of_as_one_who_moves_does_move(self, talk: Talk) -> None:
        first = "我想投靠儿子，儿子在嘉兴城里买了房，我62岁，可以吗"
        answer = talk(first, "老伴呢，她59")[1]
        assert outcomes(answer) == {"settle.join_child": "eligible"}
        assert answer.facts["relation"].value == "父母"

    def test_to_join_somebody_in_few_words(self, talk: Talk) -> None:
        first = "老爸58，投我名下，我40岁在嘉兴市区有房，行不行"
        assert outcomes(talk(first)[0]) == {"settle.join_child": "eligible"}


SUPPLEMENT = "我45岁整，市本级企业在职，公司上了企业补充医疗保险，每月划多少"


class TestWhatTheTalkIsOfLeftUnsaid:
    """What a message leaves out is what the rules talked about ask for."""

    @pytest.mark.parametrize("then", ["问了财务，公司压根没参加", "不对，HR说我们公司没参加"])
    def test_a_scheme(self, talk: Talk, then: str) -> None:
        assert outcomes(talk(SUPPLEMENT, then)[1]) == {"medical.enterprise.account": "ineligible"}

    def test_a_sigh_after_it_opens_nothing_again(self, talk: Talk) -> None:
        answer = talk(SUPPLEMENT, "问了财务，公司压根没参加", "真抠门这公司")[2]
        assert answer.kind == "chat"

    def test_in_a_long_answer_to_what_was_asked(self, talk: Talk) -> None:
        told = (
            "我一直在老家村里缴那个城乡居民的，公司没给上职工的，说了多少回也不给办，老板抠门得要死"
        )
        answer = talk("在嘉兴一家公司稳定上班，按就业能落户吗", told)[1]
        assert outcomes(answer) == {"settle.employment": "ineligible"}

    def test_nothing_is_granted_while_a_no_is_in_doubt(self, talk: Talk) -> None:
        first = "我45岁整，市本级企业在职，公司没参加企业补充医疗保险，每月划多少"
        answer = talk(first, "等下，公司那边的情况我再查查，搞混了")[1]
        assert "eligible" not in outcomes(answer).values()


class TestWaysNamedInARow:
    def test_each_is_asked_about_by_its_place(self, talk: Talk) -> None:
        first = "人才和就业两条都帮我看一下，我大专，职工养老才缴两个月，工作稳定"
        answers = talk(first, "第一条能带老婆吗", "另一条呢")
        assert outcomes(answers[1]) == {"settle.talent": "eligible"}
        assert outcomes(answers[2]) == {"settle.employment": "ineligible"}

    def test_the_clause_after_which_it_is_asked_is_of_the_case(self, talk: Talk) -> None:
        asked = "要是从下个月起公司肯上职工的，连缴几个月才行"
        answer = talk(WORKS, asked)[1]
        assert "连续参加本市职工基本养老保险达三个月" in "".join(c.quote for c in answer.citations)


class TestWhatIsOfTheTalk:
    def test_a_home_told_where_somebody_joins_me_is_mine(self, talk: Talk) -> None:
        first = "我在海宁有套房子，户口在海宁农村，我儿媳妇想迁到我这里"
        answers = talk(first, "我是户主", "房子在镇上", "她现在户口在河南")
        assert "own.urban_home" not in answers[3].facts
        assert "eligible" not in outcomes(answers[3]).values()

    def test_a_home_told_where_i_join_my_parents_is_theirs(self, talk: Talk) -> None:
        answers = talk("我想投靠爸妈，能行吗", "房子在桐乡城里，商品房", "我没结婚，二十岁")
        assert outcomes(answers[2]) == {"settle.join_parent": "eligible"}

    def test_a_permit_from_elsewhere_is_exchanged_first(self, talk: Talk) -> None:
        first = "用居住证转户口：登记连续满9个月，证有效，是湖州公安发的"
        answers = talk(first, "那我在嘉兴稳定工作，先换证行不行")
        assert outcomes(answers[1]) == {"permit.exchange": "eligible"}

    def test_a_matter_named_with_its_particle_supposes_nothing(self, talk: Talk) -> None:
        told = "秀洲公安分局发的，有效期到明年八月，登记的话……得有一年半了吧，中间没断"
        answer = talk("我手里有张居住证，能直接换成本地户口吗？", told)[1]
        assert outcomes(answer) == {"settle.permit": "eligible"}
        assert answer.facts["permit.valid_until"].value == "2027-08-01"
        assert "假设" not in answer.text

    def test_what_was_told_is_told_again(self, talk: Talk) -> None:
        answer = talk(WORKS, "那放心了。你记一下我的工作和养老，再说一遍给我听")[1]
        assert "我了解到的情况" in answer.text

    def test_a_way_named_alone_takes_nothing_back(self, talk: Talk) -> None:
        first = "我七十岁了，儿子在嘉兴城里有房，他成年了，我户口迁得过来不"
        answer = talk(first, "我想落户", "租房")[2]
        assert outcomes(answer) == {"settle.rental": "undetermined"}
        assert answer.questions[0].fact.startswith("rent.")


class TestAnotherRelativeWhoseCaseIsTold:
    """我爸57，…他呢, after what was asked of my mother, is decided on his own facts."""

    MOTHER = "2022年4月的时候，我妈56，投靠我，我那时三十，在嘉兴市区有房，照当时规定行不行"
    HOUSEHOLD = "老房子拆迁了，户口没地方挂，我是家庭户，本地再没别的房，能挂社区集体户吗"

    @pytest.mark.parametrize(
        "then", ["同一年我爸57，他不跟我住，居住证也没有，他呢", "那年我爸57，不同住，他能投靠吗"]
    )
    def test_of_the_same_year(self, talk: Talk, then: str) -> None:
        answer = talk(self.MOTHER, then)[1]
        assert outcomes(answer).get("settle.join_child") != "eligible"
        assert answer.facts["age"].value == 57

    def test_who_has_a_home_left_is_not_granted_what_the_asker_is(self, talk: Talk) -> None:
        then = "我妹妹也是离婚房子判给前夫，户口原先也在家庭户里，可她名下在嘉兴还有一套公寓"
        answers = talk(self.HOUSEHOLD, then)
        assert outcomes(answers[0]) == {"settle.collective": "eligible"}
        assert outcomes(answers[1]) == {"settle.collective": "ineligible"}


@pytest.mark.parametrize("away", ["回老家了三个月", "出国了三个月", "离开嘉兴三个月"])
def test_the_length_of_an_absence_is_no_length_of_registration(talk: Talk, away: str) -> None:
    answer = talk("去年国庆节前办的登记，租的商品房，够了吗", f"中间{away}，没在这边登记")[1]
    assert "reg.months" not in answer.facts
    assert "eligible" not in outcomes(answer).values()
