"""A process that builds indexes in children, so that a test can kill them at any moment.

Reads lines `STEP COUNT` from standard input; each forks a child that indexes the fictional notices
with COUNT unrelated ones. The child says `at STEP` when it reaches the step, and stops there (step
`-`: it runs through and says `done`). Forking spares each child the imports.
"""

import os
import sys
import time
from pathlib import Path

# Imported by the parent, before it forks; neither starts a thread by being imported.
import chromadb  # noqa: F401
import tantivy  # noqa: F401

from assistant.retrieval import build_index
from tests.retrieval.builders import DRAFTS, HashEncoder, MemoryCorpus, unrelated


def say(words: str) -> None:
    """One line, at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def build(root: Path, stop_at: str, count: int) -> None:
    """Index, and stop for ever at the step."""

    def tell(step: str, _done: int, _total: int) -> None:
        if step == stop_at:
            say(f"at {step}")
            time.sleep(600)

    build_index(MemoryCorpus((*DRAFTS, *unrelated(count))), root, HashEncoder(), progress=tell)
    say("done")


def main() -> None:
    """Serve builds until standard input ends."""
    root = Path(sys.argv[1])
    for line in sys.stdin:
        step, count = line.split()
        child = os.fork()
        if child == 0:
            try:
                build(root, step, int(count))
            finally:
                os._exit(0)
        say(f"child {child}")
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
