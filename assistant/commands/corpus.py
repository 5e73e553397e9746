"""`assistant corpus`: is the corpus sound? Every complaint at once, in Chinese."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.clauses.loader import Manifest
    from assistant.rules import BindingReport


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; only errors fail the check."""

    text: str
    is_error: bool


def corpus_command(
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="文件夹", help="语料文件夹（默认按设置）")
    ] = None,
) -> None:
    """检查语料库：清单、原文、校验值、效力记录、词表，以及规则是否仍与条文一致。"""
    from assistant.commands.settings import read_settings

    root = corpus or read_settings().corpus_dir
    findings = list(check(root))
    errors = [finding for finding in findings if finding.is_error]
    for finding in findings:
        mark = "错误" if finding.is_error else "说明"
        typer.echo(f"{mark}：{finding.text}", err=finding.is_error)
    if errors:
        typer.echo(f"语料库检查没有通过：{len(errors)} 处错误。请逐条改正后重新检查。", err=True)
        raise typer.Exit(1)
    typer.echo("语料库检查通过。")


def check(root: Path) -> Iterator[Finding]:
    """Everything wrong with the corpus, and what it holds."""
    if not root.is_dir():
        yield Finding(
            f"没有语料文件夹 {root}，请在项目目录中运行，或用 --corpus 指明。", is_error=True
        )
        return
    manifests = list(_readable_manifests(root))
    yield from (item for item in manifests if isinstance(item, Finding))
    read = [item for item in manifests if not isinstance(item, Finding)]
    yield from _changed_parts(root, read)
    yield from _unused_sources(root, read)
    yield from _attempted(lambda: _whole(root))
    yield from _attempted(lambda: _lexicon(root))
    yield from _attempted(lambda: _examples(root))
    yield from _asks(root)
    yield from _rules(root)


def _readable_manifests(root: Path) -> "Iterator[Manifest | Finding]":
    from assistant.clauses.loader import read_manifest

    for path in sorted((root / "notices").rglob("*.yaml")):
        try:
            yield read_manifest(path)
        except AssistantError as error:
            yield Finding(error.message, is_error=True)


def _changed_parts(root: Path, manifests: "list[Manifest]") -> Iterator[Finding]:
    from assistant.clauses.loader import check_part, read_source

    for manifest in manifests:
        for part in manifest.parts:
            try:
                check_part(part, read_source(root, part.file), manifest.notice_id)
            except AssistantError as error:
                yield Finding(error.message, is_error=True)


def _unused_sources(root: Path, manifests: "list[Manifest]") -> Iterator[Finding]:
    used = {part.file for manifest in manifests for part in manifest.parts}
    for path in sorted((root / "sources").glob("*.txt")):
        name = path.relative_to(root).as_posix()
        if name not in used:
            yield Finding(f"{name} 没有清单提到，不会被收录。", is_error=False)
    pending = [manifest.notice_id for manifest in manifests if manifest.review == "pending"]
    if pending:
        yield Finding(f"待审核、暂不收录：{'、'.join(pending)}。", is_error=False)


def _attempted(step: Callable[[], str]) -> Iterator[Finding]:
    try:
        yield Finding(step(), is_error=False)
    except AssistantError as error:
        yield Finding(error.message, is_error=True)


def _whole(root: Path) -> str:
    from assistant.clauses import load_corpus

    corpus = load_corpus(root)
    notices = list(corpus.notices())
    clauses = sum(len(corpus.clauses_of(notice.notice_id)) for notice in notices)
    return f"{len(notices)} 份文件、{clauses} 条条款，原文与校验值一致。"


def _examples(root: Path) -> str:
    from assistant.answering.examples import load_examples

    examples = load_examples(root / "examples.yaml")
    return f"例问 {sum(map(len, examples.values()))} 句。"


def _asks(root: Path) -> Iterator[Finding]:
    """The questions written for clauses, and which of them stand by no clause."""
    from assistant.answering.askbook import load_askbook, misplaced
    from assistant.clauses import load_corpus
    from assistant.errors import CorpusError

    try:
        book = load_askbook(root / "asks")
    except AssistantError as error:
        yield Finding(error.message, is_error=True)
        return
    try:
        wrong = misplaced(book, load_corpus(root))
    except CorpusError:  # said already
        return
    yield from (Finding(line, is_error=True) for line in wrong)
    if not wrong:
        yield Finding(f"写给条款的问句 {len(book.asks)} 句。", is_error=False)


def _rules(root: Path) -> Iterator[Finding]:
    """The rules, and which of their ties to the text no longer hold."""
    from assistant.clauses import load_corpus
    from assistant.errors import CorpusError
    from assistant.rules import bindings, check_bindings, load_rules

    try:
        book = load_rules(root / "rules")
    except AssistantError as error:
        yield Finding(error.message, is_error=True)
        return
    try:
        found = check_bindings(book.rules, load_corpus(root))
    except CorpusError:  # said already
        yield Finding("语料读不出来，规则的依据这次没有核对。", is_error=False)
        return
    yield from (Finding(line, is_error=True) for line in found.lines())
    if found.breaches:
        yield Finding(_impact(found), is_error=True)
        return
    ties = sum(1 for _ in bindings(book.rules))
    yield Finding(
        f"规则 {len(book.rules)} 条、参数 {len(book.parameters)} 个、依据 {ties} 处，逐条与条文一致。",
        is_error=False,
    )


def _impact(found: "BindingReport") -> str:
    names = "、".join(found.rule_ids)
    figures = f"；涉及参数 {'、'.join(found.parameters)}" if found.parameters else ""
    clauses = "、".join(found.clause_ids)
    return (
        f"停用、待复核的规则 {len(found.rule_ids)} 条：{names}{figures}；有关条文 {clauses}。"
        "请对照条文改规则文件，或者恢复条文。"
    )


def _lexicon(root: Path) -> str:
    from assistant.retrieval.lexicon import load_lexicon

    return f"词表 {len(load_lexicon(root).official_terms)} 个正式用语。"
