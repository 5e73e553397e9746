"""How notices, clauses and vectors are written in a snapshot."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from assistant.clauses.model import Clause, Notice

Vector = npt.NDArray[np.float32]

NOTICE = TypeAdapter(Notice)
CLAUSE = TypeAdapter(Clause)
_VARIABLES = 500  # ids per query, well under SQLite's limit on variables


def pack(vector: Vector) -> bytes:
    """A vector as stored: half precision moves a cosine by less than a thousandth."""
    return vector.astype(np.float16).tobytes()


def unpack(stored: bytes) -> Vector:
    """The vector behind what `pack` made."""
    return np.frombuffer(stored, dtype=np.float16).astype(np.float32)


def notice_content(notice: Notice) -> str:
    """A notice as stored."""
    return NOTICE.dump_json(notice).decode()


def clause_content(clause: Clause) -> str:
    """A clause as stored."""
    return CLAUSE.dump_json(clause).decode()


def batches(values: Sequence[object]) -> Iterator[Sequence[object]]:
    """The values in pieces that one query can take."""
    return (values[i : i + _VARIABLES] for i in range(0, len(values), _VARIABLES))


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ",".join("?" * len(values))
