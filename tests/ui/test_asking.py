"""Questions as choices and small inputs; facts that can be mended."""

from assistant.schemas import KnownFact
from tests.ui.samples import BORN, DAY, EDU, FACTS, FAMILY, MONTHS, PAID, RENTED, answer, asks
from ui.asking import render_facts, render_questions


def test_one_question_is_asked_at_a_time_and_the_rest_are_announced() -> None:
    page = render_questions([asks(RENTED), asks(MONTHS), asks(BORN)], FACTS, 1)
    assert RENTED.text in page
    assert MONTHS.text not in page
    assert "后面可能还要问 2 项" in page


def test_not_knowing_is_always_offered_once() -> None:
    for fact in (RENTED, MONTHS, EDU, BORN, PAID, FAMILY):
        page = render_questions([asks(fact)], FACTS, 1)
        assert page.count('data-value="不清楚"') == 1
        assert 'type="button"' in page


def test_inputs_suit_what_they_take_and_show_the_unit() -> None:
    assert 'inputmode="numeric"' in render_questions([asks(MONTHS)], FACTS, 1)
    assert '<span class="unit">个月</span>' in render_questions([asks(MONTHS)], FACTS, 1)
    assert 'type="date"' in render_questions([asks(BORN)], FACTS, 1)
    assert '<span class="unit">元</span>' in render_questions([asks(PAID)], FACTS, 1)
    assert '<span class="unit">元</span>' in render_questions([asks(PAID)], {}, 1)


def test_facts_stand_folded_in_the_person_s_own_words() -> None:
    known = {
        RENTED.name: KnownFact(value=True, said="在嘉兴租了房", on=DAY),
        MONTHS.name: KnownFact(value=5, said="5个月", on=DAY),
        EDU.name: KnownFact(value=None, said="不清楚", on=DAY),
        BORN.name: KnownFact(value="1990-02-03", said=None, on=DAY),
        FAMILY.name: KnownFact(value=[{"relation": "配偶", "minor": False}], said=None, on=DAY),
    }
    page = render_facts(answer(facts=known), FACTS, 1, live=True)
    assert page.startswith('<details class="fold facts"><summary>我了解到的情况（5 项）')
    assert "您说：「在嘉兴租了房」" in page
    assert page.count("您说") == 1
    assert "<strong>5个月</strong>" in page
    assert "<strong>1990年2月3日</strong>" in page
    assert "<strong>配偶</strong>" in page
    assert page.count('data-act="forget"') == 5
    assert 'value="1990-02-03"' in page


def test_an_overtaken_answer_shows_its_facts_without_controls() -> None:
    known = {MONTHS.name: KnownFact(value=5, said=None, on=DAY)}
    page = render_facts(answer(facts=known), FACTS, 1, live=False)
    assert "5个月" in page
    assert "data-act" not in page


def test_a_fact_that_no_rule_reads_is_told_in_the_person_s_words_and_can_be_removed() -> None:
    known = {"rent.months": KnownFact(value=6, said="半年", on=DAY)}
    page = render_facts(answer(facts=known), FACTS, 1, live=True)
    assert "您提到的</span>：<strong>半年</strong>" in page
    assert 'data-act="forget"' in page
    assert "修改</summary>" not in page
