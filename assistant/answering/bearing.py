"""Whether the clause found bears on what is asked: a small model over how the two meet.

Shares of what a question speaks of say that a clause is near; they do not say that it answers. What
tells the two apart is weighed here: how much is covered, how much the corpus has never heard of,
how alike the two are, and what kind of thing is asked for. See `eval/training/README.md`.
"""

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.answering.asking import FOLDER, read_asking
from assistant.answering.picking import Pick, Picker
from assistant.answering.relevance import rarity_of, unheard_pairs

_SUREST = 6.0  # log-odds beyond which one opinion counts no more
WRITTEN_FOR = "bearing.json"
UNWRITTEN = "bearing_unwritten.json"
BY_WRITTEN = frozenset({"alike", "amiss"})  # signs that need questions written for clauses
_ELSEWHERE = 0.5  # share of what the corpus taught of asking that counts for a text new to it


def features(picker: Picker, pick: Pick) -> dict[str, float]:
    """What is weighed of a question and the clause picked for it, by name."""
    searcher, content = picker.searcher, picker.content
    text = f"{pick.notice.title} {pick.clause.label} {pick.clause.text}"
    rarity = rarity_of(searcher.document_frequency, searcher.leaf_count)
    pairs, unheard, heard_weight = unheard_pairs(picker.question.words, rarity)
    concepts = [p for p in content.pieces if len(p.forms) > 1 or p.operative or p.foreign]
    sides = [p for p in content.pieces if p.held is not None]
    return {
        "cover": pick.cover,
        "missed": pick.missed,
        "dense": pick.dense,
        "unheard_share": unheard / max(1, pairs),
        "unheard": float(unheard),
        "foreign": float(sum(p.foreign for p in content.pieces)),
        "concepts_held": float(sum(p.share_in(text) > 0 for p in concepts)),
        "sides_held": float(sum(p.share_in(text) > 0 for p in sides)),
        "lexical": pick.lexical / heard_weight if heard_weight else 0.0,
        "alike": pick.alike,
        "amiss": picker.amiss,
        "stated": log_odds(read_asking(picker.question.text).stated),
    }


def log_odds(likelihood: float) -> float:
    """The log-odds of a likelihood, within limits."""
    least = 1 / (1 + math.exp(_SUREST))
    likelihood = min(max(likelihood, least), 1 - least)
    return math.log(likelihood / (1 - likelihood))


@lru_cache(maxsize=2)
def _weights(name: str, folder: Path = FOLDER) -> Mapping[str, float]:
    stored = json.loads((folder / name).read_text("utf-8"))
    return {**stored["weights"], "": stored["bias"]}


def likelihood(found: Mapping[str, float], model: str = WRITTEN_FOR) -> float:
    """How likely a clause with these features answers its question, in [0, 1]."""
    weights = _weights(model)
    score = weights[""] + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def bears(picker: Picker, pick: Pick) -> float:
    """How likely `pick` answers the question of `picker`, in [0, 1].

    A notice for whose clauses nobody has written questions is weighed without those signs: that
    nothing written is like the question says nothing of a text that is new.
    """
    found = features(picker, pick)
    if picker.is_written_for(pick.clause.notice_id):
        return likelihood(found)
    return likelihood({**found, "stated": _ELSEWHERE * found["stated"]}, UNWRITTEN)
