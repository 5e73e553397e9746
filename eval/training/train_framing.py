"""Train what tells a frame (供您参考) from an invention (先到先得) in a wording that a model wrote.

    python -m eval.training.train_framing

Prints how well it does on phrases and clauses that it was not trained on, then fits it on everything
and writes `assistant/answering/learned/framing.*`.
"""

import argparse
import json
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.answering.grounding import Support
from assistant.answering.grounding.framing import (
    BUCKETS,
    RESTS,
    STORED,
    Gap,
    Piece,
    bucket,
    pieces_of,
)
from assistant.answering.grounding.rewording import reworded, without_opening
from assistant.answering.grounding.spelling import canonical
from assistant.clauses import Corpus, load_corpus
from eval.wording.scripts import HONEST, read_scripts

WRITTEN = Path(__file__).parent / "framed"
CORPUS = Path("corpus")
SEEDS = (1, 2, 3)
FRAME_BELOW, CLAIM_FROM = 0.05, 0.8  # by cross-validation, below
_FOLDS = 5
_C = 1.0  # inverse regularisation, by cross-validation
_TIMES = 8  # statements that each phrase is put into
_AT_RANDOM = 2500  # words of other clauses put into statements
_LEVELS = 127  # weights are stored as whole numbers
_WEIGHT = {"honest": 2.0, "word": 0.7}
_SHOWN = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Said:
    """A true wording and what it rests on."""

    text: str
    clause: str
    support: Support


@dataclass(frozen=True, slots=True)
class Example:
    """A statement with something put into it, and the gaps that it made."""

    kind: str
    phrase: str
    clause: str
    pieces: tuple[Piece, ...]  # those with gaps that the statement had not before, and these only
    claims: bool

    @property
    def gaps(self) -> list[Gap]:
        """All its gaps."""
        return [gap for piece in self.pieces for gap in piece.gaps]


def honest(corpus: Corpus) -> list[Said]:
    """The true wordings that may be read."""
    return [
        Said(said.text.rstrip("。"), said.clause_ids[0], _support(corpus, said.clause_ids))
        for script in read_scripts(HONEST)
        if script.split == "dev"
        for said in script.statements
    ]


def examples(said: Sequence[Said], seed: int) -> Iterator[Example]:
    """Every true wording; then frames, inventions and words put into some."""
    chance = random.Random(seed)
    for one in said:
        yield Example("honest", one.text, one.clause, _pieces(one.text, one.support), claims=False)
    kind = ""
    for line in _lines("frames.txt"):
        if line.startswith("#"):
            kind = "head" if "前" in line else "tail"
            continue
        for one in chance.sample(said, _TIMES):
            text = f"{line}{chance.choice('，：')}{one.text}"
            yield _put(kind, line, one, text if kind == "head" else f"{one.text}，{line}")
    for line in _lines("invented.txt"):
        if not line.startswith("#"):
            for one in chance.sample(said, _TIMES):
                yield _put("invented", line, one, _with(one.text, line, chance), claims=True)
    for name, claims in (("invented_words.txt", True), ("harmless_words.txt", False)):
        for line in _lines(name):
            word, other = line.split()
            fitting = [one for one in said if word in one.text and other not in one.text]
            for one in chance.sample(fitting, min(_TIMES, len(fitting))):
                text = one.text.replace(word, other, 1)
                yield _put("word", other, one, text, claims=claims)
    yield from _at_random(said, chance)


def fit(found: Sequence[Example]) -> LogisticRegression:
    """A linear model of whether a gap claims something."""
    rows = [(gap, e) for e in found for gap in e.gaps]
    weights = [_WEIGHT.get(e.kind, 1.0) for _, e in rows]
    model = LogisticRegression(C=_C, max_iter=2000)
    return model.fit(_matrix([gap for gap, _ in rows]), [e.claims for _, e in rows], weights)


def held_out(found: Sequence[Example], seed: int) -> Iterator[tuple[Example, float]]:
    """Each example by a model that saw neither its phrase nor its clause: the most doubtful gap."""
    for fold in range(_FOLDS):
        inside = [e for e in found if _fold(e.phrase, seed) != fold != _fold(e.clause, -seed)]
        outside = [e for e in found if _fold(e.phrase, seed) == fold == _fold(e.clause, -seed)]
        model = fit(inside)
        for example in outside:
            gaps = [gap for p in example.pieces if p.held < RESTS for gap in p.gaps]
            if gaps:
                yield example, float(model.predict_proba(_matrix(gaps))[:, 1].max())


