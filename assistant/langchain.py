"""Our retrieval in anybody's LangChain chain (docs/integrations.md).

from assistant.langchain import PolicyRetriever
retriever = PolicyRetriever.from_settings()
"""

from datetime import date
from typing import Any, Self

from langchain_core.callbacks import (
    AsyncCallbackManagerForRetrieverRun,
    CallbackManagerForRetrieverRun,
)
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import run_in_executor
from pydantic import ConfigDict, Field

from assistant.answering.library import Library
from assistant.answering.passages import Passage
from assistant.answering.question import Question
from assistant.assembly import build, build_library
from assistant.config import Settings


class PolicyRetriever(BaseRetriever):
    """Verbatim spans of clauses, in force on a day at a place unless others are asked for.

    `page_content` is the quote; the metadata are the fields of a citation in the answer contract,
    with `score`, `as_of`, `jurisdiction`, `binds` and `notices`, all as JSON has them. Every field
    may be set for one call: `retriever.invoke(question, as_of=..., jurisdiction=...)`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library = Field(exclude=True, repr=False)
    as_of: date | None = None  # None: the day that the question names, or today
    jurisdiction: str | None = None  # None: the place that the question names, or home
    limit: int = Field(default=5, ge=1, le=50)
    in_force_only: bool = True

    @classmethod
    def from_settings(cls, settings: Settings | None = None, **fields: Any) -> Self:
        """Over the corpus of the settings (default: the environment's); builds the index if it must."""
        settings = settings or Settings()
        build(settings)
        return cls(library=build_library(settings), **fields)

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        **fields: Any,
    ) -> list[Document]:
        """The passages as documents; raises UnknownPlaceError, and ValidationError for bad fields."""
        del run_manager
        asked = self._with(fields)
        question = self.library.read(query, asked.as_of, asked.jurisdiction)
        found = self.library.passages(question, asked.limit, in_force_only=asked.in_force_only)
        return [_document(passage, question) for passage in found]

    async def _aget_relevant_documents(
        self,
        query: str,
        *,
        run_manager: AsyncCallbackManagerForRetrieverRun,
        **fields: Any,
    ) -> list[Document]:
        """The same, beside the event loop."""
        return await run_in_executor(
            None, self._get_relevant_documents, query, run_manager=run_manager.get_sync(), **fields
        )

    def _with(self, fields: dict[str, Any]) -> Self:
        """This retriever with some fields set for one call, checked like those it was made with."""
        if not fields:
            return self
        known = {name: getattr(self, name) for name in _SETTABLE} | fields
        return type(self)(library=self.library, **known)


_SETTABLE = ("as_of", "jurisdiction", "limit", "in_force_only")


def _document(passage: Passage, question: Question) -> Document:
    citation = passage.citation
    where = citation.source
    return Document(
        id=f"{citation.clause_id}:{where.start}-{where.end}",
        page_content=citation.quote,
        metadata={
            **citation.model_dump(mode="json"),
            "score": passage.score,
            "as_of": question.as_of.isoformat(),
            "jurisdiction": question.place.name,
            "binds": passage.binds,
            "notices": [{"code": code, "text": text} for code, text in passage.notices],
        },
    )
