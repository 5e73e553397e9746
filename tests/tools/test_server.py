"""The MCP server, called by the SDK's own client: shapes, words, errors, and nothing written."""

import asyncio
import json
import logging
from typing import Any, cast

import pytest
from mcp import Client, MCPError
from mcp.types import CallToolResult, TextContent, Tool
from pydantic import BaseModel

from assistant.assembly import Assistant
from assistant.errors import IndexUnavailableError, QuoteError
from assistant.schemas import Answer, AskRequest, Decision, RuleList
from assistant.service.shapes import ClauseDetail, SearchPage
from assistant.tools import LocalTools, PolicyTools, build_server

RENTAL = "jx-gbo-2024-16__sec_1"
FIVE_MONTHS = "我在嘉兴租房，居住登记满五个月了，能落户吗"
NAMES = ["ask_policy", "search_clauses", "get_clause", "list_rules", "decide"]


def call(tools: PolicyTools, name: str, arguments: dict[str, Any] | None = None) -> CallToolResult:
    """One call through the SDK's client, which checks the result against the tool's schema."""

    async def once() -> CallToolResult:
        async with Client(build_server(lambda: tools)) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(once())


def listed(tools: PolicyTools) -> dict[str, Tool]:
    async def once() -> list[Tool]:
        async with Client(build_server(lambda: tools)) as client:
            return (await client.list_tools()).tools

    return {tool.name: tool for tool in asyncio.run(once())}


def words(result: CallToolResult) -> str:
    assert len(result.content) == 1
    return cast("TextContent", result.content[0]).text


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


@pytest.mark.parametrize(
    ("name", "arguments", "shape"),
    [
        pytest.param("ask_policy", {"question": FIVE_MONTHS}, Answer, id="ask_policy"),
        pytest.param("search_clauses", {"query": "租房落户"}, SearchPage, id="search_clauses"),
        pytest.param("get_clause", {"clause_id": RENTAL}, ClauseDetail, id="get_clause"),
        pytest.param("list_rules", {}, RuleList, id="list_rules"),
        pytest.param(
            "decide",
            {"rule_id": "settle.rental", "facts": {"reg.months": 5}},
            Decision,
            id="decide",
        ),
    ],
)
def test_every_tool_gives_the_shape_of_the_contract(
    tools: LocalTools, name: str, arguments: dict[str, Any], shape: type[BaseModel]
) -> None:
    result = call(tools, name, arguments)
    assert not result.is_error
    given = shape.model_validate(result.structured_content)
    assert set(result.structured_content) == set(given.model_dump())


def test_the_tools_are_those_five_and_say_what_they_take_in_chinese(tools: LocalTools) -> None:
    offered = listed(tools)
    assert list(offered) == NAMES
    for tool in offered.values():
        assert is_chinese(tool.title or "")
        assert "逐字" in (tool.description or "") or tool.name == "list_rules"
        assert tool.input_schema["additionalProperties"] is False
        for field in tool.input_schema["properties"].values():
            assert is_chinese(field["description"])
        assert tool.output_schema is not None
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is True


def test_the_calling_model_is_told_not_to_decide_by_itself(tools: LocalTools) -> None:
    offered = listed(tools)
    for name in ("ask_policy", "decide"):
        assert "不得" in (offered[name].description or "")
        assert "逐字照抄" in (offered[name].description or "")


def test_a_verdict_asked_for_is_the_verdict_of_the_service(
    tools: LocalTools, service: Assistant
) -> None:
    result = call(tools, "ask_policy", {"question": FIVE_MONTHS})
    ours = service.ask(AskRequest(question=FIVE_MONTHS)).model_dump(mode="json")
    for part in ("kind", "text", "verdicts", "citations", "notices"):
        assert result.structured_content[part] == ours[part]


def test_the_words_alone_hold_every_quote_and_how_to_go_on(tools: LocalTools) -> None:
    result = call(tools, "ask_policy", {"question": FIVE_MONTHS})
    told = words(result)
    for citation in result.structured_content["citations"]:
        assert f"「{citation['quote']}」" in told
        assert f"[{citation['marker']}]" in told
    assert "现行有效" in told
    assert result.structured_content["conversation_id"] in told


