"""A build from the current one to the next: made aside, then published whole."""

import sqlite3
from pathlib import Path

from assistant.clauses.model import CorpusView
from assistant.errors import IndexUnavailableError, SourceChangedError
from assistant.retrieval import layout
from assistant.retrieval.building.build import Base, Build
from assistant.retrieval.building.progress import BuildReport, Progress
from assistant.retrieval.dense import drop_collections
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.layout import BuildManifest
from assistant.retrieval.parts import open_parts


def build_index(
    corpus: CorpusView,
    target: Path,
    encoder: Encoder,
    *,
    lexicon_digest: str = "",
    chroma_url: str | None = None,
    progress: Progress | None = None,
    rebuild: bool = False,
) -> BuildReport:
    """Index `corpus` under `target`, writing only what differs from the current build.

    The current build serves until the new one is complete; a crash at any moment leaves it so.
    Raises IndexBusyError when another builder is at work, IndexUnavailableError when the disk refuses.
    """
    tell = progress or _silent
    with layout.only_builder(target):
        tell("clean", 0, 1)
        _remove_dead_builds(target, chroma_url)
        base = None if rebuild else _base(target, encoder, chroma_url)
        if base is not None and _is_same(base.manifest, corpus, lexicon_digest):
            return _unchanged(base.manifest)
        folder = target / layout.next_build_id(target)
        folder.mkdir()
        try:
            report = Build(corpus, folder, encoder, lexicon_digest, chroma_url, tell, base).run()
            tell("publish", 0, 1)
            layout.publish(target, folder.name)
        except (OSError, sqlite3.Error) as error:
            layout.discard(folder)
            raise IndexUnavailableError(
                f"索引没有写成（{error}），原有索引不受影响。请检查磁盘空间和目录权限后重试。"
            ) from error
        except BaseException:
            layout.discard(folder)
            raise
        tell("published", 1, 1)
    return report


def _base(target: Path, encoder: Encoder, chroma_url: str | None) -> Base | None:
    """The current build, if it is whole and a new one may start from it."""
    try:
        folder = layout.current_build(target)
        manifest = layout.read_manifest(folder)
        open_parts(folder, manifest, chroma_url).close()
    except (IndexUnavailableError, SourceChangedError):
        return None
    same_store = manifest.chroma_server == (chroma_url is not None)
    return Base(folder, manifest) if same_store and manifest.encoder == encoder.name else None


def _is_same(manifest: BuildManifest, corpus: CorpusView, lexicon_digest: str) -> bool:
    # The lexicon works on questions only, so another lexicon needs a new manifest and no new leaf.
    return (manifest.corpus_digest, manifest.lexicon_digest) == (corpus.digest, lexicon_digest)


def _remove_dead_builds(target: Path, chroma_url: str | None) -> None:
    dead = layout.dead_builds(target)
    if chroma_url is not None and dead:
        drop_collections(
            chroma_url, [layout.collection_prefix(path.name, server=True) for path in dead]
        )
    layout.remove_leftovers(target, dead)


def _unchanged(manifest: BuildManifest) -> BuildReport:
    counts = (manifest.notices, manifest.clauses, manifest.leaves)
    return BuildReport(manifest.build_id, *counts, unchanged=True)


def _silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""
