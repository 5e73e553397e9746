"""Ask over the Model Context Protocol: list the tools, put a question, then answer back.

Run from the repository: `python docs/examples/mcp_client.py`.
"""

import asyncio
import os
import sys

from mcp import Client, StdioServerParameters

SERVER = StdioServerParameters(
    command=sys.executable,
    args=["-c", "from assistant.commands.main import main; main()", "mcp"],
    env={name: value for name, value in os.environ.items() if name.startswith("ASSISTANT_")},
)


async def main() -> None:
    """One conversation of two turns, and one decision."""
    async with Client(SERVER) as client:
        tools = await client.list_tools()
        print("工具：", "、".join(tool.name for tool in tools.tools))

        first = await client.call_tool("ask_policy", {"question": "我租房，想落户，够条件吗"})
        answer = first.structured_content
        print(answer["kind"], "还要问：", [question["text"] for question in answer["questions"]])

        replies = {"question": "是的", "conversation_id": answer["conversation_id"]}
        second = await client.call_tool("ask_policy", replies)
        print(second.structured_content["text"])

        facts = {"rent.is_urban_commodity_housing": True, "reg.months": 7}
        decided = await client.call_tool("decide", {"rule_id": "settle.rental", "facts": facts})
        decision = decided.structured_content
        print("裁决：", decision["verdict"]["outcome"])
        for citation in decision["citations"]:
            print(f"[{citation['marker']}] {citation['doc_number']}「{citation['quote']}」")


if __name__ == "__main__":
    asyncio.run(main())
