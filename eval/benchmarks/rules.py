"""How fast the engine decides, beside plain Python and openfisca-core on the same rules.

    python -m eval.benchmarks.rules [--rounds 200] [--no-peer] [--json OUT]

All three start from the same stated facts (days as text) and keep a trace; figures are processor
time for one decision, the best of five batches. The engine also finds what is missing, the first
day, the premises and the relatives, and ties every step to its quote; the others only decide.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.clauses import Place, load_corpus, load_gazetteer
from assistant.errors import AssistantError, FactError
from assistant.rules import Outcome, RuleBook, RuleDesk, load_rules
from eval.benchmarks.plain_rules import RULES as PLAIN
from eval.benchmarks.table import Row, print_table
from eval.peers.openfisca.run import ask_openfisca

CORPUS = Path("corpus")
TABLES = Path("tests/rules/cases")
JIAXING = Place("330400", "嘉兴市")
_HOUSING = {"rent.is_urban_commodity_housing": True}
_JOB = {"job.stable_in_city": True}


@dataclass(frozen=True, slots=True)
class Case:
    """Facts put to one rule on one day, all of them known."""

    rule: str
    as_of: str
    facts: dict[str, Any]


CASES = (
    Case("settle.rental", "2026-12-21", {**_HOUSING, "reg.start": "2026-06-22"}),
    Case("settle.rental", "2026-12-22", {**_HOUSING, "reg.start": "2026-06-22"}),
    Case("settle.rental", "2025-02-28", {**_HOUSING, "reg.start": "2024-08-31"}),
    Case(
        "settle.rental",
        "2026-12-22",
        {**_HOUSING, "reg.start": "2026-01-01", "rent.registration_certificate": False},
    ),
    Case("settle.employment", "2026-11-21", {**_JOB, "pension.start": "2026-08-22"}),
    Case("settle.employment", "2026-11-22", {**_JOB, "pension.start": "2026-08-22"}),
    Case("settle.talent", "2026-11-22", {"edu": "大专"}),
    Case("settle.talent", "2026-11-22", {"skill_level": "高级工"}),
    Case(
        "settle.talent", "2026-11-22", {"edu": "高中", "title_level": "无", "skill_level": "初级工"}
    ),
    Case(
        "medical.public.account",
        "2026-11-22",
        {"birth_date": "1981-11-22", "staff.kind": "在编"},
    ),
    Case(
        "medical.public.account",
        "2026-11-21",
        {"birth_date": "1981-11-22", "staff.kind": "在编"},
    ),
    Case(
        "medical.public.account",
        "2026-11-22",
        {"birth_date": "1960-01-01", "staff.kind": "退休"},
    ),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything measured."""

    rows: tuple[Row, ...]
    remarks: tuple[str, ...]


def measure(*, rounds: int = 200, peer: bool = True) -> Figures:
    """Time the engine, plain Python and, where it can be installed, openfisca-core."""
    book = load_rules(CORPUS / "rules")
    rows = [_row(rule, "规则引擎（含追溯）", us) for rule, us in _engine(book, rounds).items()]
    rows += [_row(rule, "手写 Python（含追溯）", us) for rule, us in _plain(rounds).items()]
    remarks = [_agreement("手写 Python", [_plain_verdict(c) for c in CASES], book)]
    if peer:
        more, remark = _peer(book, rounds)
        rows += more
        remarks.append(remark)
    rows.sort(key=lambda row: row.name)
    rows += [*_all_tables(book), *_whole(book, rounds)]
    return Figures(tuple(rows), tuple(remarks))


def best_us(call: Callable[[], object], rounds: int, calls: int = 1) -> float:
    """Microseconds of processor time for one of `calls`: the best of five batches."""
    call()
    batches = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(rounds):
            call()
        batches.append(1e6 * (time.process_time() - began) / (rounds * calls))
    return min(batches)


def _row(name: str, what: str, us: float) -> Row:
    return Row(name, what, f"{us:,.1f} µs", f"{1e6 / us:,.0f}")


def _by_rule() -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in CASES:
        found.setdefault(case.rule, []).append(case)
    return found


def _engine(book: RuleBook, rounds: int) -> dict[str, float]:
    def run(cases: Sequence[Case]) -> None:
        for case in cases:
            book.decide(case.rule, case.facts, date.fromisoformat(case.as_of), JIAXING)

    return {
        rule: best_us(lambda own=own: run(own), rounds, len(own))  # type: ignore[misc]
        for rule, own in _by_rule().items()
    }


