"""What may be done told as a duty, and a duty as what may be done, by what follows the word."""

import re
from collections.abc import Iterator

from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical, pairs_of

_MODAL = re.compile(
    r"(?P<must>必须|务必|应当|应该|一定要|强制|非得|(?<![无不])须|应(?![用届]))"
    r"|(?P<may>可以|可(?![能靠选视])|允许|自愿|有权)"
)
_PREPOSITIONS = frozenset("于在向按从自凭由以将把对就和同与")
_REACH = 6


def duty_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """必须参照本办法建立, of a text that says 可参照本办法建立; and the other way round."""
    said = _governed(statement)
    texts = [_governed(text) for text in support.texts]
    held = {kind: frozenset().union(*(t[kind] for t in texts)) for kind in ("must", "may")}
    reasons = []
    for kind, other, reason in (
        ("must", "may", "依据是可以，不是应当"),
        ("may", "must", "依据是应当，不是可以"),
    ):
        if said[kind] & held[other] - held[kind]:
            reasons.append(reason)
    return tuple(reasons)


def _governed(text: str) -> dict[str, frozenset[str]]:
    """The pairs of characters that follow each kind of modal word."""
    found: dict[str, set[str]] = {"must": set(), "may": set()}
    for kind, pairs in _after_modals(canonical(text)):
        found[kind] |= pairs
    return {kind: frozenset(pairs) for kind, pairs in found.items()}


def _after_modals(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    for modal in _MODAL.finditer(text):
        after = re.split("[,;:。!?、]", text[modal.end() : modal.end() + _REACH])[0]
        if after and after[0] not in _PREPOSITIONS:
            yield modal.lastgroup or "", pairs_of(after[:3])
