"""Which text answers: the document a question names, both of two compared, and none that lies beside."""

import pytest

from tests.answering.conftest import Ask


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        (
            "2020年的那个28号文件是不是作废了",
            {"jx-gbo-2020-28__closing", "jx-gbo-2024-16__closing"},
        ),
        ("16号文件从什么时候开始施行", {"jx-gbo-2024-16__closing"}),
        ("那两个16号有什么区别", {"jx-gbo-2024-16__chapeau", "jx-gov-2024-16__para_2"}),
        (
            "父母投靠子女，20年和24年的通知分别要多大年纪",
            {"jx-gbo-2020-28__sec_3__para_1", "jx-gbo-2024-16__sec_2__para_1"},
        ),
        ("重大决策有哪几个环节要走", {"jx-gbo-2024-13__sec_1"}),
        ("老房东的户口赖着不走，能叫他迁走吗", {"jx-gbo-2020-28__sec_4__para_3"}),
        ("我单位不参加，我自己能参加企业补充医疗吗", {"jx-gbo-2024-18__sec_2"}),
        ("企业补充医疗什么时候可以申请退出", {"jx-gbo-2024-18__sec_2"}),
        ("中专毕业15年的限制还有吗", {"jx-gbo-2024-16__sec_3__para_1"}),
        ("在哪个地方申请落户，租的房子那边吗", {"jx-gbo-2024-16__sec_1"}),
        ("火灾隐患名单没有就算了，第二十三批的单位整改完了没有", {"jx-gbo-2024-15__para_3"}),
    ],
)
def test_the_text_that_is_meant_is_quoted(ask: Ask, question: str, clauses: set[str]) -> None:
    answer = ask(question)
    assert answer.kind == "answer"
    assert clauses <= {citation.clause_id for citation in answer.citations}


def test_a_figure_said_of_another_city_is_traced_to_that_citys_text(ask: Ask) -> None:
    answer = ask("金华说养老保险交满六个月才行，嘉兴是不是也要六个月")
    assert {citation.document_id for citation in answer.citations} == {
        "jx-gbo-2024-16",
        "jh-gbo-2023-hukou-draft",
    }


@pytest.mark.parametrize(
    "question",
    [
        "嘉政办发〔2023〕59号里参加展会的补助是多少",
        "城乡居民医保今年个人要交多少钱",
        "养老保险转过来，转移单寄到哪里，几天能到账",
        "市长分管什么",
        "集体户每年收不收管理费",
    ],
)
def test_what_no_text_states_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.reason) == ("refuse", "no_source")


@pytest.mark.parametrize("question", ["落户", "想咨询人才落户", "想办租赁落户"])
def test_a_way_that_is_only_named_is_asked_about(ask: Ask, question: str) -> None:
    assert ask(question).kind == "clarify"
