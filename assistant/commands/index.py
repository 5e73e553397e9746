"""`assistant index`: what the corpus holds becomes what questions are answered from."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.config import Settings
    from assistant.retrieval import BuildReport
    from assistant.retrieval.building import Progress

STEP_NAMES = {
    "clean": "清理旧索引",
    "compare": "比较语料",
    "clauses": "写入条款",
    "lexical": "写入词面索引",
    "dense": "写入向量索引",
    "verify": "核对新索引",
    "manifest": "写入清单",
    "flush": "落盘",
    "publish": "切换到新索引",
    "published": "完成",
}


def index_command(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="不沿用已有索引，全部重建")] = False,
) -> None:
    """按语料库建立索引；中途失败不影响原有索引。"""
    from assistant.commands.settings import read_settings

    report = build(read_settings(), progress=_show(), rebuild=rebuild)
    typer.echo(summary(report))


def build(
    settings: "Settings", *, progress: "Progress | None" = None, rebuild: bool = False
) -> "BuildReport":
    """Bring the index in line with the corpus; nothing is written where it already is."""
    from assistant import assembly

    return assembly.build(settings, progress=progress, rebuild=rebuild)


def ensure_index(settings: "Settings") -> None:
    """Build what is missing or stale; say so only when something had to be done."""
    report = build(settings)
    if not report.unchanged:
        typer.echo(summary(report), err=True)


def summary(report: "BuildReport") -> str:
    """What a build did, in one line."""
    whole = f"{report.notices} 份文件、{report.clauses} 条条款"
    if report.unchanged:
        return f"索引已是最新（{whole}），没有改动。"
    return f"索引已建好：{whole}；新写入 {report.added} 条，移除 {report.removed} 条。"


def _show() -> "Progress | None":
    """A progress line on a terminal; nothing where output is kept in a file."""
    if not sys.stderr.isatty():
        return None

    def show(step: str, done: int, total: int) -> None:
        name = STEP_NAMES.get(step, step)
        count = f" {done}/{total}" if total > 1 else ""
        end = "\n" if step == "published" else ""
        sys.stderr.write(f"\r\x1b[K{name}{count}{end}")
        sys.stderr.flush()

    return show
