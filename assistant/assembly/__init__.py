"""The one place that builds concrete objects from Settings."""

from assistant.assembly.accounts import build_accounts
from assistant.assembly.assistant import Assistant
from assistant.assembly.building import build, build_library, build_service, index_root

__all__ = ["Assistant", "build", "build_accounts", "build_library", "build_service", "index_root"]
