"""The steps from a question to an answer, in order; each is small and typed (design D8)."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from uuid import uuid4

from assistant.answering import forged
from assistant.answering.askbook import AskBook
from assistant.answering.asked import (
    asks_telephone,
    names_other_office,
    separate_asks,
    without_asides,
)
from assistant.answering.aspects import aspects_of, words_of
from assistant.answering.chat import greet
from assistant.answering.composer import compose
from assistant.answering.contacts import Contacts, TopicWords, topic_of
from assistant.answering.matters import MatterReader
from assistant.answering.not_ours import screened_again
from assistant.answering.picking import Chosen, Nothing, Picker, printed
from assistant.answering.premises import Held, Premise, hold, may_state, read_premise, states
from assistant.answering.question import Question, read_question
from assistant.answering.refusals import refuse
from assistant.answering.relevance import Content
from assistant.answering.reply import Reply
from assistant.answering.screening import Screened, screen
from assistant.answering.selection import select
from assistant.answering.spans import sentence_spans
from assistant.clauses import DocumentKind, Gazetteer, Notice, Place, ancestors
from assistant.retrieval import Lexicon, Searcher
from assistant.schemas import Answer, AskRequest

_MOST_ASKS = 3  # questions of one message that are answered one by one
_SURELY_ASKED = 0.35  # likeness to questions written for a clause from which it is meant
_CLEAR = 0.05  # by how much more than for any other clause
_SHORTEST = 12  # characters; 我能落户吗 is like too much
_NEAR = 8  # clauses that a pasted text is compared with, in force and not
_ORIGINS = 12  # texts not in force searched for where a mistaken figure comes from


@dataclass(slots=True)
class Timer:
    """Milliseconds per named stage."""

    spent: dict[str, float] = field(default_factory=dict)
    _began: float = field(default_factory=time.perf_counter)
    _last: float = field(default_factory=time.perf_counter)

    def mark(self, stage: str) -> None:
        """The time since the last mark belongs to `stage`."""
        now = time.perf_counter()
        self.spent[stage] = round(1000 * (now - self._last), 3)
        self._last = now

    def total(self) -> dict[str, float]:
        """All stages and their total."""
        return self.spent | {"total": round(1000 * (time.perf_counter() - self._began), 3)}


@dataclass(frozen=True, slots=True)
class Basis:
    """What one question is answered from."""

    question: Question
    content: Content
    chosen: Chosen
    held: Held | None = None


class Pipeline:
    """Answers policy questions from the clauses of one index; holds no state of a conversation."""

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        *,
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        contacts: Contacts,
        topics: Mapping[str, TopicWords],
        home: Place,
        asks: AskBook | None = None,
    ) -> None:
        self._searcher = searcher
        self._asks = asks or AskBook()
        self._matters = MatterReader(lexicon, gazetteer, home)
        self._gazetteer = gazetteer
        self._contacts = contacts
        self._topics = dict(topics)
        self._home = home

    def ask(self, request: AskRequest, today: date) -> Answer:
        """Answer one question by itself, remembering nothing; raises AssistantError."""
        timer = Timer()
        searcher = self._searcher()
        place = self._gazetteer.resolve(request.jurisdiction) if request.jurisdiction else None
        screened = screened_again(screen(request.question))
        text = screened.text or request.question
        question = self.read(text, today, request.as_of, place)
        timer.mark("understand")
        reply = Reply(searcher.view, question.as_of, question.place)
        self.respond(reply, screened, text, searcher, today, timer)
        timer.mark("compose")
        return Answer(
            answer_id=uuid4().hex,
            conversation_id=request.conversation_id or uuid4().hex,
            kind=reply.kind,
            text=reply.text,
            citations=reply.citations,
            notices=reply.notices,
            reason=reply.reason,
            as_of=question.as_of,
            jurisdiction=question.place.name,
            timings_ms=timer.total(),
        )

    def quote_asked(self, reply: Reply, text: str, searcher: Searcher) -> None:
        """Quote the clause that `text` surely asks for beside a verdict, where that stands elsewhere.

        Of what the rules decide people often ask one side: who is counted, who collects. The verdict
        is right, yet it quotes the clauses of its conditions.
        """
        alike = self._asks.alike(text)
        top, second = (*sorted(alike, key=lambda each: -alike[each].mean), "", "")[:2]
        rival = alike[second].mean if second else 0.0
        if len(text) < _SHORTEST or not top or alike[top].mean < max(_SURELY_ASKED, rival + _CLEAR):
            return
        question = self.read(text, reply.as_of, reply.as_of, reply.place)
        picker = Picker(
            question,
            self._matters.read(text, searcher),
            searcher,
            topic=None,
            case=None,
            read=partial(self._matters.read, searcher=searcher),
            asks=self._asks,
        )
        pick = picker.pick(searcher.view.clause(top))
        quote = pick.clause.text[pick.span.start : pick.span.end]
        if not pick.state.binds or any(quote in c.quote for c in reply.citations):
            return
        citation = reply.cite(top, pick.span.start, pick.span.end)
        if citation is not None:
            source = citation.doc_number or citation.title
            reply.say(
                f"与您问的最接近的原文是{source} {citation.label}：「{citation.quote}」[{citation.marker}]"
            )

    def verified(self, screened: Screened, today: date) -> Screened:
        """`screened`, refused where it holds text pasted as official that no clause prints."""
        if screened.outcome != "pass":
            return screened
        searcher = self._searcher()

        def near(pasted: str) -> list[str]:
            hits = [
                hit
                for binding in (True, False)
                for hit in searcher.search(
                    pasted, as_of=today, place=self._home, limit=_NEAR, binding=binding
                )
            ]
            return [searcher.view.clause(hit.clause_id).text for hit in hits]

        if forged.unheld(screened.text, near) is None:
            return screened
        return replace(screened, outcome="refuse", reason="no_source", cause=forged.FORGED)

    def read(self, text: str, today: date, as_of: date | None, place: Place | None) -> Question:
        """What the question says of itself; day and place given take precedence over its words."""
        return read_question(
            text,
            today=today,
            as_of=as_of,
            place=place,
            home=self._home,
            gazetteer=self._gazetteer,
        )

    def respond(
        self,
        reply: Reply,
        screened: Screened,
        text: str,
        searcher: Searcher,
        today: date,
        timer: Timer,
    ) -> None:
        """Answer `text` from the clauses, for the day and place of `reply`, or refuse."""
        screened = self.verified(screened, today)
        if screened.outcome != "pass":
            self._settle(reply, screened)
            return
        question = self.read(without_asides(text), today, reply.as_of, reply.place)
        self._answer(reply, question, searcher, timer)

    def _settle(self, reply: Reply, screened: Screened) -> None:
        if screened.outcome == "chat":
            greet(reply, screened.text, screened.cause)
            return
        refuse(
            reply,
            screened.reason or "out_of_scope",
            self._contacts,
            cause=screened.cause,
            about=screened.text,
        )

    def _answer(self, reply: Reply, question: Question, searcher: Searcher, timer: Timer) -> None:
        """Answer what is asked; of a message that asks twice, each question by itself."""
        asks = separate_asks(question.text)
        if 1 < len(asks) <= _MOST_ASKS:
            each = [replace(question, text=a, words=a, sought=a) for a in asks]
            if self._answer_each(reply, each, searcher, timer):
                return
        basis = self._basis(question, searcher)
        timer.mark("retrieve")
        if isinstance(basis, Nothing):
            refuse(
                reply,
                basis.reason,
                self._contacts,
                lead=basis.lead,
                about=question.text + basis.about,
            )
            return
        compose(reply, basis.question, basis.content, basis.chosen, self._contacts, basis.held)

    def _answer_each(
        self, reply: Reply, asks: Sequence[Question], searcher: Searcher, timer: Timer
    ) -> bool:
        """Answer several questions in their order; False where none of them can be answered."""
        bases = [self._basis(ask, searcher) for ask in asks]
        timer.mark("retrieve")
        if not any(isinstance(basis, Basis) for basis in bases):
            return False
        quoted: set[str] = set()
        for number, basis in enumerate(bases, start=1):
            if isinstance(basis, Nothing):
                lead = basis.lead or "现在收录的文件里没有写这一点，我不能凭猜测回答。"
                reply.say(f"您问的第{number}件事：{lead}")
                continue
            shown = {pick.clause.clause_id for pick in basis.chosen.picks}
            if shown <= quoted:
                continue
            quoted |= shown
            if number > 1:
                reply.say(f"您问的第{number}件事：")
            compose(reply, basis.question, basis.content, basis.chosen, self._contacts, basis.held)
        return True

    def _basis(self, question: Question, searcher: Searcher) -> "Basis | Nothing":
        """What one question is answered from, or why it is not."""
        premise = read_premise(question.words)
        about = premise.rest if premise and self._matters.in_field(premise.rest) else question.words
        terms = words_of(aspects_of(about))
        question = replace(question, words=about, sought=f"{question.sought} {terms}".strip())
        content = self._matters.read(about, searcher)
        telephone = self._telephone(question, searcher)
        if telephone is not None:
            return Basis(question, content, telephone)
        topic = topic_of(question.text, self._topics)
        chosen = select(
            question,
            content,
            searcher,
            home=self._home,
            topic=topic,
            case=self._topics[topic] if topic else None,
            in_field=self._matters.in_field(question.text),
            read=partial(self._matters.read, searcher=searcher),
            asks=self._asks,
        )
        if isinstance(chosen, Nothing):
            return chosen
        held = self._held(premise, chosen, question, searcher) if premise else None
        return Basis(question, content, chosen, held)

    def _held(
        self, premise: Premise, chosen: Chosen, question: Question, searcher: Searcher
    ) -> Held:
        """How the clause chosen stands to what the question takes for granted, and who says that."""
        pick = chosen.picks[0]
        finding = hold(
            premise, pick.clause.text[pick.span.start : pick.span.end], self._matters.terms
        )
        if finding.stands in {"states", "open"}:
            return Held(finding)
        if finding.stands == "silent" and self._is_required(premise, question, searcher):
            return Held(replace(finding, stands="open"))
        named = self._of_places_named(question, searcher)
        found = [
            hit
            for ids in (named, None)
            if ids is None or ids
            for hit in searcher.search(
                question.text,
                as_of=question.as_of,
                place=self._home,
                limit=_ORIGINS,
                binding=False,
                notice_ids=ids,
            )
        ]
        for hit in found:
            clause = searcher.view.clause(hit.clause_id)
            if not self._may_be_meant(searcher.view.notice(clause.notice_id), question):
                continue
            spans = [
                s
                for s in sentence_spans(clause)
                if states(premise, s.of(clause), self._matters.terms)
            ]
            if spans:
                return Held(finding, (clause, spans[0]))
        return Held(finding)

    def _is_required(self, premise: Premise, question: Question, searcher: Searcher) -> bool:
        """Whether some other text in force asks for the figure: then nobody is told that none does."""
        found = searcher.search(
            question.text, as_of=question.as_of, place=self._home, limit=_ORIGINS
        )
        clauses = (searcher.view.clause(hit.clause_id) for hit in found)
        return any(
            may_state(premise, span.of(clause), self._matters.terms)
            for clause in clauses
            for span in sentence_spans(clause)
        )

    def _of_places_named(self, question: Question, searcher: Searcher) -> frozenset[str]:
        """The notices of other places that a question names: a figure said of them stands there."""
        own = ancestors(self._home.code)
        named = {m.place.code for m in self._gazetteer.mentions(question.text)} - {*own}
        return frozenset(n.notice_id for n in searcher.view.notices() if n.jurisdiction in named)

    def _may_be_meant(self, notice: Notice, question: Question) -> bool:
        """Whether a figure may come from a text: a draft or another place only where it is named."""
        named = {m.place.code for m in self._gazetteer.mentions(question.text)}
        if notice.jurisdiction not in ancestors(self._home.code):
            return notice.jurisdiction in named
        draft = notice.kind is DocumentKind.CONSULTATION_DRAFT
        return not draft or question.names_draft or notice.jurisdiction in named

    def _telephone(self, question: Question, searcher: Searcher) -> Chosen | None:
        """The clause that prints the telephone number asked for, where the corpus has one."""
        if not asks_telephone(question.text) or question.elsewhere is not None:
            return None
        contact = self._contacts.about(question.text)
        if contact is None or contact.quote is None or names_other_office(question.text):
            return None
        return printed(contact.quote, contact.file or "", question, searcher.view)
