"""Questions with what each asks for: those written for training, and those of the sets to tune on."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.askbook import load_askbook
from assistant.answering.asked import asks_for_annex
from assistant.answering.asking import STATED
from assistant.answering.particulars import wanted_kinds
from assistant.answering.presented import presentation_of
from assistant.answering.screening import screen
from eval.model import Case
from eval.sets import paths, read_sets

WRITTEN = Path(__file__).parent / "asks"
_UNSTATED = "其他没有写的"
_CAUSED = frozenset({"unsafe"})  # reasons whose reply depends on the cause
_CAUSES = (  # of what a phrase does not tell, by what the case says of itself
    ("distress", re.compile("自[伤残杀]|轻生|求助|急救|关怀")),
    ("threat", re.compile("威胁|伤人|要挟")),
    ("forging", re.compile("")),
)
_ELSEWHERE = "other_jurisdiction"  # told by the place, not by what is asked


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the kind of thing it asks for, and the family that it must not be parted from."""

    question: str
    kind: str
    family: str
    case: Case | None = None

    @property
    def is_stated(self) -> bool:
        """Whether a text answers it."""
        return self.kind == STATED


def written(folder: Path = WRITTEN) -> list[Asked]:
    """The questions written for training: a line each, under `# kind`."""
    found: list[Asked] = []
    for path in sorted(folder.glob("*.txt")):
        kind = ""
        for line in filter(None, map(str.strip, path.read_text("utf-8").splitlines())):
            if line.startswith("#"):
                kind = line.lstrip("# ")
            else:
                found.append(Asked(line, kind, line))
    return found


def of_book(folder: Path) -> list[Asked]:
    """The questions written for clauses, and the near misses beside them; see `askbook`."""
    return [
        Asked(ask.question, _kind_missed(ask.question) if ask.misses else STATED, ask.clause_id)
        for ask in load_askbook(folder).asks
    ]


def of_sets(root: Path) -> list[Asked]:
    """The first turns of the questions to tune on; never one that is held out."""
    return [asked for located in read_sets(paths(root, ())) for asked in _of_case(located.case)]


def _of_case(case: Case) -> Iterator[Asked]:
    if case.split != "dev" or case.turns[0].expect is None:
        return
    turn = case.turns[0]
    if _settled_otherwise(case):
        return
    expect = turn.expect
    clauses = expect.clauses or ()
    family = clauses[0] if clauses else f"{case.id[0]}{len(turn.question) % 7}"
    if expect.kind != "refuse":
        if expect.kind is not None or clauses:
            yield Asked(turn.question, STATED, family, case)
        return
    kind = _kind_refused(turn.question, expect.reason, case.why)
    if kind is not None:
        yield Asked(turn.question, kind, family, case)


def _settled_otherwise(case: Case) -> bool:
    """Whether what becomes of a question hangs on something else than what is asked.

    Words pasted as official are compared with the texts; an annex, a day and an article that a
    notice has not are looked up. Learning the asking from them would teach what it is not.
    """
    turn = case.turns[0]
    if presentation_of(turn.question) is not None or "forged" in case.tags:
        return True
    refused = turn.expect is not None and turn.expect.kind == "refuse"
    looked_up = turn.as_of is not None or turn.jurisdiction is not None
    looked_up = looked_up or bool({"address", "elsewhere", "time_travel"} & set(case.tags))
    return refused and (looked_up or asks_for_annex(turn.question))


def _kind_refused(question: str, reason: str | None, why: str) -> str | None:
    if reason == _ELSEWHERE:
        return None
    if reason in _CAUSED:
        cause = screen(question).cause or next(c for c, told in _CAUSES if told.search(why))
        return f"{reason}/{cause}"
    if reason is not None and reason != "no_source":
        return reason
    return _kind_missed(question)


def _kind_missed(question: str) -> str:
    """The particular that a question asks for and no text states."""
    wanted = wanted_kinds(question)
    return wanted[0].name if wanted else _UNSTATED


def outside(path: Path) -> list[str]:
    """Questions of a file in the layout of STARD: of other matters, so that none is answered."""
    return [each["question"] for each in json.loads(path.read_text("utf-8"))["questions"]]
