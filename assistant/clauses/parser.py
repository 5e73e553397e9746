"""From the characters of a notice to its tree of clauses, losing none of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.clauses.layout import (
    Unit,
    join_paragraphs,
    split_front_matter,
    split_lines,
    split_tail,
    trim,
)
from assistant.clauses.markers import HAN, RANK
from assistant.clauses.model import Clause, ClauseKind, Part, Span
from assistant.clauses.numerals import in_han, ordinal
from assistant.clauses.outline import EID, EID_IN_ARTICLE, Placement, build_outline
from assistant.errors import CorpusError

PARSER_VERSION = 1

_INLINE = (
    (ClauseKind.SUBSECTION, re.compile(rf"[（(]([{HAN}]+)[）)]")),
    (ClauseKind.SUBPOINT, re.compile(r"[（(](\d{1,2})[）)]")),
)


def parse_part(
    source: str,
    part: Part,
    *,
    notice_id: str,
    title: str,
    doc_number: str | None,
    issuer: str,
    placements: Sequence[Placement] = (),
) -> list[Clause]:
    """Parse the characters `[part.start, part.end)` of `source` into clauses, document order.

    Raises CorpusError where a character of the part would belong to no clause.
    """
    residue, lines = split_lines(source, part.start, part.end)
    head, lines = split_front_matter(source, lines, title=title, doc_number=doc_number)
    lines, tail = split_tail(source, lines, issuer)
    body = build_outline(source, join_paragraphs(source, lines), placements)
    prefix = notice_id if part.name == "main" else f"{notice_id}__{part.name}"
    writer = _Writer(source, part, notice_id, prefix)
    for unit in [*head, *body, *tail, *residue]:
        writer.add(unit)
    clauses = writer.finish()
    _check_coverage(source, part, clauses)
    return clauses


def _has_own_text(unit: Unit) -> bool:
    length = sum(s.end - s.start for s in unit.lines)
    return length > unit.heading_chars


class _Writer:
    """Turns units into clauses: names paragraphs, splits inline items, writes labels."""

    def __init__(self, source: str, part: Part, notice_id: str, prefix: str) -> None:
        self._source = source
        self._part = part
        self._notice_id = notice_id
        self._prefix = prefix
        self._clauses: list[Clause] = []
        self._loose = 0

    def add(self, unit: Unit) -> None:
        if unit.kind is ClauseKind.PARAGRAPH and not unit.eid:
            self._loose += 1
            unit.eid = f"para_{self._loose}"
            unit.value = self._loose
        self._write(unit, self._prefix, None, "")

    def finish(self) -> list[Clause]:
        ordered = sorted(self._clauses, key=lambda c: (c.start, -c.end, len(c.clause_id)))
        return [replace(clause, ordinal=i) for i, clause in enumerate(ordered)]

    def _write(self, unit: Unit, prefix: str, parent: str | None, path: str) -> list[Span]:
        clause_id = f"{prefix}__{unit.eid}"
        label = self._label(unit, path)
        self._settle(unit)
        slot = len(self._clauses)
        segments = list(unit.lines)
        children = []
        for child in unit.children:
            below = self._write(child, clause_id, clause_id, label)
            segments = self._append(segments, below)
            children.append(f"{clause_id}__{child.eid}")
        clause = self._clause(unit, clause_id, label, tuple(segments), parent, tuple(children))
        self._clauses.insert(slot, clause)
        if not unit.children:
            self._write_inline(slot, clause)
        return segments

    def _settle(self, unit: Unit) -> None:
        """Number the 款; one single paragraph under a heading belongs to the heading."""
        paragraphs = [u for u in unit.children if u.kind is ClauseKind.PARAGRAPH and not u.trailing]
        own = _has_own_text(unit)
        only_text = not own and len(unit.children) == 1 and len(paragraphs) == 1
        if only_text and not paragraphs[0].children:
            heading = sum(s.end - s.start for s in unit.lines)
            break_at = self._break_after(unit.lines[-1].end)
            unit.lines = [*unit.lines, break_at, *paragraphs[0].lines]
            unit.heading_chars = heading
            unit.children = []
            return
        if own and paragraphs and unit.kind in RANK:
            unit.children.insert(0, self._first_paragraph(unit))
            paragraphs = [u for u in unit.children if u.kind is ClauseKind.PARAGRAPH]
        trailing = [u for u in unit.children if u.trailing]
        for count, child in enumerate([*[p for p in paragraphs if not p.trailing], *trailing], 1):
            child.eid, child.value = f"para_{count}", count

    def _first_paragraph(self, unit: Unit) -> Unit:
        """Text that runs on after the number becomes 第一款, the number stays with the unit."""
        skip = unit.heading_chars
        lines: list[Span] = []
        kept: list[Span] = []
        for line in unit.lines:
            length = line.end - line.start
            if skip >= length:
                kept.append(line)
            elif skip > 0:
                kept.append(Span(line.start, line.start + skip))
                lines.append(trim(self._source, line.start + skip, line.end))
            else:
                lines.append(line)
            skip = max(0, skip - length)
        unit.lines = kept
        return Unit(ClauseKind.PARAGRAPH, "", lines=lines)

    def _append(self, segments: list[Span], below: list[Span]) -> list[Span]:
        if not segments:
            return list(below)
        gap = self._source[segments[-1].end : below[0].start]
        if "\n" in gap:
            return [*segments, self._break_after(segments[-1].end), *below]
        return [*segments, *below]

    def _break_after(self, position: int) -> Span:
        found = self._source.index("\n", position)
        return Span(found, found + 1)

    def _clause(
        self,
        unit: Unit,
        clause_id: str,
        label: str,
        segments: tuple[Span, ...],
        parent: str | None,
        children: tuple[str, ...],
    ) -> Clause:
        segments = _merge(segments)
        return Clause(
            clause_id=clause_id,
            notice_id=self._notice_id,
            part=self._part.name,
            kind=unit.kind,
            number=unit.number,
            heading=unit.heading,
            label=label,
            file=self._part.file,
            segments=segments,
            text="".join(self._source[s.start : s.end] for s in segments),
            heading_end=unit.heading_chars,
            ordinal=0,
            parent_id=parent,
            children=children,
            inline=unit.inline,
        )

    def _write_inline(self, slot: int, clause: Clause) -> None:
        items = list(_inline_items(clause.text, clause.heading_end))
        if not items:
            return
        ids = []
        for number, kind, value, start, end in items:
            eid = f"{EID_IN_ARTICLE[kind] if '__art_' in clause.clause_id else EID[kind]}_{value}"
            item_id = f"{clause.clause_id}__{eid}"
            ids.append(item_id)
            segments = _slice_segments(clause.segments, start, end)
            unit = Unit(kind, eid, number=number, value=value, heading_chars=len(number))
            unit.inline = True
            label = self._label(unit, clause.label)
            self._clauses.append(self._clause(unit, item_id, label, segments, clause.clause_id, ()))
        self._clauses[slot] = replace(clause, items=tuple(ids))

    def _label(self, unit: Unit, path: str) -> str:
        own = _LABELS.get(unit.kind)
        if own is None:
            own = _heading_label(unit)
        if unit.kind is ClauseKind.PARAGRAPH:
            own = "末段" if unit.trailing else f"第{in_han(unit.value or int(unit.eid[5:] or 0))}款"
        if not path:
            cover = "印发通知 " if self._part.name == "cover" else ""
            return f"{cover}{own}"
        spaced = unit.kind in {ClauseKind.PARAGRAPH, ClauseKind.CLOSING}
        return f"{path} {own}" if spaced else f"{path}{own}"


_LABELS = {
    ClauseKind.TITLE: "标题",
    ClauseKind.DOC_NUMBER: "文号",
    ClauseKind.ADDRESSEE: "主送机关",
    ClauseKind.CHAPEAU: "引言",
    ClauseKind.CLOSING: "结尾（施行条款）",
    ClauseKind.ANNEX: "附件说明",
    ClauseKind.SIGNATURE: "落款",
    ClauseKind.NOTE: "附注",
}


def _heading_label(unit: Unit) -> str:
    number = unit.number.replace("(", "（").replace(")", "）").rstrip(". ．")
    if unit.kind is ClauseKind.POINT:
        number = f"{unit.value}."
    if not unit.heading:
        return number.rstrip("、") if unit.kind is ClauseKind.SECTION else number.rstrip(".")
    return f"{number}{' ' if unit.kind is ClauseKind.ARTICLE else ''}{unit.heading}"


def _merge(segments: tuple[Span, ...]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for segment in segments:
        if segment.start >= segment.end:
            continue
        if merged and merged[-1].end == segment.start:
            merged[-1] = Span(merged[-1].start, segment.end)
        else:
            merged.append(segment)
    return tuple(merged)


def _slice_segments(segments: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The source ranges behind characters `[start, end)` of the text made of `segments`."""
    out: list[Span] = []
    position = 0
    for segment in segments:
        length = segment.end - segment.start
        low, high = max(start - position, 0), min(end - position, length)
        if low < high:
            out.append(Span(segment.start + low, segment.start + high))
        position += length
    return tuple(out)


