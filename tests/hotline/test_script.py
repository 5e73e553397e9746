"""What is said and what is copied, to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.hotline.script import (
    brief_of_answer,
    brief_of_survey,
    brief_of_verdict,
    cited_by,
)
from assistant.schemas import Amount, Notice
from tests.hotline.samples import ASK_BACK, DAY, HANDOFF, answer, citation, verdict

QUESTIONS = {"reg.months": "您办了几个月的居住登记？"}


def test_the_block_of_a_verdict_to_the_byte() -> None:
    cited = [citation(1), citation(2, "持《房屋租赁登记备案证明》等材料"), citation(3, "别的")]
    notices = [Notice(code="rule_uncertain", text="「一房一户」是否适用没有明文。")]
    brief = brief_of_verdict(verdict(), cited, notices, "嘉兴市", QUESTIONS)
    assert brief.block == (
        "话术：按您说的情况，不符合租赁落户的条件：连续居住登记不满足。"
        "如果现在的情况一直不变，最早2026年12月22日可以符合。\n"
        "结论：租赁落户：不符合，最早2026年12月22日\n"
        "依据：\n"
        "1. 嘉政办发〔2024〕16号 一、进一步放宽租赁落户（现行有效）"
        "「连续居住登记满六个月的」「持《房屋租赁登记备案证明》等材料」\n"
        "提示：一房一户是否适用没有明文。\n"
        "日期地点：2026年11月22日，嘉兴市"
    )


def test_the_block_of_an_answer_to_the_byte() -> None:
    old = citation(2, "须连续居住3年", doc_number=None, title="旧通知", status="superseded")
    assert brief_of_answer(answer(citations=[citation(), old])).block == (
        "话术：按现行规定：满六个月。\n"
        "依据：\n"
        "1. 嘉政办发〔2024〕16号 一、进一步放宽租赁落户（现行有效）「连续居住登记满六个月的」\n"
        "2. 《旧通知》 一、进一步放宽租赁落户（已被替代）「须连续居住3年」\n"
        "日期地点：2026年11月22日，嘉兴市\n"
        "编号：a-1"
    )


def test_what_is_met_is_said_with_the_papers_to_bring() -> None:
    met = verdict(outcome="eligible", earliest_date=None)
    said = brief_of_verdict(met, [], [], "嘉兴市", {}).script
    assert said == "按您说的情况，符合租赁落户的条件。办理时请带上《房屋租赁登记备案证明》。"


def test_what_is_missing_is_asked_in_the_dictionarys_words() -> None:
    open_ = verdict(outcome="undetermined", missing_facts=["reg.months"])
    assert (
        brief_of_verdict(open_, [], [], "嘉兴市", QUESTIONS).script
        == "还要问您一句：您办了几个月的居住登记？"
    )
    clarify = answer(kind="clarify", questions=[ASK_BACK], verdicts=[open_])
    assert brief_of_answer(clarify).script == "还要问您一句：您办了几个月的居住登记？"


def test_a_refusal_says_whom_to_ask() -> None:
    refused = answer(
        kind="refuse",
        text="文件里没有写办公地址。\n可以咨询……",
        citations=[],
        notices=[HANDOFF],
        reason="no_source",
    )
    brief = brief_of_answer(refused)
    assert brief.script == "文件里没有写办公地址。请咨询嘉兴市公安局，电话 0573-81292203。"
    assert "\n依据：无\n" in brief.block


def test_an_introduction_is_not_left_hanging() -> None:
    lead = "2021年这一点现有文件说法不一致，不能下结论。两种说法如下[1]：\n……"
    assert brief_of_answer(answer(text=lead)).script == (
        "2021年这一点现有文件说法不一致，不能下结论。"
    )
    assert brief_of_answer(answer(text="规定如下[1]：\n……")).script == "连续居住登记满六个月的"


def test_an_amount_is_in_the_conclusion() -> None:
    amount = Amount(value=120.0, unit="元/月", formula="每月120元")
    paid = verdict(outcome="eligible", amount=amount, earliest_date=None, materials=[])
    block = brief_of_verdict(paid, [], [], "嘉兴市", {}).block
    assert "\n结论：租赁落户：符合，120元/月\n" in block


def test_a_survey_rests_on_the_channels_that_are_met() -> None:
    met = verdict(outcome="eligible", title="人才落户", rule_id="settle.talent", materials=[])
    unmet = verdict(
        conditions=[verdict().conditions[0].model_copy(update={"marker": 2})], materials=[]
    )
    cited = [citation(1, "大专以上学历"), citation(2)]
    brief = brief_of_survey([met, unmet], cited, [], DAY, "嘉兴市")
    assert brief.script == "按您说的情况，可以走：人才落户。"
    assert "「大专以上学历」" in brief.block
    assert "「连续居住登记满六个月的」" not in brief.block


def test_a_verdict_that_points_at_nothing_keeps_all_its_citations() -> None:
    assert cited_by(verdict(conditions=[], materials=[]), [citation()]) == [citation()]


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\r", "\x00"])
def test_nothing_turns_or_breaks_what_is_said(sign: str) -> None:
    said = brief_of_answer(answer(text=f"满{sign}六个月。", citations=[])).script
    assert said == "满六个月。"


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=50), max_size=3))
def test_each_line_of_a_block_says_what_it_is(text: str, notes: list[str]) -> None:
    notices = [Notice(code="handoff", text=note) for note in notes]
    block = brief_of_answer(answer(text=text or "。", notices=notices)).block
    names = ("话术：", "结论：", "依据：", "提示：", "日期地点：", "编号：", "1. ")
    assert all(line.startswith(names) for line in block.split("\n"))
    assert not block.endswith("\n")
