"""One build in the making: only what differs from the build before is written."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from assistant.clauses.model import CorpusView, Notice
from assistant.retrieval import layout
from assistant.retrieval.building.passages import NewLeaf, digest_of, encode, leaves_of
from assistant.retrieval.building.progress import BuildReport, Progress
from assistant.retrieval.dense import ChromaWriter, collection_of
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.layout import BuildManifest
from assistant.retrieval.lexical import LexicalWriter
from assistant.retrieval.model import Extent
from assistant.retrieval.parts import open_parts
from assistant.retrieval.snapshot import Snapshot
from assistant.retrieval.snapshot_writer import SnapshotWriter
from assistant.retrieval.stored import pack

_BATCH = 1_000
_EXACT_UP_TO = 100_000  # leaves; below, the lexical index is made anew when anything was removed
_MOST_TOMBSTONES = 0.02  # above, only when more than this share of it are removed leaves


@dataclass(frozen=True, slots=True)
class Base:
    """The build that a new one starts from."""

    folder: Path
    manifest: BuildManifest


@dataclass(slots=True)
class _Differences:
    """What the corpus holds that the base does not, and the reverse."""

    digests: dict[str, str]  # of every notice of the corpus
    changed: set[str]
    gone: set[str]


@dataclass(slots=True)
class _Tally:
    added: int = 0
    removed: int = 0
    encoded: int = 0
    tombstones: int = 0
    clauses: int = 0
    removed_leaves: list[tuple[int, str | None]] = field(default_factory=list)


class Build:
    """One build in the making."""

    def __init__(
        self,
        corpus: CorpusView,
        folder: Path,
        encoder: Encoder,
        lexicon_digest: str,
        chroma_url: str | None,
        tell: Progress,
        base: Base | None,
    ) -> None:
        self._corpus = corpus
        self._folder = folder
        self._encoder = encoder
        self._lexicon_digest = lexicon_digest
        self._chroma_url = chroma_url
        self._tell = tell
        self._base = base
        self._tally = _Tally()
        self._waiting: list[NewLeaf] = []
        self._prefix = layout.collection_prefix(folder.name, server=chroma_url is not None)

    def run(self) -> BuildReport:
        """All steps up to a complete build that nothing points to yet."""
        snapshot = self._start_snapshot()
        try:
            differences = self._compare(snapshot)
            lexical, afresh = self._start_lexical(snapshot, differences)
            self._write_clauses(snapshot, lexical, differences, afresh=afresh)
            self._tell("lexical", 0, 1)
            lexical.finish()
            extents = self._write_vectors(snapshot)
        except BaseException:
            snapshot.abandon()
            raise
        snapshot.finish(self._corpus.digest)
        manifest = self._manifest(extents)
        self._tell("verify", 0, 1)
        open_parts(self._folder, manifest, self._chroma_url).close()
        self._tell("manifest", 0, 1)
        (self._folder / layout.MANIFEST).write_text(
            manifest.model_dump_json(indent=1), encoding="utf-8"
        )
        self._tell("flush", 0, 1)
        layout.flush(self._folder)
        return self._report(manifest)

    def _start_snapshot(self) -> SnapshotWriter:
        path = self._folder / layout.SNAPSHOT
        if self._base is None:
            return SnapshotWriter(path, fresh=True)
        shutil.copyfile(self._base.folder / layout.SNAPSHOT, path)
        if self._chroma_url is None:
            shutil.copytree(self._base.folder / layout.DENSE, self._folder / layout.DENSE)
        return SnapshotWriter(path, fresh=False)

    def _compare(self, snapshot: SnapshotWriter) -> _Differences:
        stored = snapshot.digests()
        notices = list(self._corpus.notices())
        digests: dict[str, str] = {}
        for done, notice in enumerate(notices):
            if done % _BATCH == 0:
                self._tell("compare", done, len(notices))
            digests[notice.notice_id] = digest_of(self._corpus, notice)
        changed = {key for key, digest in digests.items() if stored.get(key) != digest}
        return _Differences(digests, changed, set(stored) - set(digests))

    def _start_lexical(
        self, snapshot: SnapshotWriter, differences: _Differences
    ) -> tuple[LexicalWriter, bool]:
        """The lexical writer, and whether it starts from nothing."""
        folder = self._folder / layout.LEXICAL
        if self._base is None:
            return LexicalWriter(folder), True
        removed = snapshot.count_leaves(differences.changed | differences.gone)
        tombstones = self._base.manifest.tombstones + removed
        total = self._base.manifest.leaves
        if tombstones and (total <= _EXACT_UP_TO or tombstones > _MOST_TOMBSTONES * total):
            return LexicalWriter(folder), True
        self._tally.tombstones = tombstones
        return LexicalWriter(folder, base=self._base.folder / layout.LEXICAL), False

    def _write_clauses(
        self,
        snapshot: SnapshotWriter,
        lexical: LexicalWriter,
        differences: _Differences,
        *,
        afresh: bool,
    ) -> None:
        kept: dict[str, dict[str, bytes]] = {}
        for notice_id in sorted(differences.changed | differences.gone):
            kept[notice_id] = snapshot.vectors_of(notice_id)
            self._tally.removed_leaves += snapshot.remove_notice(notice_id)
        self._tally.removed = len(self._tally.removed_leaves)
        if not afresh:
            lexical.remove([leaf for leaf, _ in self._tally.removed_leaves])
        files: set[str] = set()
        total = len(differences.digests)
        for done, notice in enumerate(self._corpus.notices()):
            self._tell("clauses", done, total)
            files.update(part.file for part in notice.parts)
            if notice.notice_id in differences.changed:
                self._write_notice(
                    snapshot, lexical, notice, differences.digests[notice.notice_id], kept
                )
            elif afresh:
                self._repeat_notice(snapshot, lexical, notice)
        self._write_waiting(snapshot, lexical)
        snapshot.keep_sources(files)

    def _write_notice(
        self,
        snapshot: SnapshotWriter,
        lexical: LexicalWriter,
        notice: Notice,
        digest: str,
        kept: dict[str, dict[str, bytes]],
    ) -> None:
        clauses = self._corpus.clauses_of(notice.notice_id)
        for file in sorted({part.file for part in notice.parts}):
            snapshot.put_source(file, self._corpus.source(file))
        snapshot.put_notice(notice, clauses, digest)
        vectors = kept.get(notice.notice_id, {})
        for leaf in leaves_of(self._corpus, notice, clauses, vectors):
            self._waiting.append(leaf)
            if len(self._waiting) >= _BATCH:
                self._write_waiting(snapshot, lexical)

    def _write_waiting(self, snapshot: SnapshotWriter, lexical: LexicalWriter) -> None:
        leaves, self._waiting = self._waiting, []
        unknown = [leaf for leaf in leaves if leaf.vector is None]
        computed = iter(encode(self._encoder, unknown))
        self._tally.encoded += len(unknown)
        self._tally.added += len(leaves)
        for leaf in leaves:
            number = snapshot.put_leaf(
                leaf.clause,
                code=leaf.code,
                first=leaf.first,
                last=leaf.last,
                passage=leaf.digest,
                vector=leaf.vector or pack(next(computed)),
            )
            lexical.add(number, leaf.grams, code=leaf.code, first=leaf.first, last=leaf.last)

    def _repeat_notice(
        self, snapshot: SnapshotWriter, lexical: LexicalWriter, notice: Notice
    ) -> None:
        """Add an unchanged notice to a lexical index that starts from nothing."""
        numbers = snapshot.leaf_numbers(notice.notice_id)
        clauses = self._corpus.clauses_of(notice.notice_id)
        for leaf in leaves_of(self._corpus, notice, clauses, {}):
            number = numbers[leaf.clause.clause_id]
            lexical.add(number, leaf.grams, code=leaf.code, first=leaf.first, last=leaf.last)

    def _write_vectors(self, snapshot: SnapshotWriter) -> dict[str, Extent]:
        """Bring the dense collections in line with the leaves; what each then holds."""
        self._tell("dense", 0, 1)
        extents, additions, removals = self._moves(snapshot)
        store = ChromaWriter(self._location, self._prefix)
        try:
            for name, leaves in removals.items():
                store.remove(name, leaves)
            self._add_vectors(snapshot, store, additions)
            store.keep_only(extents)
        finally:
            store.finish()
        return extents

    def _add_vectors(
        self, snapshot: SnapshotWriter, store: ChromaWriter, additions: dict[str, list[int]]
    ) -> None:
        total = sum(map(len, additions.values()))
        done = 0
        for name, leaves in sorted(additions.items()):
            for batch in (leaves[i : i + _BATCH] for i in range(0, len(leaves), _BATCH)):
                store.add(name, batch, snapshot.vectors(batch))
                done += len(batch)
                self._tell("dense", done, total)
            snapshot.assign((name, leaf) for leaf in leaves)

    def _moves(
        self, snapshot: SnapshotWriter
    ) -> tuple[dict[str, Extent], dict[str, list[int]], dict[str, list[int]]]:
        """What the collections are to hold, and the leaves to add to and remove from each."""
        has_base = self._base is not None and self._chroma_url is None
        removals: dict[str, list[int]] = {}
        for leaf, held in self._tally.removed_leaves:
            if has_base and held is not None:
                removals.setdefault(held, []).append(leaf)
        rows = snapshot.lives()
        extents: dict[str, Extent] = {}
        additions: dict[str, list[int]] = {}
        for leaf, code, first, last, held in rows:
            wanted = collection_of(code, first, last, len(rows))
            extent = extents.get(wanted) or Extent(0, (first, first), (last, last))
            extents[wanted] = extent.with_leaf(first, last)
            if has_base and held == wanted:
                continue
            additions.setdefault(wanted, []).append(leaf)
            if has_base and held is not None:
                removals.setdefault(held, []).append(leaf)
        return extents, additions, removals

    @property
    def _location(self) -> Path | str:
        return self._chroma_url or self._folder / layout.DENSE

    def _manifest(self, extents: dict[str, Extent]) -> BuildManifest:
        snapshot = Snapshot(self._folder / layout.SNAPSHOT)
        notices, clauses, leaves = snapshot.count()
        jurisdictions = sorted({entry.jurisdiction for entry in snapshot.catalogue})
        snapshot.close()
        return BuildManifest(
            format=layout.FORMAT,
            build_id=self._folder.name,
            corpus_digest=self._corpus.digest,
            encoder=self._encoder.name,
            lexicon_digest=self._lexicon_digest,
            chroma_server=self._chroma_url is not None,
            notices=notices,
            clauses=clauses,
            leaves=leaves,
            tombstones=self._tally.tombstones,
            jurisdictions=tuple(jurisdictions),
            collections=extents,
            files=layout.describe_files(self._folder),
        )

    def _report(self, manifest: BuildManifest) -> BuildReport:
        return BuildReport(
            manifest.build_id,
            manifest.notices,
            manifest.clauses,
            manifest.leaves,
            added=self._tally.added,
            removed=self._tally.removed,
            encoded=self._tally.encoded,
            incremental=self._base is not None,
        )
