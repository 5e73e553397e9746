"""`assistant ask`: one question, answered on the terminal."""

from datetime import date
from typing import Annotated

import typer
from pydantic import ValidationError

from assistant.errors import UnknownPlaceError
from assistant.schemas import NOTICE_NAMES, STATUS_NAMES, Answer, AskRequest, Citation
from ui.wording import book_title, spoken_lines, unsaid_notices


def as_day(written: str) -> date:
    """A day written `YYYY-MM-DD`."""
    try:
        if len(written) != len("2024-08-01"):
            raise ValueError(written)
        return date.fromisoformat(written)
    except ValueError:
        message = f"日期「{written}」须是真实存在的日期，写作 2024-08-01 这样的形式"
        raise typer.BadParameter(message) from None


def ask_command(
    question: Annotated[str, typer.Argument(help="要问的问题", metavar="问题", show_default=False)],
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of", parser=as_day, metavar="日期", help="按哪一天的规定回答（默认今天）"
        ),
    ] = None,
    jurisdiction: Annotated[
        str | None, typer.Option("--jurisdiction", metavar="地名", help="哪个地方（默认嘉兴市）")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="输出接口约定的 JSON，便于程序读取")
    ] = False,
) -> None:
    """问一个政策问题：给出回答、原文引用、出处与效力。"""
    request = _request(question, as_of, jurisdiction)
    from assistant.assembly import build_service
    from assistant.commands.index import ensure_index
    from assistant.commands.settings import read_settings

    settings = read_settings()
    ensure_index(settings)
    try:
        answer = build_service(settings).ask(request)
    except UnknownPlaceError as error:
        raise typer.BadParameter(error.message, param_hint="--jurisdiction") from None
    typer.echo(answer.model_dump_json(indent=2) if as_json else render(answer))


def render(answer: Answer) -> str:
    """The answer for a person at a terminal."""
    blocks = ["\n".join(spoken_lines(answer))]
    blocks += [_citation(citation) for citation in answer.citations]
    if notices := unsaid_notices(answer):
        lines = [f"  {NOTICE_NAMES[notice.code]}：{notice.text}" for notice in notices]
        blocks.append("\n".join(["提示", *lines]))
    blocks.append(
        f"按 {answer.as_of.isoformat()}、{answer.jurisdiction}作答；以政府公布的文本为准。"
    )
    return "\n\n".join(blocks)


def _request(question: str, as_of: date | None, jurisdiction: str | None) -> AskRequest:
    try:
        return AskRequest(question=question, as_of=as_of, jurisdiction=jurisdiction)
    except ValidationError as error:
        first = error.errors()[0]
        hint = "--jurisdiction" if first["loc"] == ("jurisdiction",) else "问题"
        raise typer.BadParameter(
            _wording_problem(first["type"], first["msg"]), param_hint=hint
        ) from None


def _wording_problem(kind: str, message: str) -> str:
    if kind.startswith("wording_"):
        return message
    known = {"string_too_long": "文字过长，问题最多 2000 个字符", "string_too_short": "文字为空"}
    return known.get(kind, "文字无法读取")


def _citation(citation: Citation) -> str:
    number = f" {citation.doc_number}" if citation.doc_number else ""
    where = citation.source
    return "\n".join(
        (
            f"[{citation.marker}] {STATUS_NAMES[citation.status]} {book_title(citation.title)}{number}",
            f"    {citation.label}",
            f"    「{citation.quote}」",
            f"    出处：{where.file} 第 {where.start} 至 {where.end} 个字符",
        )
    )
