"""Scripts as data (eval/wording/README.md): a question, and what a model replies to it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ROOT = Path(__file__).parent
HONEST = ROOT / "honest.jsonl"
HOSTILE = ROOT / "hostile.jsonl"
Split = Literal["dev", "heldout"]


class Said(BaseModel):
    """One statement of a reply; `bad`: it must never be shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1)
    clause_ids: tuple[str, ...]
    bad: bool = False

    def as_reply(self) -> dict[str, object]:
        """The statement as a model sends it."""
        return {"text": self.text, "clause_ids": list(self.clause_ids)}


class WordingScript(BaseModel):
    """One question with one reply."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    split: Split
    question: str
    as_of: date | None = None
    jurisdiction: str | None = None
    kind: str = "honest"  # in what the bad statements are bad
    statements: tuple[Said, ...] = Field(min_length=1)


def read_scripts(path: Path) -> list[WordingScript]:
    """The scripts of a file; raises ValueError naming the line that cannot be read."""
    return list(_scripts(path))


def _scripts(path: Path) -> Iterator[WordingScript]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            yield WordingScript.model_validate(json.loads(line))
        except ValueError as error:
            raise ValueError(f"{path.name} 第 {number} 行读不出来：{error}") from error
