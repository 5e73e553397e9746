"""What a run leaves behind: every item's outcome, and what it was measured on."""

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import AssistantError
from eval.sets import HELD_OUT

FORMAT = 1


class ResultsError(AssistantError):
    """A file of results that cannot be read, or is not fit for what is asked of it."""


class Kept(BaseModel):
    """Base of what is kept: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Retrieved(Kept):
    """One clause that retrieval found for the question."""

    clause_id: str
    title: str = ""
    label: str = ""
    status: str = ""
    score: float = 0.0
    gold: bool = False


class TurnResult(Kept):
    """One turn: what was asked, what came, and how it was judged.

    Of what is held out only scores and times are kept, unless the run was told to show it.
    """

    passed: bool
    scores: dict[str, tuple[float, float]] = Field(default_factory=dict)
    elapsed_ms: float | None = None
    kind: str | None = None
    question: str | None = None
    as_of: str | None = None
    jurisdiction: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    expect: dict[str, Any] = Field(default_factory=dict)
    reading: dict[str, Any] | None = None
    problems: tuple[str, ...] = ()
    retrieval: tuple[Retrieved, ...] = ()
    answer: dict[str, Any] | None = None
    quotes_stand: tuple[bool, ...] = ()  # for each citation of the answer


class ItemResult(Kept):
    """One case with its turns."""

    id: str
    set_name: str
    category: str
    split: Literal["dev", "test"]
    tags: tuple[str, ...]
    why: str | None = None
    turns: tuple[TurnResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every turn came out right."""
        return all(turn.passed for turn in self.turns)

    def withheld(self) -> "ItemResult":
        """The item without its wording: scores and times only."""
        turns = [
            TurnResult(
                passed=turn.passed,
                scores=turn.scores,
                elapsed_ms=turn.elapsed_ms,
            )
            for turn in self.turns
        ]
        return self.model_copy(update={"turns": tuple(turns), "why": None})


class Provenance(Kept):
    """What was measured, with what, where, and when."""

    commit: str | None = None
    dirty: bool | None = None
    started_at: str = ""
    today: str = ""
    target: str = ""
    corpus_digest: str | None = None
    rule_versions: dict[str, list[str]] = Field(default_factory=dict)
    rules_digest: str | None = None
    lexicon_digest: str | None = None
    sets: dict[str, str] = Field(default_factory=dict)  # set -> SHA-256 of its file
    embedder: str | None = None
    composers: list[str] = Field(default_factory=list)
    platform: dict[str, str] = Field(default_factory=dict)
    load_average: float | None = None
    workers: int = 1
    elapsed_s: float = 0.0
    choice: dict[str, Any] = Field(default_factory=dict)
    regression: str | None = None  # what was broken on purpose


class Figure(Kept):
    """A figure with its 95 % interval over cases; `n` is what it was counted over."""

    value: float
    low: float | None = None
    high: float | None = None
    n: int = 0


Figures = dict[str, Figure]


class RunResult(Kept):
    """One run of the question sets."""

    format: int = FORMAT
    provenance: Provenance
    complete: bool = True
    held_out_shown: bool = False
    figures: dict[str, Figures] = Field(default_factory=dict)  # group -> metric -> figure
    items: tuple[ItemResult, ...] = ()


def write_results(path: Path, result: RunResult) -> None:
    """Write a run; what is held out without its wording unless the run shows it."""
    items = [
        item if result.held_out_shown or item.split != HELD_OUT else item.withheld()
        for item in result.items
    ]
    kept = result.model_copy(update={"items": tuple(items)})
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(kept.model_dump(mode="json"), ensure_ascii=False, indent=1)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(path)


def read_results(path: Path) -> RunResult:
    """A run as written; raises ResultsError."""
    if path.is_dir():
        path = path / "results.json"
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ResultsError(
            f"没有结果文件 {path}。先运行 assistant eval run --out {path.parent}，或核对路径。"
        ) from None
    except (OSError, ValueError) as error:
        raise ResultsError(f"读不懂结果文件 {path}（{error}）。请重新运行评测。") from error
    if isinstance(raw, dict) and raw.get("format") != FORMAT:
        raise ResultsError(
            f"{path} 的格式是 {raw.get('format')}，本程序读的是 {FORMAT}；请重新运行评测。"
        )
    try:
        return RunResult.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ResultsError(
            f"{path} 不是一次评测的结果（{place} 不对）。请重新运行评测。"
        ) from error
