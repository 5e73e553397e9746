"""Lines of a page into title, addressee, natural paragraphs, annex list and signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.clauses.markers import HAN, LEANS_ON, TERMINAL, Numbering, heading_lines, marker
from assistant.clauses.model import ClauseKind, Span

_RESIDUE = re.compile(r"\[bookmark:[^\]]*\]")

_DATE_LINE = re.compile(
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二〇○零]{2}[〇○零一二三四五六七八九]{2}年"
    rf"[{HAN}]+月[{HAN}]+日|\d{{4}}-\d{{1,2}}-\d{{1,2}}|20\d{{5,6}})"
)

_ANNEX = re.compile(r"附件?\s*(?:\d+\s*)?(?:[：:]|$)")

_NOTE = re.compile(r"[（(](?:此件|可登[陆录]|联系(?:人|电话)|本文件)")

_ADDRESSEE = re.compile(r"[^。；;]{2,120}[：:]$")


@dataclass(slots=True)
class Unit:
    """A unit while the tree is being built; `lines` are its own, without its children's."""

    kind: ClauseKind
    eid: str
    number: str = ""
    value: int = 0
    heading: str = ""
    lines: list[Span] = field(default_factory=list)  # own lines: number, heading, inline text
    heading_chars: int = 0
    children: list["Unit"] = field(default_factory=list)
    inline: bool = False
    trailing: bool = False


def squeeze(text: str) -> str:
    """`text` without any white space, for comparisons that a line break must not disturb."""
    return re.sub(r"\s+", "", text)


def trim(source: str, start: int, end: int) -> Span:
    """The range without white space at either end."""
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return Span(start, end)


def split_lines(source: str, start: int, end: int) -> tuple[list[Unit], list[Span]]:
    """Non-empty trimmed lines, with Word residue set apart as furniture of its own."""
    residue: list[Unit] = []
    lines: list[Span] = []
    position = start
    while position < end:
        stop = source.find("\n", position, end)
        stop = end if stop < 0 else stop
        line = trim(source, position, stop)
        found = _RESIDUE.match(source, line.start, line.end)
        if found:
            eid = f"residue_{len(residue) + 1}"
            residue.append(Unit(ClauseKind.NOTE, eid, lines=[Span(*found.span())]))
            line = trim(source, found.end(), line.end)
        if line.start < line.end:
            lines.append(line)
        position = stop + 1
    return residue, lines


def split_front_matter(
    source: str, lines: list[Span], *, title: str, doc_number: str | None
) -> tuple[list[Unit], list[Span]]:
    """Title, 文号 and addressee, told from the manifest; a page may print the 文号 first."""
    units: list[Unit] = []
    rest = list(lines)
    wanted = _comparable(title)
    for _ in range(3):
        if not rest:
            break
        text = source[rest[0].start : rest[0].end]
        if doc_number and _comparable(text) == _comparable(doc_number):
            units.append(Unit(ClauseKind.DOC_NUMBER, "doc_number", lines=[rest.pop(0)]))
            continue
        taken = _title_lines(source, rest, wanted)
        if taken:
            units.append(Unit(ClauseKind.TITLE, "title", lines=rest[:taken]))
            rest = rest[taken:]
    if rest and _is_addressee(source[rest[0].start : rest[0].end]):
        units.append(Unit(ClauseKind.ADDRESSEE, "addressee", lines=[rest.pop(0)]))
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
        and not marker(text)
        and not re.search(r"如下|《|本办法|本意见|^(?:为|根据|经|按照|依据)", text)
        and bool(re.search(r"各|政府|单位|部门|委|局|办|公司|企业", text))
    )


def split_tail(source: str, lines: list[Span], issuer: str) -> tuple[list[Span], list[Unit]]:
    """Annex list, signature and notes at the end; annexes may stand before or after the date."""
    cut = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if not _is_tail_line(source, lines, index, issuer):
            break
        cut = index
    if cut == 0:
        return lines, []
    units: list[Unit] = []
    for line in lines[cut:]:
        text = source[line.start : line.end]
        kind = _tail_kind(text, issuer)
        if kind is None or (units and units[-1].kind is kind and kind is ClauseKind.SIGNATURE):
            units[-1].lines.append(line)
        else:
            same = sum(unit.kind is kind for unit in units)
            name = {ClauseKind.ANNEX: "annex", ClauseKind.NOTE: "note"}.get(kind, "signature")
            units.append(Unit(kind, name if not same else f"{name}_{same + 1}", lines=[line]))
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


def join_paragraphs(source: str, lines: Sequence[Span]) -> list[list[Span]]:
    """Natural paragraphs: lines that a page or line break cut out of one sentence are joined."""
    paragraphs: list[list[Span]] = []
    seen = Numbering()
    headings = heading_lines([source[line.start : line.end] for line in lines])
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


def _joins(before: str, text: str, seen: Numbering) -> bool:
    ended = bool(TERMINAL.search(before))
    if marker(text) is None:
        return not ended
    if ended:
        return False
    return bool(LEANS_ON.search(before)) or not seen.follows(text)
