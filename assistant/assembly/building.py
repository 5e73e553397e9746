"""From settings to a service, a library of clauses, or an index."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answering.askbook import load_askbook
from assistant.answering.contacts import load_topics
from assistant.answering.library import Library
from assistant.answering.llm import Limits, Writer
from assistant.answering.llm.openai import openai_writer
from assistant.assembly.assistant import Assistant
from assistant.assembly.clock import now, today
from assistant.assembly.home import home_place
from assistant.clauses import Corpus, load_corpus, load_gazetteer
from assistant.config import Settings
from assistant.retrieval import (
    BuildReport,
    Encoder,
    Index,
    Lexicon,
    build_index,
    load_encoder,
    load_lexicon,
)
from assistant.storage import open_stores

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def build_service(
    settings: Settings, build_id: str | None = None, *, chat_model: "BaseChatModel | None" = None
) -> Assistant:
    """The service over the index in `settings.var_dir`, or one build of it; raises IndexUnavailableError.

    `chat_model`: any LangChain chat model words the answers, instead of the one in the settings.
    """
    lexicon = load_lexicon(settings.corpus_dir)
    index = _open_index(settings, lexicon, build_id)
    stores = open_stores(settings.database_url, settings.var_dir, clock=now)
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
        home=home_place(settings, gazetteer),
        topics=load_topics(corpus / "topics.yaml"),
        today=lambda: today(settings.today),
        asks=load_askbook(corpus / "asks"),
    )


def _open_index(settings: Settings, lexicon: Lexicon, build_id: str | None = None) -> Index:
    return Index.open(
        index_root(settings),
        load_encoder(settings.encoder),
        lexicon,
        chroma_url=settings.chroma_url,
        build_id=build_id,
    )


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
