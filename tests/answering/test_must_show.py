"""The questions that every release must answer exactly so."""

import re
from datetime import date

from assistant.schemas import Answer
from eval.judging import Published
from eval.model import squeeze
from tests.answering.conftest import Ask

RENT = "嘉兴租房落户要求居住登记满几个月"
ASSERTION = "按"  # how a first line begins that states a figure as the rule


def codes(answer: Answer) -> set[str]:
    return {notice.code for notice in answer.notices}


def documents(answer: Answer) -> set[str]:
    return {citation.document_id for citation in answer.citations}


def test_renting_is_answered_from_the_notice_in_force(ask: Ask, published: Published) -> None:
    answer = ask(RENT)
    assert answer.kind == "answer"
    citation = next(c for c in answer.citations if c.doc_number == "嘉政办发〔2024〕16号")
    assert "满六个月" in citation.quote
    assert citation.status == "in_force"
    assert (citation.effective_from, citation.effective_to) == (date(2024, 8, 1), None)
    assert citation.verified_on == date(2024, 7, 25)
    assert squeeze(published.at(citation)) == squeeze(citation.quote)
    assert citation.label == "一、进一步放宽租赁落户"
    assert "满六个月[1]" in answer.text.split("\n")[0]
    assert answer.notices == []


def test_renting_in_2021_quotes_both_and_asserts_neither(ask: Ask) -> None:
    answer = ask(RENT, date(2021, 5, 1))
    assert answer.kind == "answer"
    assert answer.as_of == date(2021, 5, 1)
    quotes = {(c.document_id, c.quote) for c in answer.citations}
    assert any(d == "jx-gbo-2020-28" and "连续居住3年及以上" in q for d, q in quotes)
    assert any(d == "jx-psb-2024-hukou-interpretation" and "原来的1年" in q for d, q in quotes)
    assert {"conflict", "interpretation"} <= codes(answer)
    first = answer.text.split("\n")[0]
    assert not first.startswith(ASSERTION)
    assert "不能下结论" in first
    assert not re.search("3年|(?<!202)1年|六个月", first)
    for citation in answer.citations:
        if citation.document_id == "jx-gbo-2024-16":
            assert citation.status == "not_yet_in_force"


def test_the_cross_border_reward_is_told_as_deleted(ask: Ask) -> None:
    answer = ask("跨境电商年进出口首次达到100万美元奖励多少")
    assert answer.kind == "answer"
    assert [c.status for c in answer.citations] == ["amended"]
    citation = answer.citations[0]
    assert citation.doc_number == "嘉政办发〔2024〕20号"
    assert citation.quote.rstrip("。；").endswith("删去")
    assert codes(answer) == {"amended"}
    first = answer.text.split("\n")[0]
    assert "删去" in first
    assert "5万" not in first
    assert "嘉政办发〔2023〕59号" in answer.text
    assert "2024年6月13日" in answer.text


def test_permit_to_hukou_is_answered_with_no_draft_beneath(ask: Ask) -> None:
    answer = ask("居住证转户籍要登记多久")
    assert answer.kind == "answer"
    assert [c.clause_id for c in answer.citations] == ["jx-gbo-2024-16__sec_5"]
    assert answer.citations[0].status == "in_force"
    assert answer.citations[0].label.startswith("五、")
    assert answer.notices == []
    assert "征求意见稿" not in answer.text


def test_two_documents_of_one_figure_answer_apart(ask: Ask) -> None:
    leaders, hukou = ask("嘉政发〔2024〕16号讲什么"), ask("嘉政办发〔2024〕16号讲什么")
    assert documents(leaders) == {"jx-gov-2024-16"}
    assert documents(hukou) == {"jx-gbo-2024-16"}
    assert {c.doc_number for c in leaders.citations} == {"嘉政发〔2024〕16号"}
    assert {c.doc_number for c in hukou.citations} == {"嘉政办发〔2024〕16号"}
    assert (leaders.kind, hukou.kind) == ("answer", "answer")


def test_jinhua_is_answered_from_its_draft_labelled_twice(ask: Ask) -> None:
    answer = ask("金华居住证转户籍要登记多久")
    assert answer.kind == "answer"
    assert documents(answer) == {"jh-gbo-2023-hukou-draft"}
    assert {c.status for c in answer.citations} == {"draft"}
    assert "连续居住登记满一年" in answer.citations[0].quote
    assert {"draft", "other_jurisdiction"} <= codes(answer)
    first = answer.text.split("\n")[0]
    assert "征求意见稿" in first
    assert "没有施行" in first
    assert answer.jurisdiction == "金华市"


def test_near_misses_are_refused_with_a_telephone_of_the_corpus(ask: Ask) -> None:
    for question in (
        "租赁落户要几个工作日办好",
        "嘉兴市公安局户籍窗口地址在哪里",
        "落户办一次要交多少手续费",
        "嘉政办发〔2024〕19号附件里废止的13件文件是哪些",
    ):
        answer = ask(question)
        assert (answer.kind, answer.reason) == ("refuse", "no_source"), question
        assert "0573" in answer.text, question
        assert "handoff" in codes(answer)
        assert answer.citations == []


def test_what_changed_is_told_beside_the_answer_of_the_day(ask: Ask) -> None:
    then = ask("父母投靠子女落户有年龄要求吗", date(2023, 5, 1))
    now = ask("父母投靠子女落户现在还有年龄要求吗")
    assert "jx-gbo-2020-28" in documents(then)
    assert then.citations[0].status == "in_force"
    assert "取消对父母的年龄限制" in now.citations[0].quote
    assert now.citations[0].document_id == "jx-gbo-2024-16"
