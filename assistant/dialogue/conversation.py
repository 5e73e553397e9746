"""One turn of a conversation: understand, remember, then decide by rule or answer from the text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from assistant.answering.contacts import Contacts
from assistant.answering.grounding import Terms
from assistant.answering.llm import Writer
from assistant.answering.pipeline import Pipeline, Timer
from assistant.answering.reply import Reply
from assistant.answering.worded import word
from assistant.clauses import Gazetteer, Place
from assistant.dialogue.elicitation import Channels
from assistant.dialogue.interpreting import Interpreter
from assistant.dialogue.model import IntentKind
from assistant.dialogue.ports import (
    AuditRecord,
    AuditStore,
    Clock,
    ConversationStore,
    Gone,
    Json,
    outcome_of,
)
from assistant.dialogue.privacy import mask, mask_values, privacy_notice
from assistant.dialogue.proposing import confirmed, declined, question_of, with_proposal
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.responding import Responder
from assistant.dialogue.state import (
    Proposal,
    Remembered,
    State,
    dump_state,
    load_state,
    plain,
)
from assistant.dialogue.understanding import Listener, Understood
from assistant.retrieval import Searcher
from assistant.rules import RuleBook
from assistant.schemas import Answer, Answered, AskEvent, AskRequest, Delta, Question, Stage


class Dialogue:
    """Answers within conversations; the stores keep what it remembers."""

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        pipeline: Pipeline,
        rules: Callable[[Searcher], RuleBook],
        *,
        gazetteer: Gazetteer,
        contacts: Contacts,
        channels: Channels,
        home: Place,
        conversations: ConversationStore,
        audit: AuditStore,
        clock: Clock,
        writer: Writer | None = None,
        terms: Terms | None = None,
        proposes: bool = True,
    ) -> None:
        self._searcher = searcher
        self._pipeline = pipeline
        self._rules = rules
        self._gazetteer = gazetteer
        self._home = home
        surroundings = Surroundings(gazetteer, home)
        self._listener = Listener(searcher, pipeline, channels, surroundings, home)
        self._responder = Responder(pipeline, contacts, channels, home)
        self._conversations = conversations
        self._audit = audit
        self._clock = clock
        self._contacts = tuple(contacts)
        self._writer = writer
        self._terms = terms
        self._interpreter = (
            Interpreter(writer, terms, pipeline, self._listener, surroundings)
            if writer is not None and terms is not None and proposes
            else None
        )

    def ask(self, request: AskRequest, today: date) -> Answer:
        """Answer one message; raises AssistantError (unknown conversation, fact, place; no index)."""
        *_, last = self.stream(request, today)
        assert isinstance(last, Answered)  # noqa: S101 - a stream ends with its answer
        return last.answer

    def stream(
        self, request: AskRequest, today: date, gone: Gone | None = None
    ) -> Iterator[AskEvent]:
        """The same answer as it comes about; what `ask` raises, the first step raises.

        The message and its facts are stored before the first `Delta`.
        """
        timer = Timer()
        searcher = self._searcher()
        book = self._rules(searcher)
        if request.jurisdiction:
            self._gazetteer.resolve(request.jurisdiction)
        given = self._given(request, book, today)
        masked, fields, privacy = _without_personal_data(request)
        conversation = (
            self._conversations.load(request.conversation_id)
            if request.conversation_id
            else self._conversations.create(dump_state(State()))
        )
        before = load_state(conversation.state)
        yield Stage(stage="understand")
        told: dict[str, Remembered | None] = {}
        text, heard = masked, replace(before, proposed=None)
        refused = declined(masked, before, book.facts)
        if meant := confirmed(masked, before, book.facts):
            text, told, heard = with_proposal(meant, request, before, today)
        elif refused is not None and refused.message:
            text = refused.message
        understood = self._listener.understand(text, heard, book, request, today)
        understood = replace(understood, facts={**given, **understood.facts, **told})
        timer.mark("understand")

        def change(raw: dict[str, Any]) -> Json:
            return dump_state(self._remembering(load_state(raw), understood, given, request))

        stored = self._conversations.append_turn(
            conversation.conversation_id, masked, fields, change=change
        )
        state = load_state(stored.state)
        timer.mark("remember")
        day, place = self._when_and_where(understood, state, request, today)
        reply = Reply(searcher.view, day, place)
        reply.warn("privacy", privacy)
        yield Stage(stage="decide" if understood.decides else "retrieve")
        verdicts, questions, state = self._responder.respond(
            reply, understood, state, book, searcher, today, timer
        )
        timer.mark("compose")
        yield Stage(stage="compose")
        kept: list[Answer] = []
        proposed: Proposal | None = None

        def keep() -> Answer:
            """Complete the turn, once, with the reply as it is by now."""
            if not kept:
                answer = Answer(
                    answer_id=uuid4().hex,
                    conversation_id=conversation.conversation_id,
                    kind=reply.kind,
                    text=reply.text,
                    citations=reply.citations,
                    verdicts=list(verdicts),
                    questions=_asked(proposed, questions, book),
                    notices=reply.notices,
                    reason=reply.reason,
                    as_of=reply.as_of,
                    jurisdiction=reply.place.name,
                    facts=state.wire(),
                    composer=reply.composer,
                    timings_ms=timer.total(),
                )
                left = replace(state, proposed=proposed)
                self._keep(answer, before, left, masked, fields, searcher, stored, today)
                kept.append(answer)
            return kept[0]

        if reply.kind == "answer" and self._writer is not None:
            try:
                yield from self._worded(reply, understood.question, gone, other_day=day != today)
            finally:
                timer.mark("word")
                keep()
        elif self._interpreter is not None and refused is None and _asks_back(reply):
            shown = reply.text
            try:
                yield from _pieces(shown)
                proposed = self._interpreter.propose(
                    reply, text, state, questions, verdicts, book, searcher, request, today, gone
                )
            finally:
                timer.mark("propose")
                keep()
            if reply.text != shown:
                yield Delta(text=reply.text.removeprefix(shown))
        else:
            keep()
            if gone is None or not gone():
                yield from _pieces(reply.text)
        yield Answered(answer=keep())

    def _worded(
        self, reply: Reply, question: str, gone: Gone | None, *, other_day: bool
    ) -> Iterator[Delta]:
        """The reply with the model's wording put in, as it passes the gate."""
        assert self._writer is not None  # noqa: S101 - asked only where there is one
        pieces = word(
            reply,
            question,
            self._writer,
            contacts=self._contacts,
            terms=self._terms,
            gone=gone,
            other_day=other_day,
        )
        return (Delta(text=piece) for piece in pieces)

    def _given(
        self, request: AskRequest, book: RuleBook, today: date
    ) -> dict[str, Remembered | None]:
        """Facts sent with the request; raises FactError for what the dictionary does not know."""
        stated = {n: v for n, v in request.facts.items() if v is not None}
        book.read(request.facts, request.as_of or today)
        parsed = {n: plain(book.facts.parse(n, v)) for n, v in stated.items()}
        day = request.as_of or today
        given: dict[str, Remembered | None] = {
            n: Remembered(v, None, day) for n, v in parsed.items()
        }
        return given | {n: None for n, v in request.facts.items() if v is None}

    def _remembering(
        self,
        state: State,
        understood: Understood,
        given: dict[str, Remembered | None],
        request: AskRequest,
    ) -> State:
        if understood.intent.kind is IntentKind.RESTART:
            return State().with_facts(given)
        another = bool(understood.rules) and understood.rules != state.topic.rules
        if understood.goes_back or (another and understood.decides):
            state = state.as_told()  # what was supposed of one way is not told of another
        state = state.of(understood.cast.whose, understood.carried)
        keep = state.supposing if understood.supposes else state.telling
        merged = replace(keep(understood.facts).doubting(understood.doubted), proposed=None)
        for person, facts in understood.of_others.items():
            merged = merged.with_case(person, facts)
        for beside in understood.besides:
            merged = merged.with_case(beside.person, beside.facts)
        if request.as_of is not None:
            merged = replace(merged, as_of=request.as_of)
        if request.jurisdiction:
            merged = replace(merged, place=request.jurisdiction)
        return merged

    def _when_and_where(
        self, understood: Understood, state: State, request: AskRequest, today: date
    ) -> tuple[date, Place]:
        place = self._gazetteer.resolve(request.jurisdiction) if request.jurisdiction else None
        question = self._pipeline.read(
            understood.screened.text or request.question, today, request.as_of, place
        )
        named = request.as_of is not None or (question.other_day and not understood.tells_day)
        if understood.day is not None and request.as_of is None:
            day = understood.day
        else:
            day = question.as_of if named else state.as_of or today
        if place is None and not understood.names_place:
            return day, self._gazetteer.resolve(state.place) if state.place else self._home
        if place is None and not question.names_place and state.place:
            return day, self._gazetteer.resolve(state.place)
        return day, question.place

    def _keep(
        self,
        answer: Answer,
        before: State,
        state: State,
        question: str,
        fields: Json,
        searcher: Searcher,
        stored: Any,
        today: date,
    ) -> None:
        """Complete the turn, remember what was asked, and record how the answer came about."""
        wire = answer.model_dump(mode="json")

        def change(raw: dict[str, Any]) -> Json:
            latest = load_state(raw)
            return dump_state(
                replace(
                    latest,
                    topic=state.topic,
                    earlier=state.earlier,
                    asked=state.asked,
                    proposed=state.proposed,
                )
            )

        position = stored.turns[-1].position
        self._conversations.answer_turn(answer.conversation_id, position, wire, change=change)
        self._audit.record(
            AuditRecord(
                answer_id=answer.answer_id,
                conversation_id=answer.conversation_id,
                at=self._clock(),
                today=today,
                as_of=answer.as_of,
                jurisdiction=answer.jurisdiction,
                corpus_digest=searcher.view.digest,
                build_id=searcher.build_id,
                composer=answer.composer,
                rule_versions={v.rule_id: v.as_of.isoformat() for v in answer.verdicts},
                retrieved=tuple(c.clause_id for c in answer.citations),
                request={"question": question, **fields},
                state=dump_state(before),
                facts={n: f.model_dump(mode="json") for n, f in answer.facts.items()},
                outcome=outcome_of(answer),
            )
        )


def _asked(
    proposed: Proposal | None, questions: Sequence[Question], book: RuleBook
) -> list[Question]:
    """What the person is asked: first whether a reading is what they meant."""
    meant = [] if proposed is None else [question_of(proposed, book.facts)]
    return [*meant, *questions]


def _asks_back(reply: Reply) -> bool:
    return reply.kind == "clarify" or (reply.kind == "refuse" and reply.reason == "no_source")


def _pieces(text: str) -> Iterator[Delta]:
    """The text line by line; put together again they are the text."""
    return (Delta(text=line) for line in text.splitlines(keepends=True))


def _without_personal_data(request: AskRequest) -> tuple[str, dict[str, Any], str]:
    """The question and the other fields as they may be stored, and what the person is told."""
    masked = mask(request.question)
    facts, found = mask_values(request.facts)
    kinds = tuple(dict.fromkeys([*masked.found, *found]))
    fields = {
        "as_of": request.as_of.isoformat() if request.as_of else None,
        "jurisdiction": request.jurisdiction,
        "facts": facts,
    }
    return masked.text, fields, privacy_notice(kinds)
