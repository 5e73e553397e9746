"""Escalations: kept whole before they are sent, and kept when sending fails."""

import json
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import EscalationError, UnknownEscalationError
from assistant.hotline import CourierError, EscalationBox, WebhookCourier

PACKET = {"escalation_id": "e-1", "note": "请回电", "question": "租房怎么落户"}


class Receiver:
    """A web hook on loopback that answers as told."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.seen: list[tuple[dict[str, str], bytes]] = []

    @contextmanager
    def listening(self) -> Iterator[str]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.seen.append((dict(self.headers), body))
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/hook"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def courier(url: str, secret: str | None = None) -> WebhookCourier:
    return WebhookCourier(url, secret=secret, timeout_s=2, pause=lambda _: None)


def test_without_a_courier_the_packet_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    told = EscalationBox(tmp_path / "escalations", None).hand_on("e-1", dict(PACKET))
    assert told["delivery"] == {"state": "kept", "problem": None}
    file = tmp_path / "escalations" / "e-1.json"
    assert json.loads(file.read_text("utf-8")) == told
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["e-1.json"]


def test_a_packet_arrives_signed_and_under_its_own_key(tmp_path: Path) -> None:
    receiver = Receiver()
    with receiver.listening() as url:
        told = EscalationBox(tmp_path, courier(url, "secret")).hand_on("e-1", dict(PACKET))
    assert told["delivery"]["state"] == "delivered"
    ((headers, body),) = receiver.seen
    assert json.loads(body) == PACKET
    assert headers["Idempotency-Key"] == "e-1"
    import hashlib
    import hmac

    expected = hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert headers["X-Assistant-Signature"] == f"sha256={expected}"


def test_a_passing_failure_is_tried_again_under_the_same_key(tmp_path: Path) -> None:
    receiver = Receiver(500, 503)
    with receiver.listening() as url:
        told = EscalationBox(tmp_path, courier(url)).hand_on("e-1", dict(PACKET))
    assert told["delivery"]["state"] == "delivered"
    assert [headers["Idempotency-Key"] for headers, _ in receiver.seen] == ["e-1"] * 3


def test_a_refusal_is_not_tried_again(tmp_path: Path) -> None:
    receiver = Receiver(400, 200)
    with receiver.listening() as url:
        told = EscalationBox(tmp_path, courier(url)).hand_on("e-1", dict(PACKET))
    assert told["delivery"] == {"state": "failed", "problem": "接收方回复 400"}
    assert len(receiver.seen) == 1


def test_what_did_not_arrive_is_kept_and_can_be_sent_again(tmp_path: Path) -> None:
    receiver = Receiver(500, 500, 500)
    with receiver.listening() as url:
        box = EscalationBox(tmp_path, courier(url))
        told = box.hand_on("e-1", dict(PACKET))
        assert told["delivery"] == {"state": "failed", "problem": "接收方回复 500"}
        assert box.packet("e-1") == told
        assert box.send_again("e-1")["delivery"]["state"] == "delivered"
        assert box.packet("e-1")["delivery"]["state"] == "delivered"
        box.send_again("e-1")
    assert len(receiver.seen) == 4, "what arrived is not sent twice"


def test_nobody_listening_is_told(tmp_path: Path) -> None:
    with Receiver().listening() as url:
        pass
    told = EscalationBox(tmp_path, courier(url)).hand_on("e-1", dict(PACKET))
    assert told["delivery"]["problem"].startswith("连不上接收方")
    assert (tmp_path / "e-1.json").is_file()


class Silent:
    def send(self, escalation_id: str, packet: Any) -> None:
        raise CourierError("没有人")


def test_kept_nowhere_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(EscalationError, match="电话转交"):
        EscalationBox(blocked / "escalations", Silent()).hand_on("e-1", dict(PACKET))


@pytest.mark.parametrize("name", ["nothing", "../../etc/passwd", "", "a/b", "x" * 100])
def test_an_unknown_packet_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownEscalationError):
        EscalationBox(tmp_path, None).packet(name)
