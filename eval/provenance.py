"""What was measured, with what, and where: so that a figure can be measured again."""

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.clauses import load_corpus
from assistant.config import Settings
from assistant.retrieval import load_encoder, load_lexicon
from assistant.rules import load_rules
from eval.running.results import Provenance


def commit() -> str | None:
    """The commit measured; None outside a repository."""
    return _git("rev-parse", "--short", "HEAD")


def is_dirty() -> bool | None:
    """Whether files that git knows differ from that commit; None outside a repository."""
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return None if changed is None and commit() is None else bool(changed)


def describe_platform() -> dict[str, str]:
    """The machine and the interpreter."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "cpus": str(os.cpu_count() or 1),
    }


def provenance(
    *, corpus: Path, files: Iterable[Path], today: date, target: str, in_process: bool, **more: Any
) -> Provenance:
    """What is measured by a run; of a service elsewhere, the corpus and encoder are not ours to say."""
    known: dict[str, Any] = {}
    if in_process:
        view = load_corpus(corpus)
        known = {
            "corpus_digest": view.digest,
            "embedder": load_encoder(Settings().encoder).name,
            "lexicon_digest": load_lexicon(corpus).digest,
            "rules_digest": digest_of(sorted((corpus / "rules").rglob("*.yaml"))),
            "rule_versions": {
                rule.id: [version.id for version in rule.versions]
                for rule in load_rules(corpus / "rules").rules
            },
        }
    return Provenance(
        commit=commit(),
        dirty=is_dirty(),
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        today=today.isoformat(),
        target=target,
        sets={path.parent.name: digest_of([path]) for path in files},
        platform=describe_platform(),
        load_average=round(os.getloadavg()[0], 2),
        **known,
        **more,
    )


def digest_of(files: Iterable[Path]) -> str:
    """One SHA-256 over the names and bytes of files."""
    found = hashlib.sha256()
    for path in files:
        found.update(path.name.encode())
        found.update(b"\0")
        found.update(path.read_bytes())
    return found.hexdigest()


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None
