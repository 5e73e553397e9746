"""Us beside the peers on one set, extractive and at equal k: `python -m eval.peers.compare`.

Every system is asked the questions of the retrieval set and gives its passages; nobody words
anything. Peers run their default recipe over whole sources, and their BM25 retrievers over the very
clauses that we rank. All vectors are by the embedder that we ship.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant.clauses import Corpus, Place, load_corpus
from assistant.clauses.effectivity import Status, status_of
from assistant.errors import AssistantError
from assistant.retrieval import Encoder, load_encoder, load_lexicon
from assistant.schemas import ScoredCitation
from eval.measures.intervals import percentile_interval, ratio_interval
from eval.measures.ranking import MEASURES, difference, interval, score
from eval.model import EVAL_DAY, Case
from eval.peers.run import HERE, ask_peers, ensure_environment, exchange_with
from eval.provenance import commit, describe_platform, is_dirty
from eval.retrieval.systems import Document, credit, holders, passage, ranked_leaves
from eval.running.doors import InProcess
from eval.sets import paths, read_cases

DEPTH = 10
SHOWN = 5  # passages that an extractive answer would show
OURS = "本项目"
HOME = "嘉兴市"
RESULTS = Path("eval/results/peers.json")
RECIPES = {
    "langchain": "LangChain 默认做法",
    "llamaindex": "LlamaIndex 默认做法",
    "haystack": "Haystack 默认做法",
}
LEXICAL = {
    "langchain": "LangChain BM25（逐条）",
    "llamaindex": "LlamaIndex BM25（逐条）",
    "haystack": "Haystack BM25（逐条）",
    "jieba": "jieba BM25（逐条）",
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one system makes of the questions."""

    rankings: Mapping[str, Sequence[str]]  # for the measures: clauses, or misses
    stale: Mapping[str, Sequence[bool]]  # for each passage in order: nothing in it binds
    unsaid: Mapping[str, Sequence[bool]]  # the same, and it is not said
    spent_ms: Sequence[float]
    lengths: Mapping[str, Sequence[int]]  # characters of each passage in order


