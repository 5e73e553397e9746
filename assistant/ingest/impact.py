"""What a new notice may touch: clauses, the rules that rest on them, the cases that expect them."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from dataclasses import replace as altered
from pathlib import Path
from typing import Any

import yaml

from assistant.clauses import (
    FURNITURE,
    Clause,
    ClauseKind,
    Corpus,
    CorpusView,
    DocumentKind,
    Notice,
    ancestors,
    squeeze,
)
from assistant.clauses.model import RelationKind
from assistant.errors import UnknownNoticeError
from assistant.ingest.proposal import Proposal

_REASONS = {
    RelationKind.REPEALS: "被废止",
    RelationKind.AMENDS: "被修改",
    RelationKind.SUPERSEDES_WHERE_INCONSISTENT: "不一致的被取代",
}
_ALIKE_TITLE = 0.5
_ALIKE_CLAUSE = 0.25


@dataclass(frozen=True, slots=True)
class Touched:
    """A clause that the new notice may change, and why we think so."""

    clause_id: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dependent:
    """A rule or an evaluation case that names a touched clause."""

    file: str
    name: str
    clause_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A clause of a re-issued notice whose text is not what it was; "" where there is none."""

    address: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that a reviewer should look at before the notice goes live."""

    clauses: tuple[Touched, ...] = ()
    rules: tuple[Dependent, ...] = ()
    cases: tuple[Dependent, ...] = ()
    changes: tuple[Change, ...] = ()


def assess_impact(
    proposal: Proposal,
    view: CorpusView,
    *,
    rules_root: Path,
    eval_root: Path,
    replaced: Sequence[Clause] = (),
) -> Impact:
    """Find what the proposed notice may touch; `replaced` are the clauses that it re-issues."""
    changes = tuple(compare(replaced, proposal.clauses)) if replaced else ()
    labels = {clause.clause_id: clause.label for clause in replaced}
    touched = list(_touched(proposal, view))
    for change in changes:
        clause_id = f"{proposal.manifest.notice_id}__{change.address}"
        if change.old:
            touched.append(Touched(clause_id, labels.get(clause_id, ""), "条文有改动"))
    unique = tuple({item.clause_id: item for item in reversed(touched)}.values())[::-1]
    ids = [item.clause_id for item in unique]
    return Impact(unique, tuple(_rules(rules_root, ids)), tuple(_cases(eval_root, ids)), changes)


def compare(old: Iterable[Clause], new: Iterable[Clause]) -> Iterator[Change]:
    """Leaf clauses whose words differ between two versions of one notice, white space aside."""
    before, after = _by_address(old), _by_address(new)
    for address in dict.fromkeys((*before, *after)):
        was, now = before.get(address, ""), after.get(address, "")
        if squeeze(was) != squeeze(now):
            yield Change(address, was, now)


def _by_address(clauses: Iterable[Clause]) -> dict[str, str]:
    return {
        clause.clause_id.removeprefix(f"{clause.notice_id}__"): clause.text
        for clause in clauses
        if clause.is_leaf
    }


def reissued(corpus: Corpus, proposal: Proposal) -> Corpus | None:
    """The corpus as it will be once a replacement is approved; None where it replaces nothing."""
    manifest = proposal.manifest
    try:
        old = corpus.notice(manifest.notice_id)
    except UnknownNoticeError:
        return None
    settled = {"effects", "amendments"}  # what other notices did to it, and it to them
    taken = {f.name for f in fields(Notice)} & set(type(manifest).model_fields) - settled
    notices = {n.notice_id: n for n in corpus.notices()}
    notices[old.notice_id] = altered(old, **{name: getattr(manifest, name) for name in taken})
    clauses = {key: corpus.clauses_of(key) for key in notices}
    clauses[old.notice_id] = proposal.clauses
    texts = dict.fromkeys((part.file for part in manifest.parts), proposal.text)
    kept = (part.file for notice in notices.values() for part in notice.parts)
    sources = {file: texts.get(file) or corpus.source(file) for file in kept}
    return Corpus(notices, clauses, sources, corpus.gazetteer, f"{corpus.digest}+")


# --- clauses ------------------------------------------------------------------------------------


def _touched(proposal: Proposal, view: CorpusView) -> Iterator[Touched]:
    manifest = proposal.manifest
    if manifest.kind in {DocumentKind.CONSULTATION_DRAFT, DocumentKind.INTERPRETATION}:
        return
    new_texts = [clause.text for clause in _statements(proposal.clauses)]
    for relation in manifest.relations:
        reason = _REASONS.get(relation.kind)
        if reason is None:
            continue
        if relation.notice_id is not None:
            yield from _of_named(relation.notice_id, relation.kind, reason, new_texts, view)
        elif relation.kind is RelationKind.SUPERSEDES_WHERE_INCONSISTENT:
            yield from _of_similar(proposal, view, new_texts)


def _of_named(
    notice_id: str, kind: RelationKind, reason: str, texts: Sequence[str], view: CorpusView
) -> Iterator[Touched]:
    notice = view.notice(notice_id)
    clauses = _statements(view.clauses_of(notice_id))
    if kind is RelationKind.AMENDS:
        quoted = [q for text in texts for q in re.findall(r"“([^”]{2,})”", text)]
        hit = [c for c in clauses if any(squeeze(q) in squeeze(c.text) for q in quoted)]
        clauses = hit or clauses
    if kind is RelationKind.SUPERSEDES_WHERE_INCONSISTENT:
        clauses = [c for c in clauses if _is_alike(c.text, texts)] or clauses
    for clause in clauses:
        yield Touched(clause.clause_id, f"{_name(notice)} {clause.label}", reason)


def _of_similar(proposal: Proposal, view: CorpusView, texts: Sequence[str]) -> Iterator[Touched]:
    """原有政策…不一致的: notices on the same matter in the same place, clauses on the same point."""
    title = _matter(proposal.manifest.title)
    places = set(ancestors(proposal.manifest.jurisdiction))
    for notice in view.notices():
        is_here = notice.jurisdiction in places or proposal.manifest.jurisdiction in ancestors(
            notice.jurisdiction
        )
        is_old = notice.notice_id != proposal.manifest.notice_id and notice.binds and is_here
        if not is_old or _overlap(title, _matter(notice.title)) < _ALIKE_TITLE:
            continue
        for clause in _statements(view.clauses_of(notice.notice_id)):
            # Openings and closings are alike whatever the matter.
            is_frame = clause.kind in {ClauseKind.CHAPEAU, ClauseKind.CLOSING}
            if not is_frame and _is_alike(clause.text, texts):
                label = f"{_name(notice)} {clause.label}"
                yield Touched(clause.clause_id, label, "标题和内容相近，可能不一致")


def _statements(clauses: Iterable[Clause]) -> list[Clause]:
    return [clause for clause in clauses if clause.is_leaf and clause.kind not in FURNITURE]


def _name(notice: Notice) -> str:
    return notice.doc_number or f"《{notice.title}》"


def _matter(title: str) -> str:
    """A title without who issues it and what kind of document it is."""
    bare = re.sub(r"^.*?关于(?:印发)?", "", squeeze(title))
    return re.sub(r"(?:[（(][^（()）]*[）)])?的?(?:通知|意见|办法|决定|公告|规定|方案)$", "", bare)


def _is_alike(text: str, others: Iterable[str]) -> bool:
    return any(_overlap(text, other) >= _ALIKE_CLAUSE for other in others)


def _overlap(one: str, other: str) -> float:
    """Share of character pairs in common (Dice)."""
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _pairs(text: str) -> set[str]:
    bare = re.sub(r"[^\u4e00-\u9fff0-9A-Za-z]", "", text)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


# --- rules and cases ----------------------------------------------------------------------------


def _rules(root: Path, clause_ids: Sequence[str]) -> Iterator[Dependent]:
    for path in sorted(root.rglob("*.yaml")):
        try:
            documents = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue  # `make corpus` reports rule files that cannot be read
        for number, document in enumerate(documents):
            named = dict.fromkeys(_bindings(document))
            hit = tuple(clause_id for clause_id in named if _names_any(clause_id, clause_ids))
            if hit:
                name = _rule_name(document) or (f"{path.stem}#{number}" if number else path.stem)
                yield Dependent(path.relative_to(root).as_posix(), name, hit)


def _rule_name(document: Any) -> str | None:
    if not isinstance(document, dict):
        return None
    return next((document[k] for k in ("rule", "id") if isinstance(document.get(k), str)), None)


def _bindings(node: Any) -> Iterator[str]:
    """Every `clause:` below a node, whatever the shape of the rule around it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"clause", "clause_id"} and isinstance(value, str):
                yield value
            else:
                yield from _bindings(value)
    elif isinstance(node, list):
        for item in node:
            yield from _bindings(item)


def _cases(root: Path, clause_ids: Sequence[str]) -> Iterator[Dependent]:
    for path in sorted(root.glob("*/cases.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                case = json.loads(line)
            except ValueError:
                continue  # the evaluation reports cases that cannot be read
            named = dict.fromkeys(_expected(case))
            hit = tuple(clause_id for clause_id in named if _names_any(clause_id, clause_ids))
            if hit:
                yield Dependent(path.relative_to(root).as_posix(), str(case.get("id", "")), hit)


def _expected(case: Any) -> Iterator[str]:
    if not isinstance(case, dict):
        return
    for turn in case.get("turns") or [case]:
        expect = turn.get("expect") if isinstance(turn, dict) else None
        for clause_id in (expect or {}).get("clauses") or ():
            if isinstance(clause_id, str):
                yield clause_id


def _names_any(clause_id: str, clause_ids: Iterable[str]) -> bool:
    return any(
        clause_id == other
        or clause_id.startswith(f"{other}__")
        or other.startswith(f"{clause_id}__")
        for other in clause_ids
    )
