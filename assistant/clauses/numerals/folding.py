"""Text with width, case, brackets and needless spaces folded, and where each character came from."""

import unicodedata
from functools import lru_cache

_BRACKETS = str.maketrans("〔〕【】", "[][]")


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """One character, width and case folded; a fixed point of itself."""
    folded = unicodedata.normalize("NFKC", char).translate(_BRACKETS)
    again = unicodedata.normalize("NFKC", folded.lower()).translate(_BRACKETS)
    return again if again == folded else "".join(_fold(c) for c in again)


def _is_spaced_script(char: str) -> bool:
    """Whether spaces around `char` separate words (Latin letters, digits, …)."""
    return char.isalnum() and ord(char) < 0x2E80


def squeeze(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Folded text without the spaces that Chinese does not need, and the origin of each character."""
    chars: list[str] = []
    origins: list[tuple[int, int]] = []
    gap = -1  # where a run of spaces began
    for index, char in enumerate(text):
        for folded in _fold(char):
            if folded.isspace():
                gap = index if gap < 0 else gap
                continue
            if gap >= 0 and chars and _is_spaced_script(chars[-1]) and _is_spaced_script(folded):
                chars.append(" ")
                origins.append((gap, gap + 1))
            gap = -1
            chars.append(folded)
            origins.append((index, index + 1))
    return "".join(chars), origins
