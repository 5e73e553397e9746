"""`kill -9` at random moments while the statutes are indexed, with a reader that never stops.

    python -m eval.benchmarks.kill_index STATUTES.jsonl.gz [--moments 20] [--articles 75910]

First a small index is built and served. Then a builder of the large one is killed again and again;
each time the reader must go on answering from the small index, whole, and a fresh process must
open it. At last the large one is built in peace, and the reader must follow without a restart.
Prints one line per kill; the exit code is 1 when anything went wrong.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from assistant.clauses.jurisdictions import Place
from assistant.clauses.loader import load_corpus
from assistant.errors import AssistantError
from assistant.retrieval import Index, build_index, load_encoder, load_lexicon
from assistant.retrieval.building import Progress
from eval.benchmarks.statutes import StatuteCorpus

_PLACE = Place("330400", "嘉兴市")
_DAY = date(2024, 11, 22)
_QUESTIONS = ("租房落户要登记满几个月", "退休人员个人账户每月多少", "跨境电商进出口奖励")
_CORPUS = Path("corpus")


class Reader(threading.Thread):
    """Asks without pause and counts; keeps errors, and answers of no whole build."""

    def __init__(self, index: Index) -> None:
        super().__init__(daemon=True)
        self.index = index
        self.whole = [answers(index)]
        self.wrong: list[str] = []
        self.asked = 0
        self.slowest_s = 0.0
        self.stop = threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        while not self.stop.is_set():
            start = time.perf_counter()
            try:
                if answers(self.index) not in self.whole:
                    self.wrong.append("an answer that belongs to no whole build")
            except AssistantError as error:
                self.wrong.append(str(error))
            self.slowest_s = max(self.slowest_s, time.perf_counter() - start)
            self.asked += 1


def main() -> None:
    """Kill, check, repeat."""
    arguments = _arguments()
    if arguments.build_into is not None:
        corpus = StatuteCorpus(arguments.statutes, articles=arguments.articles)
        build_index(corpus, arguments.build_into, load_encoder(None), progress=_tell_beginning())
        return
    with tempfile.TemporaryDirectory(prefix="kill-index-") as folder:
        sys.exit(0 if run(arguments, Path(folder)) else 1)


def run(arguments: argparse.Namespace, root: Path) -> bool:
    """Whether a whole index served throughout."""
    build_index(load_corpus(_CORPUS), root, load_encoder(None))
    reader = Reader(opened(root))
    small = reader.whole[0]
    reader.start()
    moments = random.Random(arguments.seed)
    sound = True
    for number in range(1, arguments.moments + 1):
        builder = _builder(arguments, root)
        _wait_for_first_word(builder)
        moment = moments.uniform(0.0, arguments.longest)
        try:
            builder.wait(timeout=moment)
            sys.stdout.write(f"{number}: the build was complete before {moment:.1f} s\n")
            break
        except subprocess.TimeoutExpired:
            builder.send_signal(signal.SIGKILL)
            builder.communicate()
        ok = answers(opened(root)) == small and not reader.wrong
        sound = sound and ok
        sys.stdout.write(
            f"{number}: killed after {moment:.1f} s, {_written_mb(root):.0f} MB written;"
            f" {reader.asked} answers; {'ok' if ok else 'WRONG'}\n"
        )
        sys.stdout.flush()
    # What the large index answers is learnt from one built where nobody reads.
    with tempfile.TemporaryDirectory(prefix="kill-index-peace-") as peace:
        _builder(arguments, Path(peace)).communicate()
        reader.whole.append(answers(opened(Path(peace))))
    _builder(arguments, root).communicate()
    followed = _followed(reader)
    reader.stop.set()
    reader.join()
    sys.stdout.write(
        f"followed without a restart: {followed}; {reader.asked} answers, slowest"
        f" {reader.slowest_s:.2f} s; wrong: {len(reader.wrong)} {reader.wrong[:1]}\n"
    )
    return sound and followed and not reader.wrong


def opened(root: Path) -> Index:
    """The index as a process opens it that has just started."""
    return Index.open(root, load_encoder(None), load_lexicon(_CORPUS))


def answers(index: Index) -> object:
    """What a caller sees: counts and hits of one build."""
    found = index.searcher()
    hits = [found.search(q, as_of=_DAY, place=_PLACE, limit=5) for q in _QUESTIONS]
    return found.view.count(), hits


def _followed(reader: Reader) -> bool:
    for _ in range(600):
        if answers(reader.index) == reader.whole[-1]:
            return True
        time.sleep(0.1)
    return False


def _written_mb(root: Path) -> float:
    """Size of the build that was killed."""
    folders = sorted(path for path in root.iterdir() if path.is_dir())
    files = (file for file in folders[-1].rglob("*") if file.is_file())
    return sum(file.stat().st_size for file in files) / 1e6


def _tell_beginning() -> Progress:
    """Says so once, when the build has a folder and begins to write."""
    told: list[str] = []

    def tell(step: str, _done: int, _total: int) -> None:
        if step == "compare" and not told:
            told.append(step)
            sys.stdout.write("writing\n")
            sys.stdout.flush()

    return tell


def _wait_for_first_word(builder: subprocess.Popen[bytes]) -> None:
    assert builder.stdout is not None
    builder.stdout.readline()


def _builder(arguments: argparse.Namespace, root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "eval.benchmarks.kill_index", str(arguments.statutes)]
    command += ["--articles", str(arguments.articles), "--build-into", str(root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statutes", type=Path)
    parser.add_argument("--articles", type=int, default=75_910)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--longest", type=float, default=30.0, help="latest second of writing")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--build-into", type=Path, default=None, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
