"""Score whole replies: `python -m eval.policy.evaluate [--url URL] [--split dev] [--json OUT]`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.errors import AssistantError
from assistant.schemas import Answer, AskRequest
from eval.figures import commit, percent
from eval.model import EVAL_DAY, TAGS, Case, Turn, read_cases
from eval.policy.judge import Judgement, SourceReader, failed, judge

Ask = Callable[[AskRequest], Answer]

CASES = Path(__file__).parent / "cases.jsonl"
CHECKS = {
    "kind": "答复类型",
    "reason": "拒答理由",
    "clause": "引对条款",
    "phrases": "引文含要点",
    "notices": "提示齐全",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask every case, print the table and each failure."""
    options = _options(arguments)
    try:
        cases = [
            case
            for case in read_cases(options.cases)
            if options.split in {case.split, "all"}
            and (not options.tag or options.tag in case.tags)
        ]
        ask = over_http(options.url) if options.url else in_process(options.today)
    except AssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    reader = SourceReader(options.corpus)
    judgements = [
        found
        for case in track(cases, description="评测", console=Console(stderr=True), transient=True)
        for found in run_case(case, ask, reader)
    ]
    console = Console(width=None if sys.stdout.isatty() else 140)
    show(judgements, console)
    if options.json:
        report = {"commit": commit(), "today": str(options.today), **as_json(judgements)}
        options.json.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


def in_process(today: date) -> Ask:
    """The product itself over an up-to-date index, with its default settings and a fixed day."""
    from assistant.assembly import build, build_service
    from assistant.config import Settings

    settings = Settings(today=today)
    build(settings)
    return build_service(settings).ask


def over_http(url: str) -> Ask:
    """A running service; raises AssistantError when nothing answers there."""
    import httpx

    client = httpx.Client(base_url=url, timeout=60)
    try:
        client.get("/healthz").raise_for_status()
    except httpx.HTTPError as error:
        raise AssistantError(f"{url} 没有应答（{error}），请先启动服务或核对地址。") from error

    def ask(request: AskRequest) -> Answer:
        try:
            reply = client.post("/api/ask", json=request.model_dump(mode="json"))
            reply.raise_for_status()
        except httpx.HTTPError as error:
            raise AssistantError(
                f"请求 {url}/api/ask 失败（{error}），请确认服务已启动。"
            ) from error
        return Answer.model_validate(reply.json())

    return ask


def run_case(case: Case, ask: Ask, reader: SourceReader) -> Iterable[Judgement]:
    """Ask the turns of a case in one conversation."""
    conversation_id = None
    for turn in case.turns:
        try:
            answer = ask(_request(turn, conversation_id))
        except AssistantError as error:
            yield failed(case, turn, error.message)
            return
        conversation_id = answer.conversation_id if len(case.turns) > 1 else None
        yield judge(case, turn, answer, reader)


def summarize(judgements: Sequence[Judgement]) -> dict[str, float | int | None]:
    """Rates over some judgements; None where nothing was there to judge."""
    replies = [j for j in judgements if j.answer is not None]
    refusals = [j for j in replies if j.answer is not None and j.answer.kind == "refuse"]
    should_refuse = [j for j in judgements if j.turn.expect.kind == "refuse"]
    should_answer = [
        j for j in judgements if j.turn.expect.kind in {"answer", "verdict", "clarify"}
    ]
    rates: dict[str, float | int | None] = {
        "turns": len(judgements),
        "passed": _rate(j.passed for j in judgements),
    }
    for check in CHECKS:
        values = [getattr(j, check) for j in judgements]
        rates[check] = _rate(value for value in values if value is not None)
    quotes = sum(j.quotes for j in judgements)
    return rates | {
        "wrong_version_rate": _rate(not j.version for j in replies),
        "stray_rate": _rate(j.stray for j in replies),
        "quote_fidelity": sum(j.faithful for j in judgements) / quotes if quotes else None,
        "quotes": quotes,
        "refusal_precision": _rate(j.turn.expect.kind == "refuse" for j in refusals),
        "refusal_recall": _rate(j in refusals for j in should_refuse),
        "wrong_refusal_rate": _rate(j in refusals for j in should_answer),
    }