def test_a_conversation_goes_on_where_its_id_is_passed_back(tools: LocalTools) -> None:
    first = call(tools, "ask_policy", {"question": "我租房，想落户，够条件吗"}).structured_content
    assert first["kind"] == "clarify"
    asked = {"question": "是的", "conversation_id": first["conversation_id"]}
    second = call(tools, "ask_policy", asked).structured_content
    assert second["facts"][first["questions"][0]["fact"]]["said"] == "是的"


def test_facts_may_come_as_json_text_as_some_models_write_them(tools: LocalTools) -> None:
    facts = {"reg.months": 7, "rent.is_urban_commodity_housing": True}
    result = call(tools, "decide", {"rule_id": "settle.rental", "facts": json.dumps(facts)})
    assert result.structured_content["verdict"]["outcome"] == "eligible"


def test_personal_data_is_masked_before_anything_is_told(tools: LocalTools) -> None:
    question = "我身份证号330402199001011234，租房五个月能落户吗"
    result = call(tools, "ask_policy", {"question": question})
    assert "330402199001011234" not in result.model_dump_json()
    assert "privacy" in {notice["code"] for notice in result.structured_content["notices"]}


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        pytest.param("ask_policy", {}, "question", id="nothing"),
        pytest.param("ask_policy", {"question": " \u200b"}, "空白", id="blank"),
        pytest.param("ask_policy", {"question": "问" * 2001}, "2000", id="too_long"),
        pytest.param("ask_policy", {"question": "问", "stray": 1}, "stray", id="stray"),
        pytest.param("ask_policy", {"question": "问", "as_of": "今天"}, "日期", id="no_day"),
        pytest.param(
            "ask_policy", {"question": "问", "jurisdiction": "乌有市"}, "乌有市", id="place"
        ),
        pytest.param("ask_policy", {"question": "问", "conversation_id": "x"}, "对话", id="gone"),
        pytest.param("search_clauses", {"query": "问", "limit": 99}, "50", id="limit"),
        pytest.param("get_clause", {"clause_id": "no-such"}, "no-such", id="no_clause"),
        pytest.param("get_clause", {"clause_id": "../etc"}, "写法", id="no_id"),
        pytest.param("list_rules", {"rule_id": "no.such"}, "no.such", id="no_rule"),
        pytest.param("decide", {"rule_id": "no.such"}, "no.such", id="decide_no_rule"),
        pytest.param(
            "decide", {"rule_id": "settle.rental", "facts": {"age": 300}}, "年龄", id="bad_fact"
        ),
        pytest.param(
            "decide", {"rule_id": "settle.rental", "facts": "[1]"}, "对象", id="facts_a_list"
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(
    tools: LocalTools, name: str, arguments: dict[str, Any], says: str
) -> None:
    result = call(tools, name, arguments)
    assert result.is_error
    assert result.structured_content is None
    assert is_chinese(words(result))
    assert says in words(result)


def test_an_unknown_tool_is_an_error_of_the_protocol(tools: LocalTools) -> None:
    async def once() -> None:
        async with Client(build_server(lambda: tools)) as client:
            with pytest.raises(MCPError, match="ask_policy"):
                await client.call_tool("approve")

    asyncio.run(once())


class Failing(LocalTools):
    """Tools whose service fails as told."""

    def __init__(self, failure: Exception) -> None:
        self._failure = failure

    def ask(self, request: AskRequest) -> Answer:
        raise self._failure


def test_a_service_that_is_not_ready_says_so() -> None:
    failing = Failing(IndexUnavailableError("服务正在启动，索引尚未就绪，请稍后再试。"))
    assert words(call(failing, "ask_policy", {"question": "问"})).startswith("服务正在启动")


@pytest.mark.parametrize(
    "failure", [RuntimeError("/srv/secret"), QuoteError("条款 x 的引文与原文不一致")]
)
def test_what_nobody_foresaw_is_told_by_its_number_alone(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        told = words(call(Failing(failure), "ask_policy", {"question": "问"}))
    assert str(failure) not in told
    assert "编号" in told
    assert str(failure) in caplog.text


def test_a_backend_that_cannot_be_had_is_told_by_every_call() -> None:
    def gone() -> PolicyTools:
        raise IndexUnavailableError("没有索引，请先运行 assistant index。")

    async def once() -> CallToolResult:
        async with Client(build_server(gone)) as client:
            assert [tool.name for tool in (await client.list_tools()).tools] == NAMES
            return await client.call_tool("list_rules")

    result = asyncio.run(once())
    assert result.is_error
    assert "assistant index" in words(result)
