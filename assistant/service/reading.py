"""A notice laid out for reading: blocks of published text, each character with its offset."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from assistant.clauses.model import FURNITURE, Clause, ClauseKind, CorpusView, Notice, Span

HEADED = frozenset(
    {ClauseKind.CHAPTER, ClauseKind.ARTICLE, ClauseKind.SECTION, ClauseKind.SUBSECTION}
)
"""Units that a table of contents lists."""


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive characters that are all quoted, or all not."""

    text: str
    quoted: bool
    starts_line: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as published: a unit's own text, without that of the units below it."""

    clause_id: str
    kind: str
    depth: int
    heading: tuple[Run, ...]
    body: tuple[Run, ...]
    opens: bool  # whether the unit begins here: what follows the units below it does not


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents, with the lines below it."""

    clause_id: str
    label: str
    depth: int


def blocks_of(view: CorpusView, notice: Notice, quoted: Span | None, file: str) -> list[Block]:
    """Every block of the notice in the order of its source; `quoted` is a range of `file`."""
    clauses = view.clauses_of(notice.notice_id)
    by_id = {clause.clause_id: clause for clause in clauses}
    parts = {part.file: number for number, part in enumerate(notice.parts)}
    found: list[tuple[tuple[int, int], Block]] = []
    for clause in clauses:
        inner = [span for child in units_below(clause, clauses) for span in child.segments]
        text = view.source(clause.file)
        wanted = quoted if clause.file == file else None
        for places in _own_places(clause, inner):
            cut = _heading_places(clause, places)
            block = Block(
                clause_id=clause.clause_id,
                kind=clause.kind.value,
                depth=_depth(clause, by_id),
                heading=_runs(text, places[:cut], wanted, keep_lines=False),
                body=_runs(text, places[cut:], wanted, clause.kind is ClauseKind.SIGNATURE),
                opens=places[0] == clause.start,
            )
            found.append(((parts[clause.file], places[0]), block))
    return [block for _, block in sorted(found, key=lambda item: item[0])]


def units_below(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    """The units one rung down, those counted within a running sentence included."""
    return [other for other in clauses if other.parent_id == clause.clause_id]


def contents_of(view: CorpusView, notice: Notice) -> list[Entry]:
    """The table of contents: the units that bear a heading or a number of the upper rungs."""
    clauses = view.clauses_of(notice.notice_id)
    by_id = {clause.clause_id: clause for clause in clauses}
    return [
        Entry(clause.clause_id, _contents_label(clause), _depth(clause, by_id))
        for clause in clauses
        if clause.kind in HEADED
    ]


def neighbours(view: CorpusView, clause: Clause) -> tuple[Clause | None, Clause | None]:
    """The readable units before and after; a unit with units below it is read as a whole."""
    clauses = view.clauses_of(clause.notice_id)
    leaf_ids = {other.clause_id for other in clauses if other.is_leaf}
    leaves = [
        other
        for other in clauses
        if other.is_leaf and other.kind not in FURNITURE and other.parent_id not in leaf_ids
    ]
    inside = {c.clause_id for c in leaves if _is_within(c, clause) or _is_within(clause, c)}
    before = [c for c in leaves if c.ordinal < clause.ordinal and c.clause_id not in inside]
    after = [c for c in leaves if c.ordinal > clause.ordinal and c.clause_id not in inside]
    return (before[-1] if before else None, after[0] if after else None)


def text_range(clause: Clause, quoted: Span) -> tuple[int, int] | None:
    """The range of `clause.text` that a source range covers; None where they do not meet."""
    places = [place for segment in clause.segments for place in range(segment.start, segment.end)]
    low, high = bisect_left(places, quoted.start), bisect_left(places, quoted.end)
    return (low, high) if low < high else None


def smallest_around(view: CorpusView, clause: Clause, quoted: Span) -> Clause:
    """The innermost unit below `clause` that holds the whole quoted range."""
    for child in units_below(clause, view.clauses_of(clause.notice_id)):
        if child.start <= quoted.start and quoted.end <= child.end:
            return smallest_around(view, child, quoted)
    return clause


def lineage(view: CorpusView, clause: Clause) -> list[str]:
    """Ids of the unit and of every unit above it, innermost first."""
    ids = [clause.clause_id]
    while clause.parent_id is not None:
        clause = view.clause(clause.parent_id)
        ids.append(clause.clause_id)
    return ids


def _is_within(inner: Clause, outer: Clause) -> bool:
    return inner.file == outer.file and outer.start <= inner.start and inner.end <= outer.end


def _own_places(clause: Clause, inner: Iterable[Span]) -> list[list[int]]:
    """The unit's own characters, in stretches between the units below it."""
    taken = {place for span in inner for place in range(span.start, span.end)}
    stretches: list[list[int]] = [[]]
    for place in (p for s in clause.segments for p in range(s.start, s.end)):
        if place not in taken:
            stretches[-1].append(place)
        elif stretches[-1]:
            stretches.append([])
    return [stretch for stretch in stretches if stretch]


def _heading_places(clause: Clause, places: Sequence[int]) -> int:
    """How many of the unit's own characters are number and heading."""
    if not clause.heading_end:
        return 0
    return bisect_left(places, clause.source_span(0, clause.heading_end).end)


def _runs(
    text: str, places: Sequence[int], quoted: Span | None, keep_lines: bool
) -> tuple[Run, ...]:
    """Group characters; with `keep_lines`, what stood on lines of its own stays so."""
    gaps = [0, *(after - before - 1 for before, after in pairwise(places))]
    lines = list(accumulate(int(keep_lines and gap > 0) for gap in gaps))

    def key(index: int) -> tuple[int, bool]:
        place = places[index]
        return lines[index], quoted is not None and quoted.start <= place < quoted.end

    runs: list[Run] = []
    line = 0
    for (number, flag), group in groupby(range(len(places)), key=key):
        written = "".join(text[places[index]] for index in group)
        runs.append(Run(written, flag, starts_line=number > line))
        line = number
    return tuple(runs)


def _depth(clause: Clause, by_id: dict[str, Clause]) -> int:
    depth, parent = 0, clause.parent_id
    while parent is not None:
        depth, parent = depth + 1, by_id[parent].parent_id
    return depth


def _contents_label(clause: Clause) -> str:
    return f"{clause.number}{clause.heading}" if clause.heading else clause.label
