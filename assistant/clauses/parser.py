"""From the characters of a notice to its tree of clauses, losing none of them.

The ladder is the one of Chinese official documents (GB/T 9704-2012, 7.3.3): 第一章, 第一条, 一、,
（一）, 1., （1）, with unnumbered natural paragraphs (款) between. A line that merely begins like
a heading (a cross-reference pushed to the line's start by a page break) is not one: a number
must follow its predecessor, and the text before it must have ended.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.clauses.model import Clause, ClauseKind, Part, Span
from assistant.errors import CorpusError

PARSER_VERSION = 1

_HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_HAN = "〇零一二三四五六七八九十百"

_MARKERS: tuple[tuple[ClauseKind, re.Pattern[str]], ...] = (
    (ClauseKind.CHAPTER, re.compile(rf"第([{_HAN}]+)章[\s　]*")),
    (ClauseKind.ARTICLE, re.compile(rf"第([{_HAN}]+)条[\s　]*")),
    (ClauseKind.SECTION, re.compile(rf"([{_HAN}]+)、")),
    (ClauseKind.SUBSECTION, re.compile(rf"[（(]([{_HAN}]+)[）)]")),
    (ClauseKind.POINT, re.compile(r"(\d{1,2})[.．、](?!\d)[ ]*")),
    (ClauseKind.SUBPOINT, re.compile(r"[（(](\d{1,2})[）)]")),
)
_RANK = {kind: rank for rank, (kind, _) in enumerate(_MARKERS)}
_EID = {
    ClauseKind.CHAPTER: "chap",
    ClauseKind.ARTICLE: "art",
    ClauseKind.SECTION: "sec",
    ClauseKind.SUBSECTION: "subsec",
    ClauseKind.POINT: "point",
    ClauseKind.SUBPOINT: "subpoint",
}
_EID_IN_ARTICLE = {
    ClauseKind.SUBSECTION: "subpara",  # 项
    ClauseKind.POINT: "item",  # 目
    ClauseKind.SUBPOINT: "subitem",
}

_TERMINAL = re.compile(r"[。；;：:！!？?…]”?[）)〕\]]?$|[〕]$")
_LEANS_ON = re.compile(r"(?:[第、，,的和及与或按依照据将在由对向为从《“（(〔]|根据)$")
_CROSS_REFERENCE = re.compile(
    rf"(?:[{_HAN}]+)?(?:条|款|项|点|目)(?:[、，,和及至或的之]|规定|所|$)|规定|所列|之规定"
)
_SENTENCE_MARK = re.compile(r"[，,。；;：:！!？?]")
_RESIDUE = re.compile(r"\[bookmark:[^\]]*\]")
_DATE_LINE = re.compile(
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二〇○零]{2}[〇○零一二三四五六七八九]{2}年"
    rf"[{_HAN}]+月[{_HAN}]+日|\d{{4}}-\d{{1,2}}-\d{{1,2}}|20\d{{5,6}})"
)
_ANNEX = re.compile(r"附件?\s*(?:\d+\s*)?(?:[：:]|$)")
_NOTE = re.compile(r"[（(](?:此件|可登[陆录]|联系(?:人|电话)|本文件)")
_CLOSING = re.compile(
    r"(?:本|以上)(?:通知|办法|意见|规定|细则|方案|决定|条例|政策)[^。]{0,24}?"
    r"(?:自[^。]{1,24}(?:起|之日)[^。]{0,6}(?:施行|实施|执行|生效)|有效期)"
)
_ADDRESSEE = re.compile(r"[^。；;]{2,120}[：:]$")
_INLINE = (
    (ClauseKind.SUBSECTION, re.compile(rf"[（(]([{_HAN}]+)[）)]")),
    (ClauseKind.SUBPOINT, re.compile(r"[（(](\d{1,2})[）)]")),
)
_HEADING_LIMIT = 24  # characters; longer first sentences are text, not headings


@dataclass(frozen=True, slots=True)
class Placement:
    """A reviewer's word on where an unnumbered paragraph after sub-units belongs."""

    starts_with: str
    parent: str  # address within the part, e.g. sec_2


@dataclass(slots=True)
class _Unit:
    kind: ClauseKind
    eid: str
    number: str = ""
    value: int = 0
    heading: str = ""
    lines: list[Span] = field(default_factory=list)  # own lines: number, heading, inline text
    heading_chars: int = 0
    children: list["_Unit"] = field(default_factory=list)
    inline: bool = False
    trailing: bool = False


