"""What an operator does with a question: word it, look back, hand it on, doubt the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from pydantic import ValidationError

from assistant.dialogue.ports import Clock, ConversationStore, NewId
from assistant.dialogue.privacy import mask, mask_values
from assistant.errors import ReviewError, UnknownConversationError
from assistant.hotline.escalation import EscalationBox, Packet
from assistant.hotline.review import Review, ReviewState, ReviewStore
from assistant.hotline.script import Brief, brief_of_survey, brief_of_verdict
from assistant.schemas import Answer, Citation, Decision, Notice, RuleList, Survey, Verdict


class Rulings(Protocol):
    """What follows from facts; raises FactError, UnknownRuleError or UnknownPlaceError."""

    def rules(self) -> RuleList:
        """All rules."""
        ...

    def decide(
        self, rule_id: str, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Decision:
        """One rule."""
        ...

    def survey(
        self, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Survey:
        """All channels."""
        ...


@dataclass(frozen=True, slots=True)
class Ruled:
    """One verdict with what to say and copy of it."""

    verdict: Verdict
    brief: Brief


@dataclass(frozen=True, slots=True)
class Sheet:
    """What follows from the facts ticked: of one rule, or of all channels."""

    ruled: tuple[Ruled, ...]
    citations: tuple[Citation, ...]
    notices: tuple[Notice, ...]
    overall: Brief


@dataclass(frozen=True, slots=True)
class CallTurn:
    """One exchange of a call."""

    question: str
    answer: Answer | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """A review with what it is about; question and answer None once the conversation is gone."""

    review: Review
    question: str | None
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Handover:
    """What an operator hands on: the answer on screen, or else the facts as ticked."""

    by: str
    note: str
    call: str | None = None
    question: str | None = None
    conversation_id: str | None = None
    answer_id: str | None = None
    rule_id: str | None = None
    facts: Mapping[str, Any] | None = None
    as_of: date | None = None
    jurisdiction: str | None = None


class HotlineDesk:
    """The operators' side of one service."""

    def __init__(
        self,
        rulings: Rulings,
        *,
        home: str,
        conversations: ConversationStore,
        reviews: ReviewStore,
        box: EscalationBox,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._rulings = rulings
        self._home = home
        self._conversations = conversations
        self._reviews = reviews
        self._box = box
        self._clock = clock
        self._new_id = new_id

    def sheet(
        self,
        rule_id: str | None,
        facts: Mapping[str, Any],
        as_of: date | None,
        jurisdiction: str | None,
    ) -> Sheet:
        """One rule, or all channels where none is named, with what to say of each."""
        place = jurisdiction or self._home
        questions = self._questions()
        if rule_id is not None:
            told = self._rulings.decide(rule_id, facts, as_of, jurisdiction)
            ruled = self._ruled(told, place, questions)
            return Sheet((ruled,), tuple(told.citations), tuple(told.notices), ruled.brief)
        found = self._rulings.survey(facts, as_of, jurisdiction)
        each = tuple(  # a channel's own decision says which notices are its own
            self._ruled(
                self._rulings.decide(verdict.rule_id, facts, as_of, jurisdiction),
                place,
                questions,
                shown=verdict,
            )
            for verdict in found.verdicts
        )
        day = found.verdicts[0].as_of if found.verdicts else as_of or self._clock().date()
        overall = brief_of_survey(found.verdicts, found.citations, found.notices, day, place)
        return Sheet(each, tuple(found.citations), tuple(found.notices), overall)

    def turns(self, conversation_id: str) -> tuple[CallTurn, ...]:
        """The exchanges of a call so far; raises UnknownConversationError."""
        stored = self._conversations.load(conversation_id)
        return tuple(CallTurn(t.question, _answer(t.answer), t.at) for t in stored.turns)

    def doubt(self, answer_id: str, by: str, note: str) -> Review:
        """Ask a supervisor to look at an answer; raises UnknownAnswerError."""
        return self._reviews.open(answer_id, by, mask(note).text)

    def reviews(self, states: tuple[ReviewState, ...], limit: int = 100) -> tuple[ReviewCase, ...]:
        """Reviews in these states, with what they are about."""
        return tuple(self._case(review) for review in self._reviews.all(states, limit))

    def decide(
        self, review_id: str, state: ReviewState, by: str, note: str, correction: str | None
    ) -> ReviewCase:
        """Decide a review; raises ReviewError, UnknownReviewError or ReviewDecidedError."""
        if (state is ReviewState.CORRECTED) != (correction is not None):
            raise ReviewError("更正须写明正确的答复；无误或退回时不写。", field="correction")
        corrected = mask(correction).text if correction is not None else None
        return self._case(self._reviews.decide(review_id, state, by, mask(note).text, corrected))

    def escalate(self, handover: Handover) -> Packet:
        """Keep the packet and send it on; its `delivery` says what came of that.

        Raises UnknownConversationError, FactError, UnknownRuleError or EscalationError.
        """
        escalation_id = self._new_id()
        answer, question = self._answered(handover)
        basis = answer or self._sheet_of(handover)
        said, _ = mask_values(
            {
                "call": handover.call,
                "question": question or handover.question,
                "facts": self._facts(handover.facts or {}),
                "note": handover.note,
            }
        )
        packet: Packet = {
            "format": 1,
            "escalation_id": escalation_id,
            "at": self._clock().isoformat(timespec="seconds"),
            "by": handover.by,
            **said,
            "answer": answer.model_dump(mode="json", exclude={"citations", "timings_ms"})
            if answer
            else None,
            "verdicts": _dumped(
                basis.verdicts if isinstance(basis, Answer) else [r.verdict for r in basis.ruled]
            ),
            "citations": _dumped(basis.citations),
            "notices": _dumped(basis.notices),
        }
        return self._box.hand_on(escalation_id, packet)

    def send_again(self, escalation_id: str) -> Packet:
        """Send a kept packet that has not arrived; raises UnknownEscalationError."""
        return self._box.send_again(escalation_id)

    @staticmethod
    def _ruled(
        told: Decision, place: str, questions: Mapping[str, str], shown: Verdict | None = None
    ) -> Ruled:
        """One decision with its words; `shown` is the same verdict with the survey's markers."""
        brief = brief_of_verdict(told.verdict, told.citations, told.notices, place, questions)
        return Ruled(shown or told.verdict, brief)

    def _answered(self, handover: Handover) -> tuple[Answer | None, str | None]:
        """The answer named and what had been asked."""
        if handover.conversation_id is None or handover.answer_id is None:
            return None, None
        for turn in self.turns(handover.conversation_id):
            if turn.answer is not None and turn.answer.answer_id == handover.answer_id:
                return turn.answer, turn.question
        raise UnknownConversationError("这次通话里没有这条答复，请刷新后再试。", field="answer_id")

    def _sheet_of(self, handover: Handover) -> Sheet:
        return self.sheet(
            handover.rule_id, handover.facts or {}, handover.as_of, handover.jurisdiction
        )

    def _case(self, review: Review) -> ReviewCase:
        try:
            turns = self.turns(review.conversation_id)
        except UnknownConversationError:
            return ReviewCase(review, None, None)
        for turn in turns:
            if turn.answer is not None and turn.answer.answer_id == review.answer_id:
                return ReviewCase(review, turn.question, turn.answer)
        return ReviewCase(review, None, None)

    def _questions(self) -> dict[str, str]:
        return {fact.name: fact.text for rule in self._rulings.rules().rules for fact in rule.facts}

    def _facts(self, facts: Mapping[str, Any]) -> list[Packet]:
        """The facts with the words that people know them by."""
        labels = {f.name: f.label for rule in self._rulings.rules().rules for f in rule.facts}
        return [
            {"name": name, "label": labels.get(name, name), "value": value}
            for name, value in facts.items()
        ]


def _answer(stored: Mapping[str, Any] | None) -> Answer | None:
    """A stored answer; None where there was none, or one of an older shape."""
    try:
        return Answer.model_validate(stored) if stored is not None else None
    except ValidationError:
        return None


def _dumped(shapes: Sequence[Verdict] | Sequence[Citation] | Sequence[Notice]) -> list[Packet]:
    return [shape.model_dump(mode="json") for shape in shapes]
