"""A label on an answer, and the row of a sheet on which it is given."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import AssistantError
from eval.running.results import ItemResult, RunResult, TurnResult

Verdict = Literal["correct", "partly", "wrong"]
VERDICTS: dict[Verdict, str] = {"correct": "正确", "partly": "部分正确", "wrong": "错误"}
_LONGEST = 30_000  # a cell of a spreadsheet holds 32,767 characters


class LabelError(AssistantError):
    """A sheet or a file of labels that is not sound; the message lists every problem."""

    def __init__(self, problems: Sequence[str], *, what: str = "标注表") -> None:
        super().__init__(f"{what}有 {len(problems)} 处问题：\n" + "\n".join(problems))
        self.problems = tuple(problems)


class Label(BaseModel):
    """What one person thinks of one answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    turn: int
    verdict: Verdict
    missing_clauses: tuple[str, ...] = ()
    note: str = ""
    by: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """Which answer it is on."""
        return (self.id, self.turn)


class Row(BaseModel):
    """One line of a sheet: what the labeller reads, and what the labeller fills in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    turn: int
    question: str
    as_of: str
    answer: str
    quotes: str
    verdict: str = ""
    missing_clauses: str = ""
    note: str = ""
    by: str = ""


def rows_of(result: RunResult, labels: Iterable[Label] = (), *, by: str = "") -> list[Row]:
    """A row for every answer that the results hold in words, with the labels given so far."""
    given = {label.key: label for label in labels}
    return [
        _row(item, number, turn, given.get((item.id, number)), by)
        for item in result.items
        for number, turn in enumerate(item.turns, start=1)
        if turn.answer is not None
    ]


def read_labels(path: Path) -> tuple[Label, ...]:
    """The labels of a JSONL file; raises LabelError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError([f"{path}：读不到（{error}），请核对路径。"]) from error
    labels, problems = [], []
    for number, line in enumerate(lines, start=1):
        try:
            labels.append(Label.model_validate_json(line))
        except ValidationError:
            problems.append(
                f"{path}:{number}：不是一条标注，请用 assistant eval label import 生成。"
            )
    if problems:
        raise LabelError(problems)
    return tuple(labels)


def write_labels(path: Path, labels: Iterable[Label]) -> None:
    """Labels as JSONL, in the order of their answers: the same labels give the same bytes."""
    ordered = sorted(labels, key=lambda label: (*label.key, label.by))
    lines = [json.dumps(each.model_dump(mode="json"), ensure_ascii=False) for each in ordered]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _row(item: ItemResult, number: int, turn: TurnResult, label: Label | None, by: str) -> Row:
    answer = turn.answer or {}
    said = [t.question or "" for t in item.turns[:number]]
    return Row(
        id=item.id,
        turn=number,
        question=_cell("\n".join(said)),
        as_of=str(answer["as_of"]),
        answer=_cell(answer["text"]),
        quotes=_cell("\n".join(_quotes(answer["citations"]))),
        verdict=VERDICTS[label.verdict] if label else "",
        missing_clauses=" ".join(label.missing_clauses) if label else "",
        note=label.note if label else "",
        by=label.by if label else by,
    )


def _quotes(citations: list[dict[str, str]]) -> Iterator[str]:
    for citation in citations:
        yield (
            f"[{citation['marker']}] {citation['title']} {citation['label']}"
            f"（{citation['clause_id']}）：「{citation['quote']}」"
        )


def _cell(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "……（以下略）"