def as_json(judgements: Sequence[Judgement]) -> dict[str, Any]:
    """Figures, by split and by tag, and every reply with what is wrong with it."""
    return {
        "summary": summarize(judgements),
        "by_split": {name: summarize(group) for name, group in _splits(judgements)},
        "by_tag": {name: summarize(group) for name, group in _tags(judgements)},
        "cases": [
            {
                "id": j.case.id,
                "split": j.case.split,
                "tags": j.case.tags,
                "question": j.turn.question,
                "passed": j.passed,
                "problems": j.problems,
                "answer": j.answer.model_dump(mode="json") if j.answer else None,
            }
            for j in judgements
        ],
    }


def show(judgements: Sequence[Judgement], console: Console) -> None:
    """Print the table per tag, the overall figures and every failure."""
    table = Table(title="答复评测", show_lines=False)
    table.add_column("标签", no_wrap=True)
    for heading in ("轮数", "全对", *CHECKS.values(), "版本错误", "误引草案外地"):
        table.add_column(heading, justify="right")
    for name, group in [("合计", judgements), *_splits(judgements), *_tags(judgements)]:
        rates = summarize(group)
        label = f"{name} {TAGS[name]}" if name in TAGS else name
        columns = ("passed", *CHECKS, "wrong_version_rate", "stray_rate")
        table.add_row(label, str(rates["turns"]), *(percent(rates[name]) for name in columns))
    console.print(table)
    rates = summarize(judgements)
    console.print(
        f"引文逐字相符 {percent(rates['quote_fidelity'])}（{rates['quotes']} 条）；"
        f"拒答精确率 {percent(rates['refusal_precision'])}，召回率 {percent(rates['refusal_recall'])}；"
        f"误拒率 {percent(rates['wrong_refusal_rate'])}；版本错误率 {percent(rates['wrong_version_rate'])}"
    )
    for judgement in judgements:
        if not judgement.passed:
            console.print(_failure(judgement), markup=False, highlight=False, soft_wrap=True)


def _failure(judgement: Judgement) -> str:
    turn, answer = judgement.turn, judgement.answer
    where = "，".join(str(part) for part in (turn.as_of, turn.jurisdiction) if part)
    lines = [f"\n✗ {judgement.case.id}（{judgement.case.split}）{turn.question}"]
    lines[0] += f"（{where}）" if where else ""
    lines += [f"    {problem}" for problem in judgement.problems]
    if answer is not None:
        said = " ".join(answer.text.split())[:120]
        lines.append(f"    答复 {answer.kind}/{answer.reason or '-'}：{said}")
    lines.append(f"    {judgement.case.why}")
    return "\n".join(lines)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.policy.evaluate", description="答复评测")
    parser.add_argument("--cases", type=Path, default=CASES, help="题目文件（JSONL）")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料目录，核对引文用")
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all")
    parser.add_argument("--tag", choices=tuple(TAGS), help="只评这一标签")
    parser.add_argument("--url", help="运行中的服务地址；不填则在本进程内评测")
    parser.add_argument(
        "--today", type=date.fromisoformat, default=EVAL_DAY, help="把今天当作哪一天"
    )
    parser.add_argument("--json", type=Path, help="把结果写成 JSON")
    return parser.parse_args(arguments)


def _request(turn: Turn, conversation_id: str | None) -> AskRequest:
    return AskRequest(
        question=turn.question,
        conversation_id=conversation_id,
        as_of=turn.as_of,
        jurisdiction=turn.jurisdiction,
        facts=turn.facts,
    )


def _splits(judgements: Sequence[Judgement]) -> list[tuple[str, list[Judgement]]]:
    groups = [(name, [j for j in judgements if j.case.split == name]) for name in ("dev", "test")]
    return [(name, group) for name, group in groups if group]


def _tags(judgements: Sequence[Judgement]) -> list[tuple[str, list[Judgement]]]:
    groups = [(tag, [j for j in judgements if tag in j.case.tags]) for tag in TAGS]
    return [(tag, group) for tag, group in groups if group]


def _rate(values: Iterable[bool]) -> float | None:
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


if __name__ == "__main__":
    raise SystemExit(main())
