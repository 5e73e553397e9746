"""A question handed on with everything attached: kept as a file, and sent where one is to be told."""

import hashlib
import hmac
import json
import logging
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import EscalationError, UnknownEscalationError

_log = logging.getLogger(__name__)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PAUSE_S = 0.5

Packet = dict[str, Any]


class CourierError(Exception):
    """The packet did not arrive; the text is Chinese and says why."""


class Courier(Protocol):
    """Takes packets to somebody."""

    def send(self, escalation_id: str, packet: Mapping[str, Any]) -> None:
        """Deliver; raises CourierError."""
        ...


class WebhookCourier:
    """Posts packets to one address; tries again where that may help."""

    def __init__(
        self,
        url: str,
        *,
        secret: str | None = None,
        timeout_s: float = 3.0,
        attempts: int = 3,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url = url
        self._secret = secret
        self._timeout_s = timeout_s
        self._attempts = attempts
        self._pause = pause

    def send(self, escalation_id: str, packet: Mapping[str, Any]) -> None:
        """Deliver, under one key however often it is tried; raises CourierError."""
        import httpx

        body = json.dumps(packet, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": escalation_id,
        }
        if self._secret:
            signature = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
            headers["X-Assistant-Signature"] = f"sha256={signature}"
        problem = ""
        with httpx.Client(timeout=self._timeout_s, trust_env=False) as http:
            for attempt in range(self._attempts):
                if attempt:
                    self._pause(_PAUSE_S * 2 ** (attempt - 1))
                try:
                    status = http.post(self._url, content=body, headers=headers).status_code
                except httpx.HTTPError as error:
                    problem = f"连不上接收方（{type(error).__name__}）"
                    continue
                if 200 <= status < 300:
                    return
                problem = f"接收方回复 {status}"
                if status < 500 and status not in {408, 429}:
                    break
        raise CourierError(problem)


class EscalationBox:
    """Packets as files of one folder; sending one again is possible until it arrived."""

    def __init__(self, folder: Path, courier: Courier | None) -> None:
        self._folder = folder
        self._courier = courier

    def hand_on(self, escalation_id: str, packet: Packet) -> Packet:
        """Keep, then send; returns the packet with its `delivery`. Raises EscalationError."""
        delivery: Packet = {"state": "kept", "problem": None}
        kept = self._keep(escalation_id, packet | {"delivery": delivery})
        if self._courier is not None:
            delivery = self._send(self._courier, escalation_id, packet)
            kept = self._keep(escalation_id, packet | {"delivery": delivery}) and kept
        if not kept and delivery["state"] != "delivered":
            raise EscalationError(
                "升级单没有存下，也没有送出：请先记在纸上、电话转交，并告诉管理员检查磁盘和 var 文件夹的权限。"
            )
        return packet | {"delivery": delivery}

    def send_again(self, escalation_id: str) -> Packet:
        """Send a kept packet that has not arrived; raises UnknownEscalationError."""
        packet = self.packet(escalation_id)
        if packet["delivery"]["state"] == "delivered" or self._courier is None:
            return packet
        return self.hand_on(escalation_id, {k: v for k, v in packet.items() if k != "delivery"})

    def packet(self, escalation_id: str) -> Packet:
        """A kept packet; raises UnknownEscalationError."""
        if _ID.fullmatch(escalation_id):
            try:
                found: Packet = json.loads(self._path(escalation_id).read_text("utf-8"))
            except (OSError, ValueError):
                pass
            else:
                return found
        raise UnknownEscalationError(
            f"没有编号为「{escalation_id[:64]}」的升级单。", field="escalation_id"
        )

    @staticmethod
    def _send(courier: Courier, escalation_id: str, packet: Packet) -> Packet:
        try:
            courier.send(escalation_id, packet)
        except CourierError as error:
            _log.warning("escalation %s was not delivered: %s", escalation_id, error)
            return {"state": "failed", "problem": str(error)}
        return {"state": "delivered", "problem": None}

    def _keep(self, escalation_id: str, packet: Packet) -> bool:
        """Whether the packet is on disk, whole, readable by this user alone."""
        path = self._path(escalation_id)
        draft = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(packet, file, ensure_ascii=False, indent=2)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError:
            _log.exception("escalation %s could not be written", escalation_id)
            return False
        return True

    def _path(self, escalation_id: str) -> Path:
        return self._folder / f"{escalation_id}.json"
