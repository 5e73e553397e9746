"""Score conversations: `python -m eval.conversation.evaluate [--set S] [--split dev] [--url U]`."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.errors import AssistantError
from assistant.rules import load_facts
from assistant.schemas import Answer, AskRequest
from eval.conversation.figures import Figures, summarize
from eval.conversation.judge import TurnJudgement, failed, judge
from eval.figures import commit, percent
from eval.model import EVAL_DAY, Case, Turn, read_cases
from eval.policy.evaluate import over_http
from eval.policy.judge import SourceReader

Ask = Callable[[AskRequest], Answer]

SETS = {
    "eligibility": "资格与金额",
    "missing": "缺事实",
    "dialogues": "多轮",
    "refusals": "拒答与貌似",
}
HELD_OUT = "test"
COLUMNS = {
    "turns": "轮数",
    "turn_accuracy": "整轮全对",
    "outcome_accuracy": "结论正确",
    "wrong_eligible": "误判符合",
    "details_accuracy": "金额日期随迁",
    "missing_fact_recall": "缺项追问",
    "clarify_precision": "追问精确",
    "clarify_recall": "追问召回",
    "refusal_precision": "拒答精确",
    "refusal_recall": "拒答召回",
    "reason_accuracy": "理由正确",
    "wrong_refusals": "误拒",
}
COUNTS = {"turns", "wrong_eligible", "wrong_refusals"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sets, print a table per set and the failures; exit code 1 on a wrong `eligible`."""
    options = _options(arguments)
    try:
        cases = {name: _cases(options, name) for name in options.set or SETS}
        same = same_facts(options.corpus)
        with _service(options) as ask:
            found = run(cases, ask, SourceReader(options.corpus), same)
    except AssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    console = Console(width=None if sys.stdout.isatty() else 150)
    show(found, console, show_held_out=options.show_heldout)
    if options.json:
        report = {
            "commit": commit(),
            "today": str(options.today),
            **as_json(found, with_held_out=options.show_heldout),
        }
        options.json.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 1 if any(j.wrong_eligible for group in found.values() for j in group) else 0


def run(
    cases: Mapping[str, Sequence[Case]], ask: Ask, reader: SourceReader, same: Mapping[str, str]
) -> dict[str, list[TurnJudgement]]:
    """Judged turns by set."""
    console = Console(stderr=True)
    return {
        name: [
            judged
            for case in track(group, description=SETS[name], console=console, transient=True)
            for judged in run_case(case, ask, reader, same)
        ]
        for name, group in cases.items()
    }


def run_case(
    case: Case, ask: Ask, reader: SourceReader, same: Mapping[str, str]
) -> Iterator[TurnJudgement]:
    """Ask the turns of a case in one conversation; after an error the rest count as failed."""
    conversation_id: str | None = None
    broken: str | None = None
    for turn in case.turns:
        if broken is not None:
            yield failed(case, turn, broken)
            continue
        try:
            answer = ask(_request(turn, conversation_id))
        except Exception as error:  # noqa: BLE001  a crash is a failed turn, not the run's end
            broken = error.message if isinstance(error, AssistantError) else repr(error)
            yield failed(case, turn, broken)
            continue
        conversation_id = answer.conversation_id if len(case.turns) > 1 else None
        yield judge(case, turn, answer, reader, same)


def same_facts(corpus: Path) -> dict[str, str]:
    """One name for facts that are two ways of saying one thing: a duration and its first day."""
    same = {}
    for fact in load_facts(corpus / "rules" / "facts.yaml"):
        if fact.start_of:
            same[fact.name] = fact.start_of
    return same


@contextmanager
def in_process(today: date, corpus: Path) -> Iterator[Ask]:
    """The product over an up-to-date index, a fixed day and a store of conversations of its own."""
    from assistant.assembly import build, build_service
    from assistant.config import Settings

    with tempfile.TemporaryDirectory() as folder:
        # A database of its own: what is asked here must not stand among people's conversations.
        database = f"sqlite:///{Path(folder) / 'conversations.db'}"
        settings = Settings(today=today, corpus_dir=corpus, database_url=database)
        build(settings)
        yield build_service(settings).ask


def show(
    found: Mapping[str, Sequence[TurnJudgement]], console: Console, *, show_held_out: bool
) -> None:
    """Print figures per set and split, then failures; those held out only as counts."""
    table = Table(title="对话评测", show_lines=False)
    table.add_column("题目集", no_wrap=True)
    for heading in COLUMNS.values():
        table.add_column(heading, justify="right")
    for name, group in found.items():
        for label, part in _parts(group):
            figures = summarize(part)
            table.add_row(f"{SETS[name]} {label}", *(_cell(figures, c) for c in COLUMNS))
    console.print(table)
    everything = [j for group in found.values() for j in group]
    _print_totals(summarize(everything), console)
    hidden = 0
    for judgement in everything:
        if judgement.passed:
            continue
        if judgement.case.split == HELD_OUT and not show_held_out:
            hidden += 1
        else:
            console.print(_failure(judgement), markup=False, highlight=False, soft_wrap=True)
    if hidden:
        console.print(f"\n留出部分（{HELD_OUT}）另有 {hidden} 轮没有通过，不逐条列出。")


