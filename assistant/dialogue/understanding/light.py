"""What a message leaves out because the talk is of it: 公司压根没参加, after a supplementary insurance.

Each clause is read with the name of what the rules talked about ask for put before it. That counts
only for what was asked for, or was told otherwise before: nothing else is on the table.
"""

import re
from collections.abc import Callable

from assistant.dialogue.model import Reading, SaidFact
from assistant.dialogue.reading.people import read_people
from assistant.dialogue.reading.typed import read_typed
from assistant.dialogue.state import State, plain

_NAMES = (
    ("employer.joined_supplement", "企业补充医疗保险"),
    ("employer.joined_public", "机关事业单位医疗补助"),
    ("pension.", "养老保险"),
    ("reg.", "居住登记"),
    ("permit.", "居住证"),
    ("rent.", "租的房子"),
    ("title_level", "职称"),
    ("skill_level", "技能等级证书"),
    ("employer.area", "单位"),
)
"""What the facts that may be left unsaid are of, in words that tell nothing by themselves."""
_STOPS = re.compile(r"[，,。；;：:！!？?\s]+")
_IS_OVER = re.compile("以前|原先|从前|曾经?|早先|早些年|那时|当年|年轻时")
"""What once was so, and may be no more."""
_LONGEST = 24
_SHORTEST = 3


def read_in_light(
    words: str, state: State, wanted: set[str], alone: Callable[[str], Reading]
) -> Reading | None:
    """The facts of the case that `words` tell, its names put in; None where they tell none.

    `wanted` are the facts that the rules talked about read; `alone` reads words by themselves.
    """
    open_to = {name for name in wanted if name in state.facts or _is_asked(name, state)}
    found: dict[str, SaidFact] = {}
    for clause in _STOPS.split(words):
        if not _SHORTEST <= len(clause) <= _LONGEST or _IS_OVER.search(clause):
            continue
        if read_people(read_typed(clause)).others():
            continue
        for name, told in _told_by(clause, open_to, alone).items():
            known = state.facts.get(name)
            if known is not None and known.value == plain(told.value):
                continue
            if name in found and found[name].value != told.value:
                return None
            found[name] = told
    changed = tuple(n for n in found if n in state.facts)
    return Reading(found, corrects=changed) if found else None


def _told_by(clause: str, names: set[str], alone: Callable[[str], Reading]) -> dict[str, SaidFact]:
    """What a clause tells of the facts called `names`, with what they are called put before it."""
    found: dict[str, SaidFact] = {}
    for called in dict.fromkeys(filter(None, map(_called, sorted(names)))):
        if called in clause:
            continue
        before = alone(called).facts
        for put in (f"{called}{clause}", f"{called}，{clause}"):
            for name, told in alone(put).facts.items():
                sure = not (told.hedged or told.likely or told.supposed or told.general)
                if name in names and name not in before and sure:
                    said = told.said.removeprefix(called).strip("，")
                    found.setdefault(name, SaidFact(told.value, said or clause, told.on))
    return found


def _called(name: str) -> str:
    return next((words for key, words in _NAMES if name.startswith(key)), "")


def _is_asked(name: str, state: State) -> bool:
    return any(name.split(".", maxsplit=1)[0] == asked.split(".")[0] for asked in state.asked)
