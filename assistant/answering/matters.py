"""What a text is about, by the lexicon: its concepts, which side of the matter it asks, no story."""

import re
from collections.abc import Callable

from assistant.answering.aspects import aspects_of, without_asking
from assistant.answering.relevance import Concept, Content, is_familiar, rarity_of, read_content
from assistant.answering.screening import asks
from assistant.clauses import Gazetteer, Place, ancestors
from assistant.retrieval import Lexicon, Searcher

_PIECE = re.compile(r"[，,。；;！!？?\n]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_MANNER = frozenset({"asking", "time"})  # how something is asked, not what about
_OPERATIVE = frozenset({"action", "paper", "benefit"})  # what is asked to be done, shown or given
_EVERYDAY = frozenset(
    [
        "申请",
        "申领",
        "申领居住证",
        "办理",
        "提供",
        "申报",
        "受理",
        "修改",
        "修改为",
        "调整为",
        "删去",
        "废止",
        "取消",
        "解读",
        "申请参加",
    ]
)
"""Acts that any matter may be asked about with; a text on it need not name them."""
_TERM, _LEVEL = 2.0, 3.0  # weight of a concept, to that of two characters in a row


class MatterReader:
    """Reads questions with the lexicon of a corpus; the home's own places say nothing of a matter."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer, home: Place) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._home = home

    def read(self, text: str, searcher: Searcher, *, places: bool = False) -> Content:
        """The content of `text`; `places` keeps the cities that it names."""
        rarity = rarity_of(searcher.document_frequency, searcher.leaf_count)
        text = self._lexicon.fold(text)
        text = self._without_story(text if places else self._without_places(text), rarity)
        aspects = aspects_of(text)
        text = without_asking(text, aspects)
        return read_content(text, self._concepts(text), rarity, aspects)

    def _without_story(self, text: str, rarity: Callable[[str], float]) -> str:
        """The parts of the text that ask, or speak of something that notices speak of."""
        pieces = [p for p in _PIECE.split(text) if p.strip()]
        kept = [p for p in pieces if asks(p) or self._is_known(p, rarity)]
        return "，".join(kept) if kept else text

    def _is_known(self, piece: str, rarity: Callable[[str], float]) -> bool:
        general = self._lexicon.general_terms
        concepts = self._concepts(piece)
        if concepts:
            return any(term not in general for c in concepts for term in c.official)
        return is_familiar(piece, rarity)

    def _without_places(self, text: str) -> str:
        """Cities are read apart: they decide whose rules apply, not what the question is about."""
        chars = list(text)
        for mention in self._gazetteer.mentions(text):
            if mention.place.code not in ancestors(self._home.code) or mention.place.area:
                chars[mention.start : mention.end] = " " * (mention.end - mention.start)
        return "".join(chars)

    def _concepts(self, text: str) -> list[Concept]:
        """Words of our field in the question: what stands for official terms, and such terms."""
        terms = self._lexicon.official_terms
        said = [
            _concept(e.said, e.official, {terms[t] for t in e.official})
            for e in self._lexicon.expand(text)
            if not all(terms[t] in _MANNER for t in e.official)
        ]
        own = [
            _concept(term, (term,), {kind})
            for term, kind in terms.items()
            if len(term) > 1 and kind not in _MANNER and term in text
        ]
        return said + own

    def in_field(self, text: str) -> bool:
        """Whether the question speaks of something that our notices speak of."""
        general = self._lexicon.general_terms
        return any(
            term not in general and self._lexicon.official_terms.get(term) != "topic"
            for concept in self._concepts(text)
            for term in concept.official
        )

    def terms(self, text: str) -> set[str]:
        """The official terms that a few words say or stand for."""
        return {
            term
            for concept in self._concepts(self._lexicon.fold(text))
            for term in concept.official
        }


def _concept(said: str, official: tuple[str, ...], kinds: set[str]) -> Concept:
    """A concept; a level of schooling, title or skill tells one clause from the next."""
    worth = _LEVEL if kinds == {"qualification"} else _TERM
    operative = kinds <= _OPERATIVE and not set(official) <= _EVERYDAY
    return Concept(said, official, operative, worth)
