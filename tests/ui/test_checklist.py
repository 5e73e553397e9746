"""Verdicts as checklists: words beside every colour, a marker on every condition."""

import pytest

from assistant.schemas import Condition, Material
from tests.ui.samples import answer, verdict
from ui.checklist import render_verdicts
from ui.wording import CONDITION_NAMES, OUTCOME_NAMES, PAPER_NAMES


def shown(*verdicts: object) -> str:
    return render_verdicts(answer(kind="verdict", verdicts=list(verdicts)), 1, {})


@pytest.mark.parametrize("outcome", OUTCOME_NAMES)
def test_every_outcome_is_said_in_words(outcome: str) -> None:
    assert f">{OUTCOME_NAMES[outcome]}</span> 租赁落户" in shown(verdict(outcome=outcome))  # type: ignore[index]


@pytest.mark.parametrize("status", CONDITION_NAMES)
def test_every_condition_is_said_in_words_and_leads_to_its_card(status: str) -> None:
    condition = verdict().conditions[0].model_copy(update={"status": status})
    page = shown(verdict(conditions=[condition]))
    assert f">{CONDITION_NAMES[status]}</span>" in page
    assert 'href="#turn-1-1"' in page
    assert "要求：满6个月" in page
    assert "自2026年6月22日起" in page


@pytest.mark.parametrize("status", PAPER_NAMES)
def test_every_paper_is_said_to_be_there_or_not(status: str) -> None:
    paper = Material.model_validate({"name": "证明", "status": status, "marker": 1})
    assert f">{PAPER_NAMES[status]}</span>" in shown(verdict(materials=[paper]))


def test_a_plain_yes_is_not_measured_against_a_yes() -> None:
    plain = Condition(id="h", label="租房", status="met", required="是", actual="是", marker=1)
    assert "要求：" not in shown(verdict(conditions=[plain]))


def test_the_first_day_the_amount_and_the_premise_are_shown() -> None:
    page = shown(verdict())
    assert "<strong>2026年12月22日</strong>" in page
    assert "<strong>1,200元/年</strong>" in page
    assert "算法：100元×12" in page
    assert "居住登记没有中断过" in page


def test_a_day_that_has_come_is_no_day_to_wait_for() -> None:
    assert "最早" not in shown(verdict(earliest_date=verdict().as_of))


def test_an_amount_without_its_base_is_told_as_a_formula() -> None:
    amount = {"value": None, "unit": "元/月", "formula": "基数×1%"}
    page = shown(verdict(amount=amount))
    assert "基数没有收录" in page
    assert "基数×1%" in page


@pytest.mark.parametrize(
    ("covers", "words"),
    [(["配偶", "子女"], "配偶、子女"), ([], "只能本人办理")],
    ids=["family", "alone"],
)
def test_who_may_move_along_is_told(covers: list[str], words: str) -> None:
    assert words in shown(verdict(outcome="eligible", covers=covers))


def test_what_is_no_move_says_nothing_of_family() -> None:
    assert "可以一起迁" not in shown(verdict(outcome="eligible", covers=None))


def test_the_other_channels_stand_behind_one_line_each() -> None:
    page = shown(verdict(), verdict(rule_id="settle.talent", title="人才落户", outcome="eligible"))
    assert "其他途径（1 条）" in page
    assert page.index("租赁落户") < page.index("<details") < page.index("人才落户")
