"""Which sentences are quoted: never two validities in one quotation, amendments whole."""

import pytest

from assistant.answering.relevance import Content, Piece
from assistant.answering.spans import (
    LONGEST,
    answer_figure,
    body_span,
    quote_span,
    states_asked_figure,
)
from assistant.clauses import Corpus, EffectState

WORDS = ("租赁", "年龄", "材料", "奖励", "登记", "父母", "毕业", "养老", "申请", "医疗")


def about(*words: str) -> Content:
    return Content(tuple(Piece((word,), 1.0) for word in words))


CONTENTS = [about(word) for word in WORDS] + [about(*WORDS), Content(())]


@pytest.mark.parametrize("content", CONTENTS, ids=range(len(CONTENTS)))
def test_every_span_lies_within_its_clause(corpus: Corpus, content: Content) -> None:
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            span = quote_span(clause, notice, content)
            assert 0 <= span.start < span.end <= len(clause.text), clause.clause_id
            assert clause.text[span.start : span.end].strip()


@pytest.mark.parametrize("content", CONTENTS, ids=range(len(CONTENTS)))
def test_no_quotation_mixes_validities(corpus: Corpus, content: Content) -> None:
    seen = 0
    for notice in corpus.notices():
        for effect in notice.effects:
            if effect.quote is None or effect.state is EffectState.DOUBTFUL:
                continue
            clause = corpus.clause(effect.clause_id)
            low = clause.text.index(effect.quote)
            high = low + len(effect.quote)
            span = quote_span(clause, notice, content)
            inside = low <= span.start and span.end <= high
            outside = span.end <= low or high <= span.start
            assert inside or outside, (clause.clause_id, span, (low, high))
            seen += 1
    assert seen >= 3


def test_amendments_are_quoted_whole(corpus: Corpus) -> None:
    amended = 0
    for notice in corpus.notices():
        for clause_id in {amendment.clause_id for amendment in notice.amendments}:
            clause = corpus.clause(clause_id)
            for content in CONTENTS:
                assert quote_span(clause, notice, content) == body_span(clause)
            amended += 1
    assert amended >= 4


def test_a_long_clause_is_quoted_by_whole_sentences(corpus: Corpus) -> None:
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            has_fate = any(e.quote and e.clause_id == clause.clause_id for e in notice.effects)
            if not clause.is_leaf or has_fate:
                continue
            span = quote_span(clause, notice, about("申请", "登记"))
            before = clause.text[: span.start].rstrip()
            assert (
                not before
                or before[-1] in "。）)”、.0123456789:："
                or (span.start <= body_span(clause).start)
            ), clause.clause_id


def test_a_long_clause_is_not_quoted_beyond_measure(corpus: Corpus) -> None:
    amending = {a.clause_id for notice in corpus.notices() for a in notice.amendments}
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            sentences = clause.text.count("。")
            if clause.clause_id in amending or sentences < 3:
                continue
            span = quote_span(clause, notice, about("申请"))
            quote = clause.text[span.start : span.end]
            assert len(quote) <= LONGEST or quote.count("。") <= 1, clause.clause_id


@pytest.mark.parametrize(
    ("question", "quote", "figure"),
    [
        ("要登记满几个月", "连续居住登记满六个月的,允许本人申请落户。", "满六个月"),
        ("要多久", "连续参加职工基本养老保险满三个月", "连续参加职工基本养老保险满三个月"),
        ("每月划多少钱", "退休人员按160元/月标准划入", "160元/月标准"),
        ("每月划多少钱", "45周岁以下按80元/月、45周岁以上按120元/月划入", None),
        ("需要什么材料", "连续居住登记满六个月的", None),
        ("几岁可以投靠", "男性年满60周岁", "年满60周岁"),
    ],
    ids=["months", "duration", "amount", "two_amounts", "no_figure_asked", "age"],
)
def test_the_one_figure_asked_for(question: str, quote: str, figure: str | None) -> None:
    found = answer_figure(question, quote)
    if figure is None:
        assert found is None
    else:
        assert found is not None
        assert found in quote
        assert found in figure or figure in found


def test_a_figure_is_stated_or_not_or_not_asked() -> None:
    assert states_asked_figure("要登记几个月", "连续登记满六个月") is True
    assert states_asked_figure("要登记几个月", "允许本人申请落户") is False
    assert states_asked_figure("需要什么材料", "连续登记满六个月") is None
