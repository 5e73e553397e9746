"""Make openfisca-core's environment and put cases to it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.peers.run import ensure_environment, exchange_with

HERE = Path(__file__).parent
ENVIRONMENT = Path("var/openfisca-venv")


def ask_openfisca(
    cases: Sequence[dict[str, Any]], *, rounds: int, people: int = 10_000
) -> dict[str, Any]:
    """Verdicts and timings of openfisca-core for these cases; raises PeersError."""
    python = ensure_environment(ENVIRONMENT, HERE / "requirements.txt")
    exchange = {"cases": list(cases), "rounds": rounds, "people": people}
    return exchange_with(python, HERE / "model.py", exchange)
