"""Natural paragraphs into the tree of units: who stands under whom, and under which name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clauses.layout import Unit
from assistant.clauses.markers import RANK, TERMINAL, lead, marker, shape
from assistant.clauses.model import ClauseKind, Span
from assistant.clauses.numerals import ordinal
from assistant.errors import CorpusError

EID = {
    ClauseKind.CHAPTER: "chap",
    ClauseKind.ARTICLE: "art",
    ClauseKind.SECTION: "sec",
    ClauseKind.SUBSECTION: "subsec",
    ClauseKind.POINT: "point",
    ClauseKind.SUBPOINT: "subpoint",
}

EID_IN_ARTICLE = {
    ClauseKind.SUBSECTION: "subpara",  # 项
    ClauseKind.POINT: "item",  # 目
    ClauseKind.SUBPOINT: "subitem",
}

_CLOSING = re.compile(
    r"(?:本|以上)(?:通知|办法|意见|规定|细则|方案|决定|条例|政策)[^。]{0,24}?"
    r"(?:自[^。]{1,24}(?:起|之日)[^。]{0,6}(?:施行|实施|执行|生效)|有效期)"
)


@dataclass(frozen=True, slots=True)
class Placement:
    """A reviewer's word on where an unnumbered paragraph after sub-units belongs."""

    starts_with: str
    parent: str  # address within the part, e.g. sec_2


def build_outline(
    source: str, paragraphs: Sequence[list[Span]], placements: Sequence[Placement]
) -> list[Unit]:
    """The tree of units over the paragraphs of a notice\'s body."""
    texts = ["".join(source[s.start : s.end] for s in lines) for lines in paragraphs]
    numbered = any(marker(text) for text in texts)
    if not numbered:
        return _unnumbered(texts, paragraphs)
    roots: list[Unit] = []
    stack: list[Unit] = []
    for text, lines in zip(texts, paragraphs, strict=True):
        found = marker(text)
        if found is not None:
            _enter(roots, stack, _numbered_unit(found, text, lines), found[0])
            continue
        unit = Unit(ClauseKind.PARAGRAPH, "", lines=list(lines))
        placed = next((p for p in placements if text.startswith(p.starts_with)), None)
        if placed is not None:
            parent = _at(roots, placed.parent)
            unit.trailing = True
            parent.children.append(unit)
        elif not stack:
            roots.append(unit)
        elif _CLOSING.match(text):
            unit.kind, unit.eid = ClauseKind.CLOSING, "closing"
            stack.clear()
            roots.append(unit)
        else:
            stack[-1].children.append(unit)
    return _name_roots(roots)


def _at(roots: Sequence[Unit], address: str) -> Unit:
    units: Sequence[Unit] = roots
    unit: Unit | None = None
    for eid in address.split("__"):
        unit = next((u for u in units if u.eid == eid), None)
        if unit is None:
            raise CorpusError(f"清单里的 placements 指向不存在的位置「{address}」，请改正后重试。")
        units = unit.children
    if unit is None:
        raise CorpusError("清单里的 placements 缺少 parent。")
    return unit


def _unnumbered(texts: Sequence[str], paragraphs: Sequence[list[Span]]) -> list[Unit]:
    """A notice without numbers: paragraphs, grouped under short lead lines (任命：)."""
    roots: list[Unit] = []
    group: Unit | None = None
    for text, lines in zip(texts, paragraphs, strict=True):
        if len(text) <= 10 and text.endswith((":", "：")):
            count = sum(u.kind is ClauseKind.SECTION for u in roots) + 1
            group = Unit(ClauseKind.SECTION, f"sec_{count}", heading=text[:-1], lines=list(lines))
            group.heading_chars = len(text)
            roots.append(group)
        elif _CLOSING.match(text):
            roots.append(Unit(ClauseKind.CLOSING, "closing", lines=list(lines)))
        else:
            unit = Unit(ClauseKind.PARAGRAPH, "", lines=list(lines))
            (roots if group is None else group.children).append(unit)
    return roots


def _numbered_unit(found: tuple[ClauseKind, str, int], text: str, lines: list[Span]) -> Unit:
    kind, han, length = found
    unit = Unit(kind, "", number=text[:length].strip(), value=ordinal(han))
    unit.lines = list(lines)
    unit.heading_chars = length
    rest = text[length:]
    if shape(text) in {"heading", "slogan"} and not TERMINAL.search(rest):
        unit.heading, unit.heading_chars = rest, len(text)
        return unit
    first = lead(rest)
    headed = first is not None and (first.group(2) == "。" or kind is ClauseKind.POINT)
    if first and headed and kind is not ClauseKind.ARTICLE:
        unit.heading = first.group(1)
        unit.heading_chars = length + first.end()
    return unit


def _enter(roots: list[Unit], stack: list[Unit], unit: Unit, kind: ClauseKind) -> None:
    while stack and RANK[stack[-1].kind] >= RANK[kind]:
        stack.pop()
    in_article = any(u.kind is ClauseKind.ARTICLE for u in stack)
    names = EID | (EID_IN_ARTICLE if in_article else {})
    siblings = stack[-1].children if stack else roots
    unit.eid = f"{names[kind]}_{unit.value}"
    repeated = sum(u.eid.split("-")[0] == unit.eid for u in siblings)
    if repeated:
        unit.eid += f"-{repeated + 1}"
    parent = stack[-1] if stack else None
    if parent is not None and parent.kind is ClauseKind.ARTICLE and parent.children:
        paragraphs = [u for u in parent.children if u.kind is ClauseKind.PARAGRAPH]
        siblings = paragraphs[-1].children if paragraphs else siblings
    siblings.append(unit)
    stack.append(unit)


def _name_roots(roots: list[Unit]) -> list[Unit]:
    """Unnumbered paragraphs before the first number are the chapeau, after the last 末段."""
    first = next(i for i, u in enumerate(roots) if u.kind in RANK)
    lead = [u for u in roots[:first] if u.kind is ClauseKind.PARAGRAPH]
    for unit in lead:
        unit.kind = ClauseKind.CHAPEAU
        unit.eid = "chapeau" if len(lead) == 1 else f"chapeau_{lead.index(unit) + 1}"
    closings = [u for u in roots if u.kind is ClauseKind.CLOSING]
    for index, unit in enumerate(closings[1:], start=2):
        unit.eid = f"closing_{index}"
    return roots
