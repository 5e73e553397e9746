"""The two medical schemes: a told case is decided, a class of people or an errand is answered."""

import pytest

from assistant.assembly import Assistant
from assistant.schemas import AskRequest

_PUBLIC_BED = "medical.public.inpatient"


@pytest.mark.parametrize(
    ("asks", "rule", "outcome"),
    [
        (
            "我在编公务员，住院医保报完剩余自付3000，能付85%吗",
            _PUBLIC_BED,
            "eligible",
        ),
        (
            "2024年5月20日的住院，我在编公务员，剩余自付3000，新的医疗补助能付九成吗",
            _PUBLIC_BED,
            "not_applicable",
        ),
        (
            "海宁企业退下来的，门诊起付标准以下250，市本级企业补充医疗保险会支付吗",
            "medical.enterprise.outpatient",
            "not_applicable",
        ),
        (
            "老娘是从市财政局退的，机关事业单位医疗补助这个制度包括她吗",
            "medical.public.join",
            "eligible",
        ),
        (
            "在上海中山医院开的刀，医保定点，剩余自付18000，事业编在职，医疗补助付多少",
            _PUBLIC_BED,
            "eligible",
        ),
        (
            "公司从来没入过企业补充医疗，我退休了，账户那160还划吗",
            "medical.enterprise.account",
            "ineligible",
        ),
    ],
)
def test_a_told_case_is_decided(service: Assistant, asks: str, rule: str, outcome: str) -> None:
    answer = service.ask(AskRequest(question=asks))
    assert answer.kind == "verdict"
    assert {v.rule_id: v.outcome for v in answer.verdicts}[rule] == outcome


@pytest.mark.parametrize(
    "asks",
    [
        "在编教师，岁数不方便说，每月划入账户到底几元",
        "医保个账每月给我划几块",
        "医疗补助给我住院报几个钱？",
    ],
)
def test_who_tells_too_little_is_asked(service: Assistant, asks: str) -> None:
    answer = service.ask(AskRequest(question=asks))
    assert answer.kind == "clarify"
    assert answer.questions


@pytest.mark.parametrize(
    "asks",
    [
        "企业想退出补充医疗保险需要什么程序",
        "平湖的公司想参加市本级企业补充医疗，县市是怎么规定的",
        "机关干部跨区调动，已经划的个人账户钱要清算吗",
        "只让中层以上参加企业补充医疗，行不行得通",
        "机关退休的老伴走了，她账户里的钱怎么办",
    ],
)
def test_what_speaks_of_no_case_is_answered(service: Assistant, asks: str) -> None:
    assert service.ask(AskRequest(question=asks)).kind == "answer"
