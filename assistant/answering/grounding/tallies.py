"""Counts of what is listed (四道程序：……), against the list that the text has."""

import re
from itertools import pairwise

from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical

_TALLY = re.compile(
    r"(?:[两二三四五六七八九十]|\d{1,2})(?:大?类|项|道|种|个|条|点|步|家|方面|层次)[^,;:。]{0,8}"
    r"(?::|,?(?:分别|依次|即)(?:是|为)?:?)(?P<list>[^。]*)"
)
_ITEM_END = re.compile("[、;,]|以及|[和及与]")
_LIST = re.compile(r"[^,;:。、]+(?:、[^,;:。、]+)+")
_LAST = re.compile("以及|[和及与或]")
_HEAD = 4  # characters of the first and the last item, which run on into the sentence
_ALIKE = 0.6  # share of an item's pairs of characters that makes it the same item


def tally_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """四道程序：甲、乙、丙和丁, of a text that lists a fifth."""
    found = _TALLY.search(canonical(statement))
    if found is None or "等" in found["list"]:
        return ()
    said = [item for item in _ITEM_END.split(found["list"]) if len(item) > 1]
    for listed in _lists("\n".join(map(canonical, support.texts))):
        shared = [item for item in listed if any(_alike(item, one) for one in said)]
        if len(shared) < 2 or len(shared) < len(said) / 2:
            continue
        if missing := [item for item in listed if not _alike(item, found["list"])]:
            return (f"依据还列有「{missing[0]}」",)
    return ()


def _lists(text: str) -> list[list[str]]:
    lists = []
    for run in _LIST.findall(text):
        *first, last = run.split("、")
        *inner, end = _LAST.split(last)
        items = [first[0][-_HEAD:], *first[1:], *inner, end[:_HEAD]]  # what leads in and out
        lists.append([item for item in items if len(item) > 1])
    return lists


def _alike(item: str, text: str) -> bool:
    pairs = {a + b for a, b in pairwise(item)}
    return sum(pair in text for pair in pairs) >= _ALIKE * len(pairs)
