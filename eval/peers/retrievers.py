"""Peers' retrievers at their defaults, run by the Python of their own environment.

`python retrievers.py IN OUT`: IN holds documents, questions and sources, OUT receives a ranking
of document ids per peer and question, and the chunks of each source. See `eval.peers.run`.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Ranker = Callable[[str], list[str]]

CHUNK_SIZE, CHUNK_OVERLAP = 1000, 200  # what LangChain's tutorials use


def main(source: Path, target: Path) -> None:
    """Answer every question with every peer."""
    exchange = json.loads(source.read_text(encoding="utf-8"))
    documents, limit = exchange["documents"], exchange["limit"]
    rankings: dict[str, dict[str, list[str]]] = {}
    spent: dict[str, list[float]] = {}
    for name, build in PEERS.items():
        rank = build(documents, limit)
        rank(exchange["questions"][0]["text"])  # what is loaded late is loaded now
        rankings[name], spent[name] = {}, []
        for item in exchange["questions"]:
            began = time.perf_counter()
            rankings[name][item["id"]] = rank(item["text"])
            spent[name].append(1000 * (time.perf_counter() - began))
    chunks = [chunk for source in exchange["sources"] for chunk in _chunks(source)]
    reply = {
        "rankings": rankings,
        "spent_ms": spent,
        "chunks": chunks,
        "versions": _versions(),
    }
    target.write_text(json.dumps(reply, ensure_ascii=False), encoding="utf-8")


def jieba_bm25(documents: list[dict[str, str]], limit: int) -> Ranker:
    """Okapi BM25 over jieba's words, cut as for a search engine."""
    jieba = _load("jieba")
    jieba.setLogLevel(60)
    ids = [document["id"] for document in documents]
    words = [jieba.lcut_for_search(document["text"]) for document in documents]
    index = _load("rank_bm25").BM25Okapi(words)

    def rank(question: str) -> list[str]:
        scores = index.get_scores(jieba.lcut_for_search(question))
        best = sorted(range(len(ids)), key=lambda place: -scores[place])[:limit]
        return [ids[place] for place in best if scores[place] > 0]

    return rank


def langchain_bm25(documents: list[dict[str, str]], limit: int) -> Ranker:
    """LangChain's `BM25Retriever`."""
    retriever = _load("langchain_community.retrievers").BM25Retriever.from_texts(
        [document["text"] for document in documents],
        metadatas=[{"id": document["id"]} for document in documents],
    )
    retriever.k = limit
    return lambda question: [found.metadata["id"] for found in retriever.invoke(question)]


def llamaindex_bm25(documents: list[dict[str, str]], limit: int) -> Ranker:
    """LlamaIndex's `BM25Retriever`."""
    node = _load("llama_index.core.schema").TextNode
    retriever = _load("llama_index.retrievers.bm25").BM25Retriever.from_defaults(
        nodes=[node(id_=document["id"], text=document["text"]) for document in documents],
        similarity_top_k=limit,
    )
    return lambda question: [
        found.node.node_id for found in retriever.retrieve(question) if (found.score or 0) > 0
    ]


def haystack_bm25(documents: list[dict[str, str]], limit: int) -> Ranker:
    """Haystack's `InMemoryBM25Retriever`."""
    store = _load("haystack.document_stores.in_memory").InMemoryDocumentStore()
    document_type = _load("haystack").Document
    store.write_documents(
        [document_type(id=document["id"], content=document["text"]) for document in documents]
    )
    components = _load("haystack.components.retrievers.in_memory")
    retriever = components.InMemoryBM25Retriever(store, top_k=limit)
    return lambda question: [found.id for found in retriever.run(query=question)["documents"]]


PEERS: dict[str, Callable[[list[dict[str, str]], int], Ranker]] = {
    "jieba": jieba_bm25,
    "langchain": langchain_bm25,
    "llamaindex": llamaindex_bm25,
    "haystack": haystack_bm25,
}


def _chunks(source: dict[str, str]) -> list[dict[str, Any]]:
    splitter = _load("langchain_text_splitters").RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    return [
        {
            "source": source["id"],
            "start": chunk.metadata["start_index"],
            "text": chunk.page_content,
        }
        for chunk in splitter.create_documents([source["text"]])
    ]


def _versions() -> dict[str, str]:
    version = importlib.import_module("importlib.metadata").version
    names = ("jieba", "langchain-community", "llama-index-retrievers-bm25", "haystack-ai")
    return {name: version(name) for name in names}


def _load(name: str) -> Any:
    # Not import statements: the product's environment, where this file is checked, has none of them.
    return importlib.import_module(name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
