"""The judge of replies: each check on a reply made by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.schemas import Answer
from eval.model import Case
from eval.policy.judge import Judgement, SourceReader, failed, judge

TEXT = "一、放宽\n租房登记满六个月\n的,可以落户。已连续居住3年及以上。"


@pytest.fixture
def reader(tmp_path: Path) -> SourceReader:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text(TEXT, encoding="utf-8")
    return SourceReader(tmp_path)


def citation(quote: str = "租房登记满六个月的,可以落户。", **changes: Any) -> dict[str, Any]:
    start = TEXT.index(quote[:4])
    return {
        "marker": 1,
        "clause_id": "jx-gbo-2024-16__sec_1",
        "document_id": "jx-gbo-2024-16",
        "title": "通知",
        "doc_number": None,
        "label": "一",
        "quote": quote,
        "status": "in_force",
        "effective_from": None,
        "effective_to": None,
        "verified_on": None,
        "source": {"file": "sources/a.txt", "start": start, "end": TEXT.index("。", start) + 1},
    } | changes


def answer(**changes: Any) -> Answer:
    plain = {
        "answer_id": "a",
        "conversation_id": "c",
        "kind": "answer",
        "text": "可以 [1]",
        "citations": [citation()],
        "as_of": date(2025, 1, 1),
        "jurisdiction": "嘉兴市",
    }
    return Answer.model_validate(plain | changes)


def case(**expect: Any) -> Case:
    turn = {"question": "租房落户", "expect": expect}
    raw = {"id": "x", "turns": [turn], "tags": ["settlement"], "why": "依据原文", "split": "dev"}
    return Case.model_validate(raw)


def judged(reader: SourceReader, reply: Answer, **expect: Any) -> Judgement:
    expected = case(**expect)
    return judge(expected, expected.turns[0], reply, reader)


def test_a_right_reply_passes(reader: SourceReader) -> None:
    found = judged(
        reader, answer(), kind="answer", clauses=["jx-gbo-2024-16__sec_1"], phrases=["满六个月的"]
    )
    assert found.passed
    assert (found.faithful, found.quotes) == (1, 1)


@pytest.mark.parametrize(
    ("expect", "problem"),
    [
        pytest.param({"kind": "refuse"}, "应为 refuse", id="kind"),
        pytest.param({"kind": "refuse", "reason": "no_source"}, "拒答理由", id="reason"),
        pytest.param({"clauses": ["jx-gbo-2024-16__sec_2"]}, "没有引用", id="clause"),
        pytest.param({"phrases": ["满一年"]}, "引文中没有「满一年」", id="phrase"),
        pytest.param({"notices": ["handoff"]}, "缺少提示 handoff", id="notice"),
    ],
)
def test_what_is_wrong_is_said(expect: dict[str, Any], problem: str, reader: SourceReader) -> None:
    assert any(problem in text for text in judged(reader, answer(), **expect).problems)


def test_a_unit_within_the_gold_clause_counts(reader: SourceReader) -> None:
    assert judged(reader, answer(), clauses=["jx-gbo-2024-16"]).clause


def test_an_altered_quote_is_found(reader: SourceReader) -> None:
    reply = answer(citations=[citation() | {"quote": "租房登记满三个月的,可以落户。"}])
    assert judged(reader, reply).faithful == 0


@pytest.mark.parametrize(
    ("changes", "codes", "right"),
    [
        pytest.param({"status": "draft"}, [], False, id="draft_unsaid"),
        pytest.param({"status": "draft"}, ["draft"], True, id="draft_said"),
        pytest.param({"document_id": "zj-psd-2023-hukou-draft"}, [], False, id="draft_as_law"),
        pytest.param({"document_id": "jx-gbo-2014-permit-pilot"}, [], False, id="lapsed_as_law"),
        pytest.param({"status": "expired"}, ["expired"], True, id="lapsed_said"),
    ],
)
def test_a_version_out_of_force_must_be_said(
    changes: dict[str, Any], codes: list[str], right: bool, reader: SourceReader
) -> None:
    notices = [{"code": code, "text": "提示"} for code in codes]
    reply = answer(citations=[citation(**changes)], notices=notices)
    assert judged(reader, reply, notices=codes).version is right


@pytest.mark.parametrize(
    ("day", "right"),
    [
        pytest.param(date(2024, 7, 31), True, id="last_day_of_the_old_rule"),
        pytest.param(date(2024, 8, 1), False, id="first_day_of_the_new_rule"),
    ],
)
def test_a_superseded_sentence_is_known_by_its_words(
    day: date, right: bool, reader: SourceReader
) -> None:
    quoted = citation("已连续居住3年及以上。", document_id="jx-gbo-2020-28")
    assert judged(reader, answer(citations=[quoted], as_of=day)).version is right


def test_a_draft_nobody_asked_for_is_stray(reader: SourceReader) -> None:
    quoted = citation(document_id="jh-gbo-2023-hukou-draft", status="draft")
    notices = [{"code": code, "text": "提示"} for code in ("draft", "other_jurisdiction")]
    reply = answer(citations=[quoted], notices=notices)
    assert judged(reader, reply).stray
    assert not judged(reader, reply, notices=["draft"]).stray


def test_no_reply_fails_every_check_that_applies() -> None:
    expected = case(kind="answer", clauses=["a"])
    found = failed(expected, expected.turns[0], "超时")
    assert (found.kind, found.clause, found.phrases) == (False, False, None)