def _inline_items(text: str, body_start: int) -> Iterator[tuple[str, ClauseKind, int, int, int]]:
    """Items that run on inside one paragraph: …包括：（1）……；（2）……。

    The first must follow a colon, each later one a semicolon or full stop, numbers must count
    up from one, and none may stand inside a quotation.
    """
    for kind, pattern in _INLINE:
        starts: list[tuple[str, int]] = []
        for found in pattern.finditer(text, body_start):
            if found.start() == 0 or text.count("“", 0, found.start()) > text.count(
                "”", 0, found.start()
            ):
                continue
            before = text[: found.start()].rstrip()[-1:]
            wanted = "：:" if not starts else "；;。"
            if before in wanted and ordinal(found.group(1)) == len(starts) + 1:
                starts.append((found.group(0), found.start()))
        if len(starts) < 2:
            continue
        for index, (number, start) in enumerate(starts):
            end = starts[index + 1][1] if index + 1 < len(starts) else len(text)
            yield number, kind, index + 1, start, end
        return


def _check_coverage(source: str, part: Part, clauses: Sequence[Clause]) -> None:
    covered = bytearray(part.end - part.start)
    for clause in clauses:
        for segment in clause.segments:
            for i in range(segment.start, segment.end):
                covered[i - part.start] = 1
    for i, flag in enumerate(covered):
        if not flag and not source[part.start + i].isspace():
            context = source[part.start + i : part.start + i + 20]
            raise CorpusError(
                f"{part.file} 第 {part.start + i} 个字符起的「{context}」没有归入任何条款，"
                "请检查清单中的标题、文号与范围。"
            )
