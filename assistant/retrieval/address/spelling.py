"""How titles, numbers and headings are compared: width and brackets folded, punctuation left out."""

import re
import unicodedata

from assistant.clauses.numerals import ordinal

YEAR = r"(?:19|20)\d{2}"
NUMERAL = r"[0-9]{1,3}|[零一二三四五六七八九十百]{1,5}"
_YEAR_IN_PARENTHESES = re.compile(rf"\(\s*({YEAR})\s*年?\s*\)")
_PUNCTUATION = re.compile(r"[\W_]+")
_ORDINAL = re.compile(NUMERAL)


def fold(text: str) -> str:
    """Width folded, all square brackets alike."""
    folded = unicodedata.normalize("NFKC", text).translate(str.maketrans("〔〕【】〖〗", "[][][]"))
    return _YEAR_IN_PARENTHESES.sub(r"[\1]", folded)


def letters(text: str) -> str:
    """`text` without punctuation and spaces."""
    return _PUNCTUATION.sub("", text)


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def ordinal_in(text: str) -> int | None:
    """The number in 三、 第十二条 （一） 1. (1)."""
    match = _ORDINAL.search(unicodedata.normalize("NFKC", text))
    return ordinal(match.group()) if match else None
