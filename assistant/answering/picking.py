"""Clauses found for a question, each weighed: how much of the question it speaks of, in force or not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from assistant.answering.askbook import Alike, AskBook
from assistant.answering.asked import asks_main_text
from assistant.answering.choosing import signs, weighed
from assistant.answering.contacts import TopicWords
from assistant.answering.question import Question
from assistant.answering.relevance import Content, coverage, missed
from assistant.answering.spans import QuoteSpan, quote_span, states_asked_figure
from assistant.clauses import Clause, ClauseKind, CorpusView, Notice, SpanStatus, Status, status_of
from assistant.retrieval import Hit, Searcher
from assistant.schemas import RefusalReason

MOST_PICKS = 3
_CANDIDATES = 12
_DEPTH = 40  # hits looked through for clauses whose written questions are like the one asked
_SURELY_ALIKE = 0.2  # likeness from which a clause is looked at though retrieval does not see it
_ASKED_ALIKE = 5  # clauses that are looked for there
_OTHER_CASE = 0.2  # the text is about another case than the one asked about
_ANNEX_SHARE = 0.6  # the list of annexes repeats the title, and says nothing
_BARE = 0.3  # a line that only leads to what follows says nothing
_CHAPEAU = re.compile(r"解读如下|(?:作|如)(?:如下|下)[^。；]{0,4}[:：]\s*$|通知如下[:：]\s*$")
_ASKS_WHICH = re.compile(r"哪.{0,3}(?:文件|文号|份)|什么文件|根据|依据|为了|为什么")
_FIGURE, _NO_FIGURE = 1.3, 0.7  # a clause that states a figure of the kind asked for, or none
_FIGURE_SHARE = 0.25  # what such a figure adds to what the question is about
_FOUND, _COVERED, _HEADED = 0.4, 1.5, 0.5  # weight of being found, speaking of it, being headed so


@dataclass(frozen=True, slots=True)
class Pick:
    """A clause chosen for an answer, with the sentences to quote and their validity."""

    clause: Clause
    notice: Notice
    span: QuoteSpan
    state: SpanStatus
    cover: float
    missed: float  # share of the question that lies with an act or a paper the clause lacks
    score: float
    lexical: float  # raw BM25: comparable between searches of one question
    dense: float = 0.0  # cosine of question and clause
    alike: float = 0.0  # how like the question is to those written for the clause

    @property
    def is_current(self) -> bool:
        """In force, or text that a document in force has deleted or replaced: news that binds."""
        return self.state.binds or self.state.status is Status.AMENDED

    @property
    def year(self) -> int | None:
        """The year of its notice."""
        return year_of(self.notice)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an answer is composed of."""

    picks: tuple[Pick, ...]
    topic: str | None
    overview: Notice | None = None  # the question asks what this notice says
    validity: Notice | None = None  # the question asks whether this notice still applies
    unheld: str | None = None  # 文号 asked about that only other documents mention
    leading: str = ""  # the first sentence, where how the pick stands to the question says it


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing can be answered."""

    reason: RefusalReason
    lead: str | None = None
    about: str = ""


class ReadContent(Protocol):
    """Reads what a text is about; `places` keeps the cities that it names."""

    def __call__(self, text: str, *, places: bool = False) -> Content:
        """The content of `text`."""
        ...  # pragma: no cover


class Picker:
    """Searches for one question and weighs what it finds."""

    def __init__(
        self,
        question: Question,
        content: Content,
        searcher: Searcher,
        *,
        topic: str | None,
        case: TopicWords | None,
        read: ReadContent,
        asks: AskBook,
        asked: str | None = None,
    ) -> None:
        """`asked` is the whole of what was asked, where `question` is a part of it."""
        self.question = question
        self._asked = asked or question.text
        self.content = content
        self.topic = topic
        self.view: CorpusView = searcher.view
        self.searcher = searcher
        self._case = case
        self._read = read
        self._asks = asks

    @cached_property
    def _alike(self) -> Mapping[str, Alike]:
        return self._asks.alike(self._asked)

    @cached_property
    def _near(self) -> frozenset[str]:
        """The clauses whose written questions are most like the one asked."""
        nearest = sorted(self._alike, key=lambda each: -self._alike[each].mean)
        return frozenset(nearest[:_ASKED_ALIKE])

    def _asked_for(
        self, hits: Sequence[Hit], binding: bool, notice_ids: frozenset[str] | None
    ) -> list[Hit]:
        """The clause whose questions are most like the one asked, where retrieval does not see it."""
        top = max(self._alike, key=lambda each: self._alike[each].mean, default=None)
        if top is None or notice_ids is not None or self._alike[top].mean < _SURELY_ALIKE:
            return []
        if any(hit.clause_id == top for hit in hits):
            return []
        found = self.searcher.search(
            self.question.sought,
            as_of=self.question.as_of,
            place=self.question.place,
            limit=_DEPTH,
            binding=binding,
            notice_ids=frozenset({self.view.clause(top).notice_id}),
        )
        return [hit for hit in found if hit.clause_id == top]

    @property
    def amiss(self) -> float:
        """How like the question is to near misses: written ones that no clause answers."""
        return self._asks.missed(self._asked)

    def is_written_for(self, notice_id: str) -> bool:
        """Whether questions are written for the clauses of a notice."""
        return self._asks.is_for(notice_id)

    def names_heading(self, pick: Pick) -> float:
        """The share of a clause's heading, or of the one above it, that the question says."""
        clause = pick.clause
        if not clause.heading and clause.parent_id:
            clause = self.view.clause(clause.parent_id)
        said = " ".join(form for piece in self.content.pieces for form in piece.forms)
        return coverage(self._read(clause.heading), said) if clause.heading else 0.0

    def alike_in(self, notice_id: str) -> float:
        """How like the question is to those written for the clauses of a notice."""
        own = [a.mean for each, a in self._alike.items() if each.startswith(f"{notice_id}__")]
        return max(own, default=0.0)

    def about(self, text: str, *, places: bool = False) -> "Picker":
        """The same for a part of the question, without the words that name a document."""
        words = text.strip() or self.question.text
        return Picker(
            replace(self.question, text=words, words=words, sought=words),
            self._read(text, places=places),
            self.searcher,
            topic=self.topic,
            case=self._case,
            read=self._read,
            asks=self._asks,
            asked=self._asked,
        )

    def search(self, binding: bool | None, notice_ids: frozenset[str] | None = None) -> list[Pick]:
        """Picks by retrieval, best first; `binding` None searches both passes."""
        passes = (True, False) if binding is None else (binding,)
        hits: list[Hit] = []
        for one in passes:
            found = self.searcher.search(
                self.question.sought,
                as_of=self.question.as_of,
                place=self.question.place,
                limit=_DEPTH,
                binding=one,
                notice_ids=notice_ids,
            )
            hits += [h for i, h in enumerate(found) if i < _CANDIDATES or h.clause_id in self._near]
            hits += self._asked_for(hits, one, notice_ids)
        picks = [
            self.pick(self.view.clause(h.clause_id), h.score, h.lexical, h.dense) for h in hits
        ]
        return sorted(picks, key=lambda p: -p.score)

    def pick(
        self, clause: Clause, score: float = 1.0, lexical: float = 0.0, dense: float = 0.0
    ) -> Pick:
        """One clause, weighed; `score`, `lexical` and `dense` are what retrieval gave it."""
        notice = self.view.notice(clause.notice_id)
        found = self._alike.get(clause.clause_id)
        span = quote_span(
            clause, notice, self.content, self.question.text, found.on if found else ""
        )
        state = status_of(
            self.view,
            clause.clause_id,
            as_of=self.question.as_of,
            place=self.question.place,
            topic=self.topic,
            start=span.start,
            end=span.end,
        )
        text = f"{notice.title} {clause.label} {clause.text}"
        cover = coverage(self.content, text)
        heading = coverage(self.content, clause.label)
        quote = clause.text[span.start : span.end]
        stated = states_asked_figure(self.question.text, f"{clause.label} {quote}")
        figure = {True: _FIGURE, False: _NO_FIGURE, None: 1.0}[stated]
        if stated is not None:
            cover = (cover + _FIGURE_SHARE * stated) / (1 + _FIGURE_SHARE)
        worth = score * (_FOUND + _COVERED * cover + _HEADED * heading) * figure
        if self._case is not None and not self._case.speaks_of(clause.text):
            worth, cover = worth * _OTHER_CASE, 0.0
        if _CHAPEAU.search(clause.text) and not _ASKS_WHICH.search(self.question.text):
            worth *= _BARE
        if clause.kind is ClauseKind.ANNEX:
            worth *= 0.0 if asks_main_text(self.question.text) else _ANNEX_SHARE
        lacks = missed(self.content, text)
        alike = found.mean if found is not None else 0.0
        worth = weighed(worth, signs(alike=alike, dense=dense, missed=lacks, cover=cover))
        return Pick(clause, notice, span, state, cover, lacks, worth, lexical, dense, alike)


def printed(quote: str, file: str, question: Question, view: CorpusView) -> Chosen | None:
    """The leaf that prints `quote` in `file`, as the basis of an answer."""
    for notice in view.notices():
        if all(part.file != file for part in notice.parts):
            continue
        for clause in view.clauses_of(notice.notice_id):
            if clause.is_leaf and quote in clause.text:
                start = clause.text.index(quote)
                span = QuoteSpan(start, start + len(quote))
                state = status_of(
                    view, clause.clause_id, as_of=question.as_of, place=question.place
                )
                return Chosen((Pick(clause, notice, span, state, 1.0, 0.0, 1.0, 0.0),), None)
    return None


def year_of(notice: Notice) -> int | None:
    """The year by which people call a notice."""
    day = notice.issued_on or notice.effective_from or notice.published_on
    return day.year if day else None
