"""Which clauses an answer stands on, or why there are none.

Only text that binds on the day at the place is a basis of answers. The rest (expired, superseded,
drafts, interpretations, elsewhere) is chosen when the question names it, or when nothing in force
speaks of the matter and an earlier text of the same place does; it is then labelled first.
"""

import re
from collections.abc import Sequence

from assistant.answering.askbook import AskBook
from assistant.answering.asked import asks_validity
from assistant.answering.bearing import bears
from assistant.answering.contacts import TopicWords
from assistant.answering.naming import ALIKE, by_address, validity
from assistant.answering.picking import (
    MOST_PICKS,
    Chosen,
    Nothing,
    Pick,
    Picker,
    ReadContent,
    year_of,
)
from assistant.answering.question import Question
from assistant.answering.relevance import Content, coverage, covers_main, lies_beside, only_in
from assistant.answering.stating import ASKED_SO, ENOUGH, NEAR_BEST, unless_unstated
from assistant.clauses import DocumentKind, Notice, Place, Status, ancestors
from assistant.retrieval import Searcher

CLEARLY_BETTER = 0.2  # what a text out of force must cover more than the best one in force
_FOREIGN = 0.3  # from this share on, the question is mostly about something no notice knows
_ENOUGH_DESPITE = 0.65
_ACT = 0.2  # share of the question that an act or a paper must have for its absence to tell
_ENOUGH_WITHOUT = 0.75
_SOMEWHAT = 0.15  # alikeness to questions written for a clause, where it likely answers besides
_ASKED_MORE = 0.1  # by how much more a text in force must be asked for so to keep one that is not
_ASKED_RATHER = 0.05  # the same, where the other merely covers more
_AS_WELL = 0.3  # score, relative to the best, of a clause that is asked for as much
_LIKELY = 0.6  # likelihood of answering from which a clause need not share many words
_FAINT = 0.3  # enough for the best of a search where nothing else speaks of the matter
_OLD_AND_NEW = re.compile(r"新[^，。？]{0,8}[旧老]|[旧老][^。？]{0,12}新")
_KIND_NAMES = re.compile(
    r"(?:浙江)?省?公安厅|公开征求意见的?|征求意见稿|意见稿|草案|讨论稿|政策解读|解读|稿子|户籍(?:制度)?改革"
)


def select(
    question: Question,
    content: Content,
    searcher: Searcher,
    *,
    home: Place,
    topic: str | None,
    case: TopicWords | None,
    in_field: bool,
    read: ReadContent,
    asks: AskBook,
) -> Chosen | Nothing:
    """Choose the basis of an answer to `question`."""
    picker = Picker(question, content, searcher, topic=topic, case=case, read=read, asks=asks)
    return by_address(picker) or _Chooser(picker, home, in_field).by_content()