def parse_ordinal(han: str) -> int:
    """The value of a heading number: 二十一 is 21, 一〇 is 10, 12 is 12."""
    if han.isdecimal():
        return int(han)
    if not any(c in "十百" for c in han):
        return int("".join(str(_HAN_DIGITS[c]) for c in han))
    total, digit = 0, 0
    for char in han:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS[char]
    return total + digit


def squeeze(text: str) -> str:
    """`text` without any white space, for comparisons that a line break must not disturb."""
    return re.sub(r"\s+", "", text)


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
    residue, lines = _lines(source, part.start, part.end)
    head, lines = _front_matter(source, lines, title=title, doc_number=doc_number)
    lines, tail = _tail(source, lines, issuer)
    body = _body(source, _paragraphs(source, lines), placements)
    prefix = notice_id if part.name == "main" else f"{notice_id}__{part.name}"
    writer = _Writer(source, part, notice_id, prefix)
    for unit in [*head, *body, *tail, *residue]:
        writer.add(unit)
    clauses = writer.finish()
    _check_coverage(source, part, clauses)
    return clauses


# --- lines and paragraphs -----------------------------------------------------------------------


def _trim(source: str, start: int, end: int) -> Span:
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _lines(source: str, start: int, end: int) -> tuple[list[_Unit], list[Span]]:
    """Non-empty trimmed lines, with Word residue set apart as furniture of its own."""
    residue: list[_Unit] = []
    lines: list[Span] = []
    position = start
    while position < end:
        stop = source.find("\n", position, end)
        stop = end if stop < 0 else stop
        line = _trim(source, position, stop)
        found = _RESIDUE.match(source, line.start, line.end)
        if found:
            eid = f"residue_{len(residue) + 1}"
            residue.append(_Unit(ClauseKind.NOTE, eid, lines=[Span(*found.span())]))
            line = _trim(source, found.end(), line.end)
        if line.start < line.end:
            lines.append(line)
        position = stop + 1
    return residue, lines


def _front_matter(
    source: str, lines: list[Span], *, title: str, doc_number: str | None
) -> tuple[list[_Unit], list[Span]]:
    """Title, 文号 and addressee, told from the manifest; a page may print the 文号 first."""
    units: list[_Unit] = []
    rest = list(lines)
    wanted = _comparable(title)
    for _ in range(3):
        if not rest:
            break
        text = source[rest[0].start : rest[0].end]
        if doc_number and _comparable(text) == _comparable(doc_number):
            units.append(_Unit(ClauseKind.DOC_NUMBER, "doc_number", lines=[rest.pop(0)]))
            continue
        taken = _title_lines(source, rest, wanted)
        if taken:
            units.append(_Unit(ClauseKind.TITLE, "title", lines=rest[:taken]))
            rest = rest[taken:]
    if rest and _is_addressee(source[rest[0].start : rest[0].end]):
        units.append(_Unit(ClauseKind.ADDRESSEE, "addressee", lines=[rest.pop(0)]))
    return units, rest


def _comparable(text: str) -> str:
    table = str.maketrans("（）〔〕［］【】：，", "()[][][]:,")
    return squeeze(text).translate(table)


def _title_lines(source: str, lines: list[Span], wanted: str) -> int:
    joined = ""
    for count, line in enumerate(lines[:6], start=1):
        joined += _comparable(source[line.start : line.end])
        bare = re.sub(r"\((?:征求意见稿|试行|草案)\)$", "", joined)
        if joined == wanted or (bare == wanted and joined != bare):
            return count
        if bare == wanted and count < len(lines):
            following = _comparable(source[lines[count].start : lines[count].end])
            return count + 1 if re.fullmatch(r"\((?:征求意见稿|试行|草案)\)", following) else count
        if not wanted.startswith(joined):
            return 0
    return 0


def _is_addressee(text: str) -> bool:
    return (
        bool(_ADDRESSEE.fullmatch(text))
        and not _marker(text)
        and not re.search(r"如下|《|本办法|本意见|^(?:为|根据|经|按照|依据)", text)
        and bool(re.search(r"各|政府|单位|部门|委|局|办|公司|企业", text))
    )


def _tail(source: str, lines: list[Span], issuer: str) -> tuple[list[Span], list[_Unit]]:
    """Annex list, signature and notes at the end; annexes may stand before or after the date."""
    cut = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if not _is_tail_line(source, lines, index, issuer):
            break
        cut = index
    if cut == 0:
        return lines, []
    units: list[_Unit] = []
    for line in lines[cut:]:
        text = source[line.start : line.end]
        kind = _tail_kind(text, issuer)
        if kind is None or (units and units[-1].kind is kind and kind is ClauseKind.SIGNATURE):
            units[-1].lines.append(line)
        else:
            same = sum(unit.kind is kind for unit in units)
            name = {ClauseKind.ANNEX: "annex", ClauseKind.NOTE: "note"}.get(kind, "signature")
            units.append(_Unit(kind, name if not same else f"{name}_{same + 1}", lines=[line]))
    return lines[:cut], units


