"""The service behind every front door."""

import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.accounts import AccountDesk
from assistant.answering.askbook import load_askbook
from assistant.answering.contacts import load_contacts, load_topics
from assistant.answering.grounding import Terms
from assistant.answering.library import Library
from assistant.answering.llm import Writer
from assistant.answering.pipeline import Pipeline
from assistant.assembly.accounts import build_accounts
from assistant.assembly.clock import now, today
from assistant.assembly.home import home_place
from assistant.clauses import CorpusView, Place, load_gazetteer
from assistant.config import Settings
from assistant.dialogue.conversation import Dialogue
from assistant.dialogue.elicitation import load_channels
from assistant.dialogue.ports import AuditRecord, AuditStore, ConversationStore, Gone, Rating
from assistant.dialogue.privacy import mask
from assistant.errors import AssistantError, UnknownConversationError
from assistant.hotline import EscalationBox, HotlineDesk, WebhookCourier
from assistant.retrieval import Index, Lexicon
from assistant.rules import BindingReport, RuleDesk, load_rules
from assistant.schemas import (
    Answer,
    AskEvent,
    AskRequest,
    Decision,
    RuleDetail,
    RuleList,
    ScoredCitation,
    Survey,
)
from assistant.storage import (
    HeldConversation,
    RecordedConversation,
    RetentionJob,
    Stores,
)

logger = logging.getLogger(__name__)


