"""What a notice is made of: manifests, clauses with their offsets, and effects on spans."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class DocumentKind(StrEnum):
    """The kind of a published document; drafts and interpretations never bind."""

    NOTICE = "notice"  # 通知
    METHOD = "method"  # 办法（连同印发通知）
    OPINION = "opinion"  # 指导意见（连同印发通知）
    PLAN = "plan"  # 实施方案（连同印发通知）
    AMENDMENT = "amendment"  # 修改决定
    PERSONNEL = "personnel"  # 人事任免
    INTERPRETATION = "interpretation"  # 政策解读
    CONSULTATION_DRAFT = "consultation_draft"  # 征求意见稿


class ClauseKind(StrEnum):
    """The rung of the ladder on which a unit stands."""

    TITLE = "title"
    DOC_NUMBER = "doc_number"
    ADDRESSEE = "addressee"
    CHAPEAU = "chapeau"  # 第一个标题之前的引言
    CHAPTER = "chapter"  # 第一章
    ARTICLE = "article"  # 第一条
    SECTION = "section"  # 一、
    SUBSECTION = "subsection"  # （一）
    POINT = "point"  # 1.
    SUBPOINT = "subpoint"  # （1）
    PARAGRAPH = "paragraph"  # 未编号的自然段（款）
    CLOSING = "closing"  # 结尾的施行条款
    ANNEX = "annex"  # 附件……（略）
    SIGNATURE = "signature"  # 落款与成文日期
    NOTE = "note"  # （此件公开发布）等


FURNITURE = frozenset(
    {
        ClauseKind.TITLE,
        ClauseKind.DOC_NUMBER,
        ClauseKind.ADDRESSEE,
        ClauseKind.SIGNATURE,
        ClauseKind.NOTE,
    }
)
"""Units that identify a notice but say nothing that answers a question."""


@dataclass(frozen=True, slots=True)
class Span:
    """A range of characters `[start, end)` of a source file."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One addressable unit of a notice, children included.

    `segments` are the ranges of the source that make up `text`, in order: what lies between
    two segments is white space that only a line or page break put there. A heading with a
    single paragraph under it is one clause (cite the 条 alone), `heading_end` characters of
    whose `text` are number and heading.
    """

    clause_id: str
    notice_id: str
    part: str  # "main" or "cover"
    kind: ClauseKind
    number: str  # as printed: 一、 （一） 1. (1); "" where unnumbered
    heading: str  # heading without its number; "" where there is none
    label: str  # as people cite it: 三、进一步放宽人才落户 第二款
    file: str  # under corpus/, e.g. sources/jiaxing-gazette-2024-06-07.txt
    segments: tuple[Span, ...]
    text: str
    heading_end: int
    ordinal: int  # position in the notice, document order
    parent_id: str | None
    children: tuple[str, ...] = ()
    items: tuple[str, ...] = ()  # （1）……；（2）…… inside the running text
    inline: bool = False  # this is such an item: addressable, but no leaf of its own

    @property
    def start(self) -> int:
        """First character in the source."""
        return self.segments[0].start

    @property
    def end(self) -> int:
        """One past the last character in the source."""
        return self.segments[-1].end

    @property
    def body(self) -> str:
        """`text` without number and heading."""
        return self.text[self.heading_end :].lstrip()

    @property
    def is_leaf(self) -> bool:
        """Whether this is what retrieval ranks: no units below it, and no inline item itself."""
        return not self.inline and not self.children

    def source_span(self, start: int, end: int) -> Span:
        """The source range behind `text[start:end]` (the offset map); needs start < end."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is outside a text of {len(self.text)} characters")
        first = last = -1
        position = 0
        for segment in self.segments:
            length = segment.end - segment.start
            if first < 0 and start < position + length:
                first = segment.start + start - position
            if end <= position + length:
                last = segment.start + end - position
                break
            position += length
        return Span(first, last)


class EffectState(StrEnum):
    """What became of a span of text."""

    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    AMENDED = "amended"
    DOUBTFUL = "doubtful"  # in force, with notice `rule_uncertain` (or `conflict`)


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of a clause, or of one quoted span of it, from a day on, for a topic."""

    clause_id: str
    state: EffectState
    effective_from: date
    by: str | None  # clause id of the text that did it; None: a text outside the corpus
    quote: str | None = None  # None: the whole clause
    topic: str | None = None  # None: all topics
    effective_to: date | None = None
    code: str = "rule_uncertain"  # the notice a doubtful span carries
    settled: bool = False  # sources differ, and this text is the one that prevails
    note: str = ""  # Chinese, for the reader


class RelationKind(StrEnum):
    """How one document bears on another."""

    BASED_ON = "based_on"
    SUPERSEDES_WHERE_INCONSISTENT = "supersedes_where_inconsistent"
    REPEALS = "repeals"
    AMENDS = "amends"
    INTERPRETS = "interprets"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge from a notice to another document, held in the corpus or not."""

    kind: RelationKind
    doc_number: str | None
    title: str | None
    notice_id: str | None  # None: not in the corpus


class AmendmentAction(StrEnum):
    """What an amendment does with the old text."""

    DELETE = "delete"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One 将……删去 / 修改为 of an amending clause; spans are ranges of that clause's `text`."""

    clause_id: str
    target_doc_number: str
    place: str  # 第五部分第十九点
    action: AmendmentAction
    old: Span
    new: Span | None


@dataclass(frozen=True, slots=True)
class Part:
    """A character range of a source that makes up a notice, with the hash vouched for."""

    name: str
    file: str
    start: int
    end: int
    sha256: str
    title: str | None = None  # where it differs from the notice's: the covering 通知


@dataclass(frozen=True, slots=True)
class Caution:
    """A caveat that goes with every citation of a notice from a day on."""

    code: str
    text: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class Misreading:
    """Text that was misread when the source was made: kept as it is, and flagged."""

    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One published document: its manifest and, derived from its text, what it amends."""

    notice_id: str
    title: str
    doc_number: str | None  # normalised: 嘉政办发〔2024〕16号
    issuer: str
    jurisdiction: str  # GB/T 2260 code
    kind: DocumentKind
    parts: tuple[Part, ...]
    issued_on: date | None = None
    published_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    repealed_on: date | None = None  # first day out of force
    verified_on: date | None = None
    dates_inferred: bool = False  # the day of effect is presumed, not stated
    relations: tuple[Relation, ...] = ()
    effects: tuple[Effect, ...] = ()
    cautions: tuple[Caution, ...] = ()
    misreadings: tuple[Misreading, ...] = ()
    amendments: tuple[Amendment, ...] = field(default=())

    @property
    def binds(self) -> bool:
        """Whether the document can ever bind: drafts and interpretations never do."""
        return self.kind not in {DocumentKind.CONSULTATION_DRAFT, DocumentKind.INTERPRETATION}


class CorpusView(Protocol):
    """Read access to a whole, consistent corpus, however it is kept."""

    @property
    def digest(self) -> str:
        """Hash over all manifests, sources and the parser's version."""

    def notice(self, notice_id: str) -> Notice:
        """The notice; raises UnknownNoticeError."""

    def notices(self) -> Iterable[Notice]:
        """All approved notices, by id."""

    def notice_by_number(self, doc_number: str) -> Notice | None:
        """The notice that bears this normalised 文号."""

    def clause(self, clause_id: str) -> Clause:
        """The clause; raises UnknownClauseError."""

    def clauses_of(self, notice_id: str) -> tuple[Clause, ...]:
        """All clauses of a notice in document order."""

    def source(self, file: str) -> str:
        """The whole text of a source file."""