def write(model: LogisticRegression) -> None:
    """Store the weights as whole numbers."""
    scale = float(np.abs(model.coef_).max() / _LEVELS)
    levels = np.rint(model.coef_[0] / scale).astype(np.int8)
    np.savez_compressed(STORED, weights=levels)
    stored = {
        "bias": round(float(model.intercept_[0]), 6),
        "scale": scale,
        "frame_below": FRAME_BELOW,
        "claim_from": CLAIM_FROM,
    }
    STORED.with_suffix(".json").write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


def _support(corpus: Corpus, clause_ids: Sequence[str]) -> Support:
    return Support(tuple(corpus.clause(one).text for one in clause_ids))


def _pieces(text: str, support: Support) -> tuple[Piece, ...]:
    own = reworded(without_opening(text), "\n".join(support.texts))
    return pieces_of(canonical(own), support)


def _put(kind: str, phrase: str, one: Said, text: str, *, claims: bool = False) -> Example:
    before = {gap.text for piece in _pieces(one.text, one.support) for gap in piece.gaps}
    new = (
        replace(piece, gaps=tuple(gap for gap in piece.gaps if gap.text not in before))
        for piece in _pieces(text, one.support)
    )
    return Example(kind, phrase, one.clause, tuple(p for p in new if p.gaps), claims)


def _with(text: str, phrase: str, chance: random.Random) -> str:
    commas = [at for at, char in enumerate(text) if char == "，"]
    form = chance.choice(("end", "end", "end", "aside", "within", "front"))
    if form == "aside":
        return f"{text}（{phrase}）"
    if form == "within" and commas:
        at = chance.choice(commas)
        return f"{text[:at]}，{phrase}{text[at:]}"
    return f"{phrase}，{text}" if form == "front" else f"{text}，{phrase}"


def _at_random(said: Sequence[Said], chance: random.Random) -> Iterator[Example]:
    """Words of other clauses, put before or in place of a word."""
    import rjieba

    words = sorted(
        {
            word
            for one in said
            for text in one.support.texts
            for word, sort in rjieba.tag(text)
            if len(word) > 1 and sort[0] in "nvai"
        }
    )
    for _ in range(_AT_RANDOM):
        one, word = chance.choice(said), chance.choice(words)
        parts = [(w, sort[0] in "nv" and len(w) > 1) for w, sort in rjieba.tag(one.text)]
        fitting = [i for i, (_, fits) in enumerate(parts) if fits and i]
        if not fitting or any(word in text for text in one.support.texts):
            continue
        at = chance.choice(fitting)
        before = "".join(w for w, _ in parts[:at])
        after = "".join(w for w, _ in parts[at + chance.choice((0, 1)) :])
        yield _put("word", word, one, before + word + after, claims=True)


def _lines(name: str) -> list[str]:
    return [line for line in (WRITTEN / name).read_text("utf-8").splitlines() if line.strip()]


def _fold(text: str, seed: int) -> int:
    return zlib.crc32(f"{seed}{text}".encode()) % _FOLDS


def _matrix(gaps: Sequence[Gap]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, gap in enumerate(gaps):
        for name, value in gap.features.items():
            rows.append(row)
            columns.append(bucket(name))
            values.append(float(value))
    return csr_matrix((values, (rows, columns)), shape=(len(gaps), BUCKETS))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    argparse.ArgumentParser(description=__doc__).parse_args(arguments)
    said = honest(load_corpus(CORPUS))
    found = list(examples(said, SEEDS[0]))
    for seed in SEEDS:
        doubts = list(held_out(found, seed))
        for level in _SHOWN:
            below = Counter(e.kind + "!" * e.claims for e, doubt in doubts if doubt < level)
            total = Counter(e.kind + "!" * e.claims for e, _ in doubts)
            shown = "  ".join(f"{kind} {below[kind]}/{total[kind]}" for kind in sorted(total))
            print(f"{seed}  < {level}: {shown}")
    write(fit(found))


if __name__ == "__main__":
    main()