def _tail_kind(text: str, issuer: str) -> ClauseKind | None:
    if squeeze(text) == squeeze(issuer) or _DATE_LINE.fullmatch(squeeze(text)):
        return ClauseKind.SIGNATURE
    if _ANNEX.match(text):
        return ClauseKind.ANNEX
    if _NOTE.match(text):
        return ClauseKind.NOTE
    return None


def _is_tail_line(source: str, lines: list[Span], index: int, issuer: str) -> bool:
    """Whether the line belongs to the tail: by itself, or continuing an annex list or a note."""
    text = source[lines[index].start : lines[index].end]
    if _tail_kind(text, issuer) is not None:
        return True
    for back in range(index - 1, max(index - 12, -1), -1):
        before = source[lines[back].start : lines[back].end]
        kind = _tail_kind(before, issuer)
        if kind in {ClauseKind.ANNEX, ClauseKind.NOTE}:
            return not before.rstrip().endswith(("。", "；")) and not text.endswith("。")
        if kind is ClauseKind.SIGNATURE or before.endswith("。"):
            return False
    return False


def _paragraphs(source: str, lines: Sequence[Span]) -> list[list[Span]]:
    """Natural paragraphs: lines that a page or line break cut out of one sentence are joined."""
    paragraphs: list[list[Span]] = []
    seen = _Sequence()
    headings = _heading_lines([source[line.start : line.end] for line in lines])
    for index, line in enumerate(lines):
        text = source[line.start : line.end]
        if not paragraphs:
            paragraphs.append([line])
            seen.enter(text)
            continue
        before = "".join(source[s.start : s.end] for s in paragraphs[-1])
        if index - 1 not in headings and _joins(before, text, seen):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
            seen.enter(text)
    return paragraphs


def _joins(before: str, text: str, seen: "_Sequence") -> bool:
    ended = bool(_TERMINAL.search(before))
    if _marker(text) is None:
        return not ended
    if ended:
        return False
    return bool(_LEANS_ON.search(before)) or not seen.follows(text)


def _heading_lines(texts: Sequence[str]) -> set[int]:
    """Which lines are headings: numbered, short, and without sentence punctuation.

    Below the level of 一、 headings come all together: where one sibling is running text, a line
    without punctuation is the first half of a sentence that a page break cut.
    """
    headings: set[int] = set()
    groups: dict[ClauseKind, list[int]] = {}
    for index, text in enumerate([*texts, ""]):
        found = _marker(text)
        if found is None and index < len(texts):
            continue
        rank = -1 if found is None else _RANK[found[0]]
        for kind in [k for k in groups if _RANK[k] > rank]:
            headings |= _headings_of(kind, groups.pop(kind), texts)
        if found is not None:
            groups.setdefault(found[0], []).append(index)
    return headings


def _headings_of(kind: ClauseKind, group: Sequence[int], texts: Sequence[str]) -> set[int]:
    shapes = {index: _shape(texts[index]) for index in group}
    running = "text" in shapes.values()
    if _RANK[kind] > _RANK[ClauseKind.SECTION] and running:
        return set()
    wanted = {"heading"} if running or len(group) == 1 else {"heading", "slogan"}
    return {index for index, shape in shapes.items() if shape in wanted}


def _shape(text: str) -> str:
    """heading (nothing but a heading), slogan (the same with one comma), lead (heading, full
    stop, text), or text.
    """
    found = _marker(text)
    assert found is not None
    rest = text[found[2] :]
    if found[0] is ClauseKind.CHAPTER:
        return "heading"
    if rest and not _SENTENCE_MARK.search(rest):
        return "heading" if len(rest) <= _HEADING_LIMIT and _balanced(rest) else "text"
    if len(_SENTENCE_MARK.findall(rest)) == 1 and re.fullmatch(r"\w+[，,]\w+", rest):
        return "slogan" if len(rest) <= _HEADING_LIMIT else "text"
    return "lead" if _lead(rest) else "text"


def _lead(rest: str) -> re.Match[str] | None:
    found = re.match(rf"([^，,。；;：:！!？?]{{2,{_HEADING_LIMIT}}})([。：:])(?!//)", rest)
    return found if found and _balanced(found.group(1)) else None


def _balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("《") == text.count("》")