def as_json(
    found: Mapping[str, Sequence[TurnJudgement]], *, with_held_out: bool = False
) -> dict[str, Any]:
    """Figures by set and split, and every reply; those held out only in the figures."""
    return {
        "summary": summarize([j for group in found.values() for j in group]),
        "by_set": {
            name: {label: summarize(part) for label, part in _parts(group)}
            for name, group in found.items()
        },
        "turns": [
            {
                "set": name,
                "id": j.case.id,
                "split": j.case.split,
                "tags": j.case.tags,
                "question": j.turn.question,
                "passed": j.passed,
                "problems": j.problems,
                "answer": j.answer.model_dump(mode="json") if j.answer else None,
            }
            for name, group in found.items()
            for j in group
            if with_held_out or j.case.split != HELD_OUT
        ],
    }


def _print_totals(figures: Figures, console: Console) -> None:
    console.print(
        f"共 {figures['turns']} 轮、{figures['conversations']} 段对话；"
        f"整段全对 {percent(figures['conversation_accuracy'])}，"
        f"类型正确 {percent(figures['kind_accuracy'])}，"
        f"误拒率 {percent(figures['wrong_refusal_rate'])}，"
        f"提示齐全 {percent(figures['notices'])}，引对条款 {percent(figures['clause'])}，"
        f"版本错误 {percent(figures['wrong_version_rate'])}，"
        f"引文逐字 {percent(figures['quote_fidelity'])}"
    )
    wrong = figures["wrong_eligible"]
    console.print(f"误判符合：{wrong}" + ("（每一例都是缺陷）" if wrong else ""))


def _parts(group: Sequence[TurnJudgement]) -> list[tuple[str, Sequence[TurnJudgement]]]:
    splits = [(name, [j for j in group if j.case.split == name]) for name in ("dev", HELD_OUT)]
    present: list[tuple[str, Sequence[TurnJudgement]]] = [s for s in splits if s[1]]
    return [("合计", group), *present] if len(present) > 1 else present


def _failure(judgement: TurnJudgement) -> str:
    case, turn, answer = judgement.case, judgement.turn, judgement.answer
    number = case.turns.index(turn) + 1
    where = "，".join(str(part) for part in (turn.as_of, turn.jurisdiction) if part)
    place = f"第 {number} 轮 " if len(case.turns) > 1 else ""
    lines = [
        f"\n✗ {case.id}（{case.split}）{place}{turn.question}" + (f"（{where}）" * bool(where))
    ]
    lines += [f"    前 {n}：{one.question}" for n, one in enumerate(case.turns[: number - 1], 1)]
    lines += [f"    {problem}" for problem in judgement.problems]
    if answer is not None:
        said = " ".join(answer.text.split())[:160]
        lines.append(f"    答复 {answer.kind}/{answer.reason or '-'}：{said}")
        known = "，".join(f"{name}={fact.value}" for name, fact in answer.facts.items())
        lines.append(f"    听到的事实：{known or '（无）'}")
    if turn.reading is not None:
        said = "，".join(f"{name}={value}" for name, value in turn.reading.facts.items())
        lines.append(f"    应听到：{said or '（无）'}")
    lines.append(f"    {case.why}")
    return "\n".join(lines)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eval.conversation.evaluate", description="对话评测"
    )
    parser.add_argument("--set", action="append", choices=tuple(SETS), help="只评这一集，可重复")
    parser.add_argument("--split", choices=("dev", "test", "heldout", "all"), default="all")
    parser.add_argument("--tag", help="只评带这一标签的题")
    parser.add_argument("--id", action="append", help="只评这一题，可重复")
    parser.add_argument("--cases", type=Path, default=Path("eval"), help="各题目集所在的文件夹")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料目录")
    parser.add_argument("--url", help="运行中的服务地址；不填则在本进程内评测")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=EVAL_DAY,
        help="把今天当作哪一天（--url 时无效）",
    )
    parser.add_argument("--show-heldout", action="store_true", help="逐条列出留出部分的失败")
    parser.add_argument("--json", type=Path, help="把结果写成 JSON")
    return parser.parse_args(arguments)


def _cases(options: argparse.Namespace, name: str) -> list[Case]:
    split = HELD_OUT if options.split == "heldout" else options.split
    return [
        case
        for case in read_cases(options.cases / name / "cases.jsonl")
        if split in {case.split, "all"}
        and (not options.tag or options.tag in case.tags)
        and (not options.id or case.id in options.id)
    ]


@contextmanager
def _service(options: argparse.Namespace) -> Iterator[Ask]:
    if options.url:
        yield over_http(options.url)
    else:
        with in_process(options.today, options.corpus) as ask:
            yield ask


def _request(turn: Turn, conversation_id: str | None) -> AskRequest:
    return AskRequest(
        question=turn.question,
        conversation_id=conversation_id,
        as_of=turn.as_of,
        jurisdiction=turn.jurisdiction,
        facts=turn.facts,
    )


def _cell(figures: Figures, column: str) -> str:
    value = figures[column]
    return str(value) if column in COUNTS else percent(value)


if __name__ == "__main__":
    raise SystemExit(main())
