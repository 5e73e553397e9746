"""`assistant eval label`, `agreement`, `candidates`: what people think of answers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.chinese import ChineseCommand, ChineseGroup
from assistant.commands.eval_runs import out_folder, wide_console
from assistant.commands.evaluate import Corpus, eval_app
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from eval.labels.model import Label

__all__ = ["eval_app"]

Overwrite = Annotated[bool, typer.Option("--overwrite", help="已有的文件照样盖掉")]

label_app = typer.Typer(
    name="label",
    help="标注：把答复导出成表格，填好再导入。",
    cls=ChineseGroup,
    no_args_is_help=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]",
)
eval_app.add_typer(label_app)


@label_app.command("export", cls=ChineseCommand, options_metavar="[选项]")
def label_export_command(
    sheet: Annotated[Path, typer.Argument(metavar="表格", help="写到哪里，.csv 或 .xlsx")],
    results: Annotated[
        Path | None, typer.Option("--results", metavar="结果", help="哪一次的答复，默认 var/eval")
    ] = None,
    labels: Annotated[
        Path | None, typer.Option("--labels", metavar="文件", help="已有的标注，一并填上")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="标注人")] = "",
    failed: Annotated[bool, typer.Option("--failed", help="只要没有通过的")] = False,
    overwrite: Overwrite = False,
) -> None:
    """导出标注表：每个答复一行，留出部分没有原话的不在内。"""
    from eval.labels.model import read_labels, rows_of
    from eval.labels.sheets import write_sheet
    from eval.running.results import read_results

    _must_be_free(sheet, overwrite)
    result = read_results(results or out_folder(None))
    if failed:
        items = tuple(item for item in result.items if not item.passed)
        result = result.model_copy(update={"items": items})
    rows = rows_of(result, read_labels(labels) if labels else (), by=by)
    write_sheet(sheet, rows)
    typer.echo(f"导出 {len(rows)} 个答复：{sheet}")


@label_app.command("import", cls=ChineseCommand, options_metavar="[选项]")
def label_import_command(
    sheet: Annotated[Path, typer.Argument(metavar="表格", help="填好的 .csv 或 .xlsx")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="写到哪里，默认与表格同名的 .jsonl")
    ] = None,
    corpus: Corpus = Path("corpus"),
) -> None:
    """导入标注表，逐行核对判定和条款编号。"""
    from assistant.clauses import load_corpus
    from eval.labels.model import write_labels
    from eval.labels.sheets import labels_of, read_sheet

    view = load_corpus(corpus)
    known = {
        clause.clause_id
        for notice in view.notices()
        for clause in view.clauses_of(notice.notice_id)
    }
    rows = read_sheet(sheet)
    found = labels_of(rows, sheet, known)
    target = out or sheet.with_suffix(".jsonl")
    write_labels(target, found)
    typer.echo(f"导入 {len(found)} 条标注（另有 {len(rows) - len(found)} 行没有填）：{target}")


@eval_app.command("agreement", cls=ChineseCommand, options_metavar="[选项]")
def agreement_command(
    first: Annotated[Path, typer.Argument(metavar="甲", help="甲的标注（.jsonl、.csv、.xlsx）")],
    second: Annotated[Path, typer.Argument(metavar="乙", help="乙的标注")],
) -> None:
    """两个人标得是否一致：Cohen κ 与 95 % 区间，列出不一致的。"""
    from eval.labels.agreement import agreement
    from eval.reporting.changes import show_agreement

    show_agreement(agreement(_labels(first), _labels(second)), wide_console())


@eval_app.command("candidates", cls=ChineseCommand, options_metavar="[选项]")
def candidates_command(
    out: Annotated[Path, typer.Argument(metavar="文件", help="候选题写到哪里（JSONL）")],
    every: Annotated[bool, typer.Option("--all", help="说有用的也要，默认只要说没有用的")] = False,
    overwrite: Overwrite = False,
) -> None:
    """把用的人的反馈导出成候选题：个人信息已隐去，期望待人补上。"""
    from assistant.commands.settings import read_settings
    from assistant.storage import open_stores
    from eval.labels.candidates import as_lines, candidates

    _must_be_free(out, overwrite)
    settings = read_settings()
    stores = open_stores(settings.database_url, settings.var_dir)
    try:
        found = list(candidates(stores, ("up", "down") if every else ("down",)))
    finally:
        stores.close()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(as_lines(found), encoding="utf-8")
    typer.echo(
        f"导出 {len(found)} 道候选题：{out}。补上期望和标签，再用 assistant eval validate 校验。"
    )


def _must_be_free(path: Path, overwrite: bool) -> None:
    """Raises AssistantError where writing would undo what somebody has filled in."""
    if path.exists() and not overwrite:
        raise AssistantError(
            f"{path} 已经有了，再写会盖掉里面填好的。请换个文件名；确定不要了，就加 --overwrite。"
        )


def _labels(path: Path) -> "tuple[Label, ...]":
    from eval.labels.model import read_labels
    from eval.labels.sheets import labels_of, read_sheet

    if path.suffix.lower() == ".jsonl":
        return read_labels(path)
    return labels_of(read_sheet(path), path)
