"""`assistant serve`: the service and its page, ready as soon as the index is."""

import logging
import socket
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import AssistantError

if TYPE_CHECKING:
    import uvicorn
    from pydantic import SecretStr

    from assistant.assembly import Assistant
    from assistant.config import Settings
    from assistant.service.starting import StartingService

logger = logging.getLogger(__name__)

CLOSING_S = 3  # an open page keeps a connection for ever; do not wait for it
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what to call, not what to bind


def serve_command(
    host: Annotated[
        str | None, typer.Option("--host", metavar="地址", help="监听的地址（默认按设置）")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="端口", min=0, max=65535, help="监听的端口（默认按设置；0 为任选）"
        ),
    ] = None,
) -> None:
    """启动服务和网页；索引没有或过时则先建好。"""
    from assistant.commands.settings import read_settings

    settings = read_settings()
    keys = _keys(settings.api_keys)
    listener = listen(host or settings.host, settings.port if port is None else port)
    name, number = listener.getsockname()[:2]
    address = _address(ANYWHERE.get(name, name), number)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    typer.echo(f"正在启动：{address}（按 Ctrl+C 结束）")
    run(settings, listener, address, keys)


def run(
    settings: "Settings",
    listener: socket.socket,
    address: str,
    keys: tuple[str, ...] | None = None,
) -> None:
    """Serve on `listener` until told to stop; raises Exit where starting failed."""
    import uvicorn

    from assistant.answering.examples import load_examples
    from assistant.clauses import load_gazetteer
    from assistant.service.app import create_app
    from assistant.service.doors import DoorRules
    from assistant.service.starting import StartingService
    from ui.doorway import CitizenPage
    from ui.welcome import Welcome

    service = StartingService()
    examples = load_examples(settings.corpus_dir / "examples.yaml")
    doors = DoorRules(
        embed_origins=tuple(settings.embed_origins.split()),
        session_cookie=settings.session_cookie,
        login_limit=settings.login_limit,
        account_limit=settings.account_limit,
        ask_limit=settings.ask_limit,
        api_keys=keys,
    )
    app = create_app(
        service,
        load_gazetteer(settings.corpus_dir),
        home=settings.home_jurisdiction,
        page=CitizenPage(address, Welcome(settings.home_jurisdiction, examples), doors.page_key),
        max_body_bytes=settings.max_body_bytes,
        operators=service,
        rules_of_doors=doors,
    )
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,  # addresses hold what people asked
            server_header=False,
            timeout_graceful_shutdown=CLOSING_S,
        )
    )
    starter = _Starter(settings, service, server, address)
    threading.Thread(target=starter.run, name="starter", daemon=True).start()
    server.run(sockets=[listener])
    starter.close()
    if starter.failure is not None:
        raise starter.failure


def _keys(written: "SecretStr | None") -> tuple[str, ...] | None:
    """The keys, apart; raises AssistantError where the setting is there and holds none."""
    if written is None:
        return None
    pieces = (piece.strip() for piece in written.get_secret_value().split(","))
    keys = tuple(piece for piece in pieces if piece)
    if not keys:
        message = "ASSISTANT_API_KEYS 是空的：请写上密钥，多个用逗号隔开；不要密钥就不设这一项。"
        raise AssistantError(message)
    return keys


class _Starter:
    """Builds the index and the service beside the running server."""

    def __init__(
        self,
        settings: "Settings",
        service: "StartingService",
        server: "uvicorn.Server",
        address: str,
    ) -> None:
        self._settings = settings
        self._service = service
        self._server = server
        self._address = address
        self._built: Assistant | None = None
        self.failure: Exception | None = None

    def run(self) -> None:
        """Attach the real service; on failure stop the server, which then reports it."""
        from assistant.assembly import build_service

        try:
            self._index()
            self._built = build_service(self._settings)
            self._built.keep_house()
            self._service.attach(self._built, self._built)
        except Exception as error:  # noqa: BLE001 - re-raised by `run` in the main thread
            self.failure = error
            self._server.should_exit = True
            return
        typer.echo(f"已就绪：{self._address}")

    def close(self) -> None:
        """Let go of the index and the database, where there are any yet."""
        if self._built is not None:
            self._built.close()

    def _index(self) -> None:
        from assistant.commands.index import ensure_index

        self._service.report("正在建立索引，请稍后再试。")
        ensure_index(self._settings)


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; raises AssistantError that says what to try."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return _bound(socket.socket(family, socket.SOCK_STREAM), host, port)
    except OSError as error:
        message = f"不能在 {host} 的端口 {port} 上启动（{error.strerror}），请换一个地址或端口。"
        raise AssistantError(message) from error


def _bound(listener: socket.socket, host: str, port: int) -> socket.socket:
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
