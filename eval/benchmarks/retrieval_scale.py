"""Time, disk and memory of retrieval alone over many clauses.

    python -m eval.benchmarks.retrieval_scale STATUTES.jsonl.gz QUESTIONS.json --articles 75910

The questions are those of a file in the form of STARD's (`questions: [{question}]`). Beyond 75,910
articles the corpus is a synthetic repeat (see `statutes.py`); the report says so.
"""

import argparse
import itertools
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.clauses.jurisdictions import Place
from assistant.clauses.loader import load_corpus
from assistant.clauses.model import CorpusView
from assistant.retrieval import Index, Searcher, build_index, load_encoder, load_lexicon
from eval.benchmarks.measured import load_average, resident_mb, share_of
from eval.benchmarks.statutes import StatuteCorpus

PLACE = Place("330400", "嘉兴市")
DAY = date(2024, 11, 22)
PAST = date(2008, 6, 1)


def main() -> None:
    """Build, search, report as JSON."""
    arguments = _arguments()
    corpus: CorpusView
    if arguments.articles == 0:
        corpus = load_corpus(Path("corpus"))
    else:
        corpus = StatuteCorpus(arguments.statutes, articles=arguments.articles)
    questions = [
        row["question"]
        for row in json.loads(arguments.questions.read_text("utf-8"))["questions"][: arguments.ask]
    ]
    work = Path(tempfile.mkdtemp(prefix="retrieval-scale-", dir=arguments.work))
    try:
        report = measure(corpus, work, questions)
    finally:
        if not arguments.keep:
            shutil.rmtree(work)
    report["synthetic"] = arguments.articles > 75_910
    text = json.dumps(report, ensure_ascii=False, indent=1)
    if arguments.out:
        arguments.out.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


def measure(corpus: CorpusView, work: Path, questions: Sequence[str]) -> dict[str, Any]:
    """All figures for one corpus."""
    encoder = load_encoder(None)
    lexicon = load_lexicon(Path("corpus"))
    began: dict[str, float] = {}

    def note(step: str, _done: int, _total: int) -> None:
        began.setdefault(step, time.perf_counter())

    start = time.perf_counter()
    built = build_index(corpus, work, encoder, lexicon_digest=lexicon.digest, progress=note)
    build_s = time.perf_counter() - start
    build_cpu_s = time.process_time()
    after_build = resident_mb()
    start = time.perf_counter()
    searcher = Index.open(work, encoder, lexicon).searcher()
    open_s = time.perf_counter() - start
    return {
        "notices": built.notices,
        "clauses": built.clauses,
        "leaves": built.leaves,
        "build_s": round(build_s, 1),
        "build_cpu_s": round(build_cpu_s, 1),
        "load_average": load_average(),
        "steps_s": _durations(began),
        "open_s": round(open_s, 2),
        "disk_mb": {
            path.name: round(_size(path) / 1e6, 1)
            for path in sorted((work / built.build_id).iterdir())
            if _size(path) > 50_000
        },
        "rss_after_build_mb": after_build,
        "search_ms": _searches(searcher, questions),
        "rss_after_search_mb": resident_mb(),
    }


def _searches(searcher: Searcher, questions: Sequence[str]) -> dict[str, dict[str, float]]:
    def binding(question: str) -> object:
        return searcher.search(question, as_of=DAY, place=PLACE)

    def other(question: str) -> object:
        return searcher.search(question, as_of=DAY, place=PLACE, binding=False)

    def past(question: str) -> object:
        return searcher.search(question, as_of=PAST, place=PLACE)

    def both(question: str) -> object:
        return binding(question), other(question)

    def lookup(question: str) -> object:
        return searcher.lookup(question, as_of=DAY, place=PLACE)

    kinds: dict[str, Callable[[str], object]] = {
        "binding": binding,
        "other": other,
        "binding_2008": past,
        "both_passes": both,
        "lookup": lookup,
    }
    return {name: _percentiles(call, questions) for name, call in kinds.items()}


def _percentiles(call: Callable[[str], object], questions: Sequence[str]) -> dict[str, float]:
    """Milliseconds by the clock, and of processor time: the second knows no busy neighbours."""
    for question in questions[:20]:
        call(question)
    wall, cpu = [], []
    for question in questions:
        start, start_cpu = time.perf_counter(), time.process_time()
        call(question)
        wall.append(1000 * (time.perf_counter() - start))
        cpu.append(1000 * (time.process_time() - start_cpu))
    return {
        "p50": round(share_of(wall, 0.5), 2),
        "p95": round(share_of(wall, 0.95), 2),
        "max": round(max(wall), 2),
        "cpu_p50": round(share_of(cpu, 0.5), 2),
        "cpu_p95": round(share_of(cpu, 0.95), 2),
    }


def _durations(began: dict[str, float]) -> dict[str, float]:
    """Seconds from each step's beginning to the next one's."""
    starts = list(began.items())
    return {
        name: round(after - start, 2) for (name, start), (_, after) in itertools.pairwise(starts)
    }


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statutes", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--articles", type=int, default=75_910, help="0: the corpus itself")
    parser.add_argument("--ask", type=int, default=300)
    parser.add_argument("--work", type=Path, default=None, help="where to put the index")
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
