"""Pieces of a wording that rest on nothing: words about what is said (写法是, 供您参考), or a claim of
its own (先到先得, 三个工作日内办结).

No table can list either. Which of the two a piece is, a small model says that has seen some hundreds
of each (`eval/training/README.md`). It looks only at what the clauses do not hold, and judges only
pieces of which hardly anything stands there: what stands in a clause, the other checks hold to it.
"""

import json
import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answering.grounding.discourse import DISCOURSE
from assistant.answering.grounding.glue import is_particle, joined_by_glue
from assistant.answering.grounding.marks import read_sentence
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.plain import has_like, needs_like
from assistant.answering.grounding.spelling import HAN, canonical

STORED = Path(__file__).parents[1] / "learned" / "framing.npz"
BUCKETS = 8192  # features share weights where their hashes meet
RESTS = 0.34  # share of a piece's characters, from which on it rests on the clauses
_LONGEST = 3  # characters of an n-gram
_ENDS = ",;:。!?()"
_TURNING = re.compile(
    r"[不没无非未除否别勿禁仅只或均都须二两三四五六七八九十\d]|其一|之一|任[一何意]|同时|应当|必须|达标|合格|通过|齐全|资格"
)  # what denies, counts, joins, binds or decides is no frame


@dataclass(frozen=True, slots=True)
class Gap:
    """Words in a row that the support does not hold, and what is weighed of them, by name."""

    text: str
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of canonical text between commas; `held` is the share of it that the support holds."""

    start: int
    end: int
    held: float
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    text: str
    sort: str  # part of speech

    @property
    def places(self) -> range:
        return range(self.start, self.start + len(self.text))


def without_frames(statement: str, support: Support) -> str:
    """A statement without its pieces that only speak about what is said; canonical if any is."""
    text = canonical(statement)
    read = _read(text, _carried(support))
    frames = [
        piece
        for piece in read
        if piece.held < RESTS
        and piece.gaps
        and not _TURNING.search(text[piece.start : piece.end])
        and all(_weights().doubt(gap) < _weights().frame_below for gap in piece.gaps)
    ]
    if not frames or not any(piece.held >= RESTS for piece in read):
        return statement
    for piece in reversed(frames):
        text = text[: piece.start] + text[piece.end + 1 :]
    return re.sub(r"\(\)|\)$", "", text).strip(_ENDS)


def invention_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """Pieces that rest on nothing and claim something."""
    return tuple(
        f"依据中没有「{gap.text}」"
        for piece in _read(canonical(statement), _carried(support))
        if piece.held < RESTS
        for gap in piece.gaps
        if len(gap.text) > 1 and _weights().doubt(gap) >= _weights().claim_from
    )


def pieces_of(text: str, support: Support) -> tuple[Piece, ...]:
    """The pieces of canonical text between commas and brackets, beside a support."""
    return _read(text, _carried(support))


def _carried(support: Support) -> str:
    return "\n".join(map(canonical, (*support.texts, *support.facts)))


@lru_cache(maxsize=256)
def _read(text: str, carried: str) -> tuple[Piece, ...]:
    held = {i for at in range(len(text) - 1) if text[at : at + 2] in carried for i in (at, at + 1)}
    held |= {i for mark in read_sentence(text).marks for i in range(mark.start, mark.end)}
    glue = joined_by_glue(text, carried)
    words = list(_words(text))
    pieces = []
    for start, end in _pieces(text):
        own = [word for word in words if start <= word.start < end]
        if own:
            share = _share(own, held)
            gaps = tuple(
                Gap(
                    "".join(word.text for word in run),
                    _features(run, text, (start, end), own, share, glue, carried),
                )
                for run in _runs(own, held)
            )
            pieces.append(Piece(start, end, share, gaps))
    return tuple(pieces)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at, char in enumerate(text + "。"):
        if char in _ENDS:
            yield start, at
            start = at + 1


def _words(text: str) -> Iterator[_Word]:
    import rjieba

    at = 0
    for word, sort in rjieba.tag(text):
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        if HAN.search(word):
            yield _Word(start, word, sort)


def _share(words: Sequence[_Word], held: set[int]) -> float:
    places = [i for word in words for i in word.places]
    return sum(i in held for i in places) / len(places)


def _runs(words: Sequence[_Word], held: set[int]) -> Iterator[list[_Word]]:
    run: list[_Word] = []
    for word in words:
        if not held.issuperset(word.places):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _features(
    run: Sequence[_Word],
    text: str,
    piece: tuple[int, int],
    own: Sequence[_Word],
    share: float,
    glue: set[int],
    carried: str,
) -> Mapping[str, float]:
    """Figures of a gap by name: lengths, shares, its place, its words, sorts and n-grams."""
    said = "".join(word.text for word in run)
    joins = [
        glue.issuperset(word.places) or (len(word.text) == 1 and is_particle(word.text))
        for word in run
    ]
    found: dict[str, float] = {
        "words": len(run) * 0.3,
        "characters": len(said) * 0.15,
        "share": share,
        "nothing": share == 0,
        "first": piece[0] == 0,
        "last": piece[1] >= len(text.rstrip(_ENDS)),
        "starts": run[0] is own[0],
        "ends": run[-1] is own[-1],
        f"then{text[piece[1] : piece[1] + 1]}": 1,
        "glue": sum(joins) / len(joins),
        "all_glue": all(joins),
        "discourse": sum(word.text in DISCOURSE for word in run),
        "unlike": sum(needs_like(w.text) and not has_like(w.text, carried) for w in run),
    }
    for word, joined in zip(run, joins, strict=True):
        found[f"word={word.text}"] = 1
        for sort in {word.sort[:1], word.sort[:2]}:
            name = f"{'glue' if joined else 'sort'}={sort}"
            found[name] = found.get(name, 0) + 1
    framed = f"^{said}$"
    for size in range(1, _LONGEST + 1):
        for at in range(len(framed) - size + 1):
            if size > 1 or framed[at] not in "^$":
                found[f"{size}={framed[at : at + size]}"] = 1
    return found


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each feature weighs, by the hash of its name."""

    weights: Sequence[float]
    bias: float
    frame_below: float  # under this doubt a piece is a frame
    claim_from: float  # from this doubt on it is a claim

    def doubt(self, gap: Gap) -> float:
        """How likely a gap claims something, in [0, 1]."""
        score = self.bias + sum(n * self.weights[bucket(name)] for name, n in gap.features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def bucket(name: str) -> int:
    """The place of a feature's weight."""
    return zlib.crc32(name.encode()) % BUCKETS


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    import numpy as np

    stored = json.loads(STORED.with_suffix(".json").read_text("utf-8"))
    levels = np.load(STORED)["weights"].astype(float) * stored["scale"]
    return _Weights(
        tuple(levels.tolist()), stored["bias"], stored["frame_below"], stored["claim_from"]
    )
