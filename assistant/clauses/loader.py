"""Reads the corpus folder: sources, manifests and jurisdictions become a checked `Corpus`."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.clauses.amendments import normalize_doc_number, parse_amendments
from assistant.clauses.corpus import Corpus
from assistant.clauses.jurisdictions import Gazetteer
from assistant.clauses.layout import squeeze
from assistant.clauses.model import (
    Amendment,
    Caution,
    Clause,
    DocumentKind,
    Effect,
    EffectState,
    Misreading,
    Notice,
    Part,
    Relation,
)
from assistant.clauses.outline import Placement
from assistant.clauses.parser import PARSER_VERSION, parse_part
from assistant.errors import (
    ManifestError,
    SourceChangedError,
)


class Manifest(BaseModel):
    """One file `corpus/notices/<jurisdiction>/<notice_id>.yaml`, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notice_id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=2)
    doc_number: str | None = None
    issuer: str
    jurisdiction: str = Field(pattern=r"^\d{6}$")
    kind: DocumentKind
    review: str = Field(pattern="^(pending|approved)$")
    issued_on: date | None = None
    published_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    repealed_on: date | None = None
    verified_on: date | None = None
    dates_inferred: bool = False
    sources: dict[str, str] = Field(default_factory=dict)  # SHA-256 of each whole file
    parts: tuple[Part, ...] = Field(min_length=1)
    relations: tuple[Relation, ...] = ()
    effects: tuple[Effect, ...] = ()
    cautions: tuple[Caution, ...] = ()
    misreadings: tuple[Misreading, ...] = ()
    placements: tuple[Placement, ...] = ()
    validity_quote: str | None = None


def load_corpus(root: Path) -> Corpus:
    """Load and check `root` (the corpus folder); pending manifests are left out.

    Raises ManifestError or SourceChangedError, naming the file and what to do.
    """
    gazetteer = load_gazetteer(root)
    manifests = [m for m in load_manifests(root) if m.review == "approved"]
    sources = {
        f: read_source(root, f) for f in sorted({p.file for m in manifests for p in m.parts})
    }
    notices: dict[str, Notice] = {}
    clauses: dict[str, tuple[Clause, ...]] = {}
    for manifest in manifests:
        check_sources(manifest, sources)
        gazetteer.name(manifest.jurisdiction)
        parsed = parse_notice(manifest, sources)
        clauses[manifest.notice_id] = parsed
        notices[manifest.notice_id] = _notice(manifest, parsed)
    corpus = Corpus(notices, clauses, sources, gazetteer, _digest(root, manifests))
    _check_references(corpus)
    return _with_parsed_effects(corpus)


def load_gazetteer(root: Path) -> Gazetteer:
    """Place names from `root/jurisdictions.yaml`."""
    raw = _read_yaml(root / "jurisdictions.yaml")
    names = {"000000": "全国"}
    for level in ("provinces", "prefectures", "counties"):
        names |= raw.get(level, {})
    return Gazetteer(names, raw.get("aliases", {}))


def load_manifests(root: Path) -> list[Manifest]:
    """Every manifest under `root/notices`, pending ones too, checked for duplicates."""
    manifests = [read_manifest(path) for path in sorted((root / "notices").rglob("*.yaml"))]
    for key, name in (("notice_id", "编号"), ("doc_number", "文号")):
        seen: dict[str, str] = {}
        for manifest in manifests:
            value = getattr(manifest, key)
            if value is not None and value in seen:
                raise ManifestError(
                    f"两份清单的{name}都是 {value}（{seen[value]} 与 {manifest.notice_id}），"
                    "请删去重复的一份。"
                )
            seen[value] = manifest.notice_id
    return manifests


