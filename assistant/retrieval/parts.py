"""The three stores of one build, opened together and checked."""

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import IndexUnavailableError
from assistant.retrieval import layout
from assistant.retrieval.dense import ChromaIndex
from assistant.retrieval.layout import BuildManifest
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Parts:
    """The three stores of one build, opened."""

    snapshot: Snapshot
    lexical: LexicalIndex
    dense: ChromaIndex

    def close(self) -> None:
        """Release what needs releasing."""
        self.snapshot.close()
        self.dense.close()


def open_parts(folder: Path, manifest: BuildManifest, chroma_url: str | None) -> Parts:
    """Open and check a build; raises IndexUnavailableError or SourceChangedError."""
    snapshot = Snapshot(folder / layout.SNAPSHOT)
    layout.check_files(folder, manifest)
    lexical = LexicalIndex(folder / layout.LEXICAL)
    if len(lexical) != manifest.leaves:
        raise IndexUnavailableError(
            f"词法索引里有 {len(lexical)} 条，应有 {manifest.leaves} 条。"
            "请运行 assistant index 重建索引。"
        )
    if chroma_url is None and not (folder / layout.DENSE).is_dir():
        raise IndexUnavailableError("语义索引缺失。请运行 assistant index 重建索引。")
    dense = ChromaIndex(chroma_url or folder / layout.DENSE, manifest.prefix, manifest.collections)
    dense.check()
    return Parts(snapshot, lexical, dense)
