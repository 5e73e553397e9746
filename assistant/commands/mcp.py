"""`assistant mcp`: the tools for other assistants, over the Model Context Protocol."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from mcp.server import Server

    from assistant.assembly import Assistant
    from assistant.config import Settings
    from assistant.tools import PolicyTools

LOOPBACK = "127.0.0.1"

logger = logging.getLogger(__name__)


def mcp_command(
    http: Annotated[
        bool, typer.Option("--http", help="经 HTTP 提供，只在本机；不写则经标准输入输出")
    ] = False,
    port: Annotated[
        int,
        typer.Option("--port", metavar="端口", min=0, max=65535, help="--http 的端口；0 为任选"),
    ] = 7861,
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            metavar="地址",
            help="用正在运行的服务，如 http://127.0.0.1:7860；不写则自己作答",
        ),
    ] = None,
) -> None:
    """以 MCP 协议供别的助手调用：问政策、找条款、按规则裁决。"""
    from importlib.metadata import version

    from assistant.commands.settings import read_settings
    from assistant.tools import build_server

    settings = read_settings()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    with _remote(url) if url is not None else _local(settings) as tools:
        server = build_server(tools.result, version=version("policy-assistant"))
        if http:
            _serve_http(server, port, settings.max_body_bytes)
        else:
            _serve_stdio(server)


@contextmanager
def _remote(url: str) -> "Iterator[Future[PolicyTools]]":
    from assistant.tools import RemoteTools

    if not url.startswith(("http://", "https://")):
        raise typer.BadParameter("须以 http:// 或 https:// 开头", param_hint="--url")
    ready: Future[PolicyTools] = Future()
    remote = RemoteTools(url)
    ready.set_result(remote)
    try:
        yield ready
    finally:
        remote.close()


@contextmanager
def _local(settings: "Settings") -> "Iterator[Future[PolicyTools]]":
    """The tools over a service of our own; clients list them while it is still being built."""
    starter = _Starter(settings)
    threading.Thread(target=starter.run, name="starter", daemon=True).start()
    try:
        yield starter.ready
    finally:
        starter.close()


class _Starter:
    """Builds the index and the service beside the running server."""

    def __init__(self, settings: "Settings") -> None:
        self.ready: Future[PolicyTools] = Future()
        self._settings = settings
        self._service: Assistant | None = None

    def run(self) -> None:
        """Make `ready` come true, or tell every call why it cannot."""
        from assistant.assembly import build_service
        from assistant.clauses import load_gazetteer
        from assistant.commands.index import ensure_index
        from assistant.tools import LocalTools

        settings = self._settings
        try:
            ensure_index(settings)
            self._service = build_service(settings)
            self._service.keep_house()
            places = load_gazetteer(settings.corpus_dir)
            self.ready.set_result(LocalTools(self._service, places, settings.home_jurisdiction))
        except Exception as error:  # noqa: BLE001 - re-raised by `ready.result` for every call
            message = error.message if isinstance(error, AssistantError) else repr(error)
            logger.error("不能作答：%s", message)
            self.ready.set_exception(error)

    def close(self) -> None:
        """Let go of the index and the database, where there are any yet."""
        if self._service is not None:
            self._service.close()


def _serve_stdio(server: "Server[Any]") -> None:
    import anyio
    from mcp.server.stdio import stdio_server

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def _serve_http(server: "Server[Any]", port: int, max_body_bytes: int) -> None:
    import uvicorn

    from assistant.commands.serve import CLOSING_S, listen

    listener = listen(LOOPBACK, port)
    listener.listen()  # whoever reads the address may call at once
    typer.echo(f"MCP 地址：http://{LOOPBACK}:{listener.getsockname()[1]}/mcp（按 Ctrl+C 结束）")
    app = server.streamable_http_app(
        host=LOOPBACK, stateless_http=True, max_request_body_size=max_body_bytes
    )
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=CLOSING_S,
    )
    uvicorn.Server(config).run(sockets=[listener])
