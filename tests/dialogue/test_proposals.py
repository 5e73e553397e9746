"""What a model thinks a person meant is a question to them, and counts only after 是."""

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.assembly import Assistant, build_service
from assistant.config import Settings
from assistant.dialogue.proposing import NOT_MEANT, YES_MEANT
from assistant.schemas import PROPOSAL, Answer, AskRequest
from assistant.storage import open_stores
from eval.wording.evaluate import settled
from eval.wording.scripted import Script, ScriptedModel
from eval.wording.steady import with_model

FACT = "rent.is_urban_commodity_housing"
TOLD = "我租的是带电梯的大平层，居住登记连续满七个月了，能租赁落户吗"
READ = {"fact": FACT, "value": True, "words": "带电梯的大平层"}
ODD = "办居住证要交多少钱"


@pytest.fixture(scope="module")
def settings(indexed: Settings, model: ScriptedModel) -> Settings:
    return with_model(indexed, model)


@pytest.fixture(scope="module")
def helped(settings: Settings) -> Iterator[Assistant]:
    helped = build_service(settings)
    yield helped
    helped.close()


def say(service: Assistant, message: str, before: Answer | None = None) -> Answer:
    conversation = before.conversation_id if before else None
    return service.ask(AskRequest(question=message, conversation_id=conversation))


def test_a_fact_that_a_model_read_is_asked_about_and_counts_after_yes(
    helped: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.say(READ)
    first = say(helped, TOLD)
    assert first.kind == "clarify"
    assert "您说的「带电梯的大平层」是指" in first.text
    asked = first.questions[0]
    assert (asked.fact, asked.choices) == (PROPOSAL, [YES_MEANT, NOT_MEANT])
    assert asked.text in first.text
    plain = say(service, TOLD)
    assert settled(first) == settled(plain)
    assert first.questions[1:] == plain.questions
    assert FACT not in first.facts
    second = say(helped, YES_MEANT, first)
    assert second.facts[FACT].value is True
    assert second.facts[FACT].said == "带电梯的大平层"
    assert (second.kind, second.verdicts[0].outcome) == ("verdict", "eligible")


def test_a_fact_that_the_person_denies_is_left_and_what_is_missing_is_asked(
    helped: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.say(READ)
    first = say(helped, TOLD)
    asked = len(model.requests)
    second = say(helped, NOT_MEANT, first)
    plain = say(service, TOLD)
    assert (second.kind, second.text) == (plain.kind, plain.text)
    assert settled(second) == settled(plain)
    assert second.questions == plain.questions
    assert FACT not in second.facts
    assert len(model.requests) == asked
    model.say(READ)
    third = say(helped, "是这个意思", second)
    assert FACT not in third.facts


@pytest.mark.parametrize("words", ["不是", "不是这个意思。", "不对，我不是这个意思"])
def test_a_question_that_was_not_meant_is_not_answered(
    words: str, helped: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.say({"question": "办居住证要符合什么条件"})
    first = say(helped, ODD)
    assert [question.fact for question in first.questions] == [PROPOSAL]
    second, plain = say(helped, words, first), say(service, ODD)
    assert (second.text, settled(second)) == (plain.text, settled(plain))
    assert second.questions == plain.questions


def test_a_fact_is_forgotten_when_the_person_speaks_of_something_else(
    helped: Assistant, model: ScriptedModel
) -> None:
    model.say(READ)
    first = say(helped, TOLD)
    model.say()
    second = say(helped, "在职人员个人账户每月划入多少", first)
    third = say(helped, "是这个意思", second)
    assert FACT not in third.facts


def test_a_confirmed_proposal_is_replayed_without_a_model(
    helped: Assistant, settings: Settings, model: ScriptedModel
) -> None:
    model.say(READ)
    second = say(helped, "是这个意思", say(helped, TOLD))
    asked = len(model.requests)
    stores = open_stores(settings.database_url, settings.var_dir)
    again = helped.reask(stores.audit.get(second.answer_id))
    stores.close()
    assert settled(again) == settled(second)
    assert len(model.requests) == asked


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param({**READ, "words": "电梯商品房"}, id="words_never_said"),
        pytest.param({**READ, "fact": "age", "value": 30}, id="a_fact_not_missing"),
        pytest.param({**READ, "fact": "no.such", "value": True}, id="an_unknown_fact"),
        pytest.param({**READ, "value": "也许"}, id="no_value_of_it"),
        pytest.param(
            {**READ, "words": "居住登记连续满七个月"}, id="words_that_mean_something_else"
        ),
        pytest.param({"verdict": "eligible", "text": "您符合条件"}, id="a_verdict"),
        pytest.param({"question": "您符合条件，可以落户吗"}, id="a_verdict_as_a_question"),
        pytest.param({"question": "租房落户请加微信jx123咨询吗"}, id="an_advertisement"),
        pytest.param({"question": "租房落户登记满三个月行吗"}, id="a_number_never_said"),
        pytest.param({"question": "杭州落户要几个工作日"}, id="a_question_we_cannot_answer"),
    ],
)
def test_what_fails_a_check_is_never_put_to_anybody(
    raw: dict[str, Any], helped: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.say(raw)
    assert say(helped, TOLD).text == say(service, TOLD).text


def test_an_odd_question_is_read_again_only_after_yes(
    helped: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    meant = "办居住证要符合什么条件"
    model.say({"question": meant})
    first = say(helped, ODD)
    assert settled(first) == settled(say(service, ODD))
    assert f"您是想问「{meant}」吗" in first.text
    model.say()
    assert settled(say(helped, "是", first)) == settled(say(service, meant))


def test_a_model_that_fails_here_takes_nothing_away(
    helped: Assistant, service: Assistant, model: ScriptedModel
) -> None:
    model.play(Script(status=500))
    answer, plain = say(helped, TOLD), say(service, TOLD)
    assert (answer.text, settled(answer)) == (plain.text, settled(plain))
    assert "degraded" in {notice.code for notice in answer.notices}
