"""All benchmarks that are done in a few minutes, in one table: `make bench`.

    python -m eval.benchmarks.run [--only rules retrieval ask completions conversation wording] [--no-peer] [--json OUT]

Times depend on the machine and on what else it does; the head line says which. The heavier ones
have commands of their own: `retrieval_scale` (a hundred thousand clauses and more), `kill_index`,
`fuzz_ask`, `lexical_candidates`.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx

from assistant.clauses import load_corpus
from assistant.errors import AssistantError
from eval.benchmarks import completions, rules, wording
from eval.benchmarks.measured import (
    cases_of,
    keep,
    load_average,
    machine,
    questions_of,
    resident_mb,
    share_of,
)
from eval.benchmarks.retrieval_scale import measure as measure_retrieval
from eval.benchmarks.table import Row, print_table
from eval.model import EVAL_DAY
from eval.serving import Served

CORPUS = Path("corpus")
_SEARCHES = {
    "both_passes": "两遍：有效的和其余的",
    "binding": "只查有效的",
    "lookup": "按文号、条款号",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for, one after another, and print each as it is done."""
    parts: dict[str, Callable[[], rules.Figures]] = {
        "rules": lambda: rules.measure(rounds=100, peer=not options.no_peer),
        "retrieval": retrieval,
        "ask": ask,
        "completions": lambda: completions.measure(questions_of("policy")),
        "conversation": conversation,
        "wording": wording.measure,
    }
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.run", description="计时")
    parser.add_argument("--only", nargs="+", choices=list(parts), help="只量这几项")
    parser.add_argument("--no-peer", action="store_true", help="不与 openfisca-core 比")
    parser.add_argument("--json", type=Path, help="结果写到这里")
    options = parser.parse_args(arguments)
    kept: dict[str, Any] = {
        "machine": machine(),
        "load_average": load_average(),
        "corpus": load_corpus(CORPUS).digest,
        "day": EVAL_DAY.isoformat(),
    }
    print(f"{kept['machine']}，开始时负载 {kept['load_average']}")
    failed = False
    for name in options.only or parts:
        try:
            figures = parts[name]()
        except AssistantError as error:
            print(f"\n{_TITLES[name]}\n{error.message}")
            failed = True
            continue
        print_table(_TITLES[name], figures.rows, figures.remarks)
        rows = [row._asdict() for row in figures.rows]
        kept[name] = {"rows": rows, "remarks": list(figures.remarks)}
    keep(options.json, kept)
    return int(failed)


_TITLES = {
    "rules": "规则",
    "retrieval": "检索（收录的全部文件）",
    "ask": "POST /api/ask",
    "completions": "POST /v1/chat/completions",
    "conversation": "一轮对话",
    "wording": "语言模型写说明",
}


def retrieval() -> rules.Figures:
    """Searches over the corpus itself, with the questions of the retrieval set."""
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        found = measure_retrieval(load_corpus(CORPUS), Path(work), questions_of("retrieval"))
    rows = [
        Row(
            "检索",
            f"{title}，{figure}",
            f"{found['search_ms'][kind][column]:.2f} ms",
        )
        for kind, title in _SEARCHES.items()
        for column, figure in (("p50", "p50"), ("p95", "p95"), ("cpu_p50", "p50，处理器时间"))
    ]
    rows.append(Row("建索引", f"{found['clauses']} 条条款", f"{found['build_s']:.1f} s"))
    rows.append(Row("打开索引", "", f"{found['open_s']:.2f} s"))
    return rules.Figures(tuple(rows), (f"检索后常驻内存 {found['rss_after_search_mb']} MB",))


def ask() -> rules.Figures:
    """The real service over HTTP, one question after another, with the questions of the policy set."""
    questions = questions_of("policy")
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        began = time.perf_counter()
        with (
            Served(Path(work)) as service,
            httpx.Client(base_url=service.address, trust_env=False, timeout=60) as client,
        ):
            ready_s = time.perf_counter() - began
            for question in questions[:20]:
                _post(client, question)
            outside, inside = [], []
            for question in questions:
                start = time.perf_counter()
                timings = _post(client, question)
                outside.append(1000 * (time.perf_counter() - start))
                inside.append(timings.get("total", 0.0))
            resident = resident_mb(service.process_id)
    rows = [
        Row("答复", f"{len(questions)} 问，p50", f"{share_of(outside, 0.5):.1f} ms"),
        Row("答复", "p95", f"{share_of(outside, 0.95):.1f} ms"),
        Row("答复", "p50，服务自报", f"{share_of(inside, 0.5):.1f} ms"),
        Row("答复", "p95，服务自报", f"{share_of(inside, 0.95):.1f} ms"),
        Row("启动", "空文件夹到就绪（含建索引）", f"{ready_s:.1f} s"),
    ]
    return rules.Figures(tuple(rows), (f"服务常驻内存 {resident} MB",))


def conversation() -> rules.Figures:
    """The real service over HTTP, the turns of the dialogues one after another."""
    dialogues = [
        [(t["question"], t.get("as_of")) for t in case["turns"]] for case in cases_of("dialogues")
    ]
    first: list[float] = []
    later: list[float] = []
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as work,
        Served(Path(work)) as service,
        httpx.Client(base_url=service.address, trust_env=False, timeout=60) as client,
    ):
        for rounds in (dialogues[:5], dialogues):  # the first few only warm up
            first, later = [], []
            for turns in rounds:
                known = None
                for question, as_of in turns:
                    body = {"question": question, "as_of": as_of, "conversation_id": known}
                    start = time.perf_counter()
                    response = client.post("/api/ask", json=body)
                    spent = 1000 * (time.perf_counter() - start)
                    response.raise_for_status()
                    (later if known else first).append(spent)
                    known = response.json()["conversation_id"]
    both = first + later
    rows = [
        Row("对话", f"{len(both)} 轮，p50", f"{share_of(both, 0.5):.1f} ms"),
        Row("对话", "p95", f"{share_of(both, 0.95):.1f} ms"),
        Row("对话", f"第一轮（{len(first)}），p50", f"{share_of(first, 0.5):.1f} ms"),
        Row("对话", f"之后各轮（{len(later)}），p50", f"{share_of(later, 0.5):.1f} ms"),
        Row("对话", "之后各轮，p95", f"{share_of(later, 0.95):.1f} ms"),
    ]
    return rules.Figures(tuple(rows), ())


def _post(client: httpx.Client, question: str) -> dict[str, float]:
    response = client.post("/api/ask", json={"question": question})
    response.raise_for_status()
    timings: dict[str, float] = response.json()["timings_ms"]
    return timings


if __name__ == "__main__":
    sys.exit(main())
