"""Text as people type it, folded character by character so that every range points back."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from assistant.dialogue.reading.colloquial import put_plainly
from assistant.dialogue.reading.pauses import with_pauses
from assistant.dialogue.reading.slips import mended, simplified

_ENDS = dict.fromkeys("，,、;；:：\n\r~～…—|/·", "，") | dict.fromkeys("。!！.", "。")
_ENDS |= dict.fromkeys("?？", "？")


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a message between two marks of punctuation."""

    start: int
    end: int
    stop: str  # the mark after it: ，。？ or nothing


@dataclass(frozen=True, slots=True)
class Typed:
    """A message, folded; `said` gives the person's own characters of a folded range."""

    original: str
    text: str
    origins: tuple[int, ...]
    clauses: tuple[Clause, ...]
    starts: tuple[int, ...]

    def said(self, start: int, end: int) -> str:
        """The person's own words of a range, verbatim."""
        while start < end and self.text[start] in "，。？":
            start += 1
        while end > start and self.text[end - 1] in "，。？":
            end -= 1
        if start >= end:
            return ""
        return self.original[self.origins[start] : self.origins[end - 1] + 1]

    def clause_at(self, position: int) -> int:
        """The index of the clause that holds a position."""
        return max(0, bisect_right(self.starts, position) - 1)


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    if char in _ENDS:
        return _ENDS[char]
    folded = simplified(unicodedata.normalize("NFKC", char).lower())
    if len(folded) != 1:
        return char if char.isprintable() else " "
    if folded in _ENDS and folded != ".":
        return _ENDS[folded]
    return folded if folded.isprintable() and not folded.isspace() else " "


def read_typed(message: str) -> Typed:
    """Fold a message: width, case, punctuation, spaces and everyday slips of the keyboard."""
    chars: list[str] = []
    origins: list[int] = []
    pending: int | None = None
    for index, char in enumerate(message):
        folded = _fold(char)
        if folded in "。，" and char in ".,/-—" and _between_digits(message, index):
            folded = char
        if folded == " ":
            pending = index if pending is None else pending
            continue
        if pending is not None:
            if not _joined(chars, folded):
                chars.append("，")
                origins.append(pending)
            pending = None
        chars.append(folded)
        origins.append(index)
    text, origins = put_plainly(mended("".join(chars)), origins)
    text, origins = with_pauses(text, origins)
    clauses = tuple(_clauses(text))
    return Typed(message, text, tuple(origins), clauses, tuple(c.start for c in clauses))


def _between_digits(message: str, index: int) -> bool:
    return (
        0 < index < len(message) - 1
        and message[index - 1].isdecimal()
        and message[index + 1].isdecimal()
    )


def _joined(chars: list[str], following: str) -> bool:
    """Whether a space stands inside a number with its unit, or at an edge, and says nothing."""
    if not chars or chars[-1] in "，。？" or following in "，。？":
        return True
    if chars[-1].isdecimal() or chars[-1] in "零一二两三四五六七八九十百千万":
        return not following.isdecimal()
    return following.isdecimal() and chars[-1] in "满了是第约到达缴交有过记租年月从"


def _clauses(text: str) -> list[Clause]:
    found: list[Clause] = []
    start = 0
    for match in re.finditer("[，。？]", text):
        if match.start() > start:
            found.append(Clause(start, match.start(), match.group()))
        elif found and match.group() == "？":
            found[-1] = Clause(found[-1].start, found[-1].end, "？")
        start = match.end()
    if start < len(text):
        found.append(Clause(start, len(text), ""))
    return found
