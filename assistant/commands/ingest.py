"""`assistant ingest`: files become notices for review, and what they may touch is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from assistant.clauses import Corpus, load_corpus, load_gazetteer
from assistant.errors import AssistantError, RuleError
from assistant.ingest import (
    DEFAULT_LIMIT_MB,
    Impact,
    Stored,
    assess_impact,
    ingest_file,
    reissued,
    resolve_jurisdiction,
)
from assistant.rules import BindingReport, check_bindings, load_rules

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class _Outcome:
    path: Path
    stored: Stored | None = None
    impact: Impact | None = None
    broken: BindingReport | None = None
    error: str = ""


def ingest_command(
    files: Annotated[
        list[Path], typer.Argument(help="PDF（有文字层）、DOCX、HTML 或 TXT（UTF-8、GB18030）文件")
    ],
    corpus: Annotated[
        Path, typer.Option(help="语料库文件夹", envvar="ASSISTANT_CORPUS_DIR")
    ] = Path("corpus"),
    jurisdiction: Annotated[
        str | None, typer.Option(help="适用地区：名称或六位代码；不写则从发文机关认出")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="文件是已收录文件的更正版：写成替换稿，列出改动")
    ] = False,
    limit_mb: Annotated[
        float,
        typer.Option(
            help="单个文件的大小上限（MB）", envvar="ASSISTANT_INGEST_LIMIT_MB", min=0.001
        ),
    ] = DEFAULT_LIMIT_MB,
    eval_dir: Annotated[Path, typer.Option(help="评测集文件夹，用来查找受影响的用例")] = Path(
        "eval"
    ),
) -> None:
    """把政策文件收进语料库待审核：提取正文、拟出清单、列出可能受影响的条款、规则和用例。"""
    console = Console()
    try:
        code = resolve_jurisdiction(load_gazetteer(corpus), jurisdiction) if jurisdiction else None
        view = load_corpus(corpus)
    except AssistantError as error:
        console.print(error.message, style="red", markup=False)
        raise typer.Exit(1) from error
    outcomes: list[_Outcome] = []
    with _progress() as progress:
        task = progress.add_task("读取文件", total=len(files))
        for path in files:
            progress.update(task, description=f"读取 {path.name}")
            outcomes.append(_ingest_one(path, corpus, view, code, replace, limit_mb, eval_dir))
            progress.advance(task)
        progress.update(task, description="读取完成")
    _report(console, outcomes)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(1)


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
    )


def _ingest_one(
    path: Path,
    root: Path,
    view: Corpus,
    code: str | None,
    replace: bool,
    limit_mb: float,
    eval_dir: Path,
) -> _Outcome:
    try:
        stored = ingest_file(
            path, root, limit_mb=limit_mb, jurisdiction=code, replace_existing=replace
        )
    except AssistantError as error:
        named = error.message if path.name in error.message else f"{path.name}：{error.message}"
        return _Outcome(path, error=named)
    impact = assess_impact(
        stored.proposal,
        view,
        rules_root=root / "rules",
        eval_root=eval_dir,
        replaced=stored.replaced_clauses,
    )
    return _Outcome(path, stored, impact, _broken_rules(stored, view, root / "rules"))


def _broken_rules(stored: Stored, view: Corpus, rules: Path) -> BindingReport:
    """The ties of the rules to the text that approving a replacement would cut."""
    after = reissued(view, stored.proposal) if stored.replaces is not None else None
    if after is None:
        return BindingReport()
    try:
        return check_bindings(load_rules(rules).rules, after)
    except RuleError:
        return BindingReport()  # `make corpus` reports rule files that are not sound


def _report(console: Console, outcomes: list[_Outcome]) -> None:
    table = Table(title="收录结果", title_justify="left")
    for heading in ("文件", "结果", "标题与文号", "施行与失效", "条款", "待核对"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        table.add_row(*_row(outcome))
    console.print(table, markup=False)
    for outcome in outcomes:
        if outcome.stored is None:
            console.print(f"× {outcome.error}", style="red", markup=False, soft_wrap=True)
        else:
            _details(console, outcome.stored, outcome)


def _row(outcome: _Outcome) -> tuple[str, ...]:
    if outcome.stored is None:
        return (outcome.path.name, "失败", "", "", "", "见下")
    manifest = outcome.stored.proposal.manifest
    days = f"{manifest.effective_from or '待填'} 至 {manifest.effective_to or '未定'}"
    count = sum(clause.is_leaf for clause in outcome.stored.proposal.clauses)
    checks = len(outcome.stored.proposal.comments) + len(outcome.stored.proposal.remarks)
    return (
        outcome.path.name,
        "替换稿待审核" if outcome.stored.replaces else "待审核",
        f"{manifest.title}\n{manifest.doc_number or '无文号'}",
        days,
        str(count),
        f"{checks + len(manifest.misreadings)} 处",
    )


def _details(console: Console, stored: Stored, outcome: _Outcome) -> None:
    impact, broken = outcome.impact or Impact(), outcome.broken or BindingReport()

    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    say(f"\n{stored.document.path.name} → {stored.manifest_path}")
    for comment in (*stored.proposal.comments.values(), *stored.proposal.remarks):
        say(f"  请核对：{comment}")
    for misreading in stored.proposal.manifest.misreadings:
        say(f"  识读疑点：「{misreading.quote}」{misreading.note}")
    for contact in stored.proposal.contacts:
        say(f"  文中联系方式：{contact}")
    _list(
        say,
        "改动的条款",
        [f"{c.address}\n      旧：{c.old}\n      新：{c.new}" for c in impact.changes],
    )
    _list(
        say, "可能受影响的条款", [f"{t.label}（{t.clause_id}）：{t.reason}" for t in impact.clauses]
    )
    _list(
        say,
        "引用这些条款的规则",
        [f"{r.name}（rules/{r.file}）：{'、'.join(r.clause_ids)}" for r in impact.rules],
    )
    _list(say, "审核通过后停用、待复核的规则", broken.rule_ids)
    _list(say, "停用的原因", broken.lines())
    _list(say, "涉及的参数", broken.parameters)
    _list(
        say,
        "引用这些条款的评测用例",
        [f"{c.name}（{c.file}）：{'、'.join(c.clause_ids)}" for c in impact.cases],
    )
    if not impact.clauses and not impact.changes:
        say("  没有发现它会影响的已收录条款。")
    if stored.replaces:
        say(f"  核对后改名为 {stored.replaces.notice_id}.yaml 覆盖原清单，此前仍以原文作答。")
    say("  核对清单后把 review 改为 approved，再运行 make corpus 和 assistant index。")


def _list(say: Callable[[str], None], heading: str, items: Sequence[str]) -> None:
    if not items:
        return
    say(f"  {heading}（{len(items)}）：")
    for item in items[:_SHOWN]:
        say(f"    - {item}")
    if len(items) > _SHOWN:
        say(f"    …… 另有 {len(items) - _SHOWN} 项")
