"""Retrieval as LangChain sees it: a retriever over the hybrid search, and the vector stores below."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.clauses.jurisdictions import Place
from assistant.retrieval.dense import connect
from assistant.retrieval.encoder import Encoder, as_langchain
from assistant.retrieval.layout import BuildManifest
from assistant.retrieval.search import Searcher

if TYPE_CHECKING:
    from langchain_chroma import Chroma


class ClauseRetriever(BaseRetriever):
    """Clauses in force on a day at a place, as documents; to be used in chains of one's own."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    as_of: date
    place: Place
    limit: int = 10
    binding: bool = True

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager
        hits = self.searcher.search(
            query, as_of=self.as_of, place=self.place, limit=self.limit, binding=self.binding
        )
        return [self._document(hit.clause_id, hit.score) for hit in hits]

    def _document(self, clause_id: str, score: float) -> Document:
        clause = self.searcher.view.clause(clause_id)
        notice = self.searcher.view.notice(clause.notice_id)
        metadata: dict[str, Any] = {
            "clause_id": clause_id,
            "document_id": notice.notice_id,
            "title": notice.title,
            "doc_number": notice.doc_number,
            "label": clause.label,
            "score": score,
        }
        return Document(id=clause_id, page_content=clause.text, metadata=metadata)


def vector_store(
    location: Path | str, manifest: BuildManifest, collection: str, encoder: Encoder
) -> "Chroma":
    """One collection of a build as a LangChain vector store; ids are numbers of leaves."""
    from langchain_chroma import Chroma

    return Chroma(
        client=connect(location),
        collection_name=f"{manifest.prefix}{collection}",
        embedding_function=as_langchain(encoder),
        create_collection_if_not_exists=False,
    )
