"""A build of the index opens with LangChain's own types."""

from pathlib import Path

from assistant.retrieval import layout
from assistant.retrieval.langchain import vector_store
from tests.retrieval.builders import DRAFTS, HashEncoder, searcher

QUESTION = "租房落户要登记满几个月"


def test_a_collection_of_a_build_opens_as_a_vector_store(tmp_path: Path) -> None:
    found = searcher(tmp_path, DRAFTS)
    folder = layout.current_build(tmp_path)
    store = vector_store(folder / layout.DENSE, layout.read_manifest(folder), "all", HashEncoder())
    nearest = store.similarity_search(QUESTION, k=4)
    leaves = found.view.leaves(int(document.id or 0) for document in nearest)
    assert "moon-2024-7__sec_1" in {leaf.clause_id for leaf in leaves.values()}
    store._client.close()
