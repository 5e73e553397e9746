"""What benchmarks have in common: the machine, shares of times, memory, and what is asked."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_SETS = Path("eval")


def machine() -> str:
    """What the figures were measured on, in Chinese."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}，{os.cpu_count()} 核，Python {platform.python_version()}"


def load_average() -> float:
    """How many processes have wanted a processor in the last minute."""
    return round(os.getloadavg()[0], 1)


def share_of(times: Sequence[float], share: float) -> float:
    """The time that `share` of them do not exceed: 0.95 for p95."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def resident_mb(process_id: int | str = "self") -> int:
    """Resident memory of a process; 0 where the system does not tell it."""
    told = Path(f"/proc/{process_id}/statm")
    if not told.is_file():
        return 0
    return round(int(told.read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)


def cases_of(name: str) -> list[dict[str, Any]]:
    """The cases of a question set, as they are written."""
    lines = (_SETS / name / "cases.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def questions_of(name: str, most: int | None = None) -> list[str]:
    """The first question of each case; `most` of them, taken from all over the set."""
    asked = [case["turns"][0]["question"] for case in cases_of(name)]
    return asked if most is None else asked[:: max(1, len(asked) // most)][:most]


def keep(path: Path | None, figures: Mapping[str, Any]) -> None:
    """Write figures as JSON, where a path was given."""
    if path is not None:
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
