"""Fictional notices in memory, an encoder without training, and an index over them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import Clause, ClauseKind, DocumentKind, Notice, Part, Span
from assistant.errors import UnknownClauseError, UnknownNoticeError
from assistant.retrieval import BuildReport, Index, Lexicon, Searcher, build_index
from assistant.retrieval.encoder import Vectors
from assistant.retrieval.tokens import ngrams

CITY = Place("330400", "嘉兴市")
OTHER_CITY = Place("330700", "金华市")
DAY = date(2024, 11, 22)


class HashEncoder:
    """Sums a fixed pseudo-random vector per n-gram: like texts get like vectors."""

    def __init__(self, name: str = "hash-64", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for gram in ngrams(text):
                seed = int.from_bytes(sha256(gram.encode()).digest()[:4], "big")
                row += np.random.default_rng(seed).standard_normal(self.dimension)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Vectors = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
        return unit

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return self.encode(questions)


@dataclass(frozen=True)
class Draft:
    """A fictional notice: its sections are `(heading, body)`, or `(heading, (款, 款, …))`."""

    notice_id: str
    title: str
    sections: tuple[tuple[str, str | tuple[str, ...]], ...]
    doc_number: str | None = None
    jurisdiction: str = "330400"
    kind: DocumentKind = DocumentKind.NOTICE
    effective_from: date | None = date(2024, 1, 1)
    effective_to: date | None = None
    extra: dict[str, object] = field(default_factory=dict)


class MemoryCorpus:
    """A `CorpusView` over fictional notices."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._notices: dict[str, Notice] = {}
        self._clauses: dict[str, tuple[Clause, ...]] = {}
        self._sources: dict[str, str] = {}
        for draft in sorted(drafts, key=lambda d: d.notice_id):
            clauses, text = _parse(draft)
            file = f"sources/{draft.notice_id}.txt"
            part = Part("main", file, 0, len(text), sha256(text.encode()).hexdigest())
            self._notices[draft.notice_id] = Notice(
                notice_id=draft.notice_id,
                title=draft.title,
                doc_number=draft.doc_number,
                issuer="某市人民政府办公室",
                jurisdiction=draft.jurisdiction,
                kind=draft.kind,
                parts=(part,),
                effective_from=draft.effective_from,
                effective_to=draft.effective_to,
            )
            self._clauses[draft.notice_id] = clauses
            self._sources[file] = text

    @property
    def digest(self) -> str:
        return sha256(repr((self._notices, self._clauses)).encode()).hexdigest()

    def notices(self) -> Iterator[Notice]:
        return iter(self._notices.values())

    def notice(self, notice_id: str) -> Notice:
        try:
            return self._notices[notice_id]
        except KeyError:
            raise UnknownNoticeError(notice_id) from None

    def notice_by_number(self, doc_number: str) -> Notice | None:
        return next((n for n in self._notices.values() if n.doc_number == doc_number), None)

    def clause(self, clause_id: str) -> Clause:
        for clause in self._clauses.get(clause_id.partition("__")[0], ()):
            if clause.clause_id == clause_id:
                return clause
        raise UnknownClauseError(clause_id)

    def clauses_of(self, notice_id: str) -> tuple[Clause, ...]:
        self.notice(notice_id)
        return self._clauses[notice_id]

    def source(self, file: str) -> str:
        return self._sources[file]


