"""The MCP server: lists the tools, calls them, and says in Chinese what went wrong."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

import anyio.to_thread
import mcp_types as mcp
from mcp.server import Server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from assistant.errors import AssistantError
from assistant.service.problems import explain, status_of
from assistant.tools.backend import PolicyTools
from assistant.tools.catalogue import INSTRUCTIONS, TOOLS, PolicyTool

NAME = "policy-assistant"

logger = logging.getLogger(__name__)


def build_server(tools: Callable[[], PolicyTools], *, version: str = "") -> Server[Any]:
    """The server; `tools` gives the backend at the first call, waiting where it must."""
    by_name = {tool.name: tool for tool in TOOLS}

    async def list_tools(
        _context: Any, _params: mcp.PaginatedRequestParams | None
    ) -> mcp.ListToolsResult:
        return mcp.ListToolsResult(tools=[describe(tool) for tool in TOOLS])

    async def call_tool(_context: Any, params: mcp.CallToolRequestParams) -> mcp.CallToolResult:
        tool = by_name.get(params.name)
        if tool is None:
            known = "、".join(by_name)
            message = f"没有「{params.name[:64]}」这个工具，可用的有：{known}。"
            raise MCPError(code=mcp.INVALID_PARAMS, message=message)
        arguments = params.arguments or {}
        return await anyio.to_thread.run_sync(lambda: run(tool, tools, arguments))

    return Server(
        NAME,
        version=version,
        title="政策问答助手",
        description="政策问答：逐条引用原文、按日判断效力、由规则裁决资格",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def describe(tool: PolicyTool[Any, Any]) -> mcp.Tool:
    """The tool as clients see it: it looks things up and changes nothing of theirs."""
    return mcp.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.given.model_json_schema(),
        output_schema=tool.shown.model_json_schema(mode="serialization"),
        annotations=mcp.ToolAnnotations(
            title=tool.title, read_only_hint=True, destructive_hint=False, open_world_hint=False
        ),
    )


def run(
    tool: PolicyTool[Any, Any], tools: Callable[[], PolicyTools], arguments: dict[str, Any]
) -> mcp.CallToolResult:
    """The result of one call; whatever fails is a Chinese sentence that says what to do."""
    try:
        given = tool.given.model_validate(arguments)
        backend = tools()
        shown = tool.call(backend, given)
        told = tool.text(backend, shown)
    except ValidationError as error:
        _, _, message, _ = explain(error.errors()[0])
        return _failed(message)
    except AssistantError as error:
        blames_us = status_of(error) is None and type(error) is not AssistantError
        return _unexpected(error) if blames_us else _failed(error.message)
    except Exception as error:  # noqa: BLE001 - no stack trace reaches a client
        return _unexpected(error)
    return mcp.CallToolResult(
        content=[mcp.TextContent(type="text", text=told)],
        structured_content=shown.model_dump(mode="json"),
    )


def _failed(message: str) -> mcp.CallToolResult:
    return mcp.CallToolResult(content=[mcp.TextContent(type="text", text=message)], is_error=True)


def _unexpected(error: Exception) -> mcp.CallToolResult:
    incident = secrets.token_hex(6)
    logger.error("unexpected failure %s", incident, exc_info=error)
    return _failed(f"内部出错（编号 {incident}），请稍后再试；再次出现请把编号告诉管理员。")
