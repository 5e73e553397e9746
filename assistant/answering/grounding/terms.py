"""Official terms of the lexicon: what no table reads must stand in the support word for word."""

from collections.abc import Iterator, Mapping, Sequence

from assistant.answering.grounding.marks import Sentence
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
        if sentence.text[start:end] not in carried
        and len(set(range(start, end)) - read)
        > (end - start) // 4  # 居住证转户籍 is two terms read
    ]