class Assistant:
    """The service behind every front door: answers, searches, shows one whole corpus."""

    def __init__(
        self,
        settings: Settings,
        index: Index,
        lexicon: Lexicon,
        stores: Stores,
        writer: Writer | None = None,
    ) -> None:
        corpus = settings.corpus_dir
        self._index = index
        self._today = settings.today
        self._gazetteer = load_gazetteer(corpus)
        self._home = home_place(settings, self._gazetteer)
        self._stores = stores
        self._retention = RetentionJob(
            stores.conversations, retention_days=settings.retention_days, clock=now
        )
        self._contacts = load_contacts(corpus / "contacts.yaml")
        self._channels = load_channels(corpus / "dialogue" / "channels.yaml")
        topics = load_topics(corpus / "topics.yaml")
        asks = load_askbook(corpus / "asks")
        self._library = Library(
            index.searcher,
            gazetteer=self._gazetteer,
            home=self._home,
            topics=topics,
            today=self.today,
            asks=asks,
        )
        self._pipeline = Pipeline(
            index.searcher,
            lexicon=lexicon,
            gazetteer=self._gazetteer,
            contacts=self._contacts,
            topics=topics,
            home=self._home,
            asks=asks,
        )
        self._desk = RuleDesk(load_rules(corpus / "rules"), _warn_of_breaches)
        self._desk.on(self.view())
        self._terms = Terms(lexicon.official_terms)
        self._writer = writer
        self._proposes = settings.llm_proposes
        self._dialogue = self._talking(stores.conversations, stores.audit, writer)
        self._accounts = build_accounts(settings, stores)
        self._hotline = HotlineDesk(
            self,
            home=self._home.name,
            conversations=stores.conversations,
            reviews=stores.reviews,
            box=_escalation_box(settings),
            clock=now,
            new_id=lambda: secrets.token_urlsafe(12),
        )

    def accounts(self) -> AccountDesk:
        """Who may log in, and who has."""
        return self._accounts

    def hotline(self) -> HotlineDesk:
        """The operators' side."""
        return self._hotline

    def _talking(
        self, conversations: ConversationStore, audit: AuditStore, writer: Writer | None
    ) -> Dialogue:
        return Dialogue(
            self._index.searcher,
            self._pipeline,
            lambda searcher: self._desk.on(searcher.view),
            gazetteer=self._gazetteer,
            contacts=self._contacts,
            channels=self._channels,
            home=self._home,
            conversations=conversations,
            audit=audit,
            clock=now,
            writer=writer,
            terms=self._terms,
            proposes=self._proposes,
        )

    def today(self) -> date:
        """The day it is here, unless the settings fix one."""
        return today(self._today)

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one message of a conversation; raises AssistantError."""
        return self._dialogue.ask(request, self.today())

    def stream(self, request: AskRequest, gone: Gone | None = None) -> Iterator[AskEvent]:
        """The same answer as it comes about; the first step raises what `ask` raises."""
        return self._dialogue.stream(request, self.today(), gone)

    def resume(self, earlier: Sequence[AskRequest]) -> str:
        """A new conversation that stands where these messages, sent one by one, would have led.

        Returns its id; raises what `ask` raises of any of them. Their answers are not kept, and no
        language model is asked to word them.
        """
        held = HeldConversation("held", {}, now())
        talking = self._talking(held, held, None)
        today = self.today()
        for number, request in enumerate(earlier):
            ours = {"conversation_id": "held" if number else None}
            talking.ask(request.model_copy(update=ours), today)
        state = held.load("held").state
        return self._stores.conversations.create(state).conversation_id

    def branch(self, conversation_id: str, answer_id: str) -> str | None:
        """A new conversation that stands where that answer left the other one.

        None where the other is gone, or something has been said in it since.
        """
        try:
            stored = self._stores.conversations.load(conversation_id)
        except UnknownConversationError:
            return None
        last = stored.turns[-1].answer if stored.turns else None
        if last is None or last["answer_id"] != answer_id:
            return None
        return self._stores.conversations.create(stored.state).conversation_id

    def reask(self, record: AuditRecord) -> Answer:
        """The answer to a recorded request, as the conversation stood then; nothing is stored.

        No language model is asked: what a replay compares does not depend on one.
        """
        recorded = RecordedConversation(record)
        asked = {**(record.request or {}), "conversation_id": record.conversation_id}
        request = AskRequest.model_validate(asked)
        return self._talking(recorded, recorded, None).ask(request, record.today)

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation with all its text; raises UnknownConversationError."""
        self._stores.conversations.delete(conversation_id)

    def rate(self, answer_id: str, rating: Rating, reason: str | None) -> None:
        """Keep what somebody thought of an answer; raises UnknownAnswerError."""
        self._stores.feedback.add(answer_id, rating, mask(reason).text if reason else None)

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> list[ScoredCitation]:
        """The clauses nearest to `q`, best first: named ones, then in force before the rest."""
        return self._library.search(q, as_of, jurisdiction, limit)

    def rules(self) -> RuleList:
        """All rules, with the facts that they read."""
        return self._desk.rules(self.view())

    def rule(self, rule_id: str) -> RuleDetail:
        """One rule; raises UnknownRuleError."""
        return self._desk.rule(self.view(), rule_id)

    def decide(
        self, rule_id: str, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Decision:
        """What follows from one rule; raises UnknownRuleError, FactError or UnknownPlaceError."""
        day, place = self._when_and_where(as_of, jurisdiction)
        return self._desk.decide(self.view(), rule_id, facts, day, place)

    def survey(
        self, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Survey:
        """What follows from all channels, ranked; raises FactError or UnknownPlaceError."""
        day, place = self._when_and_where(as_of, jurisdiction)
        return self._desk.survey(self.view(), facts, day, place)

    def _when_and_where(self, as_of: date | None, jurisdiction: str | None) -> tuple[date, Place]:
        place = self._gazetteer.resolve(jurisdiction) if jurisdiction else self._home
        return as_of or self.today(), place

    def view(self) -> CorpusView:
        """The corpus snapshot that answers now; raises IndexUnavailableError."""
        return self._index.searcher().view

    def model_counts(self) -> Mapping[str, Mapping[str, int]]:
        """Calls to the language model by outcome, and its statements by fate."""
        if self._writer is None:
            return {}
        tally = self._writer.tally
        return {"calls": tally.calls(), "statements": tally.statements()}

    def readiness(self) -> dict[str, str]:
        """`ok`, or a Chinese reason, per dependency."""
        try:
            searcher = self._index.searcher()
        except AssistantError as error:
            return {"index": error.message}
        return {
            "index": "ok",
            "dense": searcher.dense_problem or "ok",
            "database": self._stores.problem() or "ok",
        }

    def keep_house(self) -> None:
        """Delete conversations that are past their days, now and every hour, until closed."""
        self._retention.start()

    def close(self) -> None:
        """Let go of the index and of every connection."""
        self._retention.close()
        self._index.close()
        self._stores.close()


def _escalation_box(settings: Settings) -> EscalationBox:
    courier = (
        WebhookCourier(
            settings.escalation_webhook,
            secret=settings.escalation_secret,
            timeout_s=settings.escalation_timeout_s,
        )
        if settings.escalation_webhook
        else None
    )
    return EscalationBox(settings.var_dir / "escalations", courier)


def _warn_of_breaches(found: BindingReport) -> None:
    for line in found.lines():
        logger.warning("规则停用，待复核：%s", line)