def _marker(text: str) -> tuple[ClauseKind, str, int] | None:
    """Kind, number and length of the heading number at the start of `text`."""
    for kind, pattern in _MARKERS:
        found = pattern.match(text)
        if found:
            rest = text[found.end() :]
            if kind is ClauseKind.SECTION and _CROSS_REFERENCE.match(rest):
                return None
            if kind is ClauseKind.ARTICLE and re.match(r"第|[、和及或至]|规定|所", rest):
                return None
            return kind, found.group(1), found.end()
    return None


class _Sequence:
    """The numbers seen so far, to tell a heading from a number at the start of a line."""

    def __init__(self) -> None:
        self._last: dict[ClauseKind, int] = {}

    def follows(self, text: str) -> bool:
        found = _marker(text)
        if found is None:
            return False
        return parse_ordinal(found[1]) == self._last.get(found[0], 0) + 1

    def enter(self, text: str) -> None:
        found = _marker(text)
        if found is None:
            return
        self._last[found[0]] = parse_ordinal(found[1])
        for kind, rank in _RANK.items():
            if rank > _RANK[found[0]] and found[0] is not ClauseKind.CHAPTER:
                self._last.pop(kind, None)


# --- the tree -----------------------------------------------------------------------------------


def _body(
    source: str, paragraphs: Sequence[list[Span]], placements: Sequence[Placement]
) -> list[_Unit]:
    texts = ["".join(source[s.start : s.end] for s in lines) for lines in paragraphs]
    numbered = any(_marker(text) for text in texts)
    if not numbered:
        return _unnumbered(texts, paragraphs)
    roots: list[_Unit] = []
    stack: list[_Unit] = []
    for text, lines in zip(texts, paragraphs, strict=True):
        found = _marker(text)
        if found is not None:
            _enter(roots, stack, _numbered_unit(found, text, lines), found[0])
            continue
        unit = _Unit(ClauseKind.PARAGRAPH, "", lines=list(lines))
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


def _at(roots: Sequence[_Unit], address: str) -> _Unit:
    units: Sequence[_Unit] = roots
    unit: _Unit | None = None
    for eid in address.split("__"):
        unit = next((u for u in units if u.eid == eid), None)
        if unit is None:
            raise CorpusError(f"清单里的 placements 指向不存在的位置「{address}」，请改正后重试。")
        units = unit.children
    assert unit is not None
    return unit


def _unnumbered(texts: Sequence[str], paragraphs: Sequence[list[Span]]) -> list[_Unit]:
    """A notice without numbers: paragraphs, grouped under short lead lines (任命：)."""
    roots: list[_Unit] = []
    group: _Unit | None = None
    for text, lines in zip(texts, paragraphs, strict=True):
        if len(text) <= 10 and text.endswith((":", "：")):
            count = sum(u.kind is ClauseKind.SECTION for u in roots) + 1
            group = _Unit(ClauseKind.SECTION, f"sec_{count}", heading=text[:-1], lines=list(lines))
            group.heading_chars = len(text)
            roots.append(group)
        elif _CLOSING.match(text):
            roots.append(_Unit(ClauseKind.CLOSING, "closing", lines=list(lines)))
        else:
            unit = _Unit(ClauseKind.PARAGRAPH, "", lines=list(lines))
            (roots if group is None else group.children).append(unit)
    return roots


def _numbered_unit(found: tuple[ClauseKind, str, int], text: str, lines: list[Span]) -> _Unit:
    kind, han, length = found
    unit = _Unit(kind, "", number=text[:length].strip(), value=parse_ordinal(han))
    unit.lines = list(lines)
    unit.heading_chars = length
    rest = text[length:]
    if _shape(text) in {"heading", "slogan"} and not _TERMINAL.search(rest):
        unit.heading, unit.heading_chars = rest, len(text)
        return unit
    first = _lead(rest)
    if first and (first.group(2) == "。" or kind is ClauseKind.POINT):
        unit.heading = first.group(1)
        unit.heading_chars = length + first.end()
    return unit


def _enter(roots: list[_Unit], stack: list[_Unit], unit: _Unit, kind: ClauseKind) -> None:
    while stack and _RANK[stack[-1].kind] >= _RANK[kind]:
        stack.pop()
    in_article = any(u.kind is ClauseKind.ARTICLE for u in stack)
    names = _EID | (_EID_IN_ARTICLE if in_article else {})
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


