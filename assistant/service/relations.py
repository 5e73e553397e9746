"""How a notice bears on other documents: lines to read, and the same lines drawn."""

from dataclasses import dataclass
from unicodedata import east_asian_width

from assistant.clauses.model import CorpusView, Notice, RelationKind

RELATION_NAMES: dict[RelationKind, tuple[str, str]] = {
    RelationKind.BASED_ON: ("依据", "被下列文件作为依据"),
    RelationKind.SUPERSEDES_WHERE_INCONSISTENT: (
        "与之不一致的以本文件为准",
        "不一致的以下列文件为准",
    ),
    RelationKind.REPEALS: ("废止", "被下列文件废止"),
    RelationKind.AMENDS: ("修改", "被下列文件修改"),
    RelationKind.INTERPRETS: ("解读", "由下列文件解读"),
    RelationKind.MENTIONS: ("提到", "被下列文件提到"),
}

WIDTH, MARGIN, RAIL, INDENT = 340, 8, 20, 44
LINE, PADDING, LETTER = 22, 10, 15
CLOSING = frozenset("）》〉」』〕］，。；：、？！")


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """One document and how it is related; `first_clause_id` where the corpus holds it."""

    how: str
    name: str
    first_clause_id: str | None
    outward: bool  # whether this notice points at it, or it at this notice


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn document: its place, its name in lines, and the word on the way to it."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    related: RelatedDocument | None = None

    @property
    def middle(self) -> int:
        """Where the way to it ends."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The notice on top, every related document beneath it on one rail."""

    width: int
    height: int
    centre: Box
    boxes: tuple[Box, ...]
    rail: int = RAIL


def related_documents(view: CorpusView, notice: Notice) -> list[RelatedDocument]:
    """What the notice points at, and what points at it, each once."""
    lines = [
        RelatedDocument(
            RELATION_NAMES[relation.kind][0],
            document_name(relation.title, relation.doc_number),
            _first_clause(view, relation.notice_id),
            outward=True,
        )
        for relation in notice.relations
    ]
    lines += [
        RelatedDocument(
            RELATION_NAMES[relation.kind][1],
            document_name(other.title, other.doc_number),
            _first_clause(view, other.notice_id),
            outward=False,
        )
        for other in view.notices()
        for relation in other.relations
        if relation.notice_id == notice.notice_id
    ]
    return list(dict.fromkeys(lines))


def document_name(title: str | None, doc_number: str | None) -> str:
    """Title in its marks, number in brackets; one of them alone where the other is unknown."""
    number = f"（{doc_number}）" if doc_number and title else doc_number or ""
    if not title:
        return number
    inner = title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》{number}"


def drawn(notice: Notice, related: list[RelatedDocument]) -> Drawing:
    """The drawing of `related`, narrow enough for the smallest phone."""
    centre = _box(MARGIN, MARGIN, document_name(notice.title, notice.doc_number))
    boxes = []
    y = centre.y + centre.height + LINE
    for document in related:
        box = _box(INDENT, y + LINE, document.name, document)
        boxes.append(box)
        y = box.y + box.height + LINE // 2
    return Drawing(WIDTH, y, centre, tuple(boxes))


def _box(x: int, y: int, name: str, related: RelatedDocument | None = None) -> Box:
    width = WIDTH - MARGIN - x
    lines = _wrapped(name, (width - 2 * PADDING) / LETTER)
    return Box(x, y, width, len(lines) * LINE + 2 * PADDING, lines, related)


def _wrapped(words: str, letters: float) -> tuple[str, ...]:
    """`words` in lines of at most so many full-width letters; none begins with a closing mark."""
    lines, held = [""], 0.0
    for sign in words:
        width = 1.0 if east_asian_width(sign) in {"W", "F", "A"} else 0.6
        if held + width > letters - 1 and sign not in CLOSING:
            lines.append("")
            held = 0.0
        lines[-1] += sign
        held += width
    return tuple(lines)


def _first_clause(view: CorpusView, notice_id: str | None) -> str | None:
    clauses = view.clauses_of(notice_id) if notice_id else ()
    return clauses[0].clause_id if clauses else None
