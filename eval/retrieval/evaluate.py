"""Score retrieval: `python -m eval.retrieval.evaluate [--stard FILE] [--peers] [--json OUT]`."""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.clauses import Corpus, load_corpus
from assistant.errors import AssistantError
from assistant.retrieval import Encoder, Lexicon, load_encoder, load_lexicon
from eval.measures.ranking import MEASURES, Difference, Scores, difference, interval, score
from eval.model import EVAL_DAY, TAGS, Case
from eval.provenance import commit
from eval.retrieval.articles import HERE, read_articles
from eval.retrieval.systems import (
    CHUNKS,
    Bench,
    Document,
    Query,
    Run,
    ours,
    peers,
    ranked_leaves,
)
from eval.sets import read_cases

CASES = Path(__file__).parent / "cases.jsonl"
HOME = "嘉兴市"
SIGNIFICANT = 0.05
OURS = "我们"


def main(arguments: Sequence[str] | None = None) -> int:
    """Score our own set and, where given, outside sets; with `--check` fail unless we lead."""
    options = _options(arguments)
    console = Console(width=None if sys.stdout.isatty() else 140)
    reports: dict[str, dict[str, Any]] = {}
    try:
        encoder, lexicon = load_encoder(options.encoder), load_lexicon(options.corpus)
        corpus = load_corpus(options.corpus)
        cases = [c for c in read_cases(options.cases) if options.split in {c.split, "all"}]
        with tempfile.TemporaryDirectory() as folder:
            bench = own_bench(corpus, cases, encoder, lexicon, Path(folder) / "own")
            reports["own"] = report(bench, "自有题目", console, with_peers=options.peers)
            show_cases(cases, corpus, reports["own"]["runs"][OURS], console)
            for path in options.stard:
                bench = article_bench(path, encoder, lexicon, Path(folder) / path.stem)
                reports[path.stem] = report(bench, path.name, console, with_peers=options.peers)
    except AssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    if options.json:
        write_json(options.json, reports, encoder, lexicon, corpus)
    leads = all(item["leads"] for item in reports.values())
    return 0 if leads or not options.check else 2


def own_bench(
    corpus: Corpus, cases: Sequence[Case], encoder: Encoder, lexicon: Lexicon, folder: Path
) -> Bench:
    """The corpus with the hand-written questions."""
    files = sorted({corpus.clause(leaf).file for leaf in ranked_leaves(corpus)})
    return Bench(
        corpus=corpus,
        documents=[Document(file, 0, len(corpus.source(file))) for file in files],
        queries={
            case.id: Query(case.turns[0].question, EVAL_DAY, case.turns[0].as_of) for case in cases
        },
        gold={case.id: frozenset(case.turns[0].expect.clauses) for case in cases},
        home=corpus.gazetteer.resolve(HOME),
        encoder=encoder,
        lexicon=lexicon,
        folder=folder,
    )


def article_bench(path: Path, encoder: Encoder, lexicon: Lexicon, folder: Path) -> Bench:
    """An outside set of articles and questions."""
    articles = read_articles(path)
    corpus = articles.corpus
    parts = [notice.parts[0] for notice in corpus.notices()]
    return Bench(
        corpus=corpus,
        documents=[Document(part.file, part.start, part.end) for part in parts],
        queries={key: Query(text, EVAL_DAY) for key, text in articles.questions.items()},
        gold=articles.gold,
        home=HERE,
        encoder=encoder,
        lexicon=lexicon,
        folder=folder,
    )


def report(bench: Bench, title: str, console: Console, *, with_peers: bool) -> dict[str, Any]:
    """Rank with every system, print the table, and give all figures."""
    bench.build()
    runs: dict[str, Run] = ours(bench)
    versions: dict[str, str] = {}
    if with_peers:
        others, versions = peers(bench)
        runs |= others
    scores = {name: score(bench.gold, run) for name, run in runs.items()}
    gaps = {
        name: {measure: difference(scores[OURS][measure], mine[measure]) for measure in MEASURES}
        for name, mine in scores.items()
        if name != OURS
    }
    leads = {name: leads_over(name, found) for name, found in gaps.items() if name[0] != "－"}
    show(title, len(bench.gold), scores, gaps, leads, console)
    return {
        "questions": len(bench.gold),
        "systems": {name: _figures(mine) for name, mine in scores.items()},
        "differences": {
            name: {measure: asdict(gap) for measure, gap in found.items()}
            for name, found in gaps.items()
        },
        "leads": all(leads.values()),
        "peers": versions,
        "runs": runs,
    }


