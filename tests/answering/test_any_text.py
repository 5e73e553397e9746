"""Whatever is typed, there is a sound answer or a deliberate error; more in `make bench`."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.assembly import Assistant
from assistant.errors import AssistantError
from assistant.schemas import AskRequest
from eval.benchmarks.fuzz_ask import questions
from eval.judging import Published
from eval.judging.contract import breaches
from tests.answering.conftest import FROM_TEXT

UNHURRIED = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@UNHURRIED
@given(text=questions())
def test_any_text_has_a_sound_answer(text: str, service: Assistant, published: Published) -> None:
    try:
        request = AskRequest(question=text)
    except ValidationError:
        return
    answer = service.ask(request)
    assert answer.kind not in FROM_TEXT or breaches(answer, published) == []


@UNHURRIED
@given(text=questions(), day=st.dates(), place=st.sampled_from([None, "海宁", "金华市", "杭州"]))
def test_any_day_and_place_has_a_sound_answer(
    text: str, day: date, place: str | None, service: Assistant, published: Published
) -> None:
    try:
        request = AskRequest(question=text, as_of=day, jurisdiction=place)
    except ValidationError:
        return
    answer = service.ask(request)
    assert answer.kind not in FROM_TEXT or breaches(answer, published) == []
    assert answer.as_of == day


@pytest.mark.parametrize(
    "text",
    [
        "租房落户" * 500,
        "？" * 2000,
        "[1][2][3]",
        "「」" * 100,
        "a" * 2000,
        "１２３４５６７８９０" * 100,
        "第一百条第二款第三项第四目",
        "嘉政办发〔9999〕99999号第九十九条",
        "0001年1月1日租房落户",
        "9999年12月31日租房落户",
        "2021年13月45日租房落户",
        "\u202e租房落户要几个月\u202c",
        "👨‍👩‍👧‍👦能一起落户吗",
        "<script>alert(1)</script>租房落户要几个月",
        "租房\n落户\n要\n几\n个\n月",
        "' OR 1=1 --",
        'AND OR NOT "租房',
        "租房~2 +落户 -登记 title:嘉兴",
        "租房落户要登记满" + "九" * 400 + "个月",
        "10" * 900 + "年前落户",
    ],
    ids=range(20),
)
def test_odd_texts_have_a_sound_answer(text: str, service: Assistant, published: Published) -> None:
    assert breaches(service.ask(AskRequest(question=text)), published) == []


def test_a_place_nobody_knows_is_a_deliberate_error(service: Assistant) -> None:
    with pytest.raises(AssistantError, match="不认识地名"):
        service.ask(AskRequest(question="租房落户", jurisdiction="乌有乡"))


def test_one_character_more_than_allowed_is_no_question() -> None:
    AskRequest(question="户" * 2000)
    with pytest.raises(ValidationError):
        AskRequest(question="户" * 2001)
