"""`assistant mcp` as a process of its own, spoken to by the SDK's client."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from eval.serving import ROOT, served

QUESTION = "嘉兴租房落户要求居住登记满几个月"
CODE = "from assistant.commands.main import main; main()"


def environment(var: Path) -> dict[str, str]:
    return {"ASSISTANT_VAR_DIR": str(var), "ASSISTANT_TODAY": "2026-11-22"}


def asked(server: Any, **how: Any) -> CallToolResult:
    async def once() -> CallToolResult:
        async with Client(server, **how) as client:
            assert len((await client.list_tools()).tools) == 5
            return await client.call_tool("ask_policy", {"question": QUESTION})

    return asyncio.run(once())


def over_stdio(var: Path, *arguments: str) -> StdioServerParameters:
    return StdioServerParameters(
        command=sys.executable,
        args=["-c", CODE, "mcp", *arguments],
        env=environment(var),
        cwd=str(ROOT),
    )


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mcp")


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@contextmanager
def over_http(var: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", CODE, "mcp", "--http", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, **environment(var)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = re.search(r"http://127\.0\.0\.1:\d+/mcp", line)
        assert found is not None, line
        yield found[0]
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_of_either_age_of_the_protocol_is_answered(var: Path, mode: str) -> None:
    result = asked(over_stdio(var), mode=mode)
    assert "满六个月" in result.structured_content["citations"][0]["quote"]


def test_over_http_it_answers_on_this_machine_and_nobody_sent_from_elsewhere(var: Path) -> None:
    with over_http(var) as address:
        result = asked(address)
        foreign = httpx.post(
            address, headers={"Host": "evil.example"}, json={}, trust_env=False, timeout=30
        )
        port = int(address.removeprefix("http://127.0.0.1:").removesuffix("/mcp"))
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", port), timeout=2)
    assert "满六个月" in result.structured_content["citations"][0]["quote"]
    assert foreign.status_code in {400, 403, 421}


def test_over_a_running_service_it_gives_that_service_and_its_source_pages(var: Path) -> None:
    with served(var) as address:
        result = asked(over_stdio(var / "unused", "--url", address))
    text = result.content[0].text  # type: ignore[union-attr]
    assert "满六个月" in result.structured_content["citations"][0]["quote"]
    assert f"{address}/source/" in text
    assert not (var / "unused").exists()


def test_a_service_that_does_not_answer_is_said_to_be_away(var: Path) -> None:
    result = asked(over_stdio(var, "--url", "http://127.0.0.1:9"))
    assert result.is_error
    assert "连不上" in result.content[0].text  # type: ignore[union-attr]
