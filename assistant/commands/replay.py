"""`assistant replay`: a recorded answer, asked again; are citations and verdicts the same?"""

import difflib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from assistant.errors import IndexUnavailableError, UnknownAnswerError

if TYPE_CHECKING:
    from assistant.clauses import CorpusView
    from assistant.dialogue.ports import AuditRecord, Json
    from assistant.schemas import Answer


class Reasking(Protocol):
    """A service that can be put a recorded request, on one build of the index."""

    def reask(self, record: "AuditRecord") -> "Answer":
        """The answer to the recorded request; nothing is stored."""

    def view(self) -> "CorpusView":
        """The corpus that it answers from."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay came to."""

    same: bool
    remarks: tuple[str, ...]  # about the ground it stood on
    differences: tuple[str, ...]

    def report(self) -> str:
        """The replay for a person at a terminal."""
        verdict = (
            "重放一致：引文与裁决逐字节相同。" if self.same else "重放不一致：引文或裁决有变化。"
        )
        return "\n".join([*self.remarks, verdict, *self.differences])


def replay_command(
    answer_id: Annotated[
        str, typer.Argument(help="答复编号（answer_id）", metavar="答复编号", show_default=False)
    ],
) -> None:
    """重放一次答复：按当时的问题、情况、日期和语料再答一遍，逐字节比对引文与裁决。"""
    from assistant.assembly import build_service
    from assistant.commands.settings import read_settings
    from assistant.storage import open_stores

    settings = read_settings()
    stores = open_stores(settings.database_url, settings.var_dir)
    try:
        record = stores.audit.get(answer_id)
    finally:
        stores.close()
    replayed = replay(record, lambda build_id: build_service(settings, build_id))
    typer.echo(replayed.report())
    if not replayed.same:
        raise typer.Exit(1)


def replay(record: "AuditRecord", service_on: Callable[[str | None], Reasking]) -> Replay:
    """Ask again on the build recorded, or else on the one that serves; raises AssistantError."""
    from assistant.dialogue.ports import outcome_bytes, outcome_of

    if record.request is None or record.outcome is None:
        raise UnknownAnswerError(
            f"答复 {record.answer_id} 的对话已按要求删除或已过保留期，原话没有留下，不能重放。"
            f"当时依据的条款：{'、'.join(record.retrieved) or '无'}。",
            field="answer_id",
        )
    service, remarks = _on_the_same_ground(record, service_on)
    outcome = outcome_of(service.reask(record))
    return Replay(
        outcome_bytes(outcome) == outcome_bytes(record.outcome),
        tuple(remarks),
        tuple(_differences(record.outcome, outcome)),
    )


def _on_the_same_ground(
    record: "AuditRecord", service_on: Callable[[str | None], Reasking]
) -> tuple[Reasking, list[str]]:
    told = f"{record.as_of.isoformat()}、{record.jurisdiction}，索引 {record.build_id}"
    remarks = [f"重放答复 {record.answer_id}（{told}）。"]
    try:
        return service_on(record.build_id), remarks
    except IndexUnavailableError:
        service = service_on(None)
    if service.view().digest == record.corpus_digest:
        remarks.append("当时的索引已经清理；现在的索引由同一份语料建成，用它重放。")
    else:
        remarks.append(
            "当时的索引已经清理，而且语料此后有改动"
            f"（当时 {record.corpus_digest[:12]}，现在 {service.view().digest[:12]}），用现在的语料重放。"
        )
    return service, remarks


def _differences(before: "Json", now: "Json") -> list[str]:
    lines = difflib.unified_diff(
        _lines(before), _lines(now), fromfile="当时", tofile="现在", lineterm="", n=2
    )
    return list(lines)


def _lines(outcome: "Json") -> list[str]:
    return json.dumps(outcome, ensure_ascii=False, indent=1, sort_keys=True).splitlines()
