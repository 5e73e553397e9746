"""`assistant index`: what the corpus holds becomes what questions are answered from."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import IndexBusyError, IndexUnavailableError

if TYPE_CHECKING:
    from assistant.config import Settings
    from assistant.retrieval import BuildReport
    from assistant.retrieval.building import Progress

_PAUSE_S = 0.5

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
    """Build what is missing or stale; say so only when something had to be done.

    Where it cannot be built, an old whole index serves. Where there is none, another process that
    is building one is waited for; anything else raises IndexUnavailableError.
    """
    is_told = False
    while True:
        try:
            report = build(settings)
        except IndexUnavailableError as error:
            if _has_index(settings):
                typer.echo(f"提示：{error.message}现在先用原有的索引。", err=True)
                return
            if not isinstance(error, IndexBusyError):
                raise
            if not is_told:
                typer.echo("提示：另一个进程正在建立索引，等它建好。", err=True)
            is_told = True
            time.sleep(_PAUSE_S)
        else:
            if not report.unchanged:
                typer.echo(summary(report), err=True)
            return


def _has_index(settings: "Settings") -> bool:
    """Whether a build is in place; whether it is whole is found on opening it."""
    from assistant.assembly import index_root
    from assistant.retrieval.layout import current_build

    try:
        current_build(index_root(settings))
    except IndexUnavailableError:
        return False
    return True


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
