"""Official terms of the lexicon: what no table reads must stand in the support word for word."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.answering.grounding.mark import Sentence
from assistant.answering.grounding.model import Unit
from assistant.clauses.numerals import normalize

KINDS = frozenset(
    {"person", "relation", "qualification", "paper", "place", "authority", "action"}
)  # design D2
_SHORTEST = 2


class Terms:
    """The official terms to hold statements to, of the kinds that change what is claimed."""

    def __init__(self, official: Mapping[str, str]) -> None:
        spelled = {normalize(term) for term, kind in official.items() if kind in KINDS}
        self._words = frozenset(word for word in spelled if len(word) >= _SHORTEST)
        self._longest = max(map(len, self._words), default=0)

    @property
    def words(self) -> tuple[str, ...]:
        """All of them, in order."""
        return tuple(sorted(self._words))

    def within(self, text: str) -> Iterator[tuple[int, int]]:
        """The ranges of terms in canonical text, the longest at each place."""
        position = 0
        while position < len(text):
            for length in range(min(self._longest, len(text) - position), _SHORTEST - 1, -1):
                if text[position : position + length] in self._words:
                    yield position, position + length
                    position += length - 1
                    break
            position += 1


def term_reasons(sentence: Sentence, units: Sequence[Unit], terms: Terms) -> list[str]:
    """Terms that the sentence uses and no text of the support has; the tables' own are read there."""
    carried = "\n".join(unit.sentence.text for unit in units)
    read = {i for mark in sentence.marks for i in range(mark.start, mark.end)}
    return [
        f"依据中没有「{sentence.text[start:end]}」"
        for start, end in terms.within(sentence.text)
        if not _holds(carried, sentence.text[start:end])
        and len(set(range(start, end)) - read)
        > (end - start) // 4  # 居住证转户籍 is two terms read
    ]


_PLAIN = frozenset(
    {"办理", "提供", "需要", "凭证", "持证人", "咨询", "落户地", "窗口", "受理", "修改为", "删去"}
)  # said of anything


def _holds(carried: str, term: str) -> bool:
    """Whether the texts have a term, be it with a few characters between its halves."""
    if term in carried or term in _PLAIN:
        return True
    halves = ((term[:cut], term[cut:]) for cut in range(2, len(term) - 1))
    return any(
        re.search(f"{re.escape(a)}.{{1,4}}{re.escape(b)}", carried)
        or (min(len(a), len(b)) > _SHORTEST and a in carried and b in carried)
        for a, b in halves
    )
