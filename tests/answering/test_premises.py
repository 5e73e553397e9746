"""A requirement that a question asks to confirm is held against what the text in force says."""

import pytest

from assistant.answering.premises import hold, read_premise

ASKED = [
    ("要就业满 6 个月才能办居住证吗", "就业满 6 个月", "就业"),
    ("办居住证是不是先工作满六个月", "先工作满六个月", "先工作"),
    ("居住证转户口需要登记满6个月对吗", "登记满6个月", "登记"),
    ("租房落户是不是要满三年", "满三年", ""),
    ("老婆投靠我要结婚满3年吗", "结婚满3年", "结婚"),
    ("听说金华要参保六个月，嘉兴就业落户也要六个月吗", "六个月", "参保"),
]
TOLD = [
    "我登记满六个月了，能落户吗",
    "我登记七个月，租房能落户吗",
    "46岁在职每月划入多少",
    "租房半年能落户吗",
    "父亲58岁能投靠我吗",
    "登记满六个月才能落户，我登记五个月能落吗",
    "在上海交了两年社保，来嘉兴一个月能落户吗",
    "嘉兴就业落户要参保几个月",
    "一年能领到吗",
]
WORDS = {
    "就业": {"就业"},
    "登记": {"居住登记"},
    "参保": {"职工基本养老保险"},
    "在本市合法稳定就业": {"合法稳定就业"},
}


def terms(text: str) -> set[str]:
    return {term for said, found in WORDS.items() if said in text for term in found}


@pytest.mark.parametrize(("question", "said", "of"), ASKED)
def test_a_requirement_asked_about_is_read_with_what_it_is_of(
    question: str, said: str, of: str
) -> None:
    premise = read_premise(question)
    assert premise is not None
    assert (premise.said, premise.of) == (said, of)
    assert said not in premise.rest


@pytest.mark.parametrize("question", TOLD)
def test_what_a_person_tells_of_themselves_is_no_requirement(question: str) -> None:
    assert read_premise(question) is None


@pytest.mark.parametrize(
    ("question", "text", "stands", "stated"),
    [
        ("要登记满六个月吗", "在本省连续居住登记满6个月的,可以申请", "states", "登记满6个月"),
        ("要登记满一年吗", "在本省连续居住登记满6个月的,可以申请", "differs", "登记满6个月"),
        ("要就业满六个月吗", "在本省连续居住登记满6个月的,可以申请", "silent", ""),
        ("要登记满六个月吗", "甲类登记满6个月,乙类登记满9个月的", "open", ""),
        ("是不是要满三年", "在本省连续居住登记满6个月的,可以申请", "differs", "登记满6个月"),
    ],
)
def test_the_text_states_it_or_another_figure_or_nothing_of_it(
    question: str, text: str, stands: str, stated: str
) -> None:
    premise = read_premise(question)
    assert premise is not None
    finding = hold(premise, text, terms)
    assert finding.stands == stands
    assert finding.stated.endswith(stated)
    assert finding.stated in text