@dataclass(frozen=True, slots=True)
class Ground:
    """The corpus, the questions and their gold, and on which day each is asked."""

    corpus: Corpus
    home: Place
    cases: Sequence[Case]
    encoder: Encoder

    @property
    def gold(self) -> dict[str, frozenset[str]]:
        """The gold leaves of each question."""
        return {case.id: frozenset(case.turns[0].expect.clauses) for case in self.cases}

    def day(self, case: Case) -> date:
        """The day a question is asked for."""
        return case.turns[0].as_of or EVAL_DAY

    def binds(self, clause_id: str, day: date) -> bool:
        """Whether a clause binds on the day, here; an interpretation counts as binding."""
        state = status_of(self.corpus, clause_id, as_of=day, place=self.home)
        return state.binds or state.status is Status.INTERPRETATION


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every system, print the table, write the results."""
    parser = argparse.ArgumentParser(prog="python -m eval.peers.compare", description="与同类对照")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料目录")
    parser.add_argument("--json", type=Path, default=RESULTS, help="结果写到哪里")
    options = parser.parse_args(arguments)
    try:
        found = compare(options.corpus)
    except AssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    options.json.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    options.json.write_text(text + "\n", encoding="utf-8")
    for name, system in found["systems"].items():
        cells = [f"{m} {system['figures'][m]['value']:.3f}" for m in ("recall@5", "mrr@10")]
        stale = system["figures"]["wrong_version@1"]["value"]
        sys.stdout.write(f"{name}：{'，'.join(cells)}，首条不在有效期而未标明 {stale:.1%}\n")
    sys.stdout.write(f"写到 {options.json}；assistant eval docs 更新 docs/evaluation.md\n")
    return 0


def compare(corpus: Path) -> dict[str, Any]:
    """Figures of every system with intervals, and of ours against each; raises AssistantError."""
    loaded = load_corpus(corpus)
    cases = read_cases(paths(names=("retrieval",))[0])
    ground = Ground(loaded, loaded.gazetteer.resolve(HOME), cases, load_encoder(None))
    systems = {OURS: ours(ground, corpus)}
    recipes, versions = default_recipes(ground)
    lexical, more = same_clauses(ground)
    systems |= recipes | lexical
    scores = {name: score(ground.gold, found.rankings) for name, found in systems.items()}
    return {
        "provenance": {
            "commit": commit(),
            "dirty": is_dirty(),
            "corpus_digest": loaded.digest,
            "lexicon_digest": load_lexicon(corpus).digest,
            "embedder": ground.encoder.name,
            "platform": describe_platform(),
            "versions": versions | more,
            "questions": len(cases),
            "k": SHOWN,
        },
        "systems": {
            name: {
                "figures": figures(ground, found, scores[name]),
                "behind_us": {
                    measure: asdict(difference(scores[OURS][measure], scores[name][measure]))
                    for measure in MEASURES
                }
                if name != OURS
                else {},
            }
            for name, found in systems.items()
        },
    }


def ours(ground: Ground, corpus: Path) -> Ranked:
    """Our own search, as the API gives it, with the status that it says of each clause."""
    stale: dict[str, list[bool]] = {}
    unsaid: dict[str, list[bool]] = {}
    rankings: dict[str, list[str]] = {}
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        recipe = InProcess(corpus, EVAL_DAY, var_dir=Path(folder))
        recipe.prepare()
        with recipe.open() as door:
            door.search(ground.cases[0].turns[0])  # what is loaded late is loaded now
            for case in ground.cases:
                began = time.perf_counter()
                hits = door.search(case.turns[0])
                spent.append(1000 * (time.perf_counter() - began))
                rankings[case.id] = [hit.clause_id for hit in hits]
                day = ground.day(case)
                stale[case.id] = [not ground.binds(hit.clause_id, day) for hit in hits]
                unsaid[case.id] = [
                    out and not _said(hit, ground)
                    for out, hit in zip(stale[case.id], hits, strict=True)
                ]
    return Ranked(rankings, stale, unsaid, spent, _clause_lengths(ground, rankings))


def default_recipes(ground: Ground) -> tuple[dict[str, Ranked], dict[str, str]]:
    """Each peer's own way from sources to passages."""
    corpus = ground.corpus
    files = sorted({corpus.clause(leaf).file for leaf in ranked_leaves(corpus)})
    documents = [Document(file, 0, len(corpus.source(file))) for file in files]
    sources = [{"id": str(n), "text": corpus.source(d.file)} for n, d in enumerate(documents)]
    python, script = ensure_environment(), HERE / "recipes.py"
    cut = exchange_with(python, script, {"sources": sources}, "split")
    texts = sorted({chunk["text"] for chunks in cut["chunks"].values() for chunk in chunks})
    questions = [{"id": case.id, "text": case.turns[0].question} for case in ground.cases]
    asked = [question["text"] for question in questions]
    began = time.perf_counter()
    encoded = ground.encoder.encode_questions(asked)
    encoding_ms = 1000 * (time.perf_counter() - began) / len(asked)
    vectors = dict(zip(texts, ground.encoder.encode(texts).tolist(), strict=True))
    vectors |= {f"?{text}": vector for text, vector in zip(asked, encoded.tolist(), strict=True)}
    reply = exchange_with(
        python,
        script,
        {"chunks": cut["chunks"], "questions": questions, "vectors": vectors, "limit": DEPTH},
        "rank",
    )
    found = {}
    for name, title in RECIPES.items():
        chunks = cut["chunks"][name]
        held = holders(corpus, documents, chunks)
        touched = [_touched(corpus, documents, chunk) for chunk in chunks]
        rankings = {
            case.id: credit(reply["rankings"][name][case.id], held, ground.gold[case.id])
            for case in ground.cases
        }
        stale = {
            case.id: [
                not any(ground.binds(leaf, ground.day(case)) for leaf in touched[place])
                for place in reply["rankings"][name][case.id]
            ]
            for case in ground.cases
        }
        spent = [ms + encoding_ms for ms in reply["spent_ms"][name]]
        lengths = {
            case.id: [len(chunks[place]["text"]) for place in reply["rankings"][name][case.id]]
            for case in ground.cases
        }
        found[title] = Ranked(rankings, stale, stale, spent, lengths)
    return found, cut["versions"]


