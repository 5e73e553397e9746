"""Asks that are not ours to answer, told by a learned reader where no phrase of them is known."""

from dataclasses import replace
from typing import cast, get_args

from assistant.answering.asking import read_asking
from assistant.answering.screening import Screened
from assistant.schemas import RefusalReason

_SURE = 0.5  # likelihood from which a message is taken to be of a family that is turned down
_SHORTEST = 6  # characters; shorter messages greet, or answer a question of ours
_REASONS = frozenset(get_args(RefusalReason))


def screened_again(screened: Screened) -> Screened:
    """`screened`, refused where what it most likely asks is not ours to answer.

    For messages that open a matter: what answers a question of ours asks nothing.
    """
    if screened.outcome != "pass" or len(screened.text) < _SHORTEST:
        return screened
    reason, _, cause = (read_asking(screened.text).sure_of(_SURE) or "").partition("/")
    if reason not in _REASONS:
        return screened
    return replace(screened, outcome="refuse", reason=cast("RefusalReason", reason), cause=cause)
