"""A model words an answer over real HTTP: what passes is shown, and whatever it does, the rest is."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assembly import Assistant, build_service
from assistant.config import Settings
from assistant.schemas import Answer, Answered, AskRequest, Delta
from assistant.storage import open_stores
from eval.model import EVAL_DAY
from eval.wording.evaluate import settled
from eval.wording.scripted import MODEL, Script, ScriptedModel
from eval.wording.steady import with_model

QUESTION = "嘉兴租房落户要求居住登记满几个月"
RENTAL = "jx-gbo-2024-16__sec_1"
GOOD = {"text": "租房落户，居住登记要在浙江省范围内连续满半年。", "clause_ids": [RENTAL]}
BAD = {"text": "租房满三个月就可以申请落户。", "clause_ids": [RENTAL]}
LIMIT_S = 1.5
KEY = "sk-never-to-be-seen"


@pytest.fixture(scope="module")
def settings(indexed: Settings, model: ScriptedModel) -> Settings:
    limits = {"llm_first_token_s": LIMIT_S / 2, "llm_total_s": LIMIT_S}
    return with_model(indexed, model).model_copy(update=limits)


@pytest.fixture(scope="module")
def worded(settings: Settings) -> Iterator[Assistant]:
    worded = build_service(settings)
    yield worded
    worded.close()


def asked(service: Assistant, question: str = QUESTION) -> Answer:
    return service.ask(AskRequest(question=question))


def codes(answer: Answer) -> set[str]:
    return {notice.code for notice in answer.notices}


def as_extractive(answer: Answer, service: Assistant) -> bool:
    """Whether the answer is the one without a model, but for the notice."""
    plain = asked(service)
    return (answer.text, settled(answer)) == (plain.text, settled(plain))


def test_what_passes_is_shown_with_its_marker_and_the_model_is_named(
    worded: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.say(GOOD, BAD)
    answer = asked(worded)
    assert "居住登记要在浙江省范围内连续满半年[1]。" in answer.text
    assert "三个月" not in answer.text
    assert answer.citations[0].quote in answer.text
    assert answer.composer == MODEL
    assert "degraded" not in codes(answer)
    assert settled(answer) == settled(asked(service))


def test_the_pieces_of_a_worded_answer_are_its_text(
    worded: Assistant, model: ScriptedModel
) -> None:
    model.say(GOOD, BAD, {**GOOD, "text": "要持《房屋租赁登记备案证明》等材料。"})
    *events, last = worded.stream(AskRequest(question=QUESTION))
    assert isinstance(last, Answered)
    assert "".join(event.text for event in events if isinstance(event, Delta)) == last.answer.text


def test_nothing_but_bad_statements_leaves_the_extractive_answer(
    worded: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.say(BAD)
    answer = asked(worded)
    assert as_extractive(answer, service)
    assert answer.composer == "extractive"
    assert "degraded" in codes(answer)


FAILURES = {
    "silent": Script("x", before_s=2 * LIMIT_S),
    "slow_between": Script(json.dumps(GOOD), between_s=LIMIT_S),
    "not_found": Script(status=404),
    "too_many": Script(status=429),
    "broken": Script(status=500),
    "cut_off": Script(json.dumps(GOOD, ensure_ascii=False), cut_after=2),
    "unfinished": Script('{"text": "租房', finish=None),
    "out_of_length": Script('{"text": "租房', finish="length"),
    "not_json": Script("租房落户要连续登记满六个月。"),
    "not_even_http_json": Script(body="<html>"),
    "empty": Script(""),
    "nothing_in_it": Script("[]"),
    "other_language": Script(json.dumps({"text": "Six months.", "clause_ids": [RENTAL]})),
    "endless_noise": Script("啊啊啊啊啊啊啊", endless=True),
    "endless_good": Script(json.dumps(BAD), endless=True),
    "repeats_the_prompt": Script(repeats_prompt=True),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_a_model_does_the_extractive_answer_comes_in_time(
    failure: str, worded: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.play(FAILURES[failure])
    began = time.monotonic()
    answer = asked(worded)
    assert time.monotonic() - began < LIMIT_S + 5  # a busy machine has its own pauses
    assert as_extractive(answer, service)
    assert codes(answer) == {"degraded"}
    assert answer.composer == "extractive"


def test_a_model_that_is_not_there_is_no_reason_to_fail(settings: Settings) -> None:
    gone = build_service(settings.model_copy(update={"llm_base_url": "http://127.0.0.1:9/v1"}))
    answers = [asked(gone) for _ in range(2)]
    gone.close()
    assert all(codes(answer) == {"degraded"} for answer in answers)


def test_what_was_sent_before_a_model_broke_off_stays_and_the_answer_is_whole(
    worded: Assistant, model: ScriptedModel
) -> None:
    both = json.dumps(GOOD, ensure_ascii=False) + json.dumps(BAD, ensure_ascii=False)
    model.play(Script(both, cut_after=len(json.dumps(GOOD, ensure_ascii=False)) // 7 + 3))
    *events, last = worded.stream(AskRequest(question=QUESTION))
    assert isinstance(last, Answered)
    answer = last.answer
    assert "连续满半年[1]" in answer.text
    assert answer.citations[0].quote in answer.text
    assert "degraded" in codes(answer)
    assert "".join(event.text for event in events if isinstance(event, Delta)) == answer.text


def test_a_model_that_keeps_failing_is_left_alone(settings: Settings, model: ScriptedModel) -> None:
    resting = build_service(settings.model_copy(update={"llm_failures": 2}))
    model.play(Script(status=500))
    before = len(model.requests)
    answers = [asked(resting) for _ in range(5)]
    counts = resting.model_counts()["calls"]
    resting.close()
    assert len(model.requests) - before == 2
    assert all("degraded" in codes(answer) for answer in answers)
    assert counts == {"failed": 2, "resting": 3}


@pytest.mark.parametrize("question", ["我能落户吗", "你好", "杭州落户要几个工作日办好"])
def test_a_verdict_a_refusal_and_a_greeting_are_never_worded(
    question: str, worded: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.say({"text": "您可以落户。", "clause_ids": [RENTAL]})
    answer = asked(worded, question)
    assert "您可以落户" not in answer.text
    assert answer.composer == "extractive"
    assert settled(answer) == settled(asked(service, question))


def test_the_model_is_told_masked_words_and_clauses_as_data(
    worded: Assistant, model: ScriptedModel
) -> None:
    model.say(GOOD)
    answer = asked(worded, "我电话13857312345，" + QUESTION)
    told = "\n".join(message["content"] for message in model.requests[-1]["messages"])
    assert "13857312345" not in told
    assert answer.citations[0].clause_id in told
    assert "<资料>" in told


def test_the_key_is_sent_and_never_shown(
    settings: Settings, model: ScriptedModel, caplog: pytest.LogCaptureFixture
) -> None:
    keyed = Settings(
        corpus_dir=settings.corpus_dir,
        var_dir=settings.var_dir,
        today=EVAL_DAY,
        llm_base_url=model.base_url,
        llm_model=MODEL,
        llm_api_key=KEY,
    )
    service = build_service(keyed)
    model.play(Script(status=500))
    with caplog.at_level(0):
        answer = asked(service)
    service.close()
    assert model.keys[-1] == f"Bearer {KEY}"
    assert KEY not in caplog.text + answer.model_dump_json() + repr(keyed)


def test_an_address_without_a_name_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ASSISTANT_LLM_MODEL"):
        Settings(var_dir=tmp_path, llm_base_url="http://127.0.0.1:1/v1")


def test_a_replay_asks_no_model_and_comes_to_the_same(
    worded: Assistant, settings: Settings, model: ScriptedModel
) -> None:
    model.say(GOOD)
    answer = asked(worded)
    before = len(model.requests)
    stores = open_stores(settings.database_url, settings.var_dir)
    again = worded.reask(stores.audit.get(answer.answer_id))
    stores.close()
    assert len(model.requests) == before
    assert settled(again) == settled(answer)
