"""What is refused for want of a text names what is missing, and a clause only where it bears."""

import pytest

from tests.answering.conftest import Ask


@pytest.mark.parametrize(
    "question",
    [
        "居住证丢了去哪里补",
        "居住证有效期多久",
        "礼拜六派出所户籍窗口开不开门啊",
        "居住证办下来要几个工作日",
    ],
    ids=range(4),
)
def test_a_clause_that_does_not_bear_is_not_pointed_to(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.reason) == ("refuse", "no_source")
    assert "与此最接近的是" not in answer.text


def test_a_clause_that_bears_is(ask: Ask) -> None:
    assert "与此最接近的是" in ask("租赁落户递上去几个工作日能批").text


def test_the_telephone_that_a_text_prints_is_quoted(ask: Ask) -> None:
    answer = ask("你们公安局电话多少")
    assert answer.kind == "answer"
    assert "81292203" in answer.citations[0].quote


@pytest.mark.parametrize("question", ["退休金能涨多少", "低保一个月发多少"], ids=range(2))
def test_a_matter_beside_ours_is_not_sent_to_our_office(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.reason) == ("refuse", "out_of_scope")
    assert "公安局" not in answer.text


def test_a_sum_asked_for_is_said_to_be_missing(ask: Ask) -> None:
    answer = ask("居住证要多少钱")
    assert answer.reason == "no_source"
    assert "没有写这笔钱是多少" in answer.text or "没有写收费标准" in answer.text


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("我想进城落户，村里说要把宅基地退掉才行，是不是这样", "jx-gbo-2020-28__sec_5"),
        ("邻居讲父母投靠必须满六十岁，是真的吗", "jx-gbo-2024-16__sec_2__para_1"),
    ],
    ids=range(2),
)
def test_what_somebody_says_is_held_against_the_text(ask: Ask, question: str, clause: str) -> None:
    answer = ask(question)
    assert answer.kind == "answer"
    assert clause in {c.clause_id for c in answer.citations}
