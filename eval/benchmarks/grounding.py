"""Time of checking an answer: statements against the clauses that it cites.

    python -m eval.benchmarks.grounding --answers 200

Clauses are drawn from the corpus with a fixed seed. Statements are sentences of those clauses,
reworded by swapping commas and figures so that none is verbatim (a verbatim one is free). `first`
are supports never seen before, `again` the same supports with other statements, as when an answer
is worded twice. Times are CPU times of this process: other work on the machine does not count.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.answering.grounding import Support, Terms, check_statement
from assistant.clauses import CorpusView, load_corpus
from assistant.retrieval import load_lexicon
from eval.benchmarks.measured import share_of

TARGET_MS = 50.0


def main() -> int:
    """Measure and print as JSON; exit code 1 where the target is missed at p95."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.grounding")
    parser.add_argument("--answers", type=int, default=200, help="量多少个答复")
    parser.add_argument("--statements", type=int, default=5, help="每个答复几句")
    parser.add_argument("--clauses", type=int, default=7, help="每个答复引用几条")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料目录")
    arguments = parser.parse_args()
    view = load_corpus(arguments.corpus)
    terms = Terms(load_lexicon(arguments.corpus).official_terms)
    check_statement("居住登记满六个月", Support(("连续居住登记满六个月。",)))  # compiles the tables
    first, again = measure(view, terms, arguments.answers, arguments.statements, arguments.clauses)
    report = {
        "answers": arguments.answers,
        "statements": arguments.statements,
        "clauses": arguments.clauses,
        "first_ms": summary(first),
        "again_ms": summary(again),
        "target_ms": TARGET_MS,
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 0 if report["first_ms"]["p95"] <= TARGET_MS else 1


def measure(
    view: CorpusView, terms: Terms, answers: int, statements: int, clauses: int
) -> tuple[list[float], list[float]]:
    """CPU milliseconds per answer, on supports new to the caches and on known ones."""
    lots = random.Random(1)
    leaves = [
        clause.text
        for notice in view.notices()
        for clause in view.clauses_of(notice.notice_id)
        if clause.is_leaf and len(clause.text) > 30
    ]
    first: list[float] = []
    again: list[float] = []
    for number in range(answers):
        texts = tuple(f"{text}（第{number}次）" for text in lots.sample(leaves, clauses))
        support = Support(texts)
        for times in (first, again):
            told = [_reworded(lots.choice(texts), lots) for _ in range(statements)]
            times.append(_milliseconds(told, support, terms))
    return first, again


def summary(times: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and maximum."""
    return {
        "p50": round(share_of(times, 0.5), 2),
        "p95": round(share_of(times, 0.95), 2),
        "max": round(max(times), 2),
    }


def _reworded(text: str, lots: random.Random) -> str:
    """A sentence of `text` in other words: neither verbatim nor quickly told to be false."""
    sentence = lots.choice([s for s in text.split("。") if len(s) > 8] or [text])[:160]
    middle = len(sentence) // 2
    return f"按照规定，{sentence[:middle]}，也就是{sentence[middle:]}（{lots.randint(2, 99)}）。"


def _milliseconds(statements: Sequence[str], support: Support, terms: Terms) -> float:
    began = time.process_time()
    for statement in statements:
        check_statement(statement, support, terms)
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    raise SystemExit(main())
