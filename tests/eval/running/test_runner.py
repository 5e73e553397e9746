"""Running cases: conversations, failures, order, interruption, and what is kept of each."""

import json
from pathlib import Path

import pytest

from assistant.errors import IndexUnavailableError
from assistant.schemas import Answer, AskRequest, ScoredCitation
from eval.model import Case, Turn
from eval.running.doors import ServiceGoneError
from eval.running.results import (
    ItemResult,
    Provenance,
    ResultsError,
    RunResult,
    read_results,
    write_results,
)
from eval.running.runner import InterruptedRunError, run, same_facts
from tests.eval.builders import answer, case
from tests.eval.running.doubles import Scripted, located

CORPUS = Path("corpus")


def ran(
    script: Scripted, *cases: Case, set_name: str = "dialogues", workers: int = 1
) -> list[ItemResult]:
    found = [located(each, set_name) for each in cases]
    return run(found, script, CORPUS, workers=workers, done=lambda _: None)


def test_turns_of_a_case_share_a_conversation() -> None:
    script = Scripted(lambda _: answer("chat"))
    ran(script, case({"kind": "chat"}, {"kind": "chat"}, {"kind": "chat"}))
    assert [request.conversation_id for request in script.asked] == [None, "c-1", "c-1"]


def test_a_question_by_itself_starts_no_conversation() -> None:
    script = Scripted(lambda _: answer("chat"))
    ran(script, case({"kind": "chat"}), case({"kind": "chat"}, case_id="x-2"))
    assert [request.conversation_id for request in script.asked] == [None, None]


@pytest.mark.parametrize(
    "error", [IndexUnavailableError("索引不可用"), ZeroDivisionError("division by zero")]
)
def test_after_an_error_the_rest_of_the_conversation_has_failed(error: Exception) -> None:
    def ask(_: AskRequest) -> Answer:
        raise error

    script = Scripted(ask)
    (item,) = ran(script, case({"kind": "chat"}, {"kind": "chat"}))
    assert [turn.passed for turn in item.turns] == [False, False]
    assert all("没有得到答复" in turn.problems[0] for turn in item.turns)
    assert len(script.asked) == 1


@pytest.mark.parametrize("workers", [1, 4])
def test_outcomes_stand_in_the_order_of_the_cases(workers: int) -> None:
    script = Scripted(lambda _: answer("chat"))
    cases = [case({"kind": "chat"}, case_id=f"x-{number}") for number in range(20)]
    assert [i.id for i in ran(script, *cases, workers=workers)] == [c.id for c in cases]


def test_a_service_that_is_lost_ends_the_run() -> None:
    def ask(_: AskRequest) -> Answer:
        raise ServiceGoneError("中途没有应答")

    with pytest.raises(ServiceGoneError, match="中途没有应答"):
        ran(Scripted(ask), case({"kind": "chat"}))


def test_what_was_done_before_an_interruption_is_kept() -> None:
    def ask(request: AskRequest) -> Answer:
        if request.question == "第1问" and len(script.asked) > 2:
            raise KeyboardInterrupt
        return answer("chat")

    script = Scripted(ask)
    cases = [case({"kind": "chat"}, case_id=f"x-{number}") for number in range(5)]
    with pytest.raises(InterruptedRunError, match="5 题里做完了 2 题") as caught:
        ran(script, *cases)
    assert [item.id for item in caught.value.items] == ["x-0", "x-1"]


def hit(clause_id: str) -> ScoredCitation:
    return ScoredCitation.model_validate(
        {
            "marker": 1,
            "clause_id": clause_id,
            "document_id": "d",
            "title": "通知",
            "doc_number": None,
            "label": "一",
            "quote": "甲",
            "status": "in_force",
            "effective_from": None,
            "effective_to": None,
            "verified_on": None,
            "source": {"file": "a", "start": 0, "end": 1},
            "score": 1,
        }
    )


@pytest.mark.parametrize(("place", "passed"), [(4, True), (5, False)])
def test_questions_for_retrieval_are_not_asked_but_ranked(place: int, passed: bool) -> None:
    def hits(_: Turn) -> list[ScoredCitation]:
        return [hit("gold__para_1" if number == place else f"n-{number}") for number in range(10)]

    script = Scripted(lambda _: answer("chat"), hits)
    (item,) = ran(script, case({"clauses": ["gold"]}), set_name="retrieval")
    assert (item.passed, script.asked) == (passed, [])
    assert [found.gold for found in item.turns[0].retrieval].index(True) == place


def test_a_failure_keeps_what_retrieval_found() -> None:
    script = Scripted(lambda _: answer("chat"), lambda _: [hit("a")])
    (wrong,) = ran(script, case({"kind": "answer"}))
    (right,) = ran(script, case({"kind": "chat"}))
    assert [found.clause_id for found in wrong.turns[0].retrieval] == ["a"]
    assert right.turns[0].retrieval == ()


def result_of(item: ItemResult, *, shown: bool = False) -> RunResult:
    return RunResult(provenance=Provenance(), items=(item,), held_out_shown=shown)


@pytest.mark.parametrize(
    ("split", "shown", "question"),
    [("dev", False, "第1问"), ("test", False, None), ("test", True, "第1问")],
)
def test_wording_that_is_held_out_is_written_only_when_asked_for(
    split: str, shown: bool, question: str | None, tmp_path: Path
) -> None:
    (item,) = ran(Scripted(lambda _: answer("refuse")), case({"kind": "chat"}, split=split))
    write_results(tmp_path / "results.json", result_of(item, shown=shown))
    (read,) = read_results(tmp_path).items
    assert read.turns[0].question == question
    assert (read.turns[0].answer is None) == (question is None)
    assert (read.passed, read.turns[0].scores) == (item.passed, item.turns[0].scores)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(None, "没有结果文件", id="absent"),
        pytest.param("{", "读不懂", id="no_json"),
        pytest.param(json.dumps({"format": 99}), "格式是 99", id="another_format"),
        pytest.param(json.dumps({"format": 1}), "不是一次评测的结果", id="another_thing"),
        pytest.param("[]", "不是一次评测的结果", id="a_list"),
    ],
)
def test_a_file_that_holds_no_run_is_refused(
    text: str | None, message: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / "results.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResultsError, match=message):
        read_results(tmp_path)


def test_a_duration_shares_its_name_with_its_first_day() -> None:
    assert same_facts(CORPUS)["reg.months"] == "reg.start"
