"""The one place that builds concrete objects from Settings."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from assistant.accounts import AccountDesk
from assistant.answering.contacts import load_contacts, load_topics
from assistant.answering.grounding import Terms
from assistant.answering.library import Library
from assistant.answering.llm import Limits, Writer
from assistant.answering.llm.openai import openai_writer
from assistant.answering.pipeline import Pipeline
from assistant.clauses import Corpus, CorpusView, Place, load_corpus, load_gazetteer
from assistant.config import Settings
from assistant.dialogue.conversation import Dialogue
from assistant.dialogue.elicitation import load_channels
from assistant.dialogue.ports import AuditRecord, AuditStore, ConversationStore, Gone, Rating
from assistant.dialogue.privacy import mask
from assistant.errors import AssistantError, UnknownConversationError
from assistant.hotline import EscalationBox, HotlineDesk, WebhookCourier
from assistant.retrieval import (
    BuildReport,
    Encoder,
    Index,
    Lexicon,
    build_index,
    load_encoder,
    load_lexicon,
)
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
    open_stores,
)

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

logger = logging.getLogger(__name__)

_HOME_ZONE = ZoneInfo("Asia/Shanghai")


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
        self._home = self._gazetteer.resolve(settings.home_jurisdiction)
        self._stores = stores
        self._retention = RetentionJob(
            stores.conversations, retention_days=settings.retention_days, clock=_now
        )
        self._contacts = load_contacts(corpus / "contacts.yaml")
        self._channels = load_channels(corpus / "dialogue" / "channels.yaml")
        topics = load_topics(corpus / "topics.yaml")
        self._library = Library(
            index.searcher,
            gazetteer=self._gazetteer,
            home=self._home,
            topics=topics,
            today=self.today,
        )
        self._pipeline = Pipeline(
            index.searcher,
            lexicon=lexicon,
            gazetteer=self._gazetteer,
            contacts=self._contacts,
            topics=topics,
            home=self._home,
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
            clock=_now,
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
            clock=_now,
            writer=writer,
            terms=self._terms,
            proposes=self._proposes,
        )

    def today(self) -> date:
        """The day it is here, unless the settings fix one."""
        return _today(self._today)

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
        held = HeldConversation("held", {}, _now())
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


def build_accounts(settings: Settings, stores: Stores) -> AccountDesk:
    """Accounts and sessions in these stores."""
    return AccountDesk(
        stores.accounts,
        clock=_now,
        idle=timedelta(minutes=settings.session_idle_minutes),
        lifetime=timedelta(hours=settings.session_hours),
    )


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


def build_service(
    settings: Settings, build_id: str | None = None, *, chat_model: "BaseChatModel | None" = None
) -> Assistant:
    """The service over the index in `settings.var_dir`, or one build of it; raises IndexUnavailableError.

    `chat_model`: any LangChain chat model words the answers, instead of the one in the settings.
    """
    lexicon = load_lexicon(settings.corpus_dir)
    index = _open_index(settings, lexicon, build_id)
    stores = open_stores(settings.database_url, settings.var_dir, clock=_now)
    return Assistant(settings, index, lexicon, stores, _writer(settings, chat_model))


def _writer(settings: Settings, chat_model: "BaseChatModel | None") -> Writer | None:
    """The language model to word answers with; None where none is configured."""
    limits = Limits(
        first_token_s=settings.llm_first_token_s,
        total_s=settings.llm_total_s,
        concurrency=settings.llm_concurrency,
        failures=settings.llm_failures,
        rest_s=settings.llm_rest_s,
    )
    if chat_model is not None:
        name = settings.llm_model or str(getattr(chat_model, "model_name", chat_model._llm_type))
        return Writer(chat_model, name, limits, streaming=settings.llm_streaming)
    if settings.llm_base_url is None or settings.llm_model is None:
        return None
    key = settings.llm_api_key
    return openai_writer(
        settings.llm_base_url,
        settings.llm_model,
        key.get_secret_value() if key else None,
        limits,
        connect_s=settings.llm_connect_s,
        streaming=settings.llm_streaming,
    )


def build_library(settings: Settings) -> Library:
    """The clauses alone, to look things up in: no rules, no database; raises IndexUnavailableError."""
    corpus = settings.corpus_dir
    gazetteer = load_gazetteer(corpus)
    return Library(
        _open_index(settings, load_lexicon(corpus)).searcher,
        gazetteer=gazetteer,
        home=gazetteer.resolve(settings.home_jurisdiction),
        topics=load_topics(corpus / "topics.yaml"),
        today=lambda: _today(settings.today),
    )


def _open_index(settings: Settings, lexicon: Lexicon, build_id: str | None = None) -> Index:
    return Index.open(
        index_root(settings),
        load_encoder(settings.encoder),
        lexicon,
        chroma_url=settings.chroma_url,
        build_id=build_id,
    )


def _today(fixed: date | None) -> date:
    return fixed or datetime.now(_HOME_ZONE).date()


def _now() -> datetime:
    return datetime.now(UTC)


def build(
    settings: Settings,
    *,
    corpus: Corpus | None = None,
    encoder: Encoder | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    rebuild: bool = False,
) -> BuildReport:
    """Bring the index up to date with the corpus; the old one serves until it is complete."""
    lexicon = load_lexicon(settings.corpus_dir)
    return build_index(
        corpus or load_corpus(settings.corpus_dir),
        index_root(settings),
        encoder or load_encoder(settings.encoder),
        lexicon_digest=lexicon.digest,
        chroma_url=settings.chroma_url,
        progress=progress,
        rebuild=rebuild,
    )


def index_root(settings: Settings) -> Path:
    """Where builds of the index stand."""
    return settings.var_dir / "index"
