"""Which clauses an answer stands on, or why there are none.

Only text that binds on the day at the place is a basis of answers. The rest (expired, superseded,
drafts, interpretations, elsewhere) is chosen when the question names it, or when nothing in force
speaks of the matter and an earlier text of the same place does; it is then labelled first.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.asked import (
    COMMENCEMENT,
    OMITTED,
    asks_commencement,
    asks_for_annex,
    asks_for_sum,
    asks_validity,
    counted_unit,
    holds,
    named_in_vain,
    states_sum,
    unheld_title,
    wanted_kinds,
)
from assistant.answering.contacts import TopicWords
from assistant.answering.question import Question
from assistant.answering.relevance import Content, coverage, covers_main, only_in
from assistant.answering.spans import (
    QuoteSpan,
    quote_span,
    states_asked_figure,
)
from assistant.clauses import (
    Clause,
    ClauseKind,
    CorpusView,
    DocumentKind,
    Notice,
    Place,
    RelationKind,
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
_FOREIGN = 0.3  # from this share on, the question is mostly about something no notice knows
_ENOUGH_DESPITE = 0.65
_FAINT = 0.3  # enough for the best of a search where nothing else speaks of the matter
_CANDIDATES = 12
_OTHER_CASE = 0.2  # the text is about another case than the one asked about
_ANNEX_SHARE = 0.6  # the list of annexes repeats the title, and says nothing
_FIGURE, _NO_FIGURE = 1.3, 0.7  # a clause that states a figure of the kind asked for, or none


@dataclass(frozen=True, slots=True)
class Pick:
    """A clause chosen for an answer, with the sentences to quote and their validity."""

    clause: Clause
    notice: Notice
    span: QuoteSpan
    state: SpanStatus
    cover: float
    score: float
    lexical: float  # raw BM25: comparable between searches of one question


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an answer is composed of."""

    picks: tuple[Pick, ...]
    topic: str | None
    overview: Notice | None = None  # the question asks what this notice says
    validity: Notice | None = None  # the question asks whether this notice still applies
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
    case: TopicWords | None,
    in_field: bool,
    read: Callable[[str], Content],
) -> Chosen | Nothing:
    """Choose the basis of an answer to `question`."""
    chooser = _Chooser(question, content, searcher, home, topic, case, in_field, read)
    return chooser.by_address() or chooser.by_content()


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
                return Chosen((Pick(clause, notice, span, state, 1.0, 1.0, 0.0),), None)
    return None


