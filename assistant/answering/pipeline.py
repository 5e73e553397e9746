"""The steps from a question to an answer, in order; each is small and typed (design D8)."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from uuid import uuid4

from assistant.answering.askbook import AskBook
from assistant.answering.asked import (
    asks_telephone,
    names_other_office,
    separate_asks,
    without_asides,
)
from assistant.answering.aspects import aspects_of, words_of
from assistant.answering.chat import greet
from assistant.answering.comparing import triples
from assistant.answering.composer import compose
from assistant.answering.contacts import Contacts, TopicWords, topic_of
from assistant.answering.matters import MatterReader
from assistant.answering.not_ours import screened_again
from assistant.answering.origins import Origins
from assistant.answering.picking import Chosen, Nothing, Picker, printed
from assistant.answering.premises import Held, read_premise
from assistant.answering.presented import FORGED, LEANS, Presentation
from assistant.answering.presenting import leading_of, pick_of, says_missing
from assistant.answering.question import Question, read_question
from assistant.answering.refusals import refuse
from assistant.answering.relevance import Content
from assistant.answering.reply import Reply
from assistant.answering.screening import Screened, screen
from assistant.answering.selection import select
from assistant.answering.verifying import Presented, Verifier
from assistant.clauses import Gazetteer, Place
from assistant.retrieval import Lexicon, Searcher
from assistant.schemas import Answer, AskRequest

_MOST_ASKS = 3  # questions of one message that are answered one by one
_SURELY_ASKED = 0.35  # likeness to questions written for a clause from which it is meant
_SOMEWHAT_ASKED = 0.2  # the same, where it stands beside words that no text prints
_CLEAR = 0.05  # by how much more than for any other clause
_SHORTEST = 12  # characters; 我能落户吗 is like too much


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
        """`screened` with how words presented as official stand; refused where nothing holds them.

        Who asks what they are to do by words that no text prints is told so, and nothing else.
        """
        if screened.outcome != "pass" or screened.presented is not None:
            return screened
        verifier = Verifier(
            self._searcher(),
            self._matters,
            self._asks,
            self._home,
            lambda text: self.read(text, today, None, None),
        )
        presented = verifier.verify(screened.text, today)
        if presented is None:
            return screened
        asked = presented.presentation
        if presented.held is None and asked is not None and self._is_of_elsewhere(asked, today):
            return screened
        screened = replace(screened, presented=presented)
        if (
            presented.held is not None
            or asked is None
            or asked.asks_genuine
            or not presented.groundless
        ):
            return screened
        if self._stands_alone(asked, today):
            return screened
        return replace(screened, outcome="refuse", reason="no_source", cause=FORGED)

    def _is_of_elsewhere(self, asked: Presentation, today: date) -> bool:
        """Whether what is reported is said of another place, which is asked about."""
        question = self.read(asked.rest, today, None, None)
        return question.elsewhere is not None and not asked.pasted[0].strict

    def _stands_alone(self, asked: Presentation, today: date) -> bool:
        """Whether what is asked beside has nothing to do with what was presented, and is answered."""
        beside = asked.behind
        said = triples("".join(one.text for one in asked.pasted))
        if len(beside) < _SHORTEST or LEANS.search(beside) or triples(beside) & said:
            return False
        if not self._matters.in_field(beside):
            return False
        likest = max((each.mean for each in self._asks.alike(beside).values()), default=0.0)
        basis = self._basis(self.read(beside, today, None, None), self._searcher())
        return likest >= _SOMEWHAT_ASKED and isinstance(basis, Basis)

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
        presented = screened.presented
        if presented is not None and presented.held is not None:
            question = self.read(text, today, reply.as_of, reply.place)
            self._answer_presented(reply, question, presented, searcher)
            return
        if presented is not None and presented.presentation is not None and not presented.in_gist:
            self._answer_beside(reply, text, presented, presented.presentation, searcher, timer)
            return
        question = self.read(without_asides(text), today, reply.as_of, reply.place)
        self._answer(reply, question, searcher, timer)

    def _settle(self, reply: Reply, screened: Screened) -> None:
        if screened.outcome == "chat":
            greet(reply, screened.text, screened.cause)
            return
        presented = screened.presented
        refuse(
            reply,
            screened.reason or "out_of_scope",
            self._contacts,
            cause=screened.cause,
            lead=says_missing(presented) if presented and screened.cause == FORGED else None,
            about=screened.text,
        )

    def _answer_beside(
        self,
        reply: Reply,
        text: str,
        presented: Presented,
        asked: Presentation,
        searcher: Searcher,
        timer: Timer,
    ) -> None:
        """Say that what was presented is nowhere, then what is written on the matter."""
        question = self.read(without_asides(text), reply.as_of, reply.as_of, reply.place)
        alone = not (asked.asks_genuine or LEANS.search(asked.behind)) and presented.groundless
        if alone:
            question = self.read(asked.behind, reply.as_of, reply.as_of, reply.place)
        basis = self._basis(question, searcher)
        if isinstance(basis, Nothing):
            claimed = self.read(asked.pasted[0].text, reply.as_of, reply.as_of, reply.place)
            found = self._basis(claimed, searcher)
            basis = found if isinstance(found, Basis) and not presented.groundless else basis
        timer.mark("retrieve")
        if isinstance(basis, Nothing) or not basis.chosen.picks[0].is_current:
            refuse(
                reply,
                "no_source",
                self._contacts,
                lead=says_missing(presented),
                about=question.text,
            )
            return
        finding = basis.held.finding.stands if basis.held is not None else "silent"
        told = finding in {"states", "differs"}
        held = basis.held if told else None
        compose(reply, basis.question, basis.content, basis.chosen, self._contacts, held)
        if told:
            return
        reply.lead_with(says_missing(presented))

    def _answer_presented(
        self, reply: Reply, question: Question, presented: Presented, searcher: Searcher
    ) -> None:
        """Quote the text that prints what was presented, and what binds where that does not."""
        assert presented.held is not None  # noqa: S101 - asked only where a clause was found
        pick = pick_of(reply.view, presented.held, question.as_of, self._home)
        picks = [pick]
        if not pick.is_current:
            said = pick.clause.text[pick.span.start : pick.span.end]
            asked = self.read(said, question.as_of, question.as_of, self._home)
            basis = self._basis(replace(asked, names_draft=False, elsewhere=None), searcher)
            if isinstance(basis, Basis):
                picks += [p for p in basis.chosen.picks if p.is_current][:1]
        content = self._matters.read(question.text, searcher)
        chosen = Chosen(tuple(picks), None, leading=leading_of(presented, pick))
        compose(reply, question, content, chosen, self._contacts)

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
        origins = Origins(searcher, self._matters, self._gazetteer, self._home)
        held = origins.held(premise, chosen.picks[0], question) if premise else None
        return Basis(question, content, chosen, held)

    def _telephone(self, question: Question, searcher: Searcher) -> Chosen | None:
        """The clause that prints the telephone number asked for, where the corpus has one."""
        if not asks_telephone(question.text) or question.elsewhere is not None:
            return None
        contact = self._contacts.about(question.text)
        if contact is None or contact.quote is None or names_other_office(question.text):
            return None
        return printed(contact.quote, contact.file or "", question, searcher.view)
