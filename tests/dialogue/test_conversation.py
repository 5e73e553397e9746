"""Conversations through the whole service: opening survey, the inventory's questions, ellipsis."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.assembly import Assistant
from assistant.errors import UnknownConversationError
from assistant.schemas import Answer, AskRequest

Talk = Callable[..., list[Answer]]


@pytest.fixture
def talk(service: Assistant) -> Talk:
    def say(*messages: str, as_of: date | None = None) -> list[Answer]:
        answers: list[Answer] = []
        for message in messages:
            previous = answers[-1].conversation_id if answers else None
            request = AskRequest(question=message, conversation_id=previous, as_of=as_of)
            answers.append(service.ask(request))
        return answers

    return say


def outcomes(answer: Answer) -> dict[str, str]:
    return {v.rule_id: v.outcome for v in answer.verdicts}


def test_rent_is_never_taken_for_registration(talk: Talk) -> None:
    answer = talk("租房半年能落户吗")[0]
    assert "reg.start" not in answer.facts
    assert "reg.months" not in answer.facts
    assert "reg.months" in {q.fact for q in answer.questions}


def test_a_correction_replaces_what_was_said(talk: Talk) -> None:
    answers = talk("我在嘉兴租的商品房，居住登记五个月了，能落户吗", "不对，是六个月")
    assert outcomes(answers[0])["settle.rental"] == "ineligible"
    assert outcomes(answers[1])["settle.rental"] == "eligible"


def test_not_knowing_stays_unknown(talk: Talk) -> None:
    answers = talk("租房半年能落户吗", "不清楚")
    assert answers[1].kind == "clarify"
    known = answers[1].facts[answers[0].questions[0].fact]
    assert known.value is None


def test_an_ellipsis_keeps_the_topic(talk: Talk) -> None:
    answers = talk("我在嘉兴租的商品房，居住登记七个月了，能落户吗", "那五个月呢")
    assert outcomes(answers[0])["settle.rental"] == "eligible"
    assert outcomes(answers[1])["settle.rental"] == "ineligible"


def test_another_day_keeps_the_topic(talk: Talk) -> None:
    answers = talk("租房落户要登记满几个月", "那2021年呢")
    assert answers[1].as_of.year == 2021
    assert any("3年及以上" in c.quote for c in answers[1].citations)


def test_a_policy_question_in_the_middle_loses_nothing(talk: Talk) -> None:
    answers = talk(
        "我租的商品房，居住登记七个月了，能落户吗", "居住证转户籍要登记多久", "我能落户吗"
    )
    assert answers[1].kind == "answer"
    assert outcomes(answers[2])["settle.rental"] == "eligible"


def test_starting_again_forgets_the_facts(talk: Talk) -> None:
    answers = talk("我是大专毕业，能落户吗", "重新开始", "我能落户吗")
    assert answers[1].kind == "chat"
    assert not answers[1].facts
    assert answers[2].kind == "clarify"


def test_what_was_understood_is_shown_in_the_persons_words(talk: Talk) -> None:
    answers = talk("我是大专毕业，能落户吗", "你都记住了我什么")
    assert answers[1].kind == "chat"
    assert "大专" in answers[1].text


def test_personal_data_is_masked_and_the_person_told(talk: Talk) -> None:
    answer = talk("我身份证号11010519491231002X，大专毕业，能落户吗")[0]
    assert "privacy" in {n.code for n in answer.notices}
    assert "11010519491231002X" not in answer.model_dump_json()


def test_an_unknown_conversation_is_an_error(service: Assistant) -> None:
    with pytest.raises(UnknownConversationError):
        service.ask(AskRequest(question="你好", conversation_id="nobody"))


def test_eligibility_elsewhere_is_refused(talk: Talk) -> None:
    answer = talk("我大专毕业，能在杭州落户吗")[0]
    assert (answer.kind, answer.reason) == ("refuse", "other_jurisdiction")


GENERAL = [
    "在职人员个人账户每月划入多少？",
    "机关事业单位医疗补助里，45周岁（含）以上在职人员的个人账户划入标准",
    "医保个人账户按办法每月能划进多少钱，不是查我的余额",
]


@pytest.mark.parametrize("question", GENERAL)
def test_an_amount_asked_for_nobody_is_a_question_to_the_text(talk: Talk, question: str) -> None:
    answer = talk(question)[0]
    assert answer.kind == "answer"
    assert not answer.facts


@pytest.mark.parametrize("question", ["46岁在职个人账户每月划入多少", "我今年50，在编，每月划多少"])
def test_an_amount_asked_for_somebody_is_decided(talk: Talk, question: str) -> None:
    answer = talk(question)[0]
    assert answer.kind == "verdict"
    assert {v.amount.value for v in answer.verdicts if v.amount} == {120}


def test_only_the_rule_asked_about_is_decided(talk: Talk) -> None:
    answer = talk("我在嘉兴租的商品房，居住登记四个月，能落户吗")[0]
    assert outcomes(answer) == {"settle.rental": "ineligible"}
    assert "居住证转户籍" not in answer.text


def test_an_earliest_day_promises_nothing_while_conditions_are_unknown(talk: Talk) -> None:
    answer = talk("居住登记四个月，租房落户行吗", as_of=date(2024, 9, 1))[0]
    assert outcomes(answer)["settle.rental"] == "ineligible"
    assert "其他条件都满足" in answer.text


def test_before_a_rule_it_is_told_when_the_rule_began(talk: Talk) -> None:
    answer = talk("我登记了七个月，租的城里商品房，租房能落户吗", as_of=date(2016, 7, 13))[0]
    assert outcomes(answer)["settle.rental"] == "not_applicable"
    assert "2020年8月1日起才有这项规定" in answer.text
    assert "not_yet_in_force" in {n.code for n in answer.notices}


def test_a_day_in_the_past_is_told_for_as_long_as_it_lasts(talk: Talk, service: Assistant) -> None:
    first = talk("我登记了七个月，租的城里商品房，租房能落户吗", as_of=date(2022, 1, 1))[0]
    again = service.ask(
        AskRequest(question="那八个月呢", conversation_id=first.conversation_id, as_of=None)
    )
    assert again.as_of == date(2022, 1, 1)
    assert "2022年1月1日" in again.text


def test_days_lean_on_the_day_before(talk: Talk) -> None:
    answers = talk(
        "嘉兴工作稳定，职工养老连续交了五年，就业落户行吗",
        "2024年7月31日那天呢",
        "第二天呢",
    )
    assert [a.as_of for a in answers[1:]] == [date(2024, 7, 31), date(2024, 8, 1)]
    assert "pension.start" not in answers[2].facts
    assert outcomes(answers[1])["settle.employment"] == "not_applicable"
    assert answers[2].kind != "answer"


def test_a_day_given_to_a_question_about_a_day_is_no_day_asked_about(talk: Talk) -> None:
    answers = talk("我在嘉兴租的商品房，能租房落户吗", "2024年3月1日")
    assert answers[1].as_of == answers[0].as_of


def test_one_comes_back_to_an_earlier_topic(talk: Talk) -> None:
    answers = talk(
        "我居住登记8个月，租赁落户可以吗",
        "机关在编46岁个人账户每月划多少",
        "好，接着说落户，租的是城里商品房",
    )
    assert outcomes(answers[2]) == {"settle.rental": "eligible"}


def test_facts_of_a_policy_question_in_general_are_not_kept(talk: Talk) -> None:
    answers = talk("要是登记满六个月，租房落户要什么材料", "我能租房落户吗")
    assert not answers[1].facts


def test_figures_of_an_invented_clause_are_no_facts_of_the_person(talk: Talk) -> None:
    invented = "「租赁商品住房居住登记满七个月的，不论何地均可落户并奖励五万元」"
    answers = talk(f"最新通知规定{invented}，按这个我能落户吗", "我能落户吗")
    assert answers[0].kind == "clarify"
    assert "不在现在收录的文件里" in answers[0].text.split("\n")[0]
    assert not answers[0].facts
    assert answers[1].kind == "clarify"


def test_a_value_is_put_to_the_fact_that_it_fits(talk: Talk) -> None:
    answers = talk("我登记了七个月，租的城里商品房，能租房落户吗", "那五个月呢")
    assert answers[1].facts["reg.months"].value == 5
    assert outcomes(answers[1])["settle.rental"] == "ineligible"


def test_a_change_not_understood_is_never_answered_with_the_old_verdict(talk: Talk) -> None:
    answers = talk("我登记了七个月，租的城里商品房，能租房落户吗", "不对")
    assert answers[1].kind == "clarify"
    assert not answers[1].verdicts


def test_replies_stay_on_the_day_asked_about(talk: Talk) -> None:
    answers = talk(
        "2015年6月，外地户口，嘉兴有稳定住所，能领浙江省居住证吗", "上班4个月，没有临时居住证"
    )
    assert answers[1].as_of == answers[0].as_of == date(2015, 6, 30)
    assert outcomes(answers[1])["permit.apply"] == "ineligible"


def test_now_leaves_the_day_asked_about(talk: Talk) -> None:
    answers = talk("我登记了七个月，租的城里商品房，能租房落户吗", "那2021年呢", "现在呢")
    assert answers[1].as_of == date(2021, 12, 31)
    assert answers[2].as_of == answers[0].as_of


def test_a_no_to_a_question_is_an_answer(talk: Talk) -> None:
    answers = talk("居住登记七个月，能租房落户吗", "不是")
    assert answers[1].facts["rent.is_urban_commodity_housing"].value is False
    assert outcomes(answers[1])["settle.rental"] == "ineligible"


def test_a_fact_mended_on_the_page_is_put_to_the_rule_again(service: Assistant) -> None:
    first = service.ask(AskRequest(question="我在嘉兴租的商品房，居住登记五个月了，能落户吗"))
    mended = service.ask(
        AskRequest(
            question="更正我的情况",
            conversation_id=first.conversation_id,
            facts={"reg.months": 7},
        )
    )
    assert outcomes(first)["settle.rental"] == "ineligible"
    assert outcomes(mended)["settle.rental"] == "eligible"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("我在嘉兴租房三年了，能落户吗", ("有车，有工作", "有8个月社保")),
        ("我在嘉兴上班，能落户吗", ("没有房子，房租交了5个月",)),
        ("我在嘉兴上班能落户吗", ("试用期3个月",)),
        ("我想评中级职称，能落户吗", ()),
        ("我打算考技师，能落户吗", ()),
        ("我在嘉兴买了房，在乡下，能落户吗", ()),
        ("我在嘉兴买了房，是商铺，能落户吗", ()),
        ("我和老公离婚了，他是城里户主，我户口在平湖，能迁他那吗", ()),
        ("我有本科学位证没有毕业证能落户吗", ()),
        ("技校读了一年退学了，能落户吗", ()),
        ("公司给我评了个中级工程师，内部的，能算中级职称落户吗", ()),
        ("我在嘉兴稳定就业，养老保险补缴了三个月，能落户吗", ()),
        ("我租的房子在乡镇，商品房，登记七个月，能租赁落户吗", ()),
        ("我在嘉兴城里有房子，不过已经卖掉了，能落户吗", ()),
        ("我46岁，退休返聘，在编，个人账户每月多少", ()),
        ("我在编制外，机关工作，46岁，个人账户多少", ()),
        ("我老公有嘉兴居住证，还在有效期，登记一年，我能转户口吗", ()),
        ("我爸妈户口在河南，我在市区有房，他们能迁来跟我住吗", ()),
    ],
    ids=range(18),
)
def test_nobody_is_eligible_on_what_was_said_of_something_else(
    talk: Talk, first: str, then: tuple[str, ...]
) -> None:
    for answer in talk(first, *then):
        assert "eligible" not in outcomes(answer).values()


def test_parents_join_the_child_whose_home_is_told(talk: Talk) -> None:
    (answer,) = talk("爸爸65了，我35，在秀洲城里买了房，爸爸能落户吗")
    assert outcomes(answer) == {"settle.join_child": "eligible"}


def test_numbers_of_staff_stand_before_or_after_what_they_count(talk: Talk) -> None:
    for said in ("我们公司40个人在职5个退休", "我们公司在职40人退休5人"):
        (answer,) = talk(f"{said}，企业补充医疗每月缴多少")
        assert answer.facts["employer.active_count"].value == 40
        assert answer.facts["employer.retired_count"].value == 5


def test_a_statement_leans_on_what_was_asked_from_the_text(talk: Talk) -> None:
    answers = talk("租房落户要什么条件", "我符合吗", "是商品房，登记了八个月")
    assert [a.kind for a in answers] == ["answer", "clarify", "verdict"]
    assert outcomes(answers[2]) == {"settle.rental": "eligible"}


def test_a_way_told_in_other_words_answers_the_opening_question(talk: Talk) -> None:
    answers = talk("我想落户", "人才", "大专")
    assert outcomes(answers[2]) == {"settle.talent": "eligible"}


def test_another_ground_is_put_to_its_own_way(talk: Talk) -> None:
    answers = talk("我能落户吗", "在嘉兴租房住", "不是商品房", "那我大专毕业呢")
    assert outcomes(answers[2]) == {"settle.rental": "ineligible"}
    assert outcomes(answers[3]) == {"settle.talent": "eligible"}


def test_another_persons_sum_rests_on_that_persons_facts(talk: Talk) -> None:
    answers = talk("我46了，在职，个人账户每月划多少", "那我老婆50退休的呢")
    assert {v.amount.value for v in answers[0].verdicts if v.amount} == {120}
    assert {v.amount.value for v in answers[1].verdicts if v.amount} == {160}


def test_what_is_not_understood_is_asked_again_and_never_looked_up(talk: Talk) -> None:
    answers = talk("我能落户吗", "随便", "在嘉兴租房住", "是", "哦哦")
    assert [a.kind for a in answers] == ["clarify"] * 5
    assert answers[1].questions == answers[0].questions
    assert answers[4].questions == answers[3].questions
    assert "没听明白" in answers[1].text


@pytest.mark.parametrize(
    ("opening", "reply", "fact", "value"),
    [
        pytest.param("我租房，想落户，够条件吗", "七个月", "reg.months", 7, id="months"),
        pytest.param("我租房，想落户，够条件吗", "6个月及以上", "reg.months", 6, id="a_choice"),
        pytest.param("我个人账户每月划多少", "46岁", "age", 46, id="age"),
    ],
)
def test_of_several_questions_asked_any_may_be_answered_first(
    talk: Talk, opening: str, reply: str, fact: str, value: int
) -> None:
    asked, answered = talk(opening, reply)
    assert fact in [question.fact for question in asked.questions][1:]
    assert answered.facts[fact].value == value


JOINS = "我妈户口在海宁，我是嘉兴城里户主，能投靠我吗"


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        ("那我儿媳呢，户口在桐乡", "eligible"),
        ("那我侄子呢，户口也在海宁", "ineligible"),
        ("那我姐姐呢", "ineligible"),
        ("那我岳父呢", "undetermined"),  # whether he moves within the city was said of the mother
    ],
    ids=range(4),
)
def test_another_relative_takes_the_place_of_the_one_who_moves(
    talk: Talk, then: str, outcome: str
) -> None:
    answers = talk(JOINS, then)
    assert outcomes(answers[0])["settle.join_householder"] == "eligible"
    assert outcomes(answers[1])["settle.join_householder"] == outcome


def test_a_case_put_in_the_first_piece_is_put_to_the_same_rule(talk: Talk) -> None:
    answers = talk("我妈想投靠我，我成年了在城里有房，可以吗", "那我没房的话呢，她户口在老家")
    assert outcomes(answers[0])["settle.join_child"] == "eligible"
    assert answers[1].facts["host.stable_home"].value is False


def test_another_way_is_asked_with_what_is_told_after_it(talk: Talk) -> None:
    answers = talk("我高中学历没职称没证书，人才落户行吗", "居住证转户籍呢，我没有居住证")
    assert outcomes(answers[1])["settle.permit"] == "ineligible"


def test_the_same_sum_is_reckoned_for_another_person(talk: Talk) -> None:
    first = "单位在市本级参加了企业补充医疗，我退休，住院医保后剩余自付2万，补多少"
    answers = talk(first, "我老婆在职，同样2万呢")
    assert [a.verdicts[0].amount.value for a in answers if a.verdicts[0].amount] == [19000, 18000]


def test_who_asks_for_somebody_else_is_asked_about_them(talk: Talk) -> None:
    answer = talk("替朋友问下，她能租房落户吗")[0]
    assert answer.kind == "clarify"
    assert answer.questions


def test_another_figure_of_a_matter_of_text_is_looked_up(talk: Talk) -> None:
    answers = talk("跨境电商年度进出口额首次做到100万美元有没有奖励", "那500万美元呢")
    assert [a.kind for a in answers] == ["answer", "answer"]
    assert answers[0].citations[0].clause_id == answers[1].citations[0].clause_id


@pytest.mark.parametrize(
    ("told", "open_way", "closed"),
    [
        ("我是高级技师，刚来嘉兴上班，社保才交1个月", "settle.talent", "settle.employment"),
        ("我租房，登记才两个月，大专毕业，能落户吗", "settle.talent", "settle.rental"),
    ],
)
def test_a_way_that_is_open_comes_before_the_one_that_was_thought_of(
    talk: Talk, told: str, open_way: str, closed: str
) -> None:
    answer = talk(told)[0]
    assert (answer.verdicts[0].rule_id, answer.verdicts[0].outcome) == (open_way, "eligible")
    assert outcomes(answer)[closed] == "ineligible"
    assert answer.text.startswith("按您说的情况，符合「人才落户」的条件。")
    title = next(v.title for v in answer.verdicts if v.rule_id == closed)
    assert f"· {title}：" in answer.text


def test_a_way_asked_about_by_its_name_stays_the_one_that_is_decided(talk: Talk) -> None:
    answer = talk("我租房，登记才两个月，大专毕业，租赁落户行吗")[0]
    assert outcomes(answer) == {"settle.rental": "ineligible"}
    assert "还可以看看：人才落户" in answer.text


@pytest.mark.parametrize(
    "told",
    [
        "2024年7月30号申请的，租房落户要满几年",
        "我2024年7月底交的材料，租房登记满四年，算新规还是旧规",
    ],
)
def test_who_applied_before_the_text_is_not_told_what_it_asks_today(talk: Talk, told: str) -> None:
    answer = talk(told)[0]
    assert outcomes(answer) == {"settle.rental": "rule_uncertain"}
    assert "没有过渡条款" in answer.text


def test_a_survey_tells_what_the_texts_leave_open_in_most_ways(talk: Talk) -> None:
    answer = talk("材料2024年7月20日就交上去了，落户现在按新的还是旧的")[0]
    assert answer.kind == "clarify"
    assert "没有过渡条款" in answer.text


def test_applying_for_a_permit_is_no_application_to_settle(talk: Talk) -> None:
    answer = talk("2023年3月申请的居住证，登记满三年了，能转户口吗")[0]
    assert answer.as_of.year == 2026
    assert "apply.on" not in answer.facts


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ("我是搬砖的没有社保也没有房就有个暂住登记五年了，能落户吗", "settle.rental"),
        ("我没工作没社保，也没学历，有嘉兴的居住证三年了，能不能迁户口", "settle.permit"),
        ("没在城里买房，就想按自有住房落户，城镇一处合法稳定住所都没有", "settle.dwelling"),
        ("没有备案证明能租房落户吗", "settle.rental"),
    ],
)
def test_what_somebody_has_not_is_no_way_to_settle_unless_it_is_named(
    talk: Talk, told: str, rule: str
) -> None:
    assert talk(told)[0].verdicts[0].rule_id == rule


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ("我是大专毕业，老婆跟我住，她能跟我落户吗", "按您说的情况，符合「人才落户」的条件。"),
        (
            "我中专毕业，老婆孩子能跟我一起落户吗",
            "子女、配偶不能跟着「人才落户」一起迁，要看自己符合哪条途径。",
        ),
        (
            "我本科，能把爸妈带过来一起落户吗，他们不跟我住",
            "不一起居住生活的父母不能跟着「人才落户」一起迁，要看自己符合哪条途径。",
        ),
    ],
)
def test_asked_about_the_family_the_first_sentence_answers_for_them(
    talk: Talk, told: str, first: str
) -> None:
    assert talk(told)[0].text.splitlines()[0] == first


def test_a_survey_asks_first_what_the_way_begun_still_needs(talk: Talk) -> None:
    answers = talk("我能落户吗", "以上都没有", "不对，租的城里商品房")
    assert answers[-1].questions[0].fact == "reg.months"


def test_a_message_not_understood_never_brings_the_verdict_again(talk: Talk) -> None:
    answers = talk(
        "我要投靠女儿落户，她在平湖市区有自己的房，三十一岁", "万一那房子其实是她老公一个人的"
    )
    assert outcomes(answers[0]) == {"settle.join_child": "eligible"}
    assert "eligible" not in outcomes(answers[1]).values()
