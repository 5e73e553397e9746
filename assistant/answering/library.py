"""The clauses to look things up in, without answering anything: a search, and passages to quote."""

from collections.abc import Callable, Mapping
from datetime import date

from assistant.answering.askbook import AskBook
from assistant.answering.contacts import TopicWords, topic_of
from assistant.answering.passages import Passage, passages
from assistant.answering.question import Question, read_question
from assistant.answering.ranking import rank
from assistant.clauses import Gazetteer, Place, cite
from assistant.retrieval import Searcher
from assistant.schemas import ScoredCitation


class Library:
    """Looks things up in the build of the index that serves now."""

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        *,
        gazetteer: Gazetteer,
        home: Place,
        topics: Mapping[str, TopicWords],
        today: Callable[[], date],
        asks: AskBook | None = None,
    ) -> None:
        self._searcher = searcher
        self._gazetteer = gazetteer
        self._home = home
        self._topics = dict(topics)
        self._today = today
        self._asks = asks

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> list[ScoredCitation]:
        """The clauses nearest to `q`, best first: named ones, then in force before the rest."""
        searcher = self._searcher()
        question = self.read(q, as_of, jurisdiction)
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
            for marker, hit in enumerate(rank(question, searcher, limit, asks=self._asks), start=1)
        ]

    def passages(self, question: Question, limit: int, *, in_force_only: bool) -> list[Passage]:
        """The spans nearest to `question`, best first."""
        return passages(
            question,
            self._searcher(),
            limit,
            topic=topic_of(question.text, self._topics),
            in_force_only=in_force_only,
            asks=self._asks,
        )

    def read(self, q: str, as_of: date | None, jurisdiction: str | None) -> Question:
        """The words with their day and place; raises UnknownPlaceError."""
        return read_question(
            q,
            today=self._today(),
            as_of=as_of,
            place=self._gazetteer.resolve(jurisdiction) if jurisdiction else None,
            home=self._home,
            gazetteer=self._gazetteer,
        )
