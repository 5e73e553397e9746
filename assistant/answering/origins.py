"""Where a figure that a question takes for granted comes from, when the clause in force has another.

An expired text, a draft or another place's may ask for it; who asks is told which, and why it does
not apply.
"""

from dataclasses import replace

from assistant.answering.matters import MatterReader
from assistant.answering.picking import Pick
from assistant.answering.premises import Held, Premise, hold, may_state, states
from assistant.answering.question import Question
from assistant.answering.spans import sentence_spans
from assistant.clauses import DocumentKind, Gazetteer, Notice, Place, ancestors
from assistant.retrieval import Searcher

_ORIGINS = 12  # texts not in force searched for where a mistaken figure comes from


class Origins:
    """Holds premises against the texts of one build."""

    def __init__(
        self, searcher: Searcher, matters: MatterReader, gazetteer: Gazetteer, home: Place
    ) -> None:
        self._searcher = searcher
        self._matters = matters
        self._gazetteer = gazetteer
        self._home = home

    def held(self, premise: Premise, pick: Pick, question: Question) -> Held:
        """How the clause chosen stands to what the question takes for granted, and who says that."""
        finding = hold(
            premise, pick.clause.text[pick.span.start : pick.span.end], self._matters.terms
        )
        if finding.stands in {"states", "open"}:
            return Held(finding)
        if finding.stands == "silent" and self._is_required(premise, question):
            return Held(replace(finding, stands="open"))
        named = self._of_places_named(question)
        found = [
            hit
            for ids in (named, None)
            if ids is None or ids
            for hit in self._searcher.search(
                question.text,
                as_of=question.as_of,
                place=self._home,
                limit=_ORIGINS,
                binding=False,
                notice_ids=ids,
            )
        ]
        for hit in found:
            clause = self._searcher.view.clause(hit.clause_id)
            if not self._may_be_meant(self._searcher.view.notice(clause.notice_id), question):
                continue
            spans = [
                s
                for s in sentence_spans(clause)
                if states(premise, s.of(clause), self._matters.terms)
            ]
            if spans:
                return Held(finding, (clause, spans[0]))
        return Held(finding)

    def _is_required(self, premise: Premise, question: Question) -> bool:
        """Whether some other text in force asks for the figure: then nobody is told that none does."""
        found = self._searcher.search(
            question.text, as_of=question.as_of, place=self._home, limit=_ORIGINS
        )
        clauses = (self._searcher.view.clause(hit.clause_id) for hit in found)
        return any(
            may_state(premise, span.of(clause), self._matters.terms)
            for clause in clauses
            for span in sentence_spans(clause)
        )

    def _of_places_named(self, question: Question) -> frozenset[str]:
        """The notices of other places that a question names: a figure said of them stands there."""
        own = ancestors(self._home.code)
        named = {m.place.code for m in self._gazetteer.mentions(question.text)} - {*own}
        return frozenset(
            n.notice_id for n in self._searcher.view.notices() if n.jurisdiction in named
        )

    def _may_be_meant(self, notice: Notice, question: Question) -> bool:
        """Whether a figure may come from a text: a draft or another place only where it is named."""
        named = {m.place.code for m in self._gazetteer.mentions(question.text)}
        if notice.jurisdiction not in ancestors(self._home.code):
            return notice.jurisdiction in named
        draft = notice.kind is DocumentKind.CONSULTATION_DRAFT
        return not draft or question.names_draft or notice.jurisdiction in named
