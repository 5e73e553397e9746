"""LangChain's faces of retrieval: the same clauses, in its own types."""

from pathlib import Path

from assistant.retrieval import layout
from assistant.retrieval.langchain import ClauseRetriever, vector_store
from tests.retrieval.builders import CITY, DAY, DRAFTS, HashEncoder, searcher

QUESTION = "租房落户要登记满几个月"


def test_the_retriever_gives_what_the_search_gives(tmp_path: Path) -> None:
    found = searcher(tmp_path, DRAFTS)
    documents = ClauseRetriever(searcher=found, as_of=DAY, place=CITY, limit=3).invoke(QUESTION)
    hits = found.search(QUESTION, as_of=DAY, place=CITY, limit=3)
    assert [document.id for document in documents] == [hit.clause_id for hit in hits]
    assert documents[0].page_content == found.view.clause(hits[0].clause_id).text
    assert documents[0].metadata["doc_number"] == "月政办发〔2024〕7号"


def test_a_collection_of_a_build_opens_as_a_vector_store(tmp_path: Path) -> None:
    found = searcher(tmp_path, DRAFTS)
    folder = layout.current_build(tmp_path)
    store = vector_store(folder / layout.DENSE, layout.read_manifest(folder), "all", HashEncoder())
    nearest = store.similarity_search(QUESTION, k=4)
    leaves = found.view.leaves(int(document.id or 0) for document in nearest)
    assert "moon-2024-7__sec_1" in {leaf.clause_id for leaf in leaves.values()}
    store._client.close()
