"""Figures as evaluations print and keep them."""

import subprocess


def percent(value: float | None) -> str:
    """A share as `97.1%`; a dash where there is nothing to measure."""
    return "–" if value is None else f"{value:.1%}"


def commit() -> str | None:
    """The commit measured; None outside a repository."""
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or None
