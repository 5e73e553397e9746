"""A reply while it is being composed: its sentences, its citations, what the reader must know."""

from dataclasses import dataclass, field
from datetime import date

from assistant.clauses.citation import cite
from assistant.clauses.effectivity import SpanStatus, status_of
from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import CorpusView, Notice
from assistant.errors import QuoteError
from assistant.schemas import AnswerKind, Citation, RefusalReason
from assistant.schemas import Notice as Warn

WHY_NOT = {
    "draft": "只是征求意见稿，没有施行，不能作为办事依据",
    "expired": "已经失效，现在不能作为依据",
    "superseded": "的这一规定已被新文件替代，现在不能作为依据",
    "repealed": "已经废止，现在不能作为依据",
    "amended": "的这一规定已经被删去或修改",
    "not_yet_in_force": "还没有施行",
    "interpretation": "用来说明政策，不能代替通知原文",
}
"""Why a text is no basis, to follow its name, by the status of what is quoted."""


@dataclass(slots=True)
class Reply:
    """Collects the parts of an answer; a citation that fails its check is never added."""

    view: CorpusView
    as_of: date
    place: Place
    kind: AnswerKind = "answer"
    reason: RefusalReason | None = None
    lines: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    notices: list[Warn] = field(default_factory=list)
    intro_at: int = 0  # where the first line turns to introduce the quotations: ……是这样写的：
    composer: str = "extractive"

    def say(self, line: str) -> None:
        """Add a line of text, once."""
        if line not in self.lines:
            self.lines.append(line)

    def cite(
        self, clause_id: str, start: int, end: int, *, topic: str | None = None, warn: bool = True
    ) -> Citation | None:
        """Quote a span and take over its warnings; the same span is quoted once."""
        for known in self.citations:
            if known.clause_id == clause_id and _same(self.view, known, clause_id, start, end):
                return known
        try:
            citation = cite(
                self.view,
                clause_id,
                start,
                end,
                marker=len(self.citations) + 1,
                as_of=self.as_of,
                place=self.place,
                topic=topic,
            )
        except QuoteError:
            return None
        self.citations.append(citation)
        if warn:
            state = self.status(clause_id, start, end, topic=topic)
            for code, text in state.notices:
                self.warn(code, text)
        return citation

    def status(
        self, clause_id: str, start: int, end: int, *, topic: str | None = None
    ) -> SpanStatus:
        """Validity of a span on the reply's day at its place."""
        return status_of(
            self.view,
            clause_id,
            as_of=self.as_of,
            place=self.place,
            topic=topic,
            start=start,
            end=end,
        )

    def warn(self, code: str, text: str) -> None:
        """Add a notice once."""
        warning = Warn(code=code, text=text)
        if text and warning not in self.notices:
            self.notices.append(warning)

    def lead_with(self, sentence: str) -> None:
        """Put a sentence before all that is said."""
        if self.lines:
            self.lines[0] = f"{sentence}\n{self.lines[0]}"
            self.intro_at += len(sentence) + 1
        else:
            self.say(sentence)

    @property
    def text(self) -> str:
        """The reply as one text."""
        return "\n".join(line for line in self.lines if line)


def _same(view: CorpusView, known: Citation, clause_id: str, start: int, end: int) -> bool:
    span = view.clause(clause_id).source_span(start, end)
    return (known.source.start, known.source.end) == (span.start, span.end)


def chinese_day(day: date) -> str:
    """2024年8月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def name_of(notice: Notice, *, short: bool = False) -> str:
    """A notice as people cite it: 《title》（文号）, or the 文号 alone where that suffices."""
    if short and notice.doc_number:
        return notice.doc_number
    number = f"（{notice.doc_number}）" if notice.doc_number else ""
    title = notice.title if notice.title.startswith("《") else f"《{notice.title}》"
    return f"{title}{number}"
