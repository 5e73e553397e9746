"""JSON objects out of a model's words as they arrive, whatever stands around them."""

import json
from collections.abc import Iterator
from typing import Any

_DEEPEST = 8


class ObjectReader:
    """Finds every whole `{…}` in a growing text: in an array, in lines, in a code fence, nested."""

    def __init__(self) -> None:
        self._text = ""
        self._at = 0
        self._opened: list[int] = []
        self._in_string = False
        self._escaped = False

    def read(self, piece: str) -> Iterator[dict[str, Any]]:
        """The objects that this piece completes, inner ones first."""
        self._text += piece
        while self._at < len(self._text):
            char = self._text[self._at]
            self._at += 1
            if self._in_string:
                self._in_string = self._escaped or char != '"'
                self._escaped = char == "\\" and not self._escaped
            elif char == '"' and self._opened:
                self._in_string = True
            elif char == "{" and len(self._opened) < _DEEPEST:
                self._opened.append(self._at - 1)
            elif char == "}" and self._opened:
                found = _parsed(self._text[self._opened.pop() : self._at])
                if found is not None:
                    yield found

    @property
    def is_cut_off(self) -> bool:
        """Whether an object was begun and not ended."""
        return bool(self._opened)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
