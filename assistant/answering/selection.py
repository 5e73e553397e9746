"""Which clauses an answer stands on, or why there are none.

Only text that binds on the day at the place is a basis of answers. The rest (expired, superseded,
drafts, interpretations, elsewhere) is chosen when the question names it, or when nothing in force
speaks of the matter and an earlier text of the same place does; it is then labelled first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.asked import (
    OMITTED,
    asks_for_annex,
    counted_unit,
    holds,
    unheld_title,
    wanted_kinds,
)
from assistant.answering.question import Question
from assistant.answering.relevance import Content, coverage
from assistant.answering.spans import QuoteSpan, body_span, quote_span
from assistant.clauses import (
    Clause,
    ClauseKind,
    CorpusView,
    DocumentKind,
    Notice,
    Place,
    SpanStatus,
    Status,
    ancestors,
    status_of,
)
from assistant.retrieval import AddressHit, Hit, Searcher, named_numbers
from assistant.schemas import RefusalReason

ENOUGH = 0.45  # share of the question's content that a basis must cover
CLEARLY_BETTER = 0.2  # what a text out of force must cover more than the best one in force
ALIKE = 0.86  # score, relative to the best, from which further clauses are quoted too
MOST_PICKS = 3
_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Pick:
    """A clause chosen for an answer, with the sentences to quote and their validity."""

    clause: Clause
    notice: Notice
    span: QuoteSpan
    state: SpanStatus
    cover: float
    score: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an answer is composed of."""

    picks: tuple[Pick, ...]
    topic: str | None
    overview: Notice | None = None  # the question asks what this notice says
    unheld: str | None = None  # 文号 asked about that only other documents mention


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing can be answered."""

    reason: RefusalReason
    lead: str | None = None
    about: str = ""


def select(
    question: Question,
    content: Content,
    searcher: Searcher,
    *,
    home: Place,
    topic: str | None,
    in_field: bool,
) -> Chosen | Nothing:
    """Choose the basis of an answer to `question`."""
    chooser = _Chooser(question, content, searcher, home, topic, in_field)
    return chooser.by_address() or chooser.by_content()


class _Chooser:
    def __init__(
        self,
        question: Question,
        content: Content,
        searcher: Searcher,
        home: Place,
        topic: str | None,
        in_field: bool,
    ) -> None:
        self._question = question
        self._content = content
        self._searcher = searcher
        self._view: CorpusView = searcher.view
        self._home = home
        self._topic = topic
        self._in_field = in_field

    # --- by address -------------------------------------------------------------------------

    def by_address(self) -> Chosen | Nothing | None:
        """What the question names by 文号, full title or place in the text; None if nothing."""
        question = self._question
        hits = self._searcher.lookup(question.text, as_of=question.as_of, place=question.place)
        numbers = named_numbers(question.text)
        named = [h for h in hits if h.exact or numbers]
        if not named and numbers:
            return self._unheld(numbers[0])
        if not named:
            title = unheld_title(question.text, [n.title for n in self._view.notices()])
            if title is None:
                return None
            return Nothing("no_source", f"现在没有收录{title}的原文，不能告诉您它怎么规定。", title)
        missing = next((h for h in named if h.missing), None)
        if missing is not None and not any(h.clause_id for h in named):
            notice = self._view.notice(missing.notice_id)
            return Nothing(
                "no_source",
                f"《{notice.title}》{_number(notice)}里没有「{missing.missing}」，"
                "不能引用不存在的条款。",
                notice.title,
            )
        clauses = [h for h in named if h.clause_id]
        if clauses:
            return self._addressed(clauses)
        return self._within(named[0], whole=question.about_whole)

    def _addressed(self, hits: Sequence[AddressHit]) -> Chosen | None:
        leaves = [leaf for h in hits[:MOST_PICKS] for leaf in self._leaves(h.clause_id or "")]
        picks = [self._pick(leaf, 1.0) for leaf in leaves]
        return Chosen(tuple(picks[: MOST_PICKS + 3]), self._topic) if picks else None

    def _leaves(self, clause_id: str) -> list[Clause]:
        clause = self._view.clause(clause_id)
        if not clause.children:
            return [clause]
        return [leaf for child in clause.children for leaf in self._leaves(child)]

    def _within(self, hit: AddressHit, *, whole: bool) -> Chosen | Nothing | None:
        """The best of one notice, or what the notice is about."""
        notice = self._view.notice(hit.notice_id)
        picks = self._search(None, frozenset({notice.notice_id}))
        best = picks[0] if picks else None
        if asks_for_annex(self._question.text) and (annex := self._omitted_annex(notice)):
            return annex
        rest = self._question.text.replace(hit.named, " ")
        if best is None or whole or best.cover < ENOUGH / 2 or len(rest.strip()) < 4:
            return Chosen(tuple(self._outline_picks(notice)), self._topic, overview=notice)
        return self._unless_unstated([p for p in picks if p.score >= ALIKE * best.score])

    def _outline_picks(self, notice: Notice) -> list[Pick]:
        clauses = [c for c in self._view.clauses_of(notice.notice_id) if c.part == "main"]
        telling = [c for c in clauses if c.is_leaf and c.kind not in _SILENT]
        return [self._pick(c, 1.0) for c in telling[:MOST_PICKS]]

    def _unheld(self, number: str) -> Chosen | Nothing:
        """A document not in the corpus: what the corpus says of the place asked about, if anything.

        Its amendments are in the corpus where a notice held amends it; nothing else is known.
        """
        for notice in self._view.notices():
            amending = [a for a in notice.amendments if number.endswith(a.target_doc_number)]
            if not amending:
                continue
            text = self._question.text
            placed = [a for a in amending if a.place in text]
            if not placed and _PLACE_IN_DOCUMENT.search(text):
                break
            ids = [a.clause_id for a in placed or amending]
            found = self._search(None, frozenset({notice.notice_id}))
            near = [p for p in found if p.clause.clause_id in ids and p.cover >= ENOUGH]
            if placed or not near:
                near = [self._pick(self._view.clause(i), 1.0) for i in ids]
            return Chosen(tuple(near[:MOST_PICKS]), self._topic, unheld=number)
        return Nothing("no_source", f"现在没有收录{number}的原文，不能告诉您它怎么规定。", number)

    # --- by content -------------------------------------------------------------------------

    def by_content(self) -> Chosen | Nothing:
        """What speaks of the matter, in force first."""
        question = self._question
        if question.elsewhere is not None:
            return self._elsewhere(question.elsewhere)
        if question.names_draft:
            drafts = self._of_kind(DocumentKind.CONSULTATION_DRAFT, question.place)
            if drafts:
                return self._unless_unstated(self._best(drafts))
        if question.names_interpretation:
            told = self._of_kind(DocumentKind.INTERPRETATION, question.place)
            if told:
                return self._unless_unstated(self._best(told))
        return self._at_home()

    def _at_home(self) -> Chosen | Nothing:
        in_force = [p for p in self._search(True) if _is_current(p)]
        others = [p for p in self._search(False) if _may_speak(p, self._home)]
        if self._question.document_years:
            in_force, others = self._of_years(in_force, others)
        best = in_force[0] if in_force else None
        other = max(others, key=lambda p: (p.cover, p.score), default=None)
        enough = best is not None and best.cover >= ENOUGH
        if (
            other is not None
            and other.cover >= max(ENOUGH, (best.cover if best else 0.0) + CLEARLY_BETTER)
            and self._is_published(other)
        ):
            return self._unless_unstated([other])
        if enough:
            return self._unless_unstated(self._best(in_force))
        return self._nothing(best, other)

    def _is_published(self, pick: Pick) -> bool:
        """Whether a text not yet in force had been issued by the day asked about."""
        if pick.state.status is not Status.NOT_YET_IN_FORCE:
            return True
        issued = pick.notice.issued_on
        return issued is not None and issued <= self._question.as_of

    def _of_years(self, in_force: list[Pick], others: list[Pick]) -> tuple[list[Pick], list[Pick]]:
        """Only notices of the years named, where there are any that speak of the matter."""
        years = set(self._question.document_years)
        mine = [p for p in in_force if _year(p.notice) in years]
        theirs = [p for p in others if _year(p.notice) in years]
        if any(p.cover >= ENOUGH for p in [*mine, *theirs]):
            return mine, theirs
        return in_force, others

    def _elsewhere(self, place: Place) -> Chosen | Nothing:
        """What we hold of another place, for that place only."""
        own = frozenset(
            n.notice_id
            for n in self._view.notices()
            if n.jurisdiction in {place.code, place.area_code}
        )
        name = place.name if not place.area else f"{place.name}{place.area}"
        if not own:
            return Nothing(
                "other_jurisdiction", f"现在没有收录{name}的文件，不能回答{name}的规定。"
            )
        picks = self._search(None, own)
        if picks and picks[0].cover >= ENOUGH:
            return self._unless_unstated(self._best(picks))
        return Nothing(
            "other_jurisdiction", f"收录的{name}文件里没有写这一点，不能回答{name}的规定。"
        )

    def _of_kind(self, kind: DocumentKind, place: Place) -> list[Pick]:
        reach = set(ancestors(place.area_code or place.code)) | set(ancestors(place.code))
        ids = frozenset(
            n.notice_id for n in self._view.notices() if n.kind is kind and n.jurisdiction in reach
        )
        found = self._search(None, ids) if ids else []
        return [p for p in found if p.cover >= ENOUGH * 0.8]

    def _best(self, picks: Sequence[Pick]) -> list[Pick]:
        top = picks[0]
        near = [p for p in picks if p.score >= ALIKE * top.score and p.cover >= 0.8 * top.cover]
        return near[:MOST_PICKS]

    def _unless_unstated(self, picks: Sequence[Pick]) -> Chosen | Nothing:
        """The picks, unless the question wants a particular that none of them states."""
        about = picks[0].notice.title
        if asks_for_annex(self._question.text):
            omitted = self._omitted_annex(picks[0].notice)
            if omitted is not None:
                return omitted
        kinds = wanted_kinds(self._question.text)
        unit = counted_unit(self._question.text)
        if unit is not None and not any(unit.search(p.clause.text) for p in picks):
            return Nothing("no_source", None, about)
        if not kinds:
            return Chosen(tuple(picks), self._topic)
        stating = [p for p in picks if all(holds(k, p.clause.text) for k in kinds)]
        if stating:
            return Chosen(tuple(stating), self._topic)
        names = "、".join(kind.name for kind in kinds)
        return Nothing("no_source", f"现在收录的文件里没有写{names}，我不能凭猜测回答。", about)

    def _omitted_annex(self, notice: Notice) -> Nothing | None:
        for clause in self._view.clauses_of(notice.notice_id):
            if clause.kind is ClauseKind.ANNEX and OMITTED.search(clause.text):
                return Nothing(
                    "no_source",
                    f"《{notice.title}》{_number(notice)}的附件在公报里只写了「略」，没有刊登内容，"
                    "我不能告诉您附件里列了什么。",
                    notice.title,
                )
        return None

    def _nothing(self, best: Pick | None, other: Pick | None) -> Nothing:
        near = max((p.cover for p in (best, other) if p is not None), default=0.0)
        if other is not None and other.state.status is Status.NOT_YET_IN_FORCE and best is None:
            return Nothing(
                "no_source",
                f"现在没有收录{self._question.as_of:%Y}年{self._question.as_of.month}月"
                f"{self._question.as_of.day}日在{self._question.place.name}有效的相关规定，不能回答那一天怎么办。",
            )
        if self._in_field or near >= ENOUGH / 2:
            return Nothing("no_source")
        return Nothing("out_of_scope")

    # --- shared -----------------------------------------------------------------------------

    def _search(self, binding: bool | None, notice_ids: frozenset[str] | None = None) -> list[Pick]:
        """Picks by retrieval; `binding` None searches both passes."""
        passes = (True, False) if binding is None else (binding,)
        hits: list[Hit] = []
        for one in passes:
            hits += self._searcher.search(
                self._question.text,
                as_of=self._question.as_of,
                place=self._question.place,
                limit=_CANDIDATES,
                binding=one,
                notice_ids=notice_ids,
            )
        picks = [self._pick(self._view.clause(h.clause_id), h.score) for h in hits]
        return sorted(picks, key=lambda p: -p.score)

    def _pick(self, clause: Clause, score: float) -> Pick:
        notice = self._view.notice(clause.notice_id)
        span = quote_span(clause, notice, self._content)
        state = status_of(
            self._view,
            clause.clause_id,
            as_of=self._question.as_of,
            place=self._question.place,
            topic=self._topic,
            start=span.start,
            end=span.end,
        )
        text = f"{notice.title} {clause.label} {clause.text}"
        return Pick(clause, notice, span, state, coverage(self._content, text), score)


_PLACE_IN_DOCUMENT = re.compile(r"第[一二三四五六七八九十百\d]+(?:部分|章|条|款|项|点)|原文|全文")
_SILENT = frozenset(
    {
        ClauseKind.TITLE,
        ClauseKind.DOC_NUMBER,
        ClauseKind.ADDRESSEE,
        ClauseKind.SIGNATURE,
        ClauseKind.NOTE,
        ClauseKind.ANNEX,
    }
)


def _is_current(pick: Pick) -> bool:
    """In force, or text that a document in force has deleted or replaced: news that binds too."""
    return pick.state.binds or pick.state.status is Status.AMENDED


def _may_speak(pick: Pick, home: Place) -> bool:
    """Out of force, but once of this place: never a draft, never another place's text."""
    if pick.state.status is Status.DRAFT:
        return False
    return pick.notice.jurisdiction in ancestors(home.code)


def _year(notice: Notice) -> int | None:
    day = notice.issued_on or notice.effective_from or notice.published_on
    return day.year if day else None


def _number(notice: Notice) -> str:
    return f"（{notice.doc_number}）" if notice.doc_number else ""


def _full_text(pick: Pick) -> str:
    whole = body_span(pick.clause)
    return pick.clause.text[whole.start : whole.end]