class _Chooser:
    def __init__(self, picker: Picker, home: Place, in_field: bool) -> None:
        self._picker = picker
        self._question = picker.question
        self._content = picker.content
        self._view = picker.view
        self._home = home
        self._in_field = in_field

    def by_content(self) -> Chosen | Nothing:
        """What speaks of the matter, in force first."""
        question = self._question
        if question.elsewhere is not None:
            return self._elsewhere(question.elsewhere)
        compared = self._compared()
        if compared is not None:
            return compared
        if question.names_draft:
            drafts = self._of_kind(DocumentKind.CONSULTATION_DRAFT, question.place)
            if drafts:
                return unless_unstated(self._picker, self._best(drafts), drafts)
        if question.names_interpretation:
            told = self._of_kind(DocumentKind.INTERPRETATION, question.place)
            if told:
                return unless_unstated(self._picker, self._best(told), told)
        return self._at_home()

    def _compared(self) -> Chosen | None:
        """The best of each side where two documents are compared; None where nothing is."""
        question = self._question
        years = question.document_years
        if not (question.about_change or question.speaks_of_interpretation):
            return None
        sides = [
            frozenset(n.notice_id for n in self._of_home(binds=True) if year_of(n) == year)
            for year in years
        ]
        if question.speaks_of_interpretation:
            told = frozenset(n.notice_id for n in self._of_home(binds=False))
            interpreted = frozenset(
                r.notice_id for i in told for r in self._view.notice(i).relations if r.notice_id
            )
            sides += [told] if years or question.names_interpretation else [interpreted, told]
        if (
            not years
            and not question.speaks_of_interpretation
            and _OLD_AND_NEW.search(question.text)
        ):
            return self._then_and_now()
        picks = [self._nearest(ids) for ids in dict.fromkeys(sides) if ids]
        found = [p for p in picks if p is not None]
        return Chosen(tuple(found), self._picker.topic) if len(found) > 1 else None

    def _then_and_now(self) -> Chosen | None:
        """The best text in force, and the best that another has taken the place of."""
        rest = self._picker.about(_KIND_NAMES.sub(" ", self._question.words))
        now = [p for p in rest.search(True) if p.state.binds and p.cover >= _FAINT]
        then = [
            p
            for p in rest.search(False)
            if p.state.status is Status.SUPERSEDED and p.cover >= _FAINT
        ]
        return Chosen((now[0], then[0]), self._picker.topic) if now and then else None

    def _of_home(self, *, binds: bool) -> list[Notice]:
        """The notices of the home jurisdiction, or the interpretations of them."""
        own = set(ancestors(self._home.code))
        return [
            n
            for n in self._view.notices()
            if n.jurisdiction in own
            and (n.binds if binds else n.kind is DocumentKind.INTERPRETATION)
        ]

    def _nearest(self, notice_ids: frozenset[str]) -> Pick | None:
        rest = self._picker.about(_KIND_NAMES.sub(" ", self._question.words))
        found = rest.search(None, notice_ids)
        near = max(found, key=lambda p: p.score, default=None)
        return near if near is not None and near.cover >= _FAINT else None

    def _at_home(self) -> Chosen | Nothing:
        if asks_validity(self._question.text) and (years := set(self._question.document_years)):
            meant = [n for n in self._view.notices() if n.binds and year_of(n) in years]
            about = [n for n in meant if coverage(self._content, n.title) > 0] or meant
            if len(about) == 1 or (about and not self._content.pieces):
                return validity(self._picker, about[0])
        in_force = [p for p in self._picker.search(True) if p.is_current]
        others = [p for p in self._picker.search(False) if self._may_speak(p)]
        if self._question.document_years:
            in_force, others = self._of_years(in_force, others)
        best = in_force[0] if in_force else None
        fitting = [p for p in in_force if self._is_enough(p)]
        other = max(others, key=lambda p: p.score * p.cover, default=None)
        if other is not None and self._is_sought(other, in_force):
            return unless_unstated(self._picker, [other])
        if (
            other is not None
            and self._is_enough(other)
            and (not fitting or other.cover >= fitting[0].cover + CLEARLY_BETTER)
            and (not fitting or self._speaks_alone(other, fitting[:MOST_PICKS]))
            and self._is_published(other)
            and not (fitting and fitting[0].alike >= other.alike + _ASKED_RATHER)
        ):
            return unless_unstated(self._picker, [other])
        if fitting and best is not None and fitting[0].score >= NEAR_BEST * best.score:
            return unless_unstated(self._picker, self._best(fitting), fitting)
        if best is not None and self._is_faint(best):
            return unless_unstated(self._picker, self._best(in_force), in_force)
        likely = self._likely(in_force) or self._likely(others)
        if likely is not None:
            return unless_unstated(self._picker, [likely])
        return self._nothing(best, other)

    def _is_sought(self, other: Pick, in_force: Sequence[Pick]) -> bool:
        """Whether a text not in force surely is asked for, and none in force is nearly as much."""
        if other.alike < ASKED_SO or other.state.status is Status.INTERPRETATION:
            return False
        rival = max((p.alike for p in in_force), default=0.0)
        most = other.alike - _ASKED_MORE
        return self._is_published(other) and rival <= (
            most if self._question.document_years else min(most, _SOMEWHAT + _ASKED_RATHER)
        )

    def _likely(self, picks: Sequence[Pick]) -> Pick | None:
        """The likeliest answer of the best few, though they share few words with the question."""
        weighed = [(bears(self._picker, p), p) for p in picks[:MOST_PICKS] if self._is_published(p)]
        likelihood, pick = max(weighed, key=lambda each: each[0], default=(0.0, None))
        return pick if likelihood >= _LIKELY else None

    def _is_enough(self, pick: Pick) -> bool:
        """Whether a clause speaks of enough of the question, and of the act or paper asked about.

        People ask for the clause in words that it does not hold: questions written for it tell.
        """
        if pick.alike >= ASKED_SO or self._is_asked_for(pick):
            return True
        needed = ENOUGH if self._content.foreign_share < _FOREIGN else _ENOUGH_DESPITE
        if pick.cover < (needed if pick.missed < _ACT else _ENOUGH_WITHOUT):
            return False
        text = f"{pick.notice.title} {pick.clause.label} {pick.clause.text}"
        return not lies_beside(self._content, text)

    def _is_asked_for(self, pick: Pick) -> bool:
        """Whether questions written for a clause are somewhat like this one, and it likely answers."""
        return pick.alike >= _SOMEWHAT and bears(self._picker, pick) >= _LIKELY

    def _is_faint(self, pick: Pick) -> bool:
        """Whether the best clause, though it covers little, speaks of what weighs most."""
        text = f"{pick.notice.title} {pick.clause.text}"
        return pick.cover >= _FAINT and pick.missed < _ACT and covers_main(self._content, text)

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
        return only_in(self._content, own, texts)

    def _of_years(self, in_force: list[Pick], others: list[Pick]) -> tuple[list[Pick], list[Pick]]:
        """Only notices of the years named, where there are any that speak of the matter."""
        years = set(self._question.document_years)
        mine = [p for p in in_force if p.year in years]
        theirs = [p for p in others if p.year in years]
        named = max((p.alike for p in [*mine, *theirs]), default=0.0)
        asked = max((p.alike for p in [*in_force, *others]), default=0.0)
        if asked >= ASKED_SO and asked >= named + _ASKED_MORE:
            return in_force, others
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
                return unless_unstated(self._picker, self._best(wider), wider)
        if not own:
            return Nothing(
                "other_jurisdiction", f"现在没有收录{name}的文件，不能回答{name}的规定。"
            )
        picks = self._picker.search(None, own)
        if picks and picks[0].cover >= ENOUGH:
            return unless_unstated(self._picker, self._best(picks), picks)
        return Nothing(
            "other_jurisdiction", f"收录的{name}文件里没有写这一点，不能回答{name}的规定。"
        )

    def _of_kind(self, kind: DocumentKind, place: Place) -> list[Pick]:
        reach = set(ancestors(place.area_code or place.code)) | set(ancestors(place.code))
        ids = frozenset(
            n.notice_id for n in self._view.notices() if n.kind is kind and n.jurisdiction in reach
        )
        rest = _KIND_NAMES.sub(" ", self._question.text)
        found = self._picker.about(rest, places=True).search(None, ids) if ids else []
        return [p for p in found if p.cover >= ENOUGH * 0.8 or p.alike >= ASKED_SO]

    def _best(self, picks: Sequence[Pick]) -> list[Pick]:
        top = picks[0]
        near = [
            p
            for p in picks
            if p is top
            or (p.score >= ALIKE * top.score and p.cover >= 0.8 * top.cover)
            or (p.score >= _AS_WELL * top.score and p.alike >= max(top.alike, _SOMEWHAT))
        ]
        return [*near[: MOST_PICKS - 1], *self._completing(near, picks)][:MOST_PICKS]

    def _completing(self, near: Sequence[Pick], picks: Sequence[Pick]) -> list[Pick]:
        """A clause of the same notice that tells what none of those chosen does: 几月申请."""
        top = near[0]
        if top.cover >= _ENOUGH_WITHOUT:
            return list(near[MOST_PICKS - 1 :])
        told = [f"{p.clause.label} {p.clause.text}" for p in near]
        for pick in picks:
            own = f"{pick.clause.label} {pick.clause.text}"
            same = pick.notice.notice_id == top.notice.notice_id and pick not in near
            if same and pick.score >= NEAR_BEST * top.score and only_in(self._content, own, told):
                return [pick]
        return list(near[MOST_PICKS - 1 :])

    def _nothing(self, best: Pick | None, other: Pick | None) -> Nothing:
        near = max((p.cover for p in (best, other) if p is not None), default=0.0)
        if other is not None and other.state.status is Status.NOT_YET_IN_FORCE and best is None:
            return Nothing(
                "no_source",
                f"现在没有收录{self._question.as_of:%Y}年{self._question.as_of.month}月"
                f"{self._question.as_of.day}日在{self._question.place.name}有效的相关规定，不能回答那一天怎么办。",
            )
        if self._in_field or near >= ENOUGH / 2 or self._picker.amiss >= _SOMEWHAT:
            return Nothing("no_source")
        return Nothing("out_of_scope")
