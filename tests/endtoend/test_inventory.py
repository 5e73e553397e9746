"""The inventory's typical questions (section 8) and its dialogues (T40, T41, T43), over HTTP."""

from datetime import date

import pytest

from assistant.schemas import Answer, Citation, Verdict
from tests.endtoend.conftest import Talk

NOTICE_2024 = "jx-gbo-2024-16"


def verdict(answer: Answer, rule_id: str) -> Verdict:
    return next(v for v in answer.verdicts if v.rule_id == rule_id)


def cited(answer: Answer, quote: str) -> Citation:
    return next(c for c in answer.citations if quote in c.quote)


def codes(answer: Answer) -> set[str]:
    return {notice.code for notice in answer.notices}


def test_rent_for_half_a_year_asks_for_the_housing_and_the_registration(talk: Talk) -> None:
    (answer,) = talk("租房半年能落户吗")
    assert answer.kind == "clarify"
    decided = verdict(answer, "settle.rental")
    assert decided.outcome == "undetermined"
    assert {"rent.is_urban_commodity_housing", "reg.months"} <= {q.fact for q in answer.questions}
    assert len(decided.missing_facts) == 2
    assert {m.status for m in decided.materials} == {"unknown"}
    assert cited(answer, "连续居住登记满六个月").status == "in_force"


def test_the_account_at_46_is_120_a_month_in_both_schemes(talk: Talk) -> None:
    (answer,) = talk("46岁在职个人账户每月划入多少")
    assert answer.kind == "verdict"
    for rule_id in ("medical.public.account", "medical.enterprise.account"):
        decided = verdict(answer, rule_id)
        assert decided.outcome == "eligible"
        assert decided.amount is not None
        assert (decided.amount.value, decided.amount.unit) == (120, "元/月")
        assert decided.premises
    assert "120" in answer.text


def test_rent_in_2023_is_uncertain(talk: Talk) -> None:
    (answer,) = talk("2023 年租房 1 年能落户吗")
    assert answer.as_of.year == 2023
    assert verdict(answer, "settle.rental").outcome == "rule_uncertain"
    assert "3年及以上" in "".join(c.quote for c in answer.citations)


def test_a_father_of_58_may_join_an_adult_child_with_a_home_at_any_age(talk: Talk) -> None:
    first, *_, last = talk("父亲 58 岁能投靠我吗", "我35岁", "有，城镇的房子是我的")
    assert {v.rule_id for v in first.verdicts} == {"settle.join_child"}
    assert first.kind == "clarify"
    assert not {"age", "relation"} & {q.fact for q in first.questions}
    assert verdict(last, "settle.join_child").outcome == "eligible"


def test_shanghais_pension_counts_only_as_far_as_the_sources_say(talk: Talk) -> None:
    asked = "在上海交了两年社保，来嘉兴一个月能落户吗"
    (first,) = talk(asked)
    assert first.kind == "clarify"
    assert "pension.transferred" in {q.fact for q in first.questions}
    (moved,) = talk(f"我有稳定工作，转移接续办好了，{asked}")
    assert verdict(moved, "settle.employment").outcome == "rule_uncertain"
    (stayed,) = talk(f"我有稳定工作，没有转移接续，{asked}")
    decided = verdict(stayed, "settle.employment")
    assert decided.outcome == "ineligible"
    assert decided.earliest_date is not None


def test_a_permit_of_hangzhou_does_not_settle_here_but_can_be_exchanged(talk: Talk) -> None:
    (answer,) = talk("杭州办的居住证能直接在嘉兴落户吗")
    assert answer.kind == "verdict"
    assert verdict(answer, "settle.permit").outcome == "ineligible"
    assert "互认转换" in answer.text


def test_an_owner_need_not_have_lived_there_for_any_time(talk: Talk) -> None:
    (answer,) = talk("买了房要住满多久才能落户")
    quotes = [c for c in answer.citations if c.document_id.startswith("jx-gbo-2020-28")]
    assert any(c.status == "in_force" for c in quotes), answer.text
    assert "满六个月" not in answer.text


def test_giving_up_the_homestead_is_no_condition(talk: Talk) -> None:
    (answer,) = talk("落户要不要退宅基地")
    assert answer.kind == "answer"
    assert "不得" in cited(answer, "条件").quote


def test_a_countys_enterprise_is_outside_the_enterprise_method(talk: Talk) -> None:
    (answer,) = talk("县里的企业有没有企业补充医疗")
    assert answer.kind in ("answer", "verdict")
    assert {v.outcome for v in answer.verdicts} <= {"not_applicable"}
    assert any("市本级" in c.quote or "参照" in c.quote for c in answer.citations)


def test_the_first_million_of_trade_earns_no_more_reward(talk: Talk) -> None:
    (answer,) = talk("跨境电商首次做到 100 万美元还有 5 万奖励吗")
    assert answer.kind == "answer"
    assert "amended" in codes(answer)
    assert any("删去" in c.quote for c in answer.citations)


def test_t40_the_reward_is_told_as_deleted(talk: Talk) -> None:
    (answer,) = talk("跨境电商首次100万美元，有奖励吗", as_of=date(2024, 7, 1))
    assert "amended" in codes(answer)
    assert any("删去" in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "金华参保满六个月就能落户，嘉兴也是参保满六个月吗",
        "听说金华要参保六个月，嘉兴就业落户也要六个月吗",
        "按金华的规定参保满六个月，我在嘉兴也要满六个月才行？",
    ],
)
def test_t41_three_months_here_and_six_are_the_draft_of_jinhua(talk: Talk, question: str) -> None:
    (answer,) = talk(question, as_of=date(2025, 1, 1))
    assert answer.kind == "answer"
    own = cited(answer, "达三个月")
    assert (own.document_id, own.status) == (NOTICE_2024, "in_force")
    assert {"draft", "other_jurisdiction"} <= codes(answer)
    assert "金华" in answer.text
    assert "征求意见稿" in answer.text


def test_t41_goes_on_from_a_question_about_jinhua(talk: Talk) -> None:
    first, second = talk("金华的征求意见稿里就业落户要参保多久", "那嘉兴呢", as_of=date(2025, 1, 1))
    assert "draft" in codes(first)
    assert cited(second, "达三个月").status == "in_force"


@pytest.mark.parametrize(
    "question",
    ["要就业满 6 个月才能办居住证吗", "办居住证是不是要先工作满六个月"],
)
def test_t43_no_six_months_of_work_for_a_permit(talk: Talk, question: str) -> None:
    (answer,) = talk(question, as_of=date(2025, 1, 1))
    assert "eligible" not in {v.outcome for v in answer.verdicts}
    in_force = [c for c in answer.citations if c.status == "in_force"]
    assert any(c.clause_id == f"{NOTICE_2024}__sec_6__para_2" for c in in_force), answer.text
    assert "没有找到您说的" in answer.text.split("。")[0]
    assert "expired" in codes(answer)