def same_clauses(ground: Ground) -> tuple[dict[str, Ranked], dict[str, str]]:
    """The peers' BM25 retrievers over the clauses that we rank, with title and headings."""
    corpus = ground.corpus
    reply = ask_peers(
        {
            "documents": [{"id": n, "text": passage(corpus, n)} for n in ranked_leaves(corpus)],
            "questions": [{"id": c.id, "text": c.turns[0].question} for c in ground.cases],
            "sources": [],
            "limit": DEPTH,
        }
    )
    found = {}
    for name, title in LEXICAL.items():
        rankings = reply["rankings"][name]
        stale = {
            case.id: [not ground.binds(leaf, ground.day(case)) for leaf in rankings[case.id]]
            for case in ground.cases
        }
        lengths = _clause_lengths(ground, rankings)
        found[title] = Ranked(rankings, stale, stale, reply["spent_ms"][name], lengths)
    return found, reply["versions"]


def figures(
    ground: Ground, found: Ranked, scores: Mapping[str, Any]
) -> dict[str, dict[str, float]]:
    """Ranking measures, passages out of force, and times, each with its interval.

    Questions about what does not bind (a draft, a lapsed text) are left out of the versions.
    """
    shown: dict[str, dict[str, float]] = {}
    for measure in MEASURES:
        mean = interval(scores[measure])
        shown[measure] = {"value": mean.mean, "low": mean.low, "high": mean.high}
    about_law = [
        case
        for case in ground.cases
        if all(ground.binds(leaf, ground.day(case)) for leaf in ground.gold[case.id])
    ]
    for name, flags in (("out_of_force", found.stale), ("wrong_version", found.unsaid)):
        for k in (1, SHOWN):
            shown[f"{name}@{k}"] = _share([any(flags[case.id][:k]) for case in about_law])
    read = np.array([sum(lengths[:SHOWN]) for lengths in found.lengths.values()], dtype=np.float64)
    low, high = percentile_interval(read, 50.0)
    shown[f"characters@{SHOWN}"] = {"value": float(np.median(read)), "low": low, "high": high}
    for name, share in (("latency_p50_ms", 50.0), ("latency_p95_ms", 95.0)):
        values = np.array(found.spent_ms, dtype=np.float64)
        low, high = percentile_interval(values, share)
        shown[name] = {"value": float(np.percentile(values, share)), "low": low, "high": high}
    return shown


def _share(flags: Sequence[bool]) -> dict[str, float]:
    right = np.array(flags, dtype=np.float64)
    low, high = ratio_interval(right, np.ones(len(flags)))
    return {"value": float(right.mean()), "low": low, "high": high, "n": len(flags)}


def _clause_lengths(ground: Ground, rankings: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    corpus = ground.corpus
    return {
        key: [len(corpus.clause(leaf).text) for leaf in found] for key, found in rankings.items()
    }


def _said(hit: ScoredCitation, ground: Ground) -> bool:
    """Whether our hit says of itself that it does not bind here: by its status, or its place."""
    elsewhere = ground.corpus.notice(hit.document_id).jurisdiction != ground.home.code
    return hit.status != "in_force" or elsewhere


def _touched(corpus: Corpus, documents: Sequence[Document], chunk: Mapping[str, Any]) -> list[str]:
    """The leaves of which a chunk holds any character."""
    document = documents[int(chunk["source"])]
    first = document.start + chunk["start"]
    last = first + len(chunk["text"])
    return [
        leaf
        for leaf in ranked_leaves(corpus)
        for clause in [corpus.clause(leaf)]
        if clause.file == document.file and clause.start < last and first < clause.end
    ]


if __name__ == "__main__":
    raise SystemExit(main())
