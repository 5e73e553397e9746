"""How long a language model is waited for, and how much of it is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and sizes; beyond any of them the answer goes on without the model."""

    first_token_s: float = 8.0
    total_s: float = 20.0
    characters: int = 12_000
    concurrency: int = 8  # calls at once; one more does without, rather than wait
    failures: int = 3  # in a row, before the model is left alone for a while
    rest_s: float = 30.0