def leads_over(name: str, gaps: Mapping[str, Difference]) -> bool:
    """Whether we are ahead beyond chance: on nDCG@10 and recall@5, of chunks on MRR@10."""
    judged = ("mrr@10",) if name == CHUNKS else ("ndcg@10", "recall@5")
    return all(gaps[m].mean > 0 and gaps[m].p < SIGNIFICANT for m in judged)


def show(
    title: str,
    questions: int,
    scores: Mapping[str, Scores],
    gaps: Mapping[str, Mapping[str, Difference]],
    leads: Mapping[str, bool],
    console: Console,
) -> None:
    """Print the table of systems."""
    table = Table(title=f"{title}（{questions} 问，95 % 自助区间；Δ 为我们减对方，p 为配对检验）")
    table.add_column("系统", no_wrap=True)
    for heading in (*MEASURES, "Δ nDCG@10", "Δ recall@5", "Δ MRR@10", "领先"):
        table.add_column(heading, justify="right")
    for name, mine in scores.items():
        cells = [_cell(mine, measure) for measure in MEASURES]
        if name == OURS:
            cells += ["", "", "", ""]
        else:
            cells += [_gap(gaps[name][m]) for m in ("ndcg@10", "recall@5", "mrr@10")]
            cells.append({True: "是", False: "否"}.get(leads[name], "") if name in leads else "")
        table.add_row(name, *cells)
    console.print(table)


def show_cases(cases: Sequence[Case], corpus: Corpus, run: Run, console: Console) -> None:
    """Print our figures by split and tag, and every question whose gold is not among five."""
    gold = {case.id: frozenset(case.turns[0].expect.clauses) for case in cases}
    scores = score(gold, run)
    table = Table(title="我们，按标签")
    for heading in ("标签", "问", *MEASURES):
        table.add_column(heading, justify="left" if heading == "标签" else "right")
    for name in ("dev", "test", *TAGS):
        rows = [i for i, case in enumerate(cases) if name == case.split or name in case.tags]
        if rows:
            cells = [f"{scores[measure][rows].mean():.3f}" for measure in MEASURES]
            table.add_row(f"{name} {TAGS.get(name, '')}".strip(), str(len(rows)), *cells)
    console.print(table)
    for place, case in enumerate(cases):
        if scores["recall@5"][place] == 0:
            console.print(
                _miss(case, corpus, run[case.id]), markup=False, highlight=False, soft_wrap=True
            )


def write_json(
    path: Path,
    reports: Mapping[str, Mapping[str, Any]],
    encoder: Encoder,
    lexicon: Lexicon,
    corpus: Corpus,
) -> None:
    """Write all figures with what they were measured on."""
    measured = {
        "commit": commit(),
        "corpus": corpus.digest,
        "encoder": encoder.name,
        "lexicon": lexicon.digest,
        "sets": {
            name: {key: value for key, value in found.items() if key != "runs"}
            for name, found in reports.items()
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eval.retrieval.evaluate", description="检索评测"
    )
    parser.add_argument("--cases", type=Path, default=CASES, help="题目文件（JSONL）")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料目录")
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all")
    parser.add_argument(
        "--stard", type=Path, action="append", default=[], help="条文题目文件，可给多个"
    )
    parser.add_argument("--peers", action="store_true", help="与同类检索器对照")
    parser.add_argument("--encoder", help="向量模型；不填用自带的")
    parser.add_argument("--check", action="store_true", help="没有全面领先时退出码为 2")
    parser.add_argument("--json", type=Path, help="把结果写成 JSON")
    return parser.parse_args(arguments)


def _figures(scores: Scores) -> dict[str, dict[str, float]]:
    return {measure: asdict(interval(scores[measure])) for measure in MEASURES}


def _cell(scores: Scores, measure: str) -> str:
    found = interval(scores[measure])
    return f"{found.mean:.3f}\n{found.low:.3f}–{found.high:.3f}"


def _gap(gap: Difference) -> str:
    return f"{gap.mean:+.3f}\np={gap.p:.3f}"


def _miss(case: Case, corpus: Corpus, found: Sequence[str]) -> str:
    turn = case.turns[0]
    day = f"（{turn.as_of}）" if turn.as_of else ""
    lines = [f"\n✗ {case.id}（{case.split}）{turn.question}{day}", f"    {case.why}"]
    for place, clause_id in enumerate(found[:3], start=1):
        clause = corpus.clause(clause_id)
        title = corpus.notice(clause.notice_id).title
        lines.append(f"    {place}. {title} {clause.label}：{clause.body[:40]}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
