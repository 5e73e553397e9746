"""How a statement meets its support, in figures: what of it stands there, what does not, of what sort.

The tables (`glue`, `vocabulary`) know some words that a text need not have. What is left over is
described here, not judged: by its length, its parts of speech, its words and its characters.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.grounding.coverage import DENIALS, PROGRESS, SWEEPING, shared_pieces
from assistant.answering.grounding.glue import is_particle, joined_by_glue
from assistant.answering.grounding.marks import read_sentence
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.rewording import reworded, without_opening
from assistant.answering.grounding.spelling import HAN, canonical

_RUN = re.compile("[\u3400-\u9fff]+")
_SENTENCE_END = re.compile("[。;；\n]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_TURNING = {"sweeping": SWEEPING, "denials": DENIALS, "progress": PROGRESS}


def features(statement: str, support: Support) -> dict[str, float]:
    """What is weighed of a statement beside its support, by name.

    Shares are of the statement's Chinese characters, lengths in characters. `left:` and `glue:`
    count the parts of speech of words that the support does not have; `word:` and `char:` name them.
    """
    carried = "\n".join(map(canonical, (*support.texts, *support.facts)))
    own = "\n".join(map(canonical, support.texts))
    text = canonical(reworded(without_opening(statement), "\n".join(support.texts)))
    held = {i for s in range(len(text) - 1) if text[s : s + 2] in carried for i in (s, s + 1)}
    glue = joined_by_glue(text, carried)
    read = held | glue | {i for m in read_sentence(text).marks for i in range(m.start, m.end)}
    characters = [i for i, char in enumerate(text) if HAN.match(char)]
    count = max(1, len(characters))
    left = [len(run) for run in _RUN.findall(_without(text, held))]
    unread = [len(run) for run in _RUN.findall(_without(text, read))]
    figures: Counter[str] = Counter(
        {
            "length": len(text) / 100,
            "held": sum(i in held for i in characters) / count,
            "read": sum(i in read for i in characters) / count,
            "left_runs": len(left),
            "left_longest": max(left, default=0),
            "unread": sum(unread),
            "unread_runs": len(unread),
            "unread_longest": max(unread, default=0),
            "numbers": sum(number not in carried for number in _FIGURE.findall(text)),
        }
    )
    for name, words in _TURNING.items():
        for found in words.finditer(text):
            figures[f"{name}_{'held' if found[0] in carried else 'left'}"] += 1
    figures.update(_nearest(text, own))
    figures.update(_of_words(text, held, glue))
    return dict(figures)


def _without(text: str, positions: set[int]) -> str:
    return "".join(" " if i in positions else char for i, char in enumerate(text))


def _nearest(text: str, carried: str) -> dict[str, float]:
    """How much of the nearest sentence is said, and in its order."""
    said = {a + b for a, b in pairwise(text)}
    shared = [
        (len(said & pairs) / max(1, len(said)), len(said & pairs) / max(1, len(pairs)), sentence)
        for sentence in _SENTENCE_END.split(carried)
        if (pairs := {a + b for a, b in pairwise(sentence)})
    ]
    if not shared:
        return {}
    places = [place for _, place, _ in shared_pieces(text, max(shared)[2])]
    return {
        "share_of_statement": max(shared)[0],
        "share_of_sentence": max(of_sentence for _, of_sentence, _ in shared),
        "pieces": len(places),
        "turned": sum(later < earlier for earlier, later in pairwise(places)),
    }


def _of_words(text: str, held: set[int], glue: set[int]) -> dict[str, float]:
    """Sorts, words and characters of what the support does not have."""
    found: Counter[str] = Counter()
    named: set[str] = set()
    for start, word, sort in _words(text):
        places = range(start, start + len(word))
        if all(i in held for i in places):
            continue
        named.add(f"word:{word}")
        joins = all(i in glue for i in places) or (len(word) == 1 and is_particle(word))
        for part in {sort[:1], sort[:2]}:
            found[f"{'glue' if joins else 'left'}:{part}"] += 1
        if not joins:
            named |= {f"char:{char}" for char in word}
    return {**found, **dict.fromkeys(named, 1.0)}


def _words(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each Chinese word starts, the word, and its part of speech."""
    import rjieba

    at = 0
    for word, sort in rjieba.tag(text):
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        if HAN.search(word):
            yield start, word, sort
