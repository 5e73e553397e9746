"""The judge of replies: each check on a reply made by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.schemas import Answer
from eval.judging import Exchange, Judged, Published, judge_turn
from eval.judging.sources import without_breaks
from eval.model import Case

TEXT = "一、放宽\n租房登记满六个月\n的,可以落户。已连续居住3年及以上。"


@pytest.fixture
def reader(tmp_path: Path) -> Published:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text(TEXT, encoding="utf-8")
    return Published(tmp_path)


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


def judged(reader: Published, reply: Answer, **expect: Any) -> Judged:
    return judge_turn(Exchange(case(**expect).turns[0], reply, reader))


def test_a_right_reply_passes(reader: Published) -> None:
    found = judged(
        reader, answer(), kind="answer", clauses=["jx-gbo-2024-16__sec_1"], phrases=["满六个月的"]
    )
    assert found.problems == ()
    assert found.scores["quote_fidelity"] == (1, 1)


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
def test_what_is_wrong_is_said(expect: dict[str, Any], problem: str, reader: Published) -> None:
    assert any(problem in text for text in judged(reader, answer(), **expect).problems)


def test_a_unit_within_the_gold_clause_counts(reader: Published) -> None:
    scores = judged(reader, answer(), clauses=["jx-gbo-2024-16"]).scores
    assert (scores["clause_accuracy"], scores["citation_precision"]) == ((1, 1), (1, 1))


def test_an_altered_quote_is_found(reader: Published) -> None:
    reply = answer(citations=[citation() | {"quote": "租房登记满三个月的,可以落户。"}])
    assert judged(reader, reply).scores["quote_fidelity"] == (0, 1)


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        pytest.param("登记满六个月的", True, id="breaks_left_out"),
        pytest.param("登记满六个月\n的", True, id="as_it_stands"),
        pytest.param("登记 满六个月的", False, id="space_put_in"),
        pytest.param("登记满6个月的", False, id="character_changed"),
        pytest.param("登记满六个月", False, id="cut_short"),
    ],
)
def test_only_white_space_may_be_left_out_of_a_quote(quote: str, right: bool) -> None:
    assert without_breaks("登记满六个月\n的", quote) is right


def test_a_file_outside_the_corpus_is_no_source(reader: Published, tmp_path: Path) -> None:
    (tmp_path.parent / "b.txt").write_text("甲", encoding="utf-8")
    assert reader.text("../b.txt") == ""


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
    changes: dict[str, Any], codes: list[str], right: bool, reader: Published
) -> None:
    notices = [{"code": code, "text": "提示"} for code in codes]
    reply = answer(citations=[citation(**changes)], notices=notices)
    wrong = judged(reader, reply, notices=codes).scores["wrong_version_rate"]
    assert wrong == (not right, 1)


@pytest.mark.parametrize(
    ("day", "right"),
    [
        pytest.param(date(2024, 7, 31), True, id="last_day_of_the_old_rule"),
        pytest.param(date(2024, 8, 1), False, id="first_day_of_the_new_rule"),
    ],
)
def test_a_superseded_sentence_is_known_by_its_words(
    day: date, right: bool, reader: Published
) -> None:
    quoted = citation("已连续居住3年及以上。", document_id="jx-gbo-2020-28")
    found = judged(reader, answer(citations=[quoted], as_of=day))
    assert found.scores["wrong_version_rate"] == (not right, 1)


def test_a_draft_nobody_asked_for_is_stray(reader: Published) -> None:
    quoted = citation(document_id="jh-gbo-2023-hukou-draft", status="draft")
    notices = [{"code": code, "text": "提示"} for code in ("draft", "other_jurisdiction")]
    reply = answer(citations=[quoted], notices=notices)
    assert judged(reader, reply).scores["stray_rate"] == (1, 1)
    assert "stray_rate" not in judged(reader, reply, notices=["draft"]).scores
