"""A tap, a correction or a sentence becomes a turn; the conversation is kept, or begun anew."""

import asyncio
import json

import httpx
import pytest

from assistant.schemas import Answer, KnownFact
from tests.ui.samples import (
    BORN,
    CORPUS,
    DAY,
    FACTS,
    MONTHS,
    PAID,
    RENTED,
    RULES,
    answer,
    asks,
    streamed,
)
from ui.client import ServiceClient, ServiceProblemError
from ui.talk import (
    CORRECTION,
    GONE,
    Message,
    Turn,
    answering,
    conversation_of,
    tapped,
    typed,
)

GONE_ENVELOPE = {"error": {"code": "unknown_conversation", "message": "没有。", "field": None}}


def clarified(*questions: object, facts: object = None) -> Turn:
    told = answer(kind="clarify", questions=list(questions), facts=facts or {})
    return Turn("问", told, facts=FACTS)


def sent(message: Message, turns: list[Turn], *gone: str) -> tuple[Turn, list[dict[str, object]]]:
    """The turn that comes of it, and what was sent; conversations `gone` are not known."""
    bodies: list[dict[str, object]] = []

    def reply(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/api/ask":
            return looked_up(request)
        body = json.loads(request.content)
        bodies.append(body)
        if body["conversation_id"] in gone:
            return httpx.Response(404, json=GONE_ENVELOPE)
        return httpx.Response(200, text=streamed(answer(conversation_id="new")))

    client = ServiceClient("http://service", transport=httpx.MockTransport(reply))
    return steps(client, message, turns)[-1], bodies


def looked_up(request: httpx.Request) -> httpx.Response:
    """Rules and corpus, as the service gives them."""
    shown = RULES if request.url.path == "/api/rules" else CORPUS
    return httpx.Response(200, text=shown.model_dump_json())


def steps(client: ServiceClient, message: Message, turns: list[Turn]) -> list[Turn]:
    async def all_of_them() -> list[Turn]:
        return [turn async for turn in answering(client, message, turns)]

    return asyncio.run(all_of_them())


def test_the_conversation_of_the_last_answer_is_continued() -> None:
    turns = [Turn("一", answer()), Turn("二", problem="出错")]
    assert conversation_of([]) is None
    assert conversation_of(turns) == "c"
    _, bodies = sent(typed("再问"), turns)
    assert [body["conversation_id"] for body in bodies] == ["c"]


def test_a_tapped_choice_is_sent_in_its_own_words() -> None:
    message = tapped(
        {"act": "reply", "fact": RENTED.name, "value": "是"}, [clarified(asks(RENTED))]
    )
    assert (message.sent, message.prompt, message.facts) == ("是", RENTED.text, {})


@pytest.mark.parametrize(
    ("fact", "written", "words"),
    [
        (MONTHS, "5", "5个月"),
        (MONTHS, "5个月", "5个月"),
        (BORN, "1990-02-03", "1990年2月3日"),
        (PAID, "12,000.50", "12000.5元"),
        (PAID, "300元", "300元"),
        (MONTHS, "不清楚", "不清楚"),
    ],
    ids=["figure", "with_unit", "day", "money", "money_with_unit", "not_known"],
)
def test_a_small_input_is_sent_with_its_unit(fact: object, written: str, words: str) -> None:
    question = asks(fact)  # type: ignore[arg-type]
    message = tapped(
        {"act": "reply", "fact": question.fact, "value": written}, [clarified(question)]
    )
    assert message.sent == words


@pytest.mark.parametrize("written", ["五", "1.5", "", "1e999", "nan"])
def test_what_is_no_whole_number_is_told(written: str) -> None:
    with pytest.raises(ServiceProblemError):
        tapped({"act": "reply", "fact": MONTHS.name, "value": written}, [clarified(asks(MONTHS))])


def test_a_correction_sends_the_fact_and_words_that_say_nothing_else() -> None:
    known = {RENTED.name: KnownFact(value=True, said="在租房", on=DAY)}
    turns = [clarified(facts=known)]
    mended = tapped({"act": "set", "fact": RENTED.name, "value": "否"}, turns)
    assert (mended.sent, mended.facts) == (CORRECTION, {RENTED.name: False})
    assert mended.shown == "更正「租赁本市城镇地区商品住房」：否"
    removed = tapped({"act": "forget", "fact": RENTED.name}, turns)
    assert removed.facts == {RENTED.name: None}


@pytest.mark.parametrize(
    "act",
    [
        {},
        {"act": "reply", "fact": "edu", "value": "本科"},
        {"act": "set", "fact": "edu", "value": "本科"},
        {"act": "forget", "fact": "__class__"},
    ],
)
def test_what_the_latest_answer_does_not_offer_is_refused(act: dict[str, str]) -> None:
    for turns in ([], [clarified(asks(RENTED))]):
        with pytest.raises(ServiceProblemError):
            tapped(act, turns)


def test_a_sentence_begins_anew_where_the_conversation_is_gone_and_says_so() -> None:
    turn, bodies = sent(typed("能落户吗"), [Turn("一", answer())], "c")
    assert [body["conversation_id"] for body in bodies] == ["c", None]
    assert (turn.began_anew, turn.problem) == (GONE, None)
    assert conversation_of([turn]) == "new"


def test_a_bare_reply_is_not_asked_of_a_new_conversation() -> None:
    turns = [clarified(asks(RENTED))]
    message = tapped({"act": "reply", "fact": RENTED.name, "value": "是"}, turns)
    turn, bodies = sent(message, turns, "c")
    assert len(bodies) == 1
    assert turn.problem == GONE
    assert conversation_of([*turns, turn]) is None


def test_an_answer_comes_by_stages_and_brings_the_labels_of_its_facts() -> None:
    known: dict[str, object] = {MONTHS.name: {"value": 5, "said": None, "on": None}}

    def reply(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/api/ask":
            return looked_up(request)
        return httpx.Response(200, text=streamed(answer(facts=known)))

    client = ServiceClient("http://service", transport=httpx.MockTransport(reply))
    compose, drafted, last = steps(client, typed("问"), [])
    assert (compose.stage, compose.drafted, compose.answer) == ("compose", "", None)
    assert (drafted.drafted, drafted.answer) == ("答", None)
    assert isinstance(last.answer, Answer)
    assert last.facts[MONTHS.name].label == MONTHS.label
    assert last.today == DAY


def test_another_day_is_asked_of_the_same_conversation() -> None:
    message = tapped({"act": "day", "value": "2021-05-01"}, [Turn("一", answer())])
    assert (message.sent, message.as_of) == ("那2021年5月1日呢？", "2021-05-01")
    turn, bodies = sent(message, [Turn("一", answer())])
    assert bodies[0]["as_of"] == "2021-05-01"
    assert turn.question == "换成2021年5月1日的规定看"


@pytest.mark.parametrize("written", ["", "2021-02-30", "明天"])
def test_what_is_no_day_is_told(written: str) -> None:
    with pytest.raises(ServiceProblemError):
        tapped({"act": "day", "value": written}, [Turn("一", answer())])


def test_an_example_is_asked_without_anything_before_it() -> None:
    assert tapped({"act": "example", "value": "能落户吗"}, []) == typed("能落户吗")
