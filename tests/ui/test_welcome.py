"""The first page: named and worded for the place it is for, with that corpus's examples."""

from assistant.schemas import CorpusState
from tests.ui.samples import DAY
from ui.composer import render_composer
from ui.welcome import Welcome, render_masthead, render_welcome

ELSEWHERE = Welcome("金华市", {"落户": ("租房能<b>落户吗？",)})


def test_another_city_needs_other_settings_only() -> None:
    shown = "".join(
        (
            render_masthead(ELSEWHERE.name, None),
            render_welcome(ELSEWHERE.examples),
            render_composer(ELSEWHERE.home),
        )
    )
    assert "<h1>金华政策问答</h1>" in shown
    assert "不填即金华市" in shown
    assert "嘉兴" not in shown


def test_examples_are_text_and_carry_what_they_ask() -> None:
    shown = render_welcome(ELSEWHERE.examples)
    assert 'data-act="example" data-value="租房能&lt;b&gt;落户吗？"' in shown
    assert "<b>" not in shown


def test_without_examples_nothing_is_offered() -> None:
    shown = render_welcome({})
    assert "可以这样问" not in shown
    assert "不用写姓名" in shown


def test_how_fresh_the_corpus_is_is_told_where_it_is_known() -> None:
    state = CorpusState(today=DAY, documents=1, verified_on=DAY, digest="d")
    assert "资料核对到2026年11月22日" in render_masthead("问答", state)
    assert "资料核对到" not in render_masthead(
        "问答", state.model_copy(update={"verified_on": None})
    )