def read_manifest(path: Path) -> Manifest:
    """One manifest file; raises ManifestError that names the file and the field."""
    try:
        manifest = Manifest.model_validate(_read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "（整个文件）"
        raise ManifestError(
            f"清单 {path.name} 的 {where} 不对：{first['msg']}。请改正后重试。"
        ) from error
    if manifest.notice_id != path.stem:
        raise ManifestError(
            f"清单 {path.name} 里的 notice_id 是 {manifest.notice_id}，应与文件名一致。"
        )
    number = manifest.doc_number
    if number is not None and normalize_doc_number(number) != number:
        raise ManifestError(
            f"清单 {path.name} 的文号「{number}」应写成「机关代字〔年份〕序号号」。"
        )
    if (
        manifest.effective_from
        and manifest.effective_to
        and manifest.effective_to < manifest.effective_from
    ):
        raise ManifestError(f"清单 {path.name} 的失效日期早于施行日期，请核对。")
    return manifest


def parse_notice(manifest: Manifest, sources: Mapping[str, str]) -> tuple[Clause, ...]:
    """The clauses of all parts, cover first, in document order.

    Raises SourceChangedError where a part's characters are not the ones vouched for.
    """
    clauses: list[Clause] = []
    for part in manifest.parts:
        text = sources[part.file]
        check_part(part, text, manifest.notice_id)
        clauses += parse_part(
            text,
            part,
            notice_id=manifest.notice_id,
            title=part.title or manifest.title,
            doc_number=manifest.doc_number,
            issuer=manifest.issuer,
            placements=manifest.placements,
        )
    return tuple(replace(c, ordinal=i) for i, c in enumerate(clauses))


def check_part(part: Part, text: str, notice_id: str) -> None:
    """Raise SourceChangedError unless the part's characters hash to what was reviewed."""
    if not 0 <= part.start < part.end <= len(text) or part_hash(text, part) != part.sha256:
        raise SourceChangedError(
            f"{part.file} 中 {notice_id} 的文字（第 {part.start} 至 {part.end} 字）与审核时不同，已停止加载。"
            "请恢复原文件，或者重新审核后更新清单里的 sha256。"
        )


def check_sources(manifest: Manifest, texts: Mapping[str, str]) -> None:
    """Raise SourceChangedError unless every character of every file is the one reviewed.

    The parts vouch for the notice's own text; this is for what stands around it in the file.
    """
    for file in dict.fromkeys(part.file for part in manifest.parts):
        if manifest.sources.get(file) != text_hash(texts[file]):
            raise SourceChangedError(
                f"{file} 与 {manifest.notice_id} 审核时的文件不同，已停止加载。"
                "请恢复原文件，或者重新审核后更新清单 sources 里的 sha256。"
            )


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def part_hash(text: str, part: Part) -> str:
    """SHA-256 of the part's characters in UTF-8."""
    return text_hash(text[part.start : part.end])


def read_source(root: Path, file: str) -> str:
    """The text of a source, exactly as stored: line ends are not translated."""
    path = root / file
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise ManifestError(f"清单提到的原文 {file} 不存在，请把文件放回 corpus/ 下。") from None
    except UnicodeDecodeError:
        raise SourceChangedError(f"原文 {file} 不是 UTF-8 文本，请恢复原文件。") from None


def _read_yaml(path: Path) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 -- a safe loader
    except FileNotFoundError:
        raise ManifestError(f"缺少文件 {path.name}，请检查 corpus/ 是否完整。") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path.name} 不是合格的 YAML：{error}") from error
    if not isinstance(raw, dict):
        raise ManifestError(f"{path.name} 应当是一组「名称: 值」。")
    return raw


def _notice(manifest: Manifest, clauses: Sequence[Clause]) -> Notice:
    shared = {f.name for f in fields(Notice)} & set(Manifest.model_fields)
    values = {name: getattr(manifest, name) for name in shared}
    amendments: tuple[Amendment, ...] = ()
    if manifest.kind is DocumentKind.AMENDMENT:
        amendments = parse_amendments(clauses)
    return Notice(**values, amendments=amendments)


def _check_references(corpus: Corpus) -> None:
    for notice in corpus.notices():
        whole = squeeze("".join(c.text for c in corpus.clauses_of(notice.notice_id)))
        for misreading in notice.misreadings:
            if squeeze(misreading.quote) not in whole:
                raise ManifestError(
                    f"{notice.notice_id} 标注的识读疑点「{misreading.quote}」不在原文里。"
                )
        for effect in notice.effects:
            clause = corpus.clause(effect.clause_id)
            if effect.by is not None:
                corpus.clause(effect.by)
            if effect.quote is not None and effect.quote not in clause.text:
                raise ManifestError(
                    f"{notice.notice_id} 的效力记录引用「{effect.quote}」，但 {effect.clause_id} 里没有这些字。"
                )
        for relation in notice.relations:
            if relation.notice_id is not None:
                corpus.notice(relation.notice_id)


def _with_parsed_effects(corpus: Corpus) -> Corpus:
    """Where an amendment's target is in the corpus too, its old text is marked there."""
    found: dict[str, list[Effect]] = {}
    for notice in corpus.notices():
        for amendment in notice.amendments:
            target = corpus.notice_by_number(amendment.target_doc_number)
            if target is None or notice.effective_from is None:
                continue
            effect = _effect_on(corpus, target, notice, amendment)
            if effect is not None:
                found.setdefault(target.notice_id, []).append(effect)
    if not found:
        return corpus
    notices = {
        n.notice_id: replace(n, effects=n.effects + tuple(found.get(n.notice_id, ())))
        for n in corpus.notices()
    }
    clauses = {key: corpus.clauses_of(key) for key in notices}
    sources = {p.file: corpus.source(p.file) for n in notices.values() for p in n.parts}
    return Corpus(notices, clauses, sources, corpus.gazetteer, corpus.digest)


def _effect_on(
    corpus: Corpus, target: Notice, notice: Notice, amendment: Amendment
) -> Effect | None:
    source = corpus.clause(amendment.clause_id)
    old = source.text[amendment.old.start : amendment.old.end]
    if not old or notice.effective_from is None:
        return None
    for clause in corpus.clauses_of(target.notice_id):
        if clause.is_leaf and old in clause.text:
            verb = "删去" if amendment.new is None else "修改"
            return Effect(
                clause_id=clause.clause_id,
                state=EffectState.AMENDED,
                effective_from=notice.effective_from,
                by=amendment.clause_id,
                quote=old,
                note=f"已被《{notice.title}》（{notice.doc_number}）{verb}。",
            )
    return None


def _digest(root: Path, manifests: Iterable[Manifest]) -> str:
    sha = hashlib.sha256(f"parser {PARSER_VERSION}\n".encode())
    for manifest in manifests:
        sha.update(manifest.model_dump_json().encode())
    for name in ("jurisdictions.yaml",):
        sha.update((root / name).read_bytes())
    return sha.hexdigest()