def _name_roots(roots: list[_Unit]) -> list[_Unit]:
    """Unnumbered paragraphs before the first number are the chapeau, after the last 末段."""
    first = next(i for i, u in enumerate(roots) if u.kind in _RANK)
    lead = [u for u in roots[:first] if u.kind is ClauseKind.PARAGRAPH]
    for unit in lead:
        unit.kind = ClauseKind.CHAPEAU
        unit.eid = "chapeau" if len(lead) == 1 else f"chapeau_{lead.index(unit) + 1}"
    closings = [u for u in roots if u.kind is ClauseKind.CLOSING]
    for index, unit in enumerate(closings[1:], start=2):
        unit.eid = f"closing_{index}"
    return roots


def _has_own_text(source: str, unit: _Unit) -> bool:
    length = sum(s.end - s.start for s in unit.lines)
    return length > unit.heading_chars


# --- clauses ------------------------------------------------------------------------------------


class _Writer:
    """Turns units into clauses: names paragraphs, splits inline items, writes labels."""

    def __init__(self, source: str, part: Part, notice_id: str, prefix: str) -> None:
        self._source = source
        self._part = part
        self._notice_id = notice_id
        self._prefix = prefix
        self._clauses: list[Clause] = []
        self._loose = 0

    def add(self, unit: _Unit) -> None:
        if unit.kind is ClauseKind.PARAGRAPH and not unit.eid:
            self._loose += 1
            unit.eid = f"para_{self._loose}"
            unit.value = self._loose
        self._write(unit, self._prefix, None, "")

    def finish(self) -> list[Clause]:
        ordered = sorted(self._clauses, key=lambda c: (c.start, -c.end, len(c.clause_id)))
        return [replace(clause, ordinal=i) for i, clause in enumerate(ordered)]

    def _write(self, unit: _Unit, prefix: str, parent: str | None, path: str) -> list[Span]:
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

    def _settle(self, unit: _Unit) -> None:
        """Number the 款; one single paragraph under a heading belongs to the heading."""
        paragraphs = [u for u in unit.children if u.kind is ClauseKind.PARAGRAPH and not u.trailing]
        own = _has_own_text(self._source, unit)
        only_text = not own and len(unit.children) == 1 and len(paragraphs) == 1
        if only_text and not paragraphs[0].children:
            heading = sum(s.end - s.start for s in unit.lines)
            break_at = self._break_after(unit.lines[-1].end)
            unit.lines = [*unit.lines, break_at, *paragraphs[0].lines]
            unit.heading_chars = heading
            unit.children = []
            return
        if own and paragraphs and unit.kind in _RANK:
            unit.children.insert(0, self._first_paragraph(unit))
            paragraphs = [u for u in unit.children if u.kind is ClauseKind.PARAGRAPH]
        trailing = [u for u in unit.children if u.trailing]
        for count, child in enumerate([*[p for p in paragraphs if not p.trailing], *trailing], 1):
            child.eid, child.value = f"para_{count}", count

    def _first_paragraph(self, unit: _Unit) -> _Unit:
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
                lines.append(_trim(self._source, line.start + skip, line.end))
            else:
                lines.append(line)
            skip = max(0, skip - length)
        unit.lines = kept
        return _Unit(ClauseKind.PARAGRAPH, "", lines=lines)

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
        unit: _Unit,
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
            eid = f"{_EID_IN_ARTICLE[kind] if '__art_' in clause.clause_id else _EID[kind]}_{value}"
            item_id = f"{clause.clause_id}__{eid}"
            ids.append(item_id)
            segments = _slice_segments(clause.segments, start, end)
            unit = _Unit(kind, eid, number=number, value=value, heading_chars=len(number))
            unit.inline = True
            label = self._label(unit, clause.label)
            self._clauses.append(self._clause(unit, item_id, label, segments, clause.clause_id, ()))
        self._clauses[slot] = replace(clause, items=tuple(ids))

    def _label(self, unit: _Unit, path: str) -> str:
        own = _LABELS.get(unit.kind)
        if own is None:
            own = _heading_label(unit)
        if unit.kind is ClauseKind.PARAGRAPH:
            own = "末段" if unit.trailing else f"第{_han(unit.value or int(unit.eid[5:] or 0))}款"
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


def _heading_label(unit: _Unit) -> str:
    number = unit.number.replace("(", "（").replace(")", "）").rstrip(". ．")
    if unit.kind is ClauseKind.POINT:
        number = f"{unit.value}."
    if not unit.heading:
        return number.rstrip("、") if unit.kind is ClauseKind.SECTION else number.rstrip(".")
    return f"{number}{' ' if unit.kind is ClauseKind.ARTICLE else ''}{unit.heading}"


def _han(value: int) -> str:
    digits = "零一二三四五六七八九"
    if value < 10:
        return digits[value]
    tens, ones = divmod(value, 10)
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


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
            if before in wanted and parse_ordinal(found.group(1)) == len(starts) + 1:
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
