"""A proposal becomes files of the corpus: all of them, or none."""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from assistant.clauses import Clause, Gazetteer, load_gazetteer, squeeze
from assistant.clauses.loader import (
    Manifest,
    load_manifests,
    parse_notice,
    read_source,
    text_hash,
)
from assistant.errors import CorpusError, IngestError
from assistant.ingest.proposal import UNPLACED, Proposal, learn, propose
from assistant.ingest.readers import DEFAULT_LIMIT_MB, Document, FileFormat, read_document

_ALWAYS_SHOWN = (
    "doc_number",
    "issued_on",
    "published_on",
    "effective_from",
    "effective_to",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What one file has become; `replaces` is the manifest it is meant to take the place of."""

    document: Document
    proposal: Proposal
    manifest_path: Path
    replaces: Manifest | None = None
    replaced_clauses: tuple[Clause, ...] = ()


def ingest_file(
    path: Path,
    root: Path,
    *,
    limit_mb: float = DEFAULT_LIMIT_MB,
    jurisdiction: str | None = None,
    replace_existing: bool = False,
) -> Stored:
    """Read one file and write its source and its pending manifest under `root`, the corpus.

    Raises IngestError (or CorpusError, where the corpus itself is not sound) and then leaves
    the corpus as it was. A replacement is written beside the manifest in force, as `.yaml.new`:
    the old text answers until a reviewer puts the new manifest in its place.
    """
    document = read_document(path, limit_mb=limit_mb)
    gazetteer = load_gazetteer(root)
    manifests = load_manifests(root)
    proposal = propose(document, learn(manifests, gazetteer), jurisdiction=jurisdiction)
    old = _same_notice(proposal, manifests, root)
    if old is not None:
        _check_replaceable(document, proposal, old, root, replace_existing)
        proposal = _taking_over(proposal, old)
    return _store(document, proposal, root, old, manifests, gazetteer)


def render_manifest(
    manifest: Manifest, comments: Mapping[str, str], header: Iterable[str] = ()
) -> str:
    """The manifest as YAML, with what the reviewer has to look at as comments."""
    lines = [f"# {line}" for line in header]
    for name, value in manifest.model_dump().items():
        is_empty = value is None or value == () or value is False
        if is_empty and name not in comments and name not in _ALWAYS_SHOWN:
            continue
        if name in comments:
            lines.append(f"# 请核对 {name}：{comments[name]}")
        lines.append(_yaml_of(name, _without_empty(value)))
    return "\n".join(lines) + "\n"


def _yaml_of(name: str, value: Any) -> str:
    dumped = yaml.safe_dump(
        {name: _plain(value)}, allow_unicode=True, sort_keys=False, width=10_000
    )
    return dumped.rstrip("\n")


def _plain(value: Any) -> Any:
    """Enumerations and tuples as YAML knows them; days stay days."""
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(field) for key, field in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _without_empty(value: Any) -> Any:
    """Items without their empty fields; what a relation may lack is written all the same."""
    if not isinstance(value, list | tuple):
        return value
    kept = {"doc_number", "title", "notice_id"}
    return [
        {
            key: field
            for key, field in item.items()
            if field is not None or ("kind" in item and key in kept)
        }
        for item in value
    ]


# --- duplicates and replacements ----------------------------------------------------------------


def _same_notice(proposal: Proposal, manifests: Iterable[Manifest], root: Path) -> Manifest | None:
    """The manifest, pending or approved, that already stands for this notice."""
    wanted = proposal.manifest
    text = _body(wanted, proposal.text)
    for manifest in manifests:
        if wanted.doc_number is not None and manifest.doc_number == wanted.doc_number:
            return manifest
        if manifest.notice_id == wanted.notice_id or _stored_body(manifest, root) == text:
            return manifest
    for manifest in manifests:
        same_title = squeeze(manifest.title) == squeeze(wanted.title)
        unnumbered = wanted.doc_number is None or manifest.doc_number is None
        if same_title and unnumbered and manifest.kind is wanted.kind:
            return manifest
    return None


def _body(manifest: Manifest, text: str) -> str:
    return squeeze("".join(text[p.start : p.end] for p in manifest.parts))


def _stored_body(manifest: Manifest, root: Path) -> str | None:
    try:
        texts = {part.file: read_source(root, part.file) for part in manifest.parts}
    except CorpusError:
        return None  # that manifest's own trouble; `make corpus` reports it
    return squeeze("".join(texts[p.file][p.start : p.end] for p in manifest.parts))


def _stored_clauses(manifest: Manifest, root: Path) -> tuple[Clause, ...]:
    try:
        return parse_notice(manifest, {p.file: read_source(root, p.file) for p in manifest.parts})
    except CorpusError:
        return ()


def _check_replaceable(
    document: Document, proposal: Proposal, old: Manifest, root: Path, replace_existing: bool
) -> None:
    name = document.path.name
    state = "待审核" if old.review == "pending" else "已收录"
    if _stored_body(old, root) == _body(proposal.manifest, proposal.text):
        raise IngestError(
            f"{name}：与{state}的 {old.notice_id}《{old.title}》文字完全相同，是重复文件，不必再收录。"
        )
    if not replace_existing:
        number = proposal.manifest.doc_number
        same = f"文号同为{number}" if number and number == old.doc_number else "标题相同"
        raise IngestError(
            f"{name}：与{state}的 {old.notice_id}《{old.title}》重复（{same}）。"
            "若是更正后的版本，请加 --replace，程序会列出改动的条款；否则请核对文件。"
        )


def _taking_over(proposal: Proposal, old: Manifest) -> Proposal:
    """The new text under the old id, with what reviewers had settled by hand."""
    kept = {
        name: getattr(old, name)
        for name in ("effects", "cautions", "placements", "verified_on", "repealed_on")
    }
    for name in ("issued_on", "published_on", "effective_from", "effective_to", "doc_number"):
        if getattr(proposal.manifest, name) is None:
            kept[name] = getattr(old, name)
    manifest = proposal.manifest.model_copy(
        update={**kept, "notice_id": old.notice_id, "jurisdiction": old.jurisdiction}
    )
    comments = dict(proposal.comments)
    if old.effects:
        comments["effects"] = "沿用原清单；条款有改动的，请逐条核对"
    clauses = tuple(
        replace(
            clause,
            notice_id=old.notice_id,
            clause_id=clause.clause_id.replace(proposal.manifest.notice_id, old.notice_id, 1),
        )
        for clause in proposal.clauses
    )
    return replace(proposal, manifest=manifest, comments=comments, clauses=clauses)


# --- files --------------------------------------------------------------------------------------


def _store(
    document: Document,
    proposal: Proposal,
    root: Path,
    old: Manifest | None,
    manifests: Iterable[Manifest],
    gazetteer: Gazetteer,
) -> Stored:
    used = {part.file for manifest in manifests for part in manifest.parts}
    stem = _free_stem(proposal, used)
    text_file = f"sources/{stem}.txt"
    files = {root / text_file: proposal.text.encode()}
    if not document.is_verbatim:
        files[root / f"sources/{stem}{_original_suffix(document)}"] = document.content
    parts = tuple(replace(part, file=text_file) for part in proposal.manifest.parts)
    manifest = proposal.manifest.model_copy(
        update={"parts": parts, "sources": {text_file: text_hash(proposal.text)}}
    )
    proposal = replace(
        proposal,
        manifest=manifest,
        clauses=tuple(replace(clause, file=text_file) for clause in proposal.clauses),
    )
    suffix = ".yaml" if old is None else ".yaml.new"
    manifest_path = root / "notices" / manifest.jurisdiction / f"{manifest.notice_id}{suffix}"
    if old is not None:
        manifest_path = _path_of(old, root).with_suffix(".yaml.new")
    header = _header(document, proposal, gazetteer, old)
    files[manifest_path] = render_manifest(manifest, proposal.comments, header).encode()
    if proposal.clauses:
        parse_notice(manifest, {text_file: proposal.text})  # the ranges and hashes as written
    write_all(files, document.path.name)
    was = () if old is None else _stored_clauses(old, root)
    return Stored(document, proposal, manifest_path, old, was)


def _path_of(manifest: Manifest, root: Path) -> Path:
    found = next((root / "notices").rglob(f"{manifest.notice_id}.yaml"), None)
    return found or root / "notices" / manifest.jurisdiction / f"{manifest.notice_id}.yaml"


def _free_stem(proposal: Proposal, used: set[str]) -> str:
    stem = proposal.manifest.notice_id
    if f"sources/{stem}.txt" in used:
        stem += f"-{hashlib.sha256(proposal.text.encode()).hexdigest()[:8]}"
    return stem


def _original_suffix(document: Document) -> str:
    if document.format is FileFormat.TXT:
        return ".original.txt"  # its encoding, its mark or its line ends differ from ours
    return f".{document.format.value}"


def _header(
    document: Document, proposal: Proposal, gazetteer: Gazetteer, old: Manifest | None
) -> list[str]:
    lines = [
        "由 assistant ingest 提出，待审核。请对照原件逐项核对；",
        "无误后把 review 改为 approved，再运行 make corpus 检查、assistant index 重建索引。",
    ]
    if old is not None:
        lines.append(
            f"这是 {old.notice_id} 的替换稿：核对后改名为 {old.notice_id}.yaml 覆盖原清单。"
        )
    lines.append(f"原件：{_one_line(document.path.name)}，sha256 {document.sha256}")
    code = proposal.manifest.jurisdiction
    lines.append(f"适用地区：{'待填写' if code == UNPLACED else gazetteer.name(code)}")
    lines += [f"请核对：{_one_line(remark)}" for remark in proposal.remarks]
    lines += [
        f"文中联系方式：{_one_line(contact)}（需要时登记到 corpus/contacts.yaml）"
        for contact in proposal.contacts
    ]
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())


def write_all(files: Mapping[Path, bytes], name: str) -> None:
    """Write every file or none: each beside its place first, then all renamed, the last one last.

    A process killed between two renames leaves at most sources that no manifest names.
    """
    made: list[Path] = []
    staged: dict[Path, Path] = {}
    placed: list[Path] = []
    previous = {path: path.read_bytes() for path in files if path.is_file()}
    try:
        for path, content in files.items():
            made += _make_folder(path.parent)
            temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            staged[path] = temporary
            _write_through(temporary, content)
        for path, temporary in staged.items():
            temporary.replace(path)
            placed.append(path)
    except BaseException as error:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        for path in placed:
            if path in previous:
                path.write_bytes(previous[path])
            else:
                path.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise IngestError(
                f"{name}：写入语料库失败（{error.strerror or error}），语料库没有改动。"
                "请检查磁盘空间和写入权限后再试。"
            ) from error
        raise


def _make_folder(folder: Path) -> list[Path]:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir()
    return list(reversed(missing))


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
