"""Messages with the facts that they tell: those written for training, and turns of the sets."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.dialogue.reading.likely import label_of
from eval.model import Case
from eval.sets import paths, read_sets

WRITTEN = Path(__file__).parent / "told"
_SHORTEST_REPLY = 8  # characters; a shorter reply leans on the question that it answers
_UNLEARNED = frozenset(
    {
        "sex",
        "family",
        "migrant",
        "home.kind",
        "job.kind",
        "place.area",
        "proof.home",
        "reg_or_permit_voucher",
        "staff.on_establishment",
    }
)
"""Follow from other facts, or are told by the way beside them: not to be heard alone."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message, the labels of the facts that it tells, and the family it is not parted from."""

    text: str
    labels: frozenset[str]
    family: str


def digests(folder: Path = WRITTEN) -> dict[str, str]:
    """SHA-256 of each file of written messages."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.jsonl"))
    }


def written(folder: Path = WRITTEN) -> list[Told]:
    """The messages written for training: JSON lines of `text`, `facts` and the `words` of figures."""
    return [
        Told(each["text"], _labels(each["facts"]), f"{path.stem}-{number}")
        for path in sorted(folder.glob("*.jsonl"))
        for number, each in enumerate(map(json.loads, path.read_text("utf-8").splitlines()))
    ]


def of_sets(root: Path) -> list[Told]:
    """The turns to tune on, each with the facts that it adds; never one that is held out."""
    cases = (located.case for located in read_sets(paths(root, ())))
    return [told for case in cases if case.split == "dev" for told in of_case(case)]


def of_case(case: Case) -> Iterator[Told]:
    """What each turn of a case adds to what is known."""
    known: Mapping[str, Any] = {}
    for number, turn in enumerate(case.turns):
        if turn.reading is None:
            decides = turn.expect is None or turn.expect.kind in {"verdict", "clarify", None}
            if number == 0 and not decides:
                yield Told(turn.question, frozenset(), case.id)
            continue
        facts = turn.reading.facts
        added = {name: value for name, value in facts.items() if known.get(name) != value}
        known = facts
        if number == 0 or len(turn.question) >= _SHORTEST_REPLY:
            yield Told(turn.question, _labels(added), case.id)


def _labels(facts: Mapping[str, Any]) -> frozenset[str]:
    labels = (label_of(n, v) for n, v in facts.items() if n not in _UNLEARNED)
    return frozenset(label for label in labels if label is not None)