def _parse(draft: Draft) -> tuple[tuple[Clause, ...], str]:
    """Title, then a section per heading; several 款 become leaves below it."""
    clauses: list[Clause] = []
    lines: list[str] = []
    position = 0

    def add(kind: ClauseKind, key: str, text: str, **fields: object) -> None:
        nonlocal position
        clause = Clause(
            clause_id=f"{draft.notice_id}__{key}",
            notice_id=draft.notice_id,
            part="main",
            kind=kind,
            number="",
            heading="",
            label=key,
            file=f"sources/{draft.notice_id}.txt",
            segments=(Span(position, position + len(text)),),
            text=text,
            heading_end=0,
            ordinal=len(clauses),
            parent_id=None,
        )
        clauses.append(replace(clause, **fields))  # type: ignore[arg-type]
        lines.append(text)
        position += len(text) + 1

    add(ClauseKind.TITLE, "title", draft.title)
    for index, (heading, body) in enumerate(draft.sections, start=1):
        number = "一二三四五六七八九十"[index - 1] + "、"
        printed = f"{number}{heading}"
        whole = {"number": number, "heading": heading, "heading_end": len(printed)}
        if isinstance(body, str):
            add(ClauseKind.SECTION, f"sec_{index}", f"{printed}\n{body}", **whole)
            continue
        keys = [f"{draft.notice_id}__sec_{index}__para_{n + 1}" for n in range(len(body))]
        add(ClauseKind.SECTION, f"sec_{index}", printed, children=tuple(keys), **whole)
        for n, paragraph in enumerate(body, start=1):
            parent = f"{draft.notice_id}__sec_{index}"
            add(ClauseKind.PARAGRAPH, f"sec_{index}__para_{n}", paragraph, parent_id=parent)
    return tuple(clauses), "\n".join(lines)


RENTAL = Draft(
    "moon-2024-7",
    "月亮市人民政府办公室关于放宽租赁落户的通知",
    (
        ("放宽租赁落户", "租赁商品住房并连续居住登记满六个月的人员，可以申请落户。"),
        ("放宽人才落户", ("博士研究生可以先落户后就业。", "高级技师可以随迁父母和配偶。")),
        ("其他事项", "本通知自2024年1月1日起施行。"),
    ),
    "月政办发〔2024〕7号",
)
OLD_RENTAL = Draft(
    "moon-2020-7",
    "月亮市人民政府办公室关于规范租赁落户的通知",
    (("租赁落户", "租赁住房居住登记满三年的人员，可以申请落户。"),),
    "月政发〔2020〕7号",
    effective_from=date(2020, 1, 1),
    effective_to=date(2023, 12, 31),
)
ELSEWHERE = Draft(
    "star-2024-7",
    "星星市关于租赁落户的通知",
    (("租赁落户", "租赁住房居住登记满一个月的人员，可以申请落户。"),),
    "星政办发〔2024〕7号",
    jurisdiction="330700",
)
PROPOSED = Draft(
    "moon-draft",
    "月亮市关于全面放开租赁落户的通知（征求意见稿）",
    (("租赁落户", "租赁住房的人员，居住登记后即可申请落户。"),),
    kind=DocumentKind.CONSULTATION_DRAFT,
    effective_from=None,
)
MEDICAL = Draft(
    "moon-2024-8",
    "月亮市补充医疗保险办法",
    (
        ("个人账户", ("在职人员每月划入八十元。", "退休人员每月划入一百二十元。")),
        ("门诊待遇", "门诊费用超过起付标准的部分由补充医疗保险支付。"),
    ),
    "月政办发〔2024〕8号",
)
DRAFTS = (RENTAL, OLD_RENTAL, ELSEWHERE, PROPOSED, MEDICAL)


def unrelated(count: int, *, start: int = 0, jurisdiction: str = "330400") -> tuple[Draft, ...]:
    """Notices about nothing that is asked."""
    things = ("桥梁", "河道", "公园", "路灯", "码头", "果树", "鱼塘", "钟楼")
    return tuple(
        Draft(
            f"misc-{i:04d}",
            f"关于第{i}期{things[i % len(things)]}养护工作的通知",
            (
                (
                    f"{things[i % len(things)]}养护",
                    f"第{i}号{things[i % len(things)]}由养护站巡查。",
                ),
            ),
            f"杂办发〔2023〕{i + 100}号",
            jurisdiction=jurisdiction,
        )
        for i in range(start, start + count)
    )


def build(root: Path, drafts: Iterable[Draft], encoder: HashEncoder | None = None) -> BuildReport:
    return build_index(MemoryCorpus(drafts), root, encoder or HashEncoder())


def searcher(root: Path, drafts: Iterable[Draft], lexicon: Lexicon | None = None) -> Searcher:
    build(root, drafts)
    return Index.open(root, HashEncoder(), lexicon or Lexicon()).searcher()
