"""Statutes as a corpus for measuring scale: as they are (75,910 articles), or repeated.

A repeat is synthetic: the same articles under an altered title, with the numerals in the text
shifted, another jurisdiction and another life. Laws are spread over jurisdictions and lives by
their position, so that filters have something to do; that too is made up.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from assistant.clauses.model import Clause, ClauseKind, DocumentKind, Notice, Part, Span
from assistant.errors import UnknownClauseError, UnknownNoticeError

_JURISDICTIONS = ("330400", "330000", "000000", "330700", "330100", "330400", "330200", "330000")
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Article:
    headings: tuple[str, ...]
    number: str
    text: str


class StatuteCorpus:
    """A `CorpusView` over `statutes.jsonl.gz`, made anew on each call so that a million fit."""

    def __init__(self, path: Path, *, articles: int | None = None) -> None:
        """Use `articles` articles; None: each once."""
        self._laws = _read_laws(path)
        self._once = sum(len(rows) for _, rows in self._laws)
        self.articles = self._once if articles is None else articles
        self._law = lru_cache(maxsize=8)(self._make)
        self._number = {self._id(i): i for i in range(self._count())}

    @cached_property
    def digest(self) -> str:
        """Hash over what the corpus is made from."""
        name = f"{self.articles} of {[(law, len(rows)) for law, rows in self._laws]}"
        return sha256(name.encode()).hexdigest()

    def notices(self) -> Iterator[Notice]:
        """Every law, as a notice."""
        return (self._law(i)[0] for i in range(len(self._number)))

    def notice(self, notice_id: str) -> Notice:
        """The notice; raises UnknownNoticeError."""
        return self._at(notice_id)[0]

    def notice_by_number(self, _doc_number: str) -> Notice | None:
        """Statutes bear no 文号."""
        return None

    def clause(self, clause_id: str) -> Clause:
        """The clause; raises UnknownClauseError."""
        for clause in self.clauses_of(clause_id.partition("__")[0]):
            if clause.clause_id == clause_id:
                return clause
        raise UnknownClauseError(clause_id)

    def clauses_of(self, notice_id: str) -> tuple[Clause, ...]:
        """All clauses of a notice in document order."""
        return self._at(notice_id)[1]

    def source(self, file: str) -> str:
        """The whole text of a source file."""
        return self._at(Path(file).stem)[2]

    def _at(self, notice_id: str) -> tuple[Notice, tuple[Clause, ...], str]:
        if notice_id not in self._number:
            raise UnknownNoticeError(notice_id)
        return self._law(self._number[notice_id])

    def _count(self) -> int:
        """How many laws hold the articles wanted; the last one may be cut short."""
        full, rest = divmod(self.articles, self._once)
        count = full * len(self._laws)
        for _, rows in self._laws:
            if rest <= 0:
                break
            count += 1
            rest -= len(rows)
        return count

    def _id(self, index: int) -> str:
        return f"law-{index:06d}"

    def _make(self, index: int) -> tuple[Notice, tuple[Clause, ...], str]:
        repeat, position = divmod(index, len(self._laws))
        law, rows = self._laws[position]
        left = self.articles - repeat * self._once
        before = self._starts[position]
        rows = rows[: max(0, left - before)]
        shift = str.maketrans(_NUMERALS, _NUMERALS[repeat % 9 :] + _NUMERALS[: repeat % 9])
        title = law if repeat == 0 else f"{law}（第{repeat}修订本）"
        notice_id = self._id(index)
        clauses, text = _clauses(notice_id, rows, shift if repeat else {})
        file = f"sources/{notice_id}.txt"
        part = Part("main", file, 0, len(text), sha256(text.encode()).hexdigest())
        return _notice(notice_id, title, part, position + repeat), clauses, text

    @cached_property
    def _starts(self) -> list[int]:
        starts, total = [], 0
        for _, rows in self._laws:
            starts.append(total)
            total += len(rows)
        return starts


def _read_laws(path: Path) -> list[tuple[str, list[_Article]]]:
    laws: dict[str, list[_Article]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            article = _Article(tuple(row["path"]), row["no"], row["text"])
            laws.setdefault(row["law"], []).append(article)
    return list(laws.items())


def _notice(notice_id: str, title: str, part: Part, spread: int) -> Notice:
    draft = spread % 20 == 7
    return Notice(
        notice_id=notice_id,
        title=title,
        doc_number=None,
        issuer="（合成数据）",
        jurisdiction=_JURISDICTIONS[spread % len(_JURISDICTIONS)],
        kind=DocumentKind.CONSULTATION_DRAFT if draft else DocumentKind.NOTICE,
        parts=(part,),
        effective_from=None if draft else date(2005 + spread % 18, 1, 1),
        effective_to=date(2023, 12, 31) if spread % 10 == 3 else None,
    )


def _clauses(
    notice_id: str, rows: list[_Article], shift: dict[int, int]
) -> tuple[tuple[Clause, ...], str]:
    """A chapter clause per run of equal headings, an article below it, and the text of all."""
    clauses: list[Clause] = []
    lines: list[str] = []
    position = 0
    chapter: str | None = None
    headings: tuple[str, ...] = ()

    def add(kind: ClauseKind, key: str, number: str, heading: str, text: str) -> None:
        nonlocal position
        clauses.append(
            Clause(
                clause_id=f"{notice_id}__{key}",
                notice_id=notice_id,
                part="main",
                kind=kind,
                number=number,
                heading=heading,
                label=number or heading,
                file=f"sources/{notice_id}.txt",
                segments=(Span(position, position + len(text)),),
                text=text,
                heading_end=len(text) if heading else 0,
                ordinal=len(clauses),
                parent_id=chapter if kind is ClauseKind.ARTICLE else None,
                # Articles name their chapter; that the chapter has children is all that is asked.
                children=(f"{notice_id}__art",) if kind is ClauseKind.CHAPTER else (),
            )
        )
        lines.append(text)
        position += len(text) + 1

    for number, row in enumerate(rows, start=1):
        if row.headings and row.headings != headings:
            heading = " ".join(row.headings)
            chapter = f"{notice_id}__chp_{number}"
            add(ClauseKind.CHAPTER, f"chp_{number}", "", heading, heading)
        headings = row.headings
        chapter = chapter if row.headings else None
        add(ClauseKind.ARTICLE, f"art_{number}", row.number, "", row.text.translate(shift))
    return tuple(clauses), "\n".join(lines)
