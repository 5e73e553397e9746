"""A chat model that plays a script: real HTTP on loopback, in OpenAI's shape, streamed or not."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "scripted"
_PIECE = 7  # characters sent at a time


@dataclass(frozen=True, slots=True)
class Script:
    """What the model does when it is asked next, and every time after."""

    reply: str = ""
    status: int = 200
    before_s: float = 0.0  # silence before the first byte
    between_s: float = 0.0  # silence before each further piece
    cut_after: int | None = None  # pieces, after which the connection breaks off
    finish: str | None = "stop"  # None: the stream ends without saying so
    endless: bool = False  # the reply over and over
    repeats_prompt: bool = False
    body: str | None = None  # this very body, whatever it is


@dataclass(slots=True)
class ScriptedModel:
    """The server as tests see it."""

    base_url: str
    script: Script = field(default_factory=Script)
    reply_to: Callable[[dict[str, Any]], Script] | None = None  # goes before `script`
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    left: int = 0  # times that whoever asked hung up before the reply was out

    def play(self, script: Script) -> None:
        """From now on, answer like this."""
        self.script, self.reply_to = script, None

    def say(self, *statements: dict[str, Any], **more: Any) -> None:
        """From now on, answer with these statements, one JSON object in a line."""
        lines = (json.dumps(statement, ensure_ascii=False) for statement in statements)
        self.play(Script("\n".join(lines), **more))


@contextmanager
def scripted_model() -> Iterator[ScriptedModel]:
    """A server on a free port of loopback, until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    host, port = server.server_address[:2]
    model = ScriptedModel(f"http://{host!s}:{port}/v1")
    server.model = model  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Whoever waits for each piece sees it when it is written.
    wbufsize = 0
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def do_POST(self) -> None:
        model: ScriptedModel = self.server.model  # type: ignore[attr-defined]
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model.requests.append(asked)
        model.keys.append(self.headers.get("Authorization", ""))
        script = model.reply_to(asked) if model.reply_to else model.script
        time.sleep(script.before_s)
        try:
            self._play(script, asked)
        except OSError:  # the one who asked has hung up
            model.left += 1
            self.close_connection = True

    def _play(self, script: Script, asked: dict[str, Any]) -> None:
        if script.status != 200:
            self._send(json.dumps({"error": {"message": "no", "type": "x"}}), script.status)
        elif script.body is not None:
            self._send(script.body)
        elif asked.get("stream"):
            self._stream(script, asked)
        else:
            self._send(json.dumps(_whole(_reply(script, asked), script.finish)))

    def _send(self, body: str, status: int = 200) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, script: Script, asked: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for number, piece in enumerate(_pieces(_reply(script, asked), endless=script.endless)):
            if script.cut_after is not None and number >= script.cut_after:
                return
            time.sleep(script.between_s if number else 0)
            self._event(_chunk({"content": piece}, None))
        if script.finish is not None:
            self._event(_chunk({}, script.finish))
            self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, body: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode())


def _reply(script: Script, asked: dict[str, Any]) -> str:
    if script.repeats_prompt:
        return "\n".join(str(message["content"]) for message in asked["messages"])
    return script.reply


def _pieces(text: str, *, endless: bool) -> Iterator[str]:
    while True:
        for start in range(0, len(text), _PIECE):
            yield text[start : start + _PIECE]
        if not endless:
            return


def _chunk(delta: dict[str, str], finish: str | None) -> dict[str, Any]:
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": MODEL,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


def _whole(text: str, finish: str | None) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }
