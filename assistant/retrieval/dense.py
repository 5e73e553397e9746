"""Nearest vectors in Chroma: one collection per jurisdiction and life.

A `where` filter makes Chroma read every row. Instead each collection holds clauses of one
jurisdiction and of one life (bind until further notice, bind until a day, never bind), collections
that cannot hold anything in scope are left alone, a few more rows than needed are fetched from the
others, and the snapshot's exact dates drop the rest (docs/adr/0004-dense-arrangement.md).
"""

import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import IndexUnavailableError
from assistant.retrieval.model import NEVER, OPEN_END, Extent, Scope

# Clients of one folder share one system, which Chroma counts without a lock; a collector may close
# one client while another is being opened, hence re-entrant.
_opening_or_closing = threading.RLock()

Vector = npt.NDArray[np.float32]
Lives = Callable[[Iterable[int]], Mapping[int, tuple[int, int, int]]]

TOGETHER = 5_000  # up to so many leaves one collection serves every filter
MOST_COLLECTIONS = 12  # a search that could look into more keeps to those of its own place
_EVERYTHING = "all"
_BATCH = 5_000
_GROWTH = 8  # a further attempt fetches so many times more
_MOST_FETCHED = 512  # beyond, exact but distant neighbours cost more than they are worth


class DenseIndex(Protocol):
    """Where nearest leaves come from; `assistant.retrieval.search` needs no more of it."""

    def search(self, vector: Vector, scope: Scope, limit: int, lives: Lives) -> list[int]:
        """Leaves in scope near `vector`, best first; raises IndexUnavailableError."""

    def close(self) -> None:
        """Release the store."""


class ChromaIndex:
    """The collections of one build, in an embedded Chroma or on a Chroma server."""

    def __init__(self, location: Path | str, prefix: str, extents: Mapping[str, Extent]) -> None:
        self._extents = dict(extents)
        self._client = connect(location)
        self._finalizer = weakref.finalize(self, release, self._client)
        with chroma_errors():
            self._collections = {
                name: self._client.get_collection(f"{prefix}{name}", embedding_function=None)
                for name in self._extents
            }

    def check(self) -> None:
        """Raise IndexUnavailableError unless every collection holds what it should."""
        for name, extent in self._extents.items():
            with chroma_errors():
                held = self._collections[name].count()
            if held != extent.size:
                raise IndexUnavailableError(
                    f"语义索引 {name} 里有 {held} 条，应有 {extent.size} 条。请运行 assistant index 重建索引。"
                )

    def search(self, vector: Vector, scope: Scope, limit: int, lives: Lives) -> list[int]:
        """Leaves in scope near `vector`, best first; raises IndexUnavailableError."""
        if limit <= 0 or not np.any(vector):
            return []
        near: list[tuple[float, int]] = []
        for name in self._within_reach(scope):
            near += self._nearest(name, vector, scope, limit, lives)
        return [leaf for _, leaf in sorted(near)[:limit]]

    def close(self) -> None:
        """Release the store; also happens when nobody holds the index any more."""
        self._finalizer()

    def _within_reach(self, scope: Scope) -> list[str]:
        """Collections that may hold leaves in scope."""
        own = {name for name in self._extents if _reaches(name, scope.codes)}
        if scope.binding:
            return [name for name in sorted(own) if self._extents[name].may_bind(scope.day)]
        others = set() if len(self._extents) > MOST_COLLECTIONS else set(self._extents) - own
        rest = {n for n in own if n == _EVERYTHING or not self._extents[n].all_bind(scope.day)}
        return sorted(rest | others)

    def _nearest(
        self, name: str, vector: Vector, scope: Scope, limit: int, lives: Lives
    ) -> list[tuple[float, int]]:
        size = self._extents[name].size
        certain = self._is_wholly_in(name, scope)
        fetched = min(limit if certain else 2 * limit, size)
        while True:
            found = self._fetch(name, vector, fetched)
            if certain:
                return found
            life = lives(leaf for _, leaf in found)
            admitted = [
                (distance, leaf)
                for distance, leaf in found
                if leaf in life and scope.admits(*life[leaf])
            ]
            if 2 * len(admitted) >= limit or fetched >= min(size, _MOST_FETCHED):
                return admitted
            fetched = min(fetched * _GROWTH, size, _MOST_FETCHED)

    def _is_wholly_in(self, name: str, scope: Scope) -> bool:
        """Whether the collection's extent alone tells that every leaf is in scope."""
        if scope.binding:
            return name != _EVERYTHING and self._extents[name].all_bind(scope.day)
        return not (_reaches(name, scope.codes) and self._extents[name].may_bind(scope.day))

    def _fetch(self, name: str, vector: Vector, count: int) -> list[tuple[float, int]]:
        with chroma_errors():
            found = self._collections[name].query(
                query_embeddings=[vector.tolist()], n_results=count, include=["distances"]
            )
        rows = zip(found["distances"][0], found["ids"][0], strict=True)
        return [(round(distance, 6), int(leaf)) for distance, leaf in rows]


