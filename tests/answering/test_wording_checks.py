"""What a wording may say of its clause: each false one beside a true one of the same words."""

import pytest

from assistant.answering.grounding import Support, wording_reasons
from assistant.answering.grounding.rewording import reworded, without_opening

REPAIR = Support(
    (
        "明确整改要求及完成时限,强化整改期间安全管控措施。"
        "按要求整改完毕后,各地以书面形式向市政府提出验收销号申请。",
    )
)
PLAN = Support(
    (
        "该项目由市政府办公室负责起草,市司法局负责审核,"
        "于7月底前提交市政府常务会议审议通过后,提请市人大常委会审议。",
    )
)
ENDORSE = Support(
    (
        "逾期未办理签注手续的,证件使用功能中止。"
        "逾期60日内可补办签注手续,证件使用功能恢复。居住年限自补办签注手续之日起连续计算。",
    )
)
JOIN = Support(
    ("投靠有合法稳定住所成年子女的,取消对父母的年龄限制;投靠有合法稳定住所父母的,放宽至未婚子女。",)
)
INSURE = Support(("用人单位可通过自建补充医疗保险或购买商业医疗保险的形式,提高职工医疗保障水平。",))
PLACES = Support(
    (
        "公安机关按照当事人城区(城镇)合法住所、家庭户口亲友处、单位集体户、社区(村)公共集体户先后顺序,办理落户登记手续。",
    )
)
DEPUTY = Support(("李佳副市长协助负责司法行政工作,协助分管市司法局、市数据局。",))
WORK = Support(
    (
        "在本市有合法稳定就业,连续参加本市职工基本养老保险达三个月的,"
        "允许本人及其共同居住生活的配偶、未成年子女、父母在城镇地区申请落户。",
    )
)

FALSE = [
    pytest.param(
        REPAIR, "整改完毕前，各地应以书面形式向市政府提出验收销号申请", id="before_for_after"
    ),
    pytest.param(REPAIR, "各地先提出验收销号申请，再进行整改", id="steps_exchanged"),
    pytest.param(REPAIR, "整改期间，各地可以向市政府提出验收销号申请", id="time_exchanged"),
    pytest.param(REPAIR, "市政府整改完毕后，向各地提出验收销号申请", id="addressee_exchanged"),
    pytest.param(PLAN, "起草由市司法局负责，7月底前提交市政府常务会议审议", id="office_exchanged"),
    pytest.param(PLAN, "7月底之后提交市政府常务会议审议", id="after_for_before"),
    pytest.param(PLAN, "该项目已经市政府常务会议审议通过", id="planned_as_done"),
    pytest.param(ENDORSE, "逾期没有签注的话，证件的使用功能会恢复", id="outcome_exchanged"),
    pytest.param(ENDORSE, "居住年限自签注之日起连续计算", id="start_exchanged"),
    pytest.param(JOIN, "成年子女可以投靠父母，条件是父母有合法稳定住所", id="who_joins"),
    pytest.param(INSURE, "除自建补充医疗保险外，职工也可以购买商业医疗保险", id="who_may"),
    pytest.param(INSURE, "用人单位须先自建补充医疗保险，再购买商业医疗保险", id="order_imposed"),
    pytest.param(INSURE, "用人单位必须购买商业医疗保险，提高职工医疗保障水平", id="may_as_must"),
    pytest.param(PLACES, "社区（村）公共集体户排在第一位", id="last_as_first"),
    pytest.param(DEPUTY, "李佳副市长负责司法行政工作，分管市司法局", id="helps_as_heads"),
    pytest.param(WORK, "落户后须连续参加本市职工基本养老保险满三个月", id="end_as_beginning"),
]
TRUE = [
    pytest.param(REPAIR, "整改完成后，各地需要用书面形式向市政府申请验收销号", id="after"),
    pytest.param(PLAN, "7月底之前提交市政府常务会议审议，通过后再提请市人大常委会审议", id="steps"),
    pytest.param(PLAN, "起草由市政府办公室负责，审核由市司法局负责", id="offices"),
    pytest.param(ENDORSE, "逾期60天之内补办签注手续的，证件使用功能恢复", id="outcome"),
    pytest.param(ENDORSE, "居住年限从补办签注手续那天起连续计算", id="start"),
    pytest.param(JOIN, "您好，父母有合法稳定住所的，未婚子女可以投靠", id="greeting"),
    pytest.param(INSURE, "用人单位可以自建补充医疗保险，也可以购买商业医疗保险", id="may"),
    pytest.param(PLACES, "首先是当事人城区（城镇）合法住所，最后是社区（村）公共集体户", id="ends"),
    pytest.param(DEPUTY, "李佳副市长协管市司法局和市数据局", id="helps"),
]


@pytest.mark.parametrize(("support", "statement"), FALSE)
def test_what_the_clause_does_not_say_is_dropped(support: Support, statement: str) -> None:
    assert wording_reasons(statement, support)


@pytest.mark.parametrize(("support", "statement"), TRUE)
def test_what_the_clause_says_in_other_words_is_kept(support: Support, statement: str) -> None:
    assert wording_reasons(statement, support) == ()


def test_plain_words_are_read_as_the_official_ones_that_the_text_has() -> None:
    assert reworded("全过程参考", "全程监管,参照本办法") == "全程参照"


def test_a_word_of_the_text_itself_is_never_touched() -> None:
    assert reworded("参考价格", "参考价格,参照本办法") == "参考价格"


def test_an_opening_that_claims_nothing_is_set_aside() -> None:
    assert without_opening("您好，根据规定，可以申请") == "可以申请"