class _Chooser:
    def __init__(
        self,
        question: Question,
        content: Content,
        searcher: Searcher,
        home: Place,
        topic: str | None,
        case: TopicWords | None,
        in_field: bool,
        read: Callable[[str], Content],
    ) -> None:
        self._read = read
        self._question = question
        self.content = content
        self._searcher = searcher
        self._view: CorpusView = searcher.view
        self._home = home
        self._topic = topic
        self._case = case
        self._in_field = in_field

    # --- by address -------------------------------------------------------------------------

    def by_address(self) -> Chosen | Nothing | None:
        """What the question names by 文号, full title or place in the text; None if nothing."""
        question = self._question
        hits = self._searcher.lookup(question.text, as_of=question.as_of, place=question.place)
        numbers = named_numbers(question.text)
        placed = _PLACE_IN_DOCUMENT.search(question.text) is not None
        named = [h for h in hits if h.exact or numbers or placed]
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
        if asks_for_annex(question.text):
            omitted = self._omitted_annex(self._view.notice(named[0].notice_id))
            if omitted is not None:
                return omitted
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
        rest = self._question.text.replace(hit.named, " ")
        inside = self._about(rest)
        picks = inside.search(None, frozenset({notice.notice_id}))
        best = picks[0] if picks else None
        begins = self._commencement(notice)
        if begins is not None:
            return begins
        if asks_validity(self._question.text):
            return self._validity(notice)
        if best is None or whole or best.cover < ENOUGH:
            return Chosen(tuple(self._outline_picks(notice)), self._topic, overview=notice)
        return self._unless_unstated(
            [p for p in picks if p.score >= ALIKE * best.score][:MOST_PICKS], picks
        )

    def _commencement(self, notice: Notice) -> Chosen | None:
        """The clause that says from when the notice applies, if that is what is asked."""
        if not asks_commencement(self._question.text):
            return None
        for clause in reversed(self._view.clauses_of(notice.notice_id)):
            if clause.is_leaf and COMMENCEMENT.search(clause.text):
                return Chosen((self._pick(clause, 1.0),), self._topic)
        return None

    def _validity(self, notice: Notice) -> Chosen:
        """What says whether a notice still applies: its own term, and what took its place."""
        later = [
            other
            for other in self._view.notices()
            if any(
                r.notice_id == notice.notice_id and r.kind in _TAKES_OVER for r in other.relations
            )
        ]
        clauses = [
            clause
            for one in [notice, *later]
            for clause in self._view.clauses_of(one.notice_id)
            if clause.is_leaf and (COMMENCEMENT.search(clause.text) or _TERM.search(clause.text))
        ]
        picks = [self._pick(c, 1.0) for c in clauses][: MOST_PICKS + 1]
        return Chosen(tuple(picks or self._outline_picks(notice)), None, validity=notice)

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
            found = self.search(None, frozenset({notice.notice_id}))
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
                return self._unless_unstated(self._best(drafts), drafts)
        if question.names_interpretation:
            told = self._of_kind(DocumentKind.INTERPRETATION, question.place)
            if told:
                return self._unless_unstated(self._best(told), told)
        return self._at_home()

    def _at_home(self) -> Chosen | Nothing:
        if asks_validity(self._question.text) and (years := set(self._question.document_years)):
            meant = [n for n in self._view.notices() if n.binds and _year(n) in years]
            about = [n for n in meant if coverage(self.content, n.title) > 0] or meant
            if len(about) == 1 or (about and not self.content.pieces):
                return self._validity(about[0])
        in_force = [p for p in self.search(True) if _is_current(p)]
        others = [p for p in self.search(False) if self._may_speak(p)]
        if self._question.document_years:
            in_force, others = self._of_years(in_force, others)
        best = in_force[0] if in_force else None
        other = max(others, key=lambda p: p.score * p.cover, default=None)
        needed = ENOUGH if self.content.foreign_share < _FOREIGN else _ENOUGH_DESPITE
        enough = best is not None and best.cover >= needed
        if (
            other is not None
            and other.cover >= needed
            and (best is None or other.cover >= best.cover + CLEARLY_BETTER)
            and self._speaks_alone(other, in_force)
            and self._is_published(other)
        ):
            return self._unless_unstated([other])
        faint = (
            best is not None
            and best.cover >= _FAINT
            and covers_main(self.content, f"{best.notice.title} {best.clause.text}")
        )
        if enough or faint:
            return self._unless_unstated(self._best(in_force), in_force)
        return self._nothing(best, other)

    def _may_speak(self, pick: Pick) -> bool:
        """Not in force, but of this place: never a draft, never another place's text.

        An interpretation speaks of the notice it interprets, so not before that one applies.
        """
        if pick.state.status is Status.DRAFT:
            return False
        if pick.state.status is Status.INTERPRETATION:
            interpreted = [r.notice_id for r in pick.notice.relations if r.notice_id]
            begins = [self._view.notice(i).effective_from for i in interpreted]
            if any(day is not None and day > self._question.as_of for day in begins):
                return False
        return pick.notice.jurisdiction in ancestors(self._home.code)

    def _is_published(self, pick: Pick) -> bool:
        """Whether a text not yet in force had been issued by the day asked about."""
        if pick.state.status is not Status.NOT_YET_IN_FORCE:
            return True
        issued = pick.notice.issued_on
        return issued is not None and issued <= self._question.as_of

    def _speaks_alone(self, other: Pick, in_force: Sequence[Pick]) -> bool:
        """Whether a text not in force holds something telling that no text in force does."""
        if not in_force or self._question.about_past:
            return True
        texts = [f"{p.notice.title} {p.clause.label} {p.clause.text}" for p in in_force]
        own = f"{other.notice.title} {other.clause.label} {other.clause.text}"
        return only_in(self.content, own, texts)

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
        if not own and self._question.names_draft:
            wider = self._of_kind(DocumentKind.CONSULTATION_DRAFT, place)
            if wider:
                return self._unless_unstated(self._best(wider), wider)
        if not own:
            return Nothing(
                "other_jurisdiction", f"现在没有收录{name}的文件，不能回答{name}的规定。"
            )
        picks = self.search(None, own)
        if picks and picks[0].cover >= ENOUGH:
            return self._unless_unstated(self._best(picks), picks)
        return Nothing(
            "other_jurisdiction", f"收录的{name}文件里没有写这一点，不能回答{name}的规定。"
        )

    def _of_kind(self, kind: DocumentKind, place: Place) -> list[Pick]:
        reach = set(ancestors(place.area_code or place.code)) | set(ancestors(place.code))
        ids = frozenset(
            n.notice_id for n in self._view.notices() if n.kind is kind and n.jurisdiction in reach
        )
        rest = _KIND_NAMES.sub(" ", self._question.text)
        found = self._about(rest).search(None, ids) if ids else []
        return [p for p in found if p.cover >= ENOUGH * 0.8]

    def _best(self, picks: Sequence[Pick]) -> list[Pick]:
        top = picks[0]
        near = [p for p in picks if p.score >= ALIKE * top.score and p.cover >= 0.8 * top.cover]
        return near[:MOST_PICKS]

    def _unless_unstated(
        self, picks: Sequence[Pick], pool: Sequence[Pick] = ()
    ) -> Chosen | Nothing:
        """The picks, unless the question wants a particular that neither they nor `pool` state."""
        text = self._question.text
        about = picks[0].notice.title
        bare_annex = picks[0].clause.kind is ClauseKind.ANNEX and OMITTED.search(
            picks[0].clause.text
        )
        if asks_for_annex(text) or bare_annex:
            omitted = self._omitted_annex(picks[0].notice)
            if omitted is not None:
                return omitted
        begins = self._commencement(picks[0].notice)
        if begins is not None:
            return begins
        kinds = wanted_kinds(text)
        unit = counted_unit(text)

        def states(pick: Pick) -> bool:
            held = pick.clause.text
            return (
                all(holds(kind, held) for kind in kinds)
                and not named_in_vain(text, f"{pick.notice.title} {held}", _year(pick.notice))
                and (unit is None or unit.search(held) is not None)
                and (not asks_for_sum(text) or states_sum(text, held))
            )

        stating = [p for p in picks if states(p)]
        near = 0.6 * picks[0].score
        stating = stating or [
            p for p in pool if p.score >= near and p.cover >= ENOUGH and states(p)
        ]
        stating = stating[:MOST_PICKS]
        if stating:
            return Chosen(tuple(stating), self._topic)
        names = "、".join(kind.name for kind in kinds)
        lead = f"现在收录的文件里没有写{names}，我不能凭猜测回答。" if names else None
        return Nothing("no_source", lead, about)

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

    def _about(self, text: str) -> "_Chooser":
        """The same choice for a part of the question, without the words that name a document."""
        return _Chooser(
            replace(self._question, text=text.strip() or self._question.text),
            self._read(text),
            self._searcher,
            self._home,
            self._topic,
            self._case,
            self._in_field,
            self._read,
        )

    # --- shared -----------------------------------------------------------------------------

    def search(self, binding: bool | None, notice_ids: frozenset[str] | None = None) -> list[Pick]:
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
        picks = [self._pick(self._view.clause(h.clause_id), h.score, h.lexical) for h in hits]
        return sorted(picks, key=lambda p: -p.score)

    def _pick(self, clause: Clause, score: float, lexical: float = 0.0) -> Pick:
        notice = self._view.notice(clause.notice_id)
        span = quote_span(clause, notice, self.content, self._question.text)
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
        cover = coverage(self.content, text)
        stated = states_asked_figure(self._question.text, clause.text[span.start : span.end])
        figure = {True: _FIGURE, False: _NO_FIGURE, None: 1.0}[stated]
        worth = score * (0.4 + 0.6 * cover) * figure
        if self._case is not None and not self._case.speaks_of(clause.text):
            worth, cover = worth * _OTHER_CASE, 0.0
        if clause.kind is ClauseKind.ANNEX:
            worth *= _ANNEX_SHARE
        return Pick(clause, notice, span, state, cover, worth, lexical)


_PLACE_IN_DOCUMENT = re.compile(r"第[一二三四五六七八九十百\d]+(?:部分|章|条|款|项|点)|原文|全文")
_KIND_NAMES = re.compile(
    r"(?:浙江)?省?公安厅|公开征求意见的?|征求意见稿|意见稿|草案|讨论稿|政策解读|解读|稿子|户籍(?:制度)?改革"
)
_TAKES_OVER = frozenset({RelationKind.SUPERSEDES_WHERE_INCONSISTENT, RelationKind.REPEALS})
_TERM = re.compile(r"期限为|有效期")
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


def _year(notice: Notice) -> int | None:
    day = notice.issued_on or notice.effective_from or notice.published_on
    return day.year if day else None


def _number(notice: Notice) -> str:
    return f"（{notice.doc_number}）" if notice.doc_number else ""
