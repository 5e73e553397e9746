"""The page's client: whatever goes wrong, the reader gets a Chinese sentence."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from assistant.schemas import Answered, AskEvent, Delta, Stage
from tests.ui.samples import MONTHS, RULES, answer, streamed
from ui.client import (
    UNREACHABLE,
    UNREADABLE,
    Ask,
    ConversationGoneError,
    ServiceClient,
    ServiceProblemError,
    checked_day,
)

Reply = Callable[[httpx.Request], httpx.Response]


def asked(reply: Reply) -> list[AskEvent]:
    client = ServiceClient("http://service", transport=httpx.MockTransport(reply))

    async def events() -> list[AskEvent]:
        ask = Ask("是", "c", "2024-08-01", "海宁", {"reg.months": None})
        return [event async for event in client.ask(ask)]

    return asyncio.run(events())


def test_the_question_goes_out_in_the_contract_s_shape() -> None:
    sent: list[object] = []

    def reply(request: httpx.Request) -> httpx.Response:
        sent.append((request.method, str(request.url.raw_path), json.loads(request.content)))
        return httpx.Response(200, text=streamed(answer()))

    assert asked(reply) == [Stage(stage="compose"), Delta(text="答"), Answered(answer=answer())]
    body = {
        "question": "是",
        "conversation_id": "c",
        "as_of": "2024-08-01",
        "jurisdiction": "海宁",
        "facts": {"reg.months": None},
    }
    assert sent == [("POST", "b'/api/ask?stream=true'", body)]


def test_comments_and_stages_not_known_are_passed_over() -> None:
    text = ': ping\n\nevent: stage\ndata: {"stage":"dream"}\n\nevent: news\ndata: 1\n\n'
    told = asked(lambda _: httpx.Response(200, text=text + streamed(answer())))
    assert told[-1] == Answered(answer=answer())
    assert len(told) == 3


def test_a_failure_on_the_way_is_told_in_the_service_s_words() -> None:
    envelope = {"error": {"code": "unavailable", "message": "数据库断开了。", "field": None}}
    text = f'event: delta\ndata: {{"text":"甲"}}\n\nevent: error\ndata: {json.dumps(envelope)}\n\n'
    with pytest.raises(ServiceProblemError) as caught:
        asked(lambda _: httpx.Response(200, text=text))
    assert caught.value.message == "数据库断开了。"


def test_the_service_s_own_words_are_passed_on() -> None:
    envelope = {"error": {"code": "invalid_input", "message": "问题过长。", "field": "question"}}
    with pytest.raises(ServiceProblemError) as caught:
        asked(lambda _: httpx.Response(422, json=envelope))
    assert caught.value.message == "问题过长。"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "<html>"),
        (200, "event: answer\ndata: {}\n\n"),
        (200, 'event: stage\ndata: {"stage":"compose"}\n\n'),
        (502, "Bad Gateway"),
        (500, '{"detail": "x"}'),
        (200, ""),
    ],
)
def test_an_unreadable_reply_is_told_in_chinese(status: int, body: str) -> None:
    with pytest.raises(ServiceProblemError) as caught:
        asked(lambda _: httpx.Response(status, text=body))
    assert caught.value.message == UNREADABLE


@pytest.mark.parametrize("failure", [httpx.ConnectError("x"), httpx.ReadTimeout("x")])
def test_a_service_out_of_reach_is_told_in_chinese(failure: httpx.HTTPError) -> None:
    def reply(_request: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(ServiceProblemError) as caught:
        asked(reply)
    assert caught.value.message == UNREACHABLE


def test_a_conversation_that_is_gone_is_told_apart() -> None:
    envelope = {
        "error": {"code": "unknown_conversation", "message": "没有这个会话。", "field": None}
    }
    with pytest.raises(ConversationGoneError):
        asked(lambda _: httpx.Response(404, json=envelope))


def test_facts_are_fetched_once_for_as_long_as_they_hold_what_is_needed() -> None:
    calls: list[str] = []

    def reply(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.path)
        return httpx.Response(200, text=RULES.model_dump_json())

    client = ServiceClient("http://service", transport=httpx.MockTransport(reply))
    for _ in range(2):
        facts = asyncio.run(client.facts(frozenset({MONTHS.name, "channel"})))
        assert facts[MONTHS.name] == MONTHS
    assert calls == ["/api/rules"]


def test_without_the_rules_an_answer_is_shown_all_the_same() -> None:
    client = ServiceClient(
        "http://service", transport=httpx.MockTransport(lambda _: httpx.Response(503, text="x"))
    )
    assert asyncio.run(client.facts(frozenset({"reg.months"}))) == {}


@pytest.mark.parametrize(("status", "forgotten"), [(204, True), (404, False), (503, False)])
def test_a_conversation_is_deleted_on_request(status: int, forgotten: bool) -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.path) == ("DELETE", "/api/conversations/c")
        return httpx.Response(status)

    client = ServiceClient("http://service", transport=httpx.MockTransport(reply))
    assert asyncio.run(client.forget("c")) is forgotten


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("", None),
        ("  ", None),
        ("2024-08-01", "2024-08-01"),
        (" 2024-8-1 ", "2024-08-01"),
        ("2024年8月1日", "2024-08-01"),
        ("2024/8/1", "2024-08-01"),
        ("2024.8.1", "2024-08-01"),
        ("2024 年 8 月 1 号", "2024-08-01"),
        ("２０２４－０８－０１", "2024-08-01"),
        ("20240801", "2024-08-01"),
    ],
)
def test_days_are_read_as_people_write_them(written: str, day: str | None) -> None:
    assert checked_day(written) == day


@pytest.mark.parametrize(
    "written",
    ["2024-02-30", "明天", "2024-8", "1-2-3-4", "2024-08-01T00:00", "2024-08-011", "0000-01-01"],
)
def test_what_is_not_a_day_is_refused_by_name(written: str) -> None:
    with pytest.raises(ServiceProblemError) as caught:
        checked_day(written)
    assert written in caught.value.message