class ChromaWriter:
    """Writes one build's collections, from nothing or into a copy of the build before it."""

    def __init__(self, location: Path | str, prefix: str) -> None:
        self._prefix = prefix
        self._client = connect(location)
        self._names = {name for name in collection_names(self._client) if name.startswith(prefix)}

    def remove(self, name: str, leaves: Sequence[int]) -> None:
        """Take leaves out of a collection."""
        collection = self._collection(name)
        for batch in _batches(leaves):
            with chroma_errors():
                collection.delete(ids=[str(leaf) for leaf in batch])

    def add(self, name: str, leaves: Sequence[int], vectors: Sequence[Vector]) -> None:
        """Add leaves with their vectors to a collection."""
        collection = self._collection(name)
        with chroma_errors():
            collection.add(
                ids=[str(leaf) for leaf in leaves],
                embeddings=np.stack(vectors),
                # LangChain passes over rows without a document; a dash costs least.
                documents=["-"] * len(leaves),
            )

    def keep_only(self, names: Iterable[str]) -> None:
        """Delete the other collections; they hold nothing any more."""
        kept = set(names)
        for full_name in sorted(self._names):
            if full_name.removeprefix(self._prefix) not in kept:
                with chroma_errors():
                    self._client.delete_collection(full_name)

    def finish(self) -> None:
        """Release the store."""
        release(self._client)

    def _collection(self, name: str) -> Any:
        full_name = f"{self._prefix}{name}"
        self._names.add(full_name)
        with chroma_errors():
            return self._client.get_or_create_collection(
                full_name,
                embedding_function=None,
                # One thread: the same input gives the same graph.
                configuration={
                    "hnsw": {
                        "space": "cosine",
                        "num_threads": 1,
                        # What is not yet synced is put into the graph again on each opening.
                        "sync_threshold": 1_000,
                    }
                },
            )


def collection_of(code: int, first: int, last: int, total: int) -> str:
    """The collection in which a leaf belongs, in an index of `total` leaves."""
    if total <= TOGETHER:
        return _EVERYTHING
    life = "never" if first == NEVER else "open" if last == OPEN_END else "ended"
    return f"{code:06d}-{life}"


def connect(location: Path | str) -> Any:
    """Chroma in a folder, or the server at a URL; nothing is reported to anyone."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    with _opening_or_closing, chroma_errors():
        if isinstance(location, Path):
            return chromadb.PersistentClient(str(location), settings=settings)
        from urllib.parse import urlsplit

        address = urlsplit(location)
        return chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 8000),
            ssl=address.scheme == "https",
            settings=settings,
        )


def release(client: Any) -> None:
    """Close what `connect` opened."""
    with _opening_or_closing:
        client.close()


def drop_collections(location: Path | str, prefixes: Iterable[str]) -> None:
    """Delete the collections of builds that are dead."""
    dead = tuple(prefixes)
    client = connect(location)
    for name in collection_names(client):
        if name.startswith(dead):
            with chroma_errors():
                client.delete_collection(name)
    release(client)


def collection_names(client: Any) -> list[str]:
    """Names of all collections in the store."""
    names: list[str] = []
    with chroma_errors():
        while page := client.list_collections(limit=500, offset=len(names)):
            names += [collection.name for collection in page]
    return names


@contextmanager
def chroma_errors() -> Iterator[None]:
    """Turn what Chroma and its transport raise into one error that says what to do."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError, ValueError, RuntimeError) as error:
        raise IndexUnavailableError(
            f"语义索引暂时用不了（{error}）。请检查 Chroma 是否可用；"
            "若索引已损坏，请运行 assistant index 重建。"
        ) from error


def _reaches(name: str, codes: Iterable[int]) -> bool:
    return name == _EVERYTHING or int(name.partition("-")[0]) in codes


def _batches(values: Sequence[int]) -> Iterator[Sequence[int]]:
    return (values[i : i + _BATCH] for i in range(0, len(values), _BATCH))
