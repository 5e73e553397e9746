"""A collection of the index as LangChain sees it: a vector store."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.retrieval.dense import connect
from assistant.retrieval.encoder import Encoder, as_langchain
from assistant.retrieval.layout import BuildManifest

if TYPE_CHECKING:
    from langchain_chroma import Chroma


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
