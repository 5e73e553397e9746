"""The index as a service holds it: the current build, and the next one as soon as it is complete."""

import logging
import os
import threading
import time
import weakref
from pathlib import Path

from assistant.errors import AssistantError, IndexUnavailableError
from assistant.retrieval import layout
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.layout import BuildManifest
from assistant.retrieval.lexicon import Lexicon
from assistant.retrieval.parts import open_parts
from assistant.retrieval.search import Searcher

_SWAP_WAIT_SECONDS = 0.5  # a small build is swapped in within the request that notices it
_RETRY_SECONDS = 5.0
_ATTEMPTS = 3  # a build can be replaced and removed while it is being opened

_log = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]


class Index:
    """Gives out a searcher over the current build; follows the pointer without a restart.

    A build that cannot be opened is reported in `problem` and leaves the one before it serving.
    A replaced build is released when the last request that uses it lets go of its searcher.
    """

    def __init__(
        self,
        root: Path,
        encoder: Encoder,
        lexicon: Lexicon,
        *,
        chroma_url: str | None = None,
        build_id: str | None = None,
    ) -> None:
        self._root = root
        self._build_id = build_id
        self._encoder = encoder
        self._lexicon = lexicon
        self._chroma_url = chroma_url
        self._searcher: Searcher | None = None
        self._seen: _Stamp | None = None
        self._opening = threading.Lock()
        self._retry_at = 0.0
        self._error: AssistantError | None = None

    @classmethod
    def open(
        cls,
        root: Path,
        encoder: Encoder,
        lexicon: Lexicon,
        *,
        chroma_url: str | None = None,
        build_id: str | None = None,
    ) -> "Index":
        """The index at `root`, or one build of it for good; raises IndexUnavailableError or SourceChangedError."""
        index = cls(root, encoder, lexicon, chroma_url=chroma_url, build_id=build_id)
        index.searcher()
        return index

    @property
    def problem(self) -> str | None:
        """Why the build pointed to is not the one that serves; None when it is."""
        return self._error.message if self._error is not None else None

    def searcher(self) -> Searcher:
        """The searcher to use for one whole request; raises when there is no whole index."""
        stamp = self._stamp()
        changed = stamp != self._seen or self._searcher is None
        if changed and time.monotonic() >= self._retry_at:
            self._follow(stamp)
        if self._searcher is None:
            raise self._error or IndexUnavailableError("索引正在打开，请稍后再试。")
        return self._searcher

    def close(self) -> None:
        """Let go of the build; requests under way keep it until they end."""
        self._searcher = None
        self._seen = None

    def _stamp(self) -> _Stamp | None:
        """What changes whenever the pointer is replaced."""
        if self._build_id is not None:
            return None
        try:
            stat = (self._root / layout.POINTER).stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def _follow(self, stamp: _Stamp | None) -> None:
        """Open what the pointer names; requests that have a build need not wait for a large one."""
        if self._searcher is None:
            with self._opening:
                if self._searcher is None:
                    self._swap(stamp)
            return
        if not self._opening.acquire(blocking=False):
            return

        def swap() -> None:
            try:
                self._swap(stamp)
            finally:
                self._opening.release()

        opener = threading.Thread(target=swap, name="index-opener", daemon=True)
        opener.start()
        opener.join(_SWAP_WAIT_SECONDS)

    def _swap(self, stamp: _Stamp | None) -> None:
        try:
            self._searcher = self._open_current()
        except AssistantError as error:
            self._error = error
            self._retry_at = time.monotonic() + _RETRY_SECONDS
            if self._searcher is not None:
                _log.warning("keeping build %s: %s", self._searcher.build_id, error)
            return
        self._error = None
        self._retry_at = 0.0
        self._seen = stamp

    def _open_current(self) -> Searcher:
        if self._build_id is not None:
            return self._open(layout.build_folder(self._root, self._build_id))
        for _ in range(_ATTEMPTS - 1):
            folder = layout.current_build(self._root)
            try:
                return self._open(folder)
            except AssistantError:
                if layout.current_build(self._root) == folder:
                    raise
        return self._open(layout.current_build(self._root))

    def _open(self, folder: Path) -> Searcher:
        manifest = self._checked(folder)
        lease = layout.hold(folder)
        try:
            parts = open_parts(folder, manifest, self._chroma_url)
        except BaseException:
            os.close(lease)
            raise
        searcher = Searcher(
            parts.snapshot,
            parts.lexical,
            parts.dense,
            manifest.jurisdictions,
            self._encoder,
            self._lexicon,
            build_id=manifest.build_id,
        )
        weakref.finalize(searcher, os.close, lease)
        return searcher

    def _checked(self, folder: Path) -> BuildManifest:
        manifest = layout.read_manifest(folder)
        if manifest.encoder != self._encoder.name:
            raise IndexUnavailableError(
                f"索引是用嵌入模型 {manifest.encoder} 建的，现在设置的是 {self._encoder.name}，"
                "两者的向量不能比较。请运行 assistant index 重建索引，或改回原来的设置。"
            )
        if manifest.chroma_server != (self._chroma_url is not None):
            raise IndexUnavailableError(
                "索引的向量存放处（内嵌或 Chroma 服务器）与现在的设置不同。"
                "请运行 assistant index 重建索引，或改回原来的设置。"
            )
        return manifest
