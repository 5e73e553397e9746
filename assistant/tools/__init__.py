"""The tools that other assistants call, and the MCP server that offers them."""

from assistant.tools.backend import LocalTools, PolicyTools
from assistant.tools.catalogue import TOOLS, PolicyTool
from assistant.tools.remote import RemoteTools
from assistant.tools.server import build_server

__all__ = ["TOOLS", "LocalTools", "PolicyTool", "PolicyTools", "RemoteTools", "build_server"]
