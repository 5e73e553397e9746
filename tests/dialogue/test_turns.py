"""Turns that lean on the talk: whose case it is, what is only supposed, what is taken back."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.assembly import Assistant
from assistant.schemas import Answer, AskRequest

Talk = Callable[..., list[Answer]]


@pytest.fixture
def talk(service: Assistant) -> Talk:
    def say(*messages: str) -> list[Answer]:
        answers: list[Answer] = []
        for message in messages:
            previous = answers[-1].conversation_id if answers else None
            answers.append(service.ask(AskRequest(question=message, conversation_id=previous)))
        return answers

    return say


def outcomes(answer: Answer) -> dict[str, str]:
    return {v.rule_id: v.outcome for v in answer.verdicts}


RENTS = "我租的城里商品房，居住登记七个月，能租房落户吗"
WORKS = "我在嘉兴上班，工作稳定，职工养老交了五个月，能落户吗"
JOINED = "我妈想投靠我，我三十五，在南湖区城里有套商品房"


class TestAnotherPersonsCase:
    def test_each_person_is_decided_on_their_own_facts(self, talk: Talk) -> None:
        answers = talk("我职称中级，人才落户行吗", "我弟弟高中呢", "他没证没职称", "那我自己呢")
        assert outcomes(answers[1]) == {"settle.talent": "undetermined"}
        assert outcomes(answers[2]) == {"settle.talent": "ineligible"}
        assert outcomes(answers[3]) == {"settle.talent": "eligible"}
        assert "title_level" not in answers[1].facts

    def test_what_is_told_of_a_colleague_is_not_mine(self, talk: Talk) -> None:
        answers = talk("租房能落户吗", "我同事是租的城镇商品房", "他登记满八个月了", "那我呢")
        assert outcomes(answers[2]) == {"settle.rental": "eligible"}
        assert "您朋友的情况" in answers[2].text
        assert outcomes(answers[3]) == {"settle.rental": "undetermined"}
        assert not answers[3].facts

    def test_my_own_length_does_not_rest_on_my_brothers_flat(self, talk: Talk) -> None:
        first = "我弟弟想落户，他租的城镇商品房登记才三个月"
        answer = talk(first, "我自己登记十个月，房子跟他同一套，我能落吗")[1]
        assert outcomes(answer) == {"settle.rental": "undetermined"}

    def test_a_fathers_employer_is_not_the_wifes(self, talk: Talk) -> None:
        first = "我机关在编46岁，个人账户每月划多少"
        answers = talk(first, "那我老婆呢，她是企业的", "我爸退休了呢", "那我自己呢")
        assert "employer.kind" not in answers[2].facts
        assert {v.amount.value for v in answers[3].verdicts if v.amount} == {120}
        assert list(outcomes(answers[3])) == ["medical.public.account"]

    def test_a_nieces_case_is_not_the_daughters(self, talk: Talk) -> None:
        told = "女儿没结过婚，想投靠我们老两口，我们在平湖城区有房子有证"
        answers = talk(told, "那我侄女那种离了婚又回娘家的呢？她爸妈也在城里有房")
        assert outcomes(answers[0]) == {"settle.join_parent": "eligible"}
        assert outcomes(answers[1]) == {"settle.join_parent": "rule_uncertain"}
        assert "sex" not in answers[1].facts
        answer = talk(told, "那我侄女呢？她爸妈也在城里有房")[1]
        assert outcomes(answer) == {"settle.join_parent": "undetermined"}

    def test_my_own_way_is_taken_up_again_after_my_wifes(self, talk: Talk) -> None:
        answers = talk(
            "我租的是嘉兴市区商品房，租房能落户吗",
            "先不说这个，我媳妇是护师，中级职称，她单独走人才那条行不行",
            "再讲回我租房的事，登记从今年7月20日起算的",
        )
        assert outcomes(answers[1]) == {"settle.talent": "eligible"}
        assert "settle.talent" not in outcomes(answers[2])
        assert "title_level" not in answers[2].facts

    def test_another_who_joins_another_has_a_case_of_their_own(self, talk: Talk) -> None:
        answers = talk(
            "我娘想投靠我，我五十了，嘉兴城区有套自己的房，行吗",
            "我妹成家了，户口也想跟我娘一样挪过来，不过她要投靠的是我娘，我娘在城里有房，行吗",
        )
        assert outcomes(answers[0]) == {"settle.join_child": "eligible"}
        assert outcomes(answers[1]) == {"settle.join_parent": "ineligible"}

    @pytest.mark.parametrize(
        ("who", "first"),
        [
            ("我岳母呢", "岳母不能跟着「人才落户」一起迁，要看自己符合哪条途径。"),
            (
                "我22岁的儿子能跟着迁吗",
                "成年子女不能跟着「人才落户」一起迁，要看自己符合哪条途径。",
            ),
            (
                "我妈呢，妈不跟我们住",
                "不一起居住生活的父母不能跟着「人才落户」一起迁，要看自己符合哪条途径。",
            ),
        ],
        ids=range(3),
    )
    def test_whether_a_relative_comes_along_is_said_first(
        self, talk: Talk, who: str, first: str
    ) -> None:
        answer = talk("我大专毕业，人才落户行不行", who)[1]
        assert answer.text.splitlines()[0] == first

    def test_a_way_for_one_alone_says_so_while_facts_are_missing(self, talk: Talk) -> None:
        first = "我嘉兴有居住证还在有效期，居住登记满一年，能转户口吗"
        answer = talk(first, "那我老婆能跟我一起迁吗")[1]
        assert answer.text.startswith("配偶不能跟着「居住证转户籍」一起迁")

    def test_another_age_is_said_of_the_child_last_spoken_of(self, talk: Talk) -> None:
        answers = talk("我大专，儿子12岁能跟我落户吗", "18岁呢", "他跟我一起住的")
        assert "未成年子女" in (answers[0].verdicts[0].covers or ())
        assert "未成年子女" not in (answers[1].verdicts[0].covers or ())
        assert "age" not in answers[1].facts
        assert "未成年子女" not in (answers[2].verdicts[0].covers or ())

    def test_she_is_the_daughter_and_not_her_husband(self, talk: Talk) -> None:
        answer = talk(
            "我要投靠女儿落户，她在平湖市区有自己的房，三十一岁",
            "万一房子是她老公一个人的，她自己没有房也没别的合法稳定住所，我在老家不跟她住",
        )[1]
        assert outcomes(answer) == {"settle.join_child": "ineligible"}


class TestSuppositions:
    @pytest.mark.parametrize(
        ("opening", "supposed", "then", "rule", "before", "between"),
        [
            (RENTS, "要是没备案呢", "我现在到底行不行", "settle.rental", "eligible", "ineligible"),
            (
                "我租的城里商品房，没登记过，能租房落户吗",
                "那要是登记满六个月呢",
                "我现在能去办吗",
                "settle.rental",
                "ineligible",
                "eligible",
            ),
            (
                "我爸妈有房在嘉兴城里，我结婚了，能投靠吗",
                "假如我没结婚呢",
                "那我这种情况到底行不行",
                "settle.join_parent",
                "ineligible",
                "eligible",
            ),
        ],
        ids=range(3),
    )
    def test_what_is_supposed_leaves_what_was_told(
        self,
        talk: Talk,
        opening: str,
        supposed: str,
        then: str,
        rule: str,
        before: str,
        between: str,
    ) -> None:
        answers = talk(opening, supposed, then)
        assert [outcomes(a)[rule] for a in answers] == [before, between, before]
        assert "您假设的情况" in answers[1].text

    def test_what_is_supposed_of_one_way_is_not_told_of_another(self, talk: Talk) -> None:
        answers = talk(
            "我租的城里商品房，登记五个月，能租房落户吗",
            "那七个月呢",
            "居住证转户籍呢，有嘉兴公安发的居住证，有效的",
        )
        assert outcomes(answers[2])["settle.permit"] == "ineligible"

    def test_a_paper_still_to_be_got_is_not_held(self, talk: Talk) -> None:
        answers = talk("我高中，人才落户行吗", "那考个中级工呢", "我还没考，现在行不行")
        assert outcomes(answers[1]) == {"settle.talent": "eligible"}
        assert outcomes(answers[2]) == {"settle.talent": "undetermined"}

    def test_an_if_within_the_words_is_read_through(self, talk: Talk) -> None:
        first = "弟弟想投靠我，我是嘉兴城镇家庭户户主，他户口在湖州，行得通吗"
        answer = talk(first, "他户口要是也在嘉兴呢")[1]
        assert answer.facts["from_within_city"].value is True
        assert outcomes(answer) == {"settle.join_householder": "ineligible"}

    def test_waiting_moves_the_day_and_no_fact(self, talk: Talk) -> None:
        first = "我租的城里商品房，居住登记五个月，能租房落户吗"
        answers = talk(first, "假如再等两个月", "那现在呢")
        assert [outcomes(a)["settle.rental"] for a in answers] == [
            "ineligible",
            "eligible",
            "ineligible",
        ]
        assert answers[1].facts["reg.months"].value == 5

    def test_a_home_that_would_be_sold_is_asked_about(self, talk: Talk) -> None:
        answers = talk(JOINED, "要是我把房子卖了呢")
        assert outcomes(answers[0])["settle.join_child"] == "eligible"
        assert "eligible" not in outcomes(answers[1]).values()


class TestTakingBack:
    @pytest.mark.parametrize(
        ("opening", "then", "again"),
        [
            (JOINED, "房子上个月卖掉了", "那能办吗"),
            ("我在嘉兴城里有房，有房产证，能落户吗", "房子其实是我爸的", "那我能办吗"),
            (WORKS, "说错了，是在苏州交的", "那我能落户吗"),
            (WORKS, "等下，我查了一下，有两个月是城乡居民的，职工的只有俩月", "能落吗"),
            ("我想投靠爸妈，我没结婚，他们在嘉兴城里有房", "开玩笑的，我去年就领证了", "能办不"),
            (RENTS, "不是租的是买的", "能落吗"),
            (RENTS, "我昨天退租了", "那现在呢，还能落吗"),
            (RENTS, "合同和登记都是假的，没真住", "能落吗"),
            (WORKS, "哦那是我老公交的，我没交", "我自己能落吗"),
            ("我是大专毕业，能落户吗", "学信网显示我是结业", "那还能落户吗"),
            ("我想投靠爸妈，我没结婚，他们在嘉兴城里有房", "房本上是我爷爷的名字", "能投靠吗"),
        ],
        ids=range(11),
    )
    def test_words_that_undo_a_fact_undo_the_verdict(
        self, talk: Talk, opening: str, then: str, again: str
    ) -> None:
        answers = talk(opening, then, again)
        assert "eligible" in outcomes(answers[0]).values()
        assert "eligible" not in outcomes(answers[1]).values()
        assert "eligible" not in outcomes(answers[2]).values()

    @pytest.mark.parametrize(
        ("opening", "then", "outcome"),
        [
            (
                "学历高中，职称没有，技能证书也没有，人才这条我走得通吗",
                "等下，职称我有的，去年评上初级了",
                "eligible",
            ),
            ("我有中级职称，人才落户行吗", "职称是去年的，今年被撤了", "undetermined"),
        ],
        ids=range(2),
    )
    def test_a_title_told_or_lost_in_another_clause(
        self, talk: Talk, opening: str, then: str, outcome: str
    ) -> None:
        answers = talk(opening, then)
        assert outcomes(answers[1]) == {"settle.talent": outcome}
        assert answers[1].as_of == answers[0].as_of

    def test_what_was_lacking_may_be_got(self, talk: Talk) -> None:
        answers = talk("租城里商品房登记七个月，没备案，能租房落户吗", "后来他给办了")
        assert [outcomes(a)["settle.rental"] for a in answers] == ["ineligible", "eligible"]

    def test_the_place_of_a_fact_is_not_the_place_asked_about(self, talk: Talk) -> None:
        answer = talk(RENTS, "我其实登记是在杭州办的")[1]
        assert answer.jurisdiction == "嘉兴市"
        assert "eligible" not in outcomes(answer).values()

    def test_whoever_starts_again_is_rid_of_every_fact(self, talk: Talk) -> None:
        answers = talk(RENTS, "算了，之前说的全忘掉，重新开始", "大专文凭，能落户吗")
        assert not answers[1].facts
        assert outcomes(answers[2]) == {"settle.talent": "eligible"}

    def test_a_fact_in_doubt_holds_once_it_is_confirmed(self, talk: Talk) -> None:
        answers = talk(WORKS, "说错了，是在苏州交的", "是的")
        assert answers[1].questions[0].fact == "pension.consecutive_months_city"
        assert outcomes(answers[2]) == {"settle.employment": "eligible"}


class TestReplies:
    def test_a_day_told_in_reply_is_no_day_asked_about(self, talk: Talk) -> None:
        answers = talk("租房子住想落户，登记什么时候办的忘了", "大概去年夏天")
        assert answers[1].as_of == answers[0].as_of
        assert answers[1].facts["reg.start"].value == "2025-08-31"

    def test_a_question_to_the_text_leaves_ours_open(self, talk: Talk) -> None:
        answers = talk(
            "市本级企业，参加职工医保的，今年12月8日去申请退出企业补充医疗，可不可以",
            "企业补充医疗退出要走什么程序",
            "职代会开过，讨论批准了",
        )
        assert answers[1].kind == "answer"
        assert outcomes(answers[2]) == {"medical.enterprise.join": "eligible"}

    def test_the_day_talked_of_before_is_that_time(self, talk: Talk) -> None:
        answers = talk("我大专，2022年能人才落户吗", "那时候能带老婆吗")
        assert answers[1].as_of == answers[0].as_of
        assert "配偶不能跟着「人才落户」一起迁" in answers[1].text

    def test_where_a_home_stands_confirms_it(self, talk: Talk) -> None:
        answers = talk("我妈想投靠我，我三十五，在嘉兴有房", "城里的")
        assert outcomes(answers[0])["settle.join_child"] == "undetermined"
        assert outcomes(answers[1])["settle.join_child"] == "eligible"

    def test_months_are_nobodys_age(self, talk: Talk) -> None:
        answers = talk("我公务员，53岁，个人账户每月划多少", "五个月呢")
        assert answers[1].facts["age"].value == 53
        assert not answers[1].verdicts

    @pytest.mark.parametrize(
        "words", ["没问题，多谢", "晓得了，谢谢侬啊小姑娘", "唉，麻烦你了", "知道了", "谢谢你啊"]
    )
    def test_thanks_answer_no_question(self, talk: Talk, words: str) -> None:
        answers = talk("我租房，想落户，够条件吗", words, "商品房，登记七个月")
        assert answers[1].kind == "chat"
        assert outcomes(answers[2]) == {"settle.rental": "eligible"}

    def test_whoever_asks_again_gets_the_verdict_again(self, talk: Talk) -> None:
        answers = talk("我租房登记半年了", "能落吗", "是商品房", "那什么时候可以")
        assert outcomes(answers[1]) == {"settle.rental": "undetermined"}
        assert outcomes(answers[3]) == {"settle.rental": "eligible"}


class TestFirstMessages:
    @pytest.mark.parametrize(
        ("words", "asked"),
        [
            ("能落户吗", "channel"),
            ("老人能迁来吗", "channel"),
            ("我租房的", "rent.is_urban_commodity_housing"),
            ("我在袜厂上班，社保交了两个月", "pension.consecutive_months_city"),
            ("个人账户划多少", "staff.kind"),
        ],
    )
    def test_few_words_are_met_with_a_question(self, talk: Talk, words: str, asked: str) -> None:
        answer = talk(words)[0]
        assert answer.kind == "clarify"
        assert asked in [question.fact for question in answer.questions]

    def test_a_benefit_that_no_text_gives_is_no_verdict(self, talk: Talk) -> None:
        answer = talk("我大专刚毕业，户口还没迁，落户能领多少生活补贴")[0]
        assert (answer.kind, answer.verdicts) == ("refuse", [])


class TestTwoPeopleTogether:
    def test_what_is_told_of_both_holds_when_the_talk_turns_to_one(self, talk: Talk) -> None:
        couple = "两口子都是机关在编在职，我46他44，医疗补助个人账户每月各划多少"
        answers = talk(couple, "单说他，要是退休了每月多少", "那我呢")
        assert [v.amount.value for v in answers[0].verdicts if v.amount] == [120, 80]
        assert [v.amount.value for v in answers[1].verdicts if v.amount] == [160]
        assert [v.amount.value for v in answers[2].verdicts if v.amount] == [120]


class TestWhatIsSaidInPlaceOfWhat:
    def test_the_figure_named_gives_way_to_the_other(self, talk: Talk) -> None:
        first = "市本级企业，单位参加了企业补充医保，我39岁在职，个人账户每月划多少"
        answer = talk(first, "写错了，是四十九不是三十九")[1]
        assert answer.facts["age"].value == 49
        assert {v.amount.value for v in answer.verdicts if v.amount} == {120}

    def test_a_seal_of_another_city_takes_the_permit_away(self, talk: Talk) -> None:
        first = "用居住证转户口：登记连续满9个月，证有效，是嘉兴公安发的"
        answer = talk(first, "呀，证上盖的是湖州那边的章，不是嘉兴")[1]
        assert answer.facts["permit.issued_in"].value == "湖州市"
        assert outcomes(answer) == {"settle.permit": "ineligible"}

    def test_another_county_of_the_same_city_changes_nothing(self, talk: Talk) -> None:
        first = "桐乡上班，工作稳定，职工养老连续五个月在桐乡缴，就业落户可以不"
        answers = talk(first, "口误，单位是在平湖，不是桐乡")
        assert outcomes(answers[0]) == outcomes(answers[1]) == {"settle.employment": "eligible"}

    def test_an_aunt_in_the_mothers_place_may_not_join(self, talk: Talk) -> None:
        answer = talk(JOINED, "说错人了，要迁的是我姑姑，不是我妈")[1]
        assert "eligible" not in outcomes(answer).values()
        assert "host.stable_home" in answer.facts

    def test_the_heads_told_again_are_reckoned_with(self, talk: Talk) -> None:
        first = "企业补充医疗保险单位怎么缴，市本级企业，在职50人，退休10人，基数7000，一个月多少"
        answer = talk(first, "退休的更正一下，是30个")[1]
        assert {v.amount.value for v in answer.verdicts if v.amount} == {22400}


class TestTheQuestionSaidOver:
    def test_a_length_after_the_thing_asked(self, talk: Talk) -> None:
        first = "我要用居住证转户籍，证是嘉兴公安签的，没到期"
        reply = "登记吗？整整两年了一天没落下"
        told = talk(first, reply)[1].facts["reg.months"]
        assert told.value == 24
        assert told.said
        assert told.said in reply

    def test_a_denial_after_the_thing_asked(self, talk: Talk) -> None:
        answer = talk("居住登记满一年多，想用居住证转户籍那条", "居住证？压根没去领过")[1]
        assert outcomes(answer) == {"settle.permit": "ineligible"}

    @pytest.mark.parametrize(
        "message", ["你那儿现在存着我哪些信息", "总结下我现在的情况", "我登记的月份你记住没有"]
    )
    def test_what_was_told_is_told_again(self, talk: Talk, message: str) -> None:
        answer = talk(RENTS, message)[1]
        assert answer.kind == "chat"
        assert "居住登记" in answer.text


class TestTheSameAskedAgain:
    """One thing is changed, or taken back, and nothing else is asked: the rule decides again."""

    @pytest.mark.parametrize(
        ("words", "day", "amount"),
        [("到2029年年底按哪档", "2029-12-31", 120), ("说回眼下，还是今天，多少", "2026-11-22", 80)],
    )
    def test_another_day(self, talk: Talk, words: str, day: str, amount: int) -> None:
        first = "我今年四十三，事业编在岗，每月补助进账户多少"
        answer = talk(first, "等到2028年年底呢", words)[2]
        assert answer.as_of.isoformat() == day
        assert [v.amount.value for v in answer.verdicts if v.amount] == [amount]

    def test_a_day_before_an_aside_to_the_text(self, talk: Talk) -> None:
        first = "嘉兴稳定就业，职工养老连缴三个月零五天，达标吗"
        answer = talk(first, "通知是哪天开始执行的", "那要是我11月10日就跑去申请呢")[2]
        assert outcomes(answer) == {"settle.employment": "ineligible"}

    def test_another_town_of_the_city(self, talk: Talk) -> None:
        answer = talk(WORKS, "同样条件换到广州落户成吗", "好，还是落嘉兴")
        assert answer[1].reason == "other_jurisdiction"
        assert outcomes(answer[2]) == outcomes(answer[0])

    def test_where_somebody_is_registered_is_a_fact_and_no_place_asked_about(
        self, talk: Talk
    ) -> None:
        first = "岳母户口海宁农村的，投靠我，市区家庭户户主我当着，可以吗"
        answer = talk(first, "要是她户口在江苏呢")[1]
        assert outcomes(answer) == {"settle.join_householder": "ineligible"}

    def test_who_works_after_all_has_not_retired(self, talk: Talk) -> None:
        first = "我是企业的，六年前退休了，住院剩余自付4600，补多少"
        answers = talk(first, "万一我还没退休，别的照旧，报多少")
        assert [v.amount.value for a in answers for v in a.verdicts if v.amount] == [4370, 4140]
        assert "「还没退休」" in answers[1].text


class TestWhatIsStillToCome:
    def test_is_decided_as_if_it_had_come_about_and_not_kept(self, talk: Talk) -> None:
        first = "我学历高中，没有职称也没有技能证，人才落户行吗"
        answers = talk(first, "等明年我考出中级工就够了吧", "今天还没拿到，按我实际的情况行吗")
        assert [next(iter(outcomes(a).values())) for a in answers] == [
            "ineligible",
            "eligible",
            "ineligible",
        ]

    def test_a_sum_after_retiring(self, talk: Talk) -> None:
        answer = talk("我企业的，在职，55岁，账户每月多少", "三年后退了休会变成几块")[1]
        assert [v.amount.value for v in answer.verdicts if v.amount] == [160]
        assert "假设" in answer.text


class TestEndsAndBeginnings:
    @pytest.mark.parametrize(
        "words", ["行，那我12月再来，辛苦你", "没别的了，再会", "好的谢谢，我先回去准备材料"]
    )
    def test_leave_is_taken(self, talk: Talk, words: str) -> None:
        answer = talk(WORKS, words)[1]
        assert answer.kind == "chat"
        assert answer.text.startswith("不客气")

    def test_all_told_is_forgotten_where_it_was_asked_for_another(self, talk: Talk) -> None:
        answers = talk(WORKS, "刚那是替邻居问的，全部归零，现在轮到我自己", "就业落户我够吗")
        assert not answers[1].facts
        assert outcomes(answers[2]) == {"settle.employment": "undetermined"}

    def test_a_figure_that_voids_another_leaves_the_rest(self, talk: Talk) -> None:
        first = "厂里在职50个，退休10个，基数7500元，单位每月该缴多少企业补充医疗"
        answer = talk(first, "退休人数应该是15，前面的作废")[1]
        assert [v.amount.value for v in answer.verdicts if v.amount] == [19500]

    @pytest.mark.parametrize(
        "words", ["你现在手里记着我哪几样情况", "现在你系统里我的学历写的什么"]
    )
    def test_what_is_kept_is_shown(self, talk: Talk, words: str) -> None:
        answer = talk("大专读完了，嘉兴人才落户", words)[1]
        assert answer.kind == "chat"
        assert "最高学历：大专" in answer.text


class TestThoseCalledByName:
    def test_what_one_has_is_not_the_next_ones(self, talk: Talk) -> None:
        answers = talk(
            "小张大专毕业，能不能落嘉兴城镇户口？",
            "小李只有高中，但拿了中级工证书，职称没有，他行吗",
            "还有个老王，初中没读完，没有职称，他怎么说",
            "回到小张，他媳妇住一起的，随迁可以？",
        )
        assert "skill_level" not in answers[2].facts
        assert "eligible" not in outcomes(answers[2]).values()
        assert answers[3].facts["edu"].value == "大专"
        assert outcomes(answers[3]) == {"settle.talent": "eligible"}

    def test_who_is_named_again_takes_up_their_own_way(self, talk: Talk) -> None:
        answers = talk(
            "钱某租的城区商品房，居住登记四个月，问的是租赁落户",
            "孙某就业稳定，连缴职工养老九个月，问就业落户",
            "钱某那边发来消息，说登记是八个月，重判一下他的租赁落户",
        )
        assert outcomes(answers[0]) == {"settle.rental": "ineligible"}
        assert outcomes(answers[1]) == {"settle.employment": "eligible"}
        assert "reg.months" not in answers[1].facts
        assert outcomes(answers[2]) == {"settle.rental": "eligible"}
        assert "「钱某」" in answers[2].text

    def test_employees_by_letters_are_people_apart(self, talk: Talk) -> None:
        answers = talk(
            "本单位员工甲，在嘉兴合法稳定就业，职工基本养老保险连续缴纳四个月，请问其是否可按就业条款申请落户？",
            "员工乙同为正式稳定就业，养老仅连续缴了一个月，此前未在外地参保，乙可否？",
            "丙就业稳定，但参加的是城乡居民养老，没参加过职工养老。丙呢？",
        )
        outcome = [outcomes(answer)["settle.employment"] for answer in answers]
        assert outcome == ["eligible", "ineligible", "ineligible"]
        assert "pension.consecutive_months_city" not in answers[2].facts

    def test_our_head_is_of_our_office_and_not_me(self, talk: Talk) -> None:
        first = "我在区里机关上班，编外的，机关事业单位医疗补助有我的份吗"
        answers = talk(first, "那我们科长是在编公务员，他算吧", "那我呢")
        outcome = [outcomes(answer)["medical.public.join"] for answer in answers]
        assert outcome == ["ineligible", "eligible", "ineligible"]

    def test_a_tenants_own_words_count_for_the_tenant(self, talk: Talk) -> None:
        answer = talk("房客要租房落户，他住的是城区商品房", "房客说登记连续11个月")[1]
        assert outcomes(answer) == {"settle.rental": "eligible"}

    def test_my_own_ground_takes_the_talk_back_to_me(self, talk: Talk) -> None:
        answers = talk(
            "夫妻俩都外地的。先看我：在嘉兴工厂稳定上班，嘉兴职工养老连续十四个月，就业落户行吗",
            "再看她：初中文化，职称没有，技能证没有，凭人才条款能行？",
            "所以按我的就业条件去申请，她跟我住一起，可以带上她？",
        )
        assert outcomes(answers[1]) == {"settle.talent": "ineligible"}
        assert outcomes(answers[2]) == {"settle.employment": "eligible"}


class TestSeveralWays:
    @pytest.mark.parametrize(
        ("message", "told"),
        [
            (
                "初中文化，居住登记连着八个月，嘉兴公安发的居住证在有效期，能落户吗",
                {"settle.permit": "eligible"},
            ),
            (
                "没租过房，但工作稳定，嘉兴职工养老连缴五个月，问能不能落户",
                {"settle.employment": "eligible", "settle.rental": "ineligible"},
            ),
            (
                "本科文凭，职工养老在嘉兴连缴十个月且工作稳定，哪种能落户",
                {"settle.talent": "eligible", "settle.employment": "eligible"},
            ),
            (
                "人才和就业各帮我看一眼，高级工证，在嘉兴没工作",
                {"settle.talent": "eligible", "settle.employment": "ineligible"},
            ),
        ],
        ids=range(4),
    )
    def test_every_way_that_was_told_of_gets_its_outcome(
        self, talk: Talk, message: str, told: dict[str, str]
    ) -> None:
        answer = talk(message)[0]

        assert answer.kind == "verdict"
        assert outcomes(answer) | told == outcomes(answer)


class TestTurnsThatWantNothing:
    @pytest.mark.parametrize(
        "message",
        [
            "OK明白",
            "折腾死了，算了",
            "那太好了，赶在年前办掉",
            "记日历上了",
            "说得云里雾里的，我打电话问吧",
            "总算听到句好消息，今天不算太倒霉",
            "派出所也没跟我讲清楚，多亏问了你",
            "唉，那他得先把自己弄好",
            "行嘞，省得我请假跑一趟",
        ],
    )
    def test_who_closes_the_talk_is_not_asked_to_say_it_again(
        self, talk: Talk, message: str
    ) -> None:
        answers = talk(RENTS, message, "那能落吗")
        assert answers[1].kind == "chat"
        assert outcomes(answers[2]) == {"settle.rental": "eligible"}

    def test_a_wait_told_back_puts_nothing_in_doubt(self, talk: Talk) -> None:
        first = "我租的城里商品房，居住登记5月30号登的，一直没断，租房能落户吗"
        answers = talk(first, "还差八天而已，那我月底去")
        assert answers[1].kind == "chat"
        assert answers[1].facts == answers[0].facts

    @pytest.mark.parametrize(
        "message",
        [
            "唉，我昨天退租了",
            "算了，房子卖了",
            "好吧，搬走了",
            "太好了，不过登记断过两个月",
            "谢谢，其实房子是我爸的",
        ],
    )
    def test_what_may_undo_a_verdict_is_no_remark(self, talk: Talk, message: str) -> None:
        assert talk(RENTS, message)[1].kind != "chat"


class TestNothingIsGrantedOnWhatWasNotTold:
    @pytest.mark.parametrize(
        ("words", "rule", "asked"),
        [
            (
                "小区门禁卡发我九个月了 车也登记在物业 租的城里商品房 想走租房落户",
                "settle.rental",
                "reg.months",
            ),
            (
                "社保在嘉兴缴了半年，正式职工、工作很稳定，就业落户能批吗",
                "settle.employment",
                "pension.consecutive_months_city",
            ),
            (
                "户口能不能挪到南湖区？我在城区赁了套商品房，居住登记么，五六个月吧",
                "settle.rental",
                "reg.months",
            ),
            (
                "我猜职工养老缴了三个月 在嘉兴是签了长期合同的正式工 想按就业落户",
                "settle.employment",
                "pension.consecutive_months_city",
            ),
        ],
    )
    def test_a_figure_of_something_else_or_a_guess_at_the_threshold_is_asked_about(
        self, talk: Talk, words: str, rule: str, asked: str
    ) -> None:
        answer = talk(words)[0]
        assert outcomes(answer) == {rule: "undetermined"}
        assert [question.fact for question in answer.questions] == [asked]

    def test_months_of_the_scheme_itself_settle_what_social_insurance_left_open(
        self, talk: Talk
    ) -> None:
        answers = talk(
            "社保在嘉兴缴了半年，正式职工、工作很稳定，就业落户能批吗", "职工养老也是半年"
        )
        assert outcomes(answers[1]) == {"settle.employment": "eligible"}

    def test_neither_a_contract_nor_a_business_is_work_of_2023(self, talk: Talk) -> None:
        answer = talk(
            "拿2023年11月20日来算。2020年6月30日职高毕业，没跟谁签合同也没做生意，"
            "浙江省居住证倒是嘉兴发的，职称、技能等级证没有。人才落户行不"
        )[0]
        assert answer.as_of == date(2023, 11, 20)
        assert outcomes(answer) == {"settle.talent": "ineligible"}

    def test_a_place_that_is_corrected_moves_the_months_paid_there_and_no_others(
        self, talk: Talk
    ) -> None:
        first = (
            "来嘉兴干上一份合法稳定的活刚一个月，在嘉兴的职工养老也缴了一个月，"
            "之前湖北武汉缴过三年职工养老，已经转过来了，这下够就业落户了吧"
        )
        answers = talk(first, "记错地方，那三年是在安徽芜湖缴的")
        assert outcomes(answers[0]) == {"settle.employment": "ineligible"}
        assert outcomes(answers[1]) == {"settle.employment": "rule_uncertain"}
        assert answers[1].facts["pension.consecutive_months_city"].value == 1
        assert answers[1].facts["pension.province"].value == "安徽省"

    def test_the_day_on_which_one_goes_to_apply_is_the_day_that_is_decided_for(
        self, talk: Talk
    ) -> None:
        first = "我自2026年8月20日在嘉兴缴职工养老至今，工作正规稳定，11月19日去申请落户行吗"
        answers = talk(first, "改约到11月20日")
        assert [outcomes(a) for a in answers] == [
            {"settle.employment": "ineligible"},
            {"settle.employment": "eligible"},
        ]
        assert [a.as_of for a in answers] == [date(2026, 11, 19), date(2026, 11, 20)]