def _plain(rounds: int) -> dict[str, float]:
    def run(cases: Sequence[Case]) -> None:
        for case in cases:
            PLAIN[case.rule](case.facts, date.fromisoformat(case.as_of))

    return {
        rule: best_us(lambda own=own: run(own), rounds, len(own))  # type: ignore[misc]
        for rule, own in _by_rule().items()
    }


def _peer(book: RuleBook, rounds: int) -> tuple[list[Row], str]:
    cases = [{"rule": c.rule, "as_of": c.as_of, "facts": c.facts} for c in CASES]
    try:
        reply = ask_openfisca(cases, rounds=rounds)
    except AssistantError as error:
        return [], f"openfisca-core 没有量：{error.message.splitlines()[0]}"
    kinds = {
        "openfisca-core（含追溯）": reply["with_trace_us"],
        "openfisca-core（不追溯）": reply["without_trace_us"],
        f"openfisca-core（一次 {reply['people']:,} 人，每人）": reply["many_us"],
    }
    rows = [_row(rule, what, us) for what, found in kinds.items() for rule, us in found.items()]
    return rows, _agreement("openfisca-core", [value for value, _ in reply["verdicts"]], book)


def _agreement(name: str, others: Sequence[bool | float], book: RuleBook) -> str:
    same = sum(value_of(book, case) == other for case, other in zip(CASES, others, strict=True))
    return f"{name} 与规则引擎结论一致：{same}/{len(CASES)}"


def value_of(book: RuleBook, case: Case) -> bool | float:
    """What the engine comes to, in the terms of the others: yes or no, or an amount."""
    verdict = book.decide(case.rule, case.facts, date.fromisoformat(case.as_of), JIAXING)
    if verdict.amount is not None and verdict.amount.value is not None:
        return float(verdict.amount.value)
    return verdict.outcome is Outcome.ELIGIBLE


def _plain_verdict(case: Case) -> bool | float:
    return PLAIN[case.rule](case.facts, date.fromisoformat(case.as_of))[0]


def _all_tables(book: RuleBook) -> list[Row]:
    """Every case of the tables that officers read: unknown facts, old law, doubts and all."""
    gazetteer = load_gazetteer(CORPUS)
    spent = []
    for table in sorted(TABLES.glob("*.yaml")):
        for case in yaml.safe_load(table.read_text(encoding="utf-8")):
            place = gazetteer.resolve(case.get("place", "嘉兴市"))
            put = (case["rule"], case.get("facts") or {}, case["as_of"], place)
            try:
                spent.append(best_us(lambda put=put: book.decide(*put), 3))  # type: ignore[misc]
            except FactError:
                continue
    if not spent:
        return []
    spent.sort()
    mean, p95 = sum(spent) / len(spent), spent[int(len(spent) * 0.95)]
    return [
        _row("全部规则", f"案例表 {len(spent)} 例，平均", mean),
        _row("全部规则", "同上，95% 不超过", p95),
    ]


def _whole(book: RuleBook, rounds: int) -> list[Row]:
    """What a request costs inside the service: verdict, citations, JSON; and a whole survey."""
    view, desk, day = load_corpus(CORPUS), RuleDesk(book), date(2026, 11, 22)
    facts = {**_HOUSING, "reg.months": 5}
    education = {"edu": "大专", "pension.consecutive_months_city": 2}
    decided = best_us(
        lambda: desk.decide(view, "settle.rental", facts, day, JIAXING).model_dump_json(), rounds
    )
    surveyed = best_us(
        lambda: desk.survey(view, education, day, JIAXING).model_dump_json(), max(1, rounds // 10)
    )
    checked = best_us(lambda: RuleDesk(book).on(view), 2)
    return [
        _row("settle.rental", "判定＋引文＋JSON", decided),
        _row("survey", f"{len(book.channels())} 种落户途径＋引文＋JSON", surveyed),
        _row("全部规则", "与语料逐条核对一遍", checked),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and keep it as JSON where asked."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.rules", description="规则计时")
    parser.add_argument("--rounds", type=int, default=200, help="每批的次数")
    parser.add_argument("--no-peer", action="store_true", help="不与 openfisca-core 比")
    parser.add_argument("--json", type=Path, help="结果写到这里")
    options = parser.parse_args(arguments)
    figures = measure(rounds=options.rounds, peer=not options.no_peer)
    print_table("规则", figures.rows, figures.remarks)
    if options.json:
        kept = {"rows": [row._asdict() for row in figures.rows], "remarks": figures.remarks}
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
