"""Titles taken apart, and how much of one a question says."""

import re
from dataclasses import dataclass

from assistant.retrieval.address.spelling import fold, letters, pairs

_TITLE_FRAME = re.compile(
    r"^(?:(?P<issuer>.{2,20}?)关于)?(?:印发|公布|转发|下发)?(?P<core>.+?)"
    r"(?:的?(?:通知|意见|公告|函|征求意见稿|政策解读))*$"
)
ALIKE = 0.75  # so much of a title's pairs of characters must stand in the question
_LEAST_CORE = 6


@dataclass(frozen=True, slots=True)
class Title:
    """A title without punctuation, its issuer, and the pairs of characters of its core."""

    notice_id: str
    letters: str
    issuer: str
    core: frozenset[str]


def title_of(notice_id: str, title: str) -> Title:
    """The title taken apart; its core is what is left without issuer, 关于 and 的通知."""
    bare = letters(fold(title))
    framed = _TITLE_FRAME.match(bare)
    core = framed["core"] if framed and len(framed["core"]) >= _LEAST_CORE else bare
    return Title(notice_id, bare, (framed["issuer"] or "") if framed else "", pairs(core))


def likeness(title: Title, said: str, *, quoted: bool) -> float:
    """How much of the title was said; naming the issuer tells equal titles apart."""
    share = len(pairs(said) & title.core) / max(1, len(title.core))
    if quoted and said in title.letters:
        share = max(share, ALIKE)
    if share >= ALIKE and title.issuer and title.issuer in said:
        share += 0.5
    return share
