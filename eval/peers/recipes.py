"""Peers' whole default recipes (split, embed, nearest), run by the Python of their own environment.

`python recipes.py split IN OUT` cuts the sources as each peer does unless told otherwise;
`python recipes.py rank IN OUT` ranks those chunks for each question, by vectors handed over with
the texts, since none of the peers ships an embedder. See `eval.peers.compare`.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Chunk = dict[str, Any]
Vectors = dict[str, list[float]]
Ranker = Callable[[str], list[int]]

CHUNK_SIZE, CHUNK_OVERLAP = 1000, 200  # LangChain's tutorials; its splitter has no default of use


def main(task: str, source: Path, target: Path) -> None:
    """Split, or rank."""
    exchange = json.loads(source.read_text(encoding="utf-8"))
    reply = split(exchange) if task == "split" else rank(exchange)
    target.write_text(json.dumps(reply, ensure_ascii=False), encoding="utf-8")


def split(exchange: dict[str, Any]) -> dict[str, Any]:
    """The chunks of each peer: source, first character, text."""
    return {
        "chunks": {
            name: [chunk for source in exchange["sources"] for chunk in cut(source)]
            for name, cut in SPLITTERS.items()
        },
        "versions": _versions(),
    }


def rank(exchange: dict[str, Any]) -> dict[str, Any]:
    """For each peer and question the best chunks, by place, and the milliseconds it took."""
    vectors, limit = exchange["vectors"], exchange["limit"]
    rankings: dict[str, dict[str, list[int]]] = {}
    spent: dict[str, list[float]] = {}
    for name, build in STORES.items():
        ranker = build(exchange["chunks"][name], vectors, limit)
        ranker(exchange["questions"][0]["text"])  # what is loaded late is loaded now
        rankings[name], spent[name] = {}, []
        for question in exchange["questions"]:
            began = time.perf_counter()
            rankings[name][question["id"]] = ranker(question["text"])
            spent[name].append(1000 * (time.perf_counter() - began))
    return {"rankings": rankings, "spent_ms": spent}


def langchain_chunks(source: dict[str, str]) -> list[Chunk]:
    """`RecursiveCharacterTextSplitter` as in the tutorials."""
    splitter = _load("langchain_text_splitters").RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    return [
        _chunk(source, found.metadata["start_index"], found.page_content)
        for found in splitter.create_documents([source["text"]])
    ]


def llamaindex_chunks(source: dict[str, str]) -> list[Chunk]:
    """`SentenceSplitter` as it comes."""
    document = _load("llama_index.core").Document(text=source["text"])
    splitter = _load("llama_index.core.node_parser").SentenceSplitter()
    return [
        _chunk(source, node.start_char_idx or 0, node.get_content(metadata_mode="none"))
        for node in splitter.get_nodes_from_documents([document])
    ]


def haystack_chunks(source: dict[str, str]) -> list[Chunk]:
    """`DocumentSplitter` as it comes: by words between spaces, of which Chinese has few."""
    document = _load("haystack").Document(content=source["text"])
    splitter = _load("haystack.components.preprocessors").DocumentSplitter()
    if hasattr(splitter, "warm_up"):
        splitter.warm_up()
    return [
        _chunk(source, found.meta["split_idx_start"], found.content)
        for found in splitter.run(documents=[document])["documents"]
    ]


def langchain_store(chunks: list[Chunk], vectors: Vectors, limit: int) -> Ranker:
    """`InMemoryVectorStore` and its similarity search."""
    embeddings_type = _load("langchain_core.embeddings").Embeddings

    class Given(embeddings_type):  # type: ignore[misc, valid-type]
        """Vectors worked out beforehand."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            """Those of chunks."""
            return [vectors[text] for text in texts]

        def embed_query(self, text: str) -> list[float]:
            """That of a question."""
            return vectors[f"?{text}"]

    store = _load("langchain_core.vectorstores").InMemoryVectorStore(Given())
    store.add_texts(
        [chunk["text"] for chunk in chunks], [{"place": place} for place in range(len(chunks))]
    )
    return lambda question: [
        found.metadata["place"] for found in store.similarity_search(question, k=limit)
    ]


def llamaindex_store(chunks: list[Chunk], vectors: Vectors, limit: int) -> Ranker:
    """`VectorStoreIndex` and its retriever."""
    core, schema = _load("llama_index.core"), _load("llama_index.core.schema")
    embedder = _load("llama_index.core.embeddings").MockEmbedding(
        embed_dim=len(next(iter(vectors.values())))
    )
    nodes = [
        schema.TextNode(id_=str(place), text=chunk["text"], embedding=vectors[chunk["text"]])
        for place, chunk in enumerate(chunks)
    ]
    index = core.VectorStoreIndex(nodes=nodes, embed_model=embedder)
    retriever = index.as_retriever(similarity_top_k=limit)

    def ranked(question: str) -> list[int]:
        bundle = schema.QueryBundle(question, embedding=vectors[f"?{question}"])
        return [int(found.node.node_id) for found in retriever.retrieve(bundle)]

    return ranked


def haystack_store(chunks: list[Chunk], vectors: Vectors, limit: int) -> Ranker:
    """`InMemoryDocumentStore` and `InMemoryEmbeddingRetriever`."""
    store = _load("haystack.document_stores.in_memory").InMemoryDocumentStore()
    document_type = _load("haystack").Document
    store.write_documents(
        [
            document_type(id=str(place), content=chunk["text"], embedding=vectors[chunk["text"]])
            for place, chunk in enumerate(chunks)
        ]
    )
    components = _load("haystack.components.retrievers.in_memory")
    retriever = components.InMemoryEmbeddingRetriever(store, top_k=limit)
    return lambda question: [
        int(found.id)
        for found in retriever.run(query_embedding=vectors[f"?{question}"])["documents"]
    ]


SPLITTERS = {
    "langchain": langchain_chunks,
    "llamaindex": llamaindex_chunks,
    "haystack": haystack_chunks,
}
STORES = {
    "langchain": langchain_store,
    "llamaindex": llamaindex_store,
    "haystack": haystack_store,
}


def _chunk(source: dict[str, str], start: int, text: str) -> Chunk:
    return {"source": source["id"], "start": start, "text": text}


def _versions() -> dict[str, str]:
    version = importlib.import_module("importlib.metadata").version
    names = ("langchain-core", "langchain-text-splitters", "llama-index-core", "haystack-ai")
    return {name: version(name) for name in names}


def _load(name: str) -> Any:
    # Not import statements: the product's environment, where this file is checked, has none of them.
    return importlib.import_module(name)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
