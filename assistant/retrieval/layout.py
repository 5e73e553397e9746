"""How builds of the index lie on disk: one folder each, and one pointer to the build that serves.

var/index/
├── CURRENT             the name of the build that serves; replaced in one step (os.replace)
├── .lock               held by the one builder
└── 000007-1f3a9c2e/    one build; never changed once published
    ├── .in-use         shared lock of every process that reads the build
    ├── manifest.json   what it was built from, and what it consists of
    ├── corpus.sqlite   notices, clauses, sources, vectors (snapshot.py)
    ├── lexical/        tantivy (lexical.py)
    └── dense/          Chroma (dense.py), unless a Chroma server holds the vectors

A build that dies leaves a folder to which nothing points; the next build removes it. Locks are the
kernel's, so a killed process leaves none behind.
"""

import fcntl
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import IndexBusyError, IndexUnavailableError
from assistant.retrieval.model import Extent

FORMAT = 1  # raise it whenever a build made by older code must not be read or built upon
POINTER = "CURRENT"
MANIFEST = "manifest.json"
SNAPSHOT = "corpus.sqlite"
LEXICAL = "lexical"
DENSE = "dense"

_BUILD = re.compile(r"^(\d{6,})-[0-9a-f]{8}$")
_LOCK = ".lock"
_IN_USE = ".in-use"
_HASHED_UP_TO = 32_000_000  # bytes; larger builds are checked on opening by the files' sizes
_ATTEMPTS = 40
_PAUSE_SECONDS = 0.05
_WAY_OUT = "请运行 assistant index 重建索引。"


class BuildManifest(BaseModel):
    """manifest.json: what a build was made from and what it consists of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    build_id: str
    corpus_digest: str
    encoder: str
    lexicon_digest: str
    chroma_server: bool
    notices: int
    clauses: int
    leaves: int
    tombstones: int  # removed leaves that still count in the lexical statistics
    jurisdictions: tuple[str, ...]
    collections: dict[str, Extent]  # of the dense index
    files: dict[str, tuple[int, str]]  # size and SHA-256

    @property
    def prefix(self) -> str:
        """What the names of this build's dense collections begin with."""
        return collection_prefix(self.build_id, server=self.chroma_server)


def collection_prefix(build_id: str, *, server: bool) -> str:
    """On a server builds lie side by side, so their collections bear the build's name."""
    return f"policy-{build_id}-" if server else "policy-"


def current_build(root: Path) -> Path:
    """The folder of the build that serves; raises IndexUnavailableError."""
    try:
        name = (root / POINTER).read_text("utf-8").strip()
    except FileNotFoundError:
        raise IndexUnavailableError(f"还没有索引（{root} 里没有 {POINTER}）。{_WAY_OUT}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnavailableError(
            f"索引指针 {root / POINTER} 读不出来：{error}。{_WAY_OUT}"
        ) from error
    if not _BUILD.match(name) or not (root / name).is_dir():
        raise IndexUnavailableError(f"索引指针指向「{name}」，但没有这份索引。{_WAY_OUT}")
    return root / name


def build_folder(root: Path, build_id: str) -> Path:
    """The folder of one build, serving or not; raises IndexUnavailableError when it is gone."""
    if not _BUILD.match(build_id) or not (root / build_id).is_dir():
        raise IndexUnavailableError(f"索引 {build_id} 已经不在 {root} 里了。")
    return root / build_id


def read_manifest(folder: Path) -> BuildManifest:
    """The manifest of a build; raises IndexUnavailableError when it is missing or of another format."""
    try:
        manifest = BuildManifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexUnavailableError(f"索引 {folder.name} 的清单缺失或已损坏。{_WAY_OUT}") from error
    if manifest.format != FORMAT:
        raise IndexUnavailableError(
            f"索引 {folder.name} 的格式是 {manifest.format}，本程序需要 {FORMAT}。{_WAY_OUT}"
        )
    return manifest


def describe_files(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and hash of each file that never changes once the build is published."""
    paths = [folder / SNAPSHOT, *_regular_files(folder / LEXICAL)]
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, _hash(path)) for path in paths
    }


def check_files(folder: Path, manifest: BuildManifest) -> None:
    """Raise IndexUnavailableError unless every file is there and as it was written."""
    hashed = sum(size for size, _ in manifest.files.values()) <= _HASHED_UP_TO
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise IndexUnavailableError(f"索引文件 {folder.name}/{name} 缺失或不完整。{_WAY_OUT}")
        if hashed and _hash(path) != digest:
            raise IndexUnavailableError(f"索引文件 {folder.name}/{name} 已损坏。{_WAY_OUT}")


def next_build_id(root: Path) -> str:
    """A name that no build under `root` bears; the serial number only helps the eye."""
    serials = [int(match[1]) for path in root.iterdir() if (match := _BUILD.match(path.name))]
    return f"{max(serials, default=0) + 1:06d}-{uuid4().hex[:8]}"


def publish(root: Path, build_id: str) -> None:
    """Point to `build_id`, in one step that survives a power cut."""
    fresh = root / f"{POINTER}.{build_id}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(build_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(root / POINTER)
    _sync_folder(root)


def flush(folder: Path) -> None:
    """Force every file of a build to the disk."""
    for parent, _, names in os.walk(folder):
        for name in names:
            descriptor = os.open(Path(parent) / name, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        _sync_folder(Path(parent))
    _sync_folder(folder.parent)


@contextmanager
def only_builder(root: Path) -> Iterator[None]:
    """Hold the builder's lock under `root`, made where it is not there.

    Raises IndexBusyError when another process has it, IndexUnavailableError where nothing can be
    written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(root / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _cannot_write(root, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexBusyError(
                f"另一个 assistant index 正在重建 {root}。请等它结束后再试。"
            ) from None
        yield
    finally:
        os.close(descriptor)


def hold(folder: Path) -> int:
    """Mark a build as being read until the returned descriptor is closed.

    Raises IndexUnavailableError where nothing can be written: what reads the build locks it too.
    """
    try:
        descriptor = os.open(folder / _IN_USE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _cannot_write(folder: Path, error: OSError) -> IndexUnavailableError:
    return IndexUnavailableError(
        f"写不了索引文件夹 {folder}（{error.strerror}）。"
        "只读的盘不行：请检查磁盘、目录权限和 ASSISTANT_VAR_DIR。"
    )


def dead_builds(root: Path) -> list[Path]:
    """Builds, whole or half written, that do not serve and that nobody reads."""
    try:
        serving = current_build(root).name
    except IndexUnavailableError:
        serving = ""
    builds = (path for path in sorted(root.iterdir()) if _BUILD.match(path.name))
    return [path for path in builds if path.name != serving and not _is_held(path)]


def remove_leftovers(root: Path, builds: Iterable[Path]) -> None:
    """Delete these builds, and pointers that were never put in place."""
    for folder in builds:
        discard(folder)
    for path in root.glob(f"{POINTER}.*"):
        path.unlink()


def discard(folder: Path) -> None:
    """Delete a build; what cannot be deleted now is left to the next build."""
    for _ in range(_ATTEMPTS):
        # A vector store that was just closed may still be putting a file away.
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE_SECONDS)


def _is_held(folder: Path) -> bool:
    descriptor = os.open(folder / _IN_USE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _regular_files(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.endswith(".lock")]


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
