"""The source files as published, read as plain text and without the product's code."""

from pathlib import Path

from assistant.schemas import Citation
from eval.model import squeeze


class Published:
    """Source files under a corpus folder."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus.resolve()
        self._texts: dict[str, str] = {}

    def text(self, file: str) -> str:
        """The whole of a file named in a citation; empty where there is none inside the corpus."""
        if file not in self._texts:
            path = (self._corpus / file).resolve()
            inside = path.is_relative_to(self._corpus) and path.is_file()
            self._texts[file] = path.read_text(encoding="utf-8") if inside else ""
        return self._texts[file]

    def at(self, citation: Citation) -> str:
        """The characters at a citation's offsets."""
        return self.text(citation.source.file)[citation.source.start : citation.source.end]

    def holds(self, citation: Citation) -> bool:
        """Whether the quote is what stands at its offsets, but for white space left out."""
        return bool(citation.quote) and without_breaks(self.at(citation), citation.quote)

    def rest_of_sentence(self, citation: Citation) -> str:
        """What the sentence goes on to say after the quotation."""
        after = self.text(citation.source.file)[citation.source.end :]
        quoted = citation.quote.count("“") - citation.quote.count("”")
        end = 0
        while end < len(after) and (quoted > 0 or after[end] not in "。\n"):
            quoted += {"“": 1, "”": -1}.get(after[end], 0)
            end += 1
        return "" if squeeze(citation.quote).endswith("。") else after[:end]


def without_breaks(source: str, quote: str) -> bool:
    """Whether leaving white space out of `source`, and changing nothing else, gives `quote`."""
    at = 0
    for sign in source:
        if at < len(quote) and quote[at] == sign:
            at += 1
        elif not sign.isspace():
            return False
    return at == len(quote)
