"""What no reader read of a message, taken from what its words most likely tell.

The readers know words; this knows what messages like it told. It fills only what they left open,
never changes what they read, and a fact of which it is not all but certain grants nothing before
the person has confirmed it (`SaidFact.likely`).
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from assistant.dialogue.model import Cast, Reading, SaidFact
from assistant.dialogue.reading.facts import read_scenes_facts
from assistant.dialogue.reading.likely import Likely, read_likely
from assistant.dialogue.reading.moods import is_supposed
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene, read_scene
from assistant.errors import FactError
from assistant.rules import FactDictionary

_ENOUGH = 0.9  # likelihood from which a fact counts
_CERTAIN = 0.97  # likelihood from which it counts like one that was read
_MARGIN = 0.3  # by which it must be likelier than any other value of the same fact
_SHORTEST = 6  # characters; less answers a question, and is read against it
_OF_A_HOST = "host."


def hear_facts(
    text: str,
    *,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    asked: str | None = None,
    cast: Cast | None = None,
) -> Reading:
    """Every fact that `text` states, and what it most likely tells where no reader knows the words.

    Takes what `read_facts` takes.
    """
    scene = read_scene(text, as_of, surroundings, asked, cast)
    reading, spoken = read_scenes_facts(scene, surroundings, dictionary)
    if len(scene.typed.text) < _SHORTEST:
        return reading
    return with_likely(scene, reading, spoken, dictionary)


def with_likely(
    scene: Scene, reading: Reading, spoken: Collection[str], dictionary: FactDictionary
) -> Reading:
    """The reading, and what it lacks that the words most likely tell of the applicant.

    `spoken` are the facts of which readers found words, whether or not those count as told.
    """
    facts = dict(reading.facts)
    for each in _clear(read_likely(scene.typed.text)):
        if each.name in spoken or each.name in facts or each.name not in dictionary:
            continue
        if each.name.startswith(_OF_A_HOST) and reading.host is None and "relation" not in facts:
            continue
        try:
            value = dictionary.parse(each.name, each.value)
        except FactError:
            continue
        facts[each.name] = SaidFact(
            value,
            scene.typed.said(each.start, each.end),
            scene.as_of,
            scene.is_hedged(each.start, each.end),
            reading.applicant,
            supposed=is_supposed(scene, each.start, each.end),
            general=scene.is_impersonal(each.start),
            likely=each.likelihood < _CERTAIN,
        )
    return replace(reading, facts=facts)


def _clear(likely: tuple[Likely, ...]) -> Iterator[Likely]:
    """The likeliest value of each fact, where it is likely enough and no other comes near."""
    best: dict[str, Likely] = {}
    second: dict[str, float] = {}
    for each in likely:
        if each.name in best:
            second.setdefault(each.name, each.likelihood)
        else:
            best[each.name] = each
    for name, each in best.items():
        rival = second.get(name, 0.0)
        if each.likelihood >= _ENOUGH and each.likelihood - rival >= _MARGIN:
            yield each
