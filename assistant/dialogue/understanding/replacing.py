"""Corrections that name what was said and what holds: 是四十九不是三十九; 盖的是湖州的章，不是嘉兴.

What was said is looked for among the facts told; the one that it answers takes the other value.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.dialogue.model import Cast, Reading, SaidFact
from assistant.dialogue.reading.answers import read_answer
from assistant.dialogue.reading.people import read_people
from assistant.dialogue.reading.places import HERE, Surroundings
from assistant.dialogue.reading.typed import read_typed
from assistant.dialogue.state import State, plain
from assistant.dialogue.understanding.question_words import asks
from assistant.rules import FactDictionary, FactType

_SPAN = r"[^，,。；;？?！!\s]{1,14}?"
_END = r"(?=[，,。；;？?！!\s]|$)"
_BUT = r"[，,]?(?:而|并|根本|可|其实)?"
_PAIRS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"是(?:在|从)?(?P<new>{_SPAN}){_BUT}不是(?:在|从)?(?P<old>{_SPAN}){_END}",
        rf"不是(?:在|从)?(?P<old>{_SPAN})[，,]?(?:而|应该?|其实|实际上?)?是(?:在|从)?(?P<new>{_SPAN}){_END}",
        rf"把(?P<new>{_SPAN})(?:说|写|打|记|看|填|听)(?:成|作)了?(?P<old>{_SPAN}){_END}",
    )
)
_TOPIC_FIRST = re.compile(
    r"^(?P<thing>[^，,。？?]{2,10}?)(?:那(?:个|条|项|块)|我|要|得|需要|这里)*(?:更正|纠正|修正|改正|改|[说写打记填报搞弄数]错)(?:一?下|了)*[，,]?(?:应该|其实)?(?:是|为)(?P<value>[^，,。？?]{1,12})"
)


def pairs(words: str) -> Iterator[tuple[str, str]]:
    """What holds and what was said instead, as far as `words` name both."""
    for pattern in _PAIRS:
        for match in pattern.finditer(words):
            yield match["new"], match["old"]


def replaced(
    words: str,
    state: State,
    names: Sequence[str],
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
) -> Reading | None:
    """The facts, of those called `names`, that take another value; None where none does."""
    if asks(words):
        return None
    for new, old in pairs(words):
        for name in names:
            known = state.facts[name]
            if known.value is None or dictionary[name].type is FactType.BOOLEAN:
                continue
            before = _as_answer(old, name, as_of, dictionary, surroundings)
            after = _as_answer(new, name, as_of, dictionary, surroundings)
            if before is None or after is None or after.value is None:
                continue
            if plain(before.value) == known.value != plain(after.value):
                return Reading({name: replace(after, said=new)}, corrects=(name,))
    return None


def _as_answer(
    words: str, name: str, as_of: date, dictionary: FactDictionary, surroundings: Surroundings
) -> SaidFact | None:
    read = read_answer(
        read_typed(words), dictionary[name], as_of, dictionary, surroundings, Reading()
    )
    return (read or {}).get(name)


def moves_within(words: str, surroundings: Surroundings) -> bool:
    """Whether one place is put for another, and both are here: 单位是在平湖，不是桐乡."""
    for new, old in pairs(words):
        near = [surroundings.find(place) for place in (new, old)]
        if all(found and all(p.nearness == HERE for p in found) for found in near):
            return True
    return False


def put_shortly(words: str) -> tuple[str, str] | None:
    """退休的更正一下，是30个: the thing with its value in one, and the value; None for what is neither."""
    match = _TOPIC_FIRST.search(words.strip())
    return (f"{match['thing']}{match['value']}", match["value"]) if match else None


def person_replaced(words: str, cast: Cast) -> tuple[str, bool] | None:
    """说错人了，要迁的是我姑姑，不是我妈: who it is, and whether they move (or are joined)."""
    for new, old in pairs(words):
        people = [read_people(read_typed(name)).mentions for name in (new, old)]
        if any(len(found) != 1 for found in people):
            continue
        was = people[1][0].person
        if was in {cast.applicant, cast.host} and people[0][0].person != was:
            return new, was == cast.applicant
    return None
