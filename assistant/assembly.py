"""The one place that builds concrete objects from Settings."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.answering.contacts import load_contacts, load_topics
from assistant.answering.pipeline import Pipeline
from assistant.answering.question import read_question
from assistant.answering.ranking import rank
from assistant.clauses import Corpus, CorpusView, cite, load_corpus, load_gazetteer
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.retrieval import (
    BuildReport,
    Encoder,
    Index,
    Lexicon,
    build_index,
    load_encoder,
    load_lexicon,
)
from assistant.schemas import Answer, AskRequest, ScoredCitation

_HOME_ZONE = ZoneInfo("Asia/Shanghai")


class Assistant:
    """The service behind every front door: answers, searches, shows one whole corpus."""

    def __init__(self, settings: Settings, index: Index, lexicon: Lexicon) -> None:
        corpus = settings.corpus_dir
        self._index = index
        self._today = settings.today
        self._gazetteer = load_gazetteer(corpus)
        self._home = self._gazetteer.resolve(settings.home_jurisdiction)
        self._pipeline = Pipeline(
            index.searcher,
            lexicon=lexicon,
            gazetteer=self._gazetteer,
            contacts=load_contacts(corpus / "contacts.yaml"),
            topics=load_topics(corpus / "topics.yaml"),
            home=self._home,
        )

    def today(self) -> date:
        """The day it is here, unless the settings fix one."""
        return self._today or datetime.now(_HOME_ZONE).date()

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one question; raises AssistantError."""
        return self._pipeline.ask(request, self.today())

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> list[ScoredCitation]:
        """The clauses nearest to `q`, best first: named ones, then in force before the rest."""
        searcher = self._index.searcher()
        question = read_question(
            q,
            today=self.today(),
            as_of=as_of,
            place=self._gazetteer.resolve(jurisdiction) if jurisdiction else None,
            home=self._home,
            gazetteer=self._gazetteer,
        )
        return [
            ScoredCitation(
                **cite(
                    searcher.view,
                    hit.clause_id,
                    marker=marker,
                    as_of=question.as_of,
                    place=question.place,
                ).model_dump(),
                score=hit.score,
            )
            for marker, hit in enumerate(rank(question, searcher, limit), start=1)
        ]

    def view(self) -> CorpusView:
        """The corpus snapshot that answers now; raises IndexUnavailableError."""
        return self._index.searcher().view

    def readiness(self) -> dict[str, str]:
        """`ok`, or a Chinese reason, per dependency."""
        try:
            searcher = self._index.searcher()
        except AssistantError as error:
            return {"index": error.message}
        return {"index": "ok", "dense": searcher.dense_problem or "ok"}


def build_service(settings: Settings) -> Assistant:
    """The service over the index in `settings.var_dir`; raises IndexUnavailableError."""
    lexicon = load_lexicon(settings.corpus_dir)
    encoder = load_encoder(settings.encoder)
    index = Index.open(index_root(settings), encoder, lexicon, chroma_url=settings.chroma_url)
    return Assistant(settings, index, lexicon)


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


def is_stale(settings: Settings) -> bool:
    """Whether there is no index, or it was built from another corpus."""
    try:
        lexicon = load_lexicon(settings.corpus_dir)
        index = Index.open(index_root(settings), load_encoder(settings.encoder), lexicon)
    except AssistantError:
        return True
    try:
        return index.searcher().view.digest != load_corpus(settings.corpus_dir).digest
    finally:
        index.close()
