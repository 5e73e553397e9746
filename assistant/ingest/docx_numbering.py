"""The numbers that Word draws before paragraphs: lists, their levels and their counters."""

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.clauses.numerals import in_han

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its number is written and when it starts again."""

    number_format: str
    pattern: str
    start: int
    suffix: str
    is_legal: bool
    restart_after: int | None  # None: any level above restarts it


@dataclass
class Numbering:
    """The document's lists, with the counters as they stand while the body is read."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by abstract list
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    own_levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    style_levels: dict[str, dict[str, int]] = field(default_factory=dict)  # abstract -> style
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, document: Any) -> "Numbering":
        """Read the numbering part, if the document has one."""
        found = cls()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return found
        for abstract in root.iter(W + "abstractNum"):
            key = str(abstract.get(W + "abstractNumId"))
            found.levels[key] = {}
            found.style_levels[key] = {}
            for level in abstract.iter(W + "lvl"):
                depth = int(level.get(W + "ilvl", "0"))
                found.levels[key][depth] = _level(level)
                style = value_of(level, "pStyle")
                if style:
                    found.style_levels[key][style] = depth
        for number in root.iter(W + "num"):
            found._read_number(number)
        return found

    def _read_number(self, number: Any) -> None:
        key = str(number.get(W + "numId"))
        self.abstract_of[key] = value_of(number, "abstractNumId") or ""
        for override in number.iter(W + "lvlOverride"):
            depth = int(override.get(W + "ilvl", "0"))
            start = value_of(override, "startOverride")
            if start is not None:
                self.overrides[key, depth] = int(start)
            own = override.find(W + "lvl")
            if own is not None:
                self.own_levels[key, depth] = _level(own)

    def depth_for_style(self, number_id: str, style: str) -> int | None:
        """The level that a list gives to a paragraph style."""
        return self.style_levels.get(self.abstract_of.get(number_id, ""), {}).get(style)

    def next(self, number_id: str, depth: int) -> str:
        """Count one paragraph of a list and write its number as Word draws it."""
        abstract = self.abstract_of.get(number_id)
        if abstract is None:
            return ""
        level = self._level_of(number_id, depth)
        if level is None:
            return ""
        counters = self.counters.setdefault(abstract, {})
        first_use = (number_id, depth) not in self.started
        self.started.add((number_id, depth))
        if first_use and (number_id, depth) in self.overrides:
            counters[depth] = self.overrides[number_id, depth]
        else:
            counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [key for key in counters if key > depth]:
            below = self._level_of(number_id, deeper)
            limit = below.restart_after if below else None
            if limit is None or (limit > 0 and depth < limit):
                del counters[deeper]
        return self._write(number_id, level, counters)

    def _level_of(self, number_id: str, depth: int) -> _Level | None:
        own = self.own_levels.get((number_id, depth))
        return own or self.levels.get(self.abstract_of.get(number_id, ""), {}).get(depth)

    def _write(self, number_id: str, level: _Level, counters: dict[int, int]) -> str:
        if level.number_format in {"bullet", "none"}:
            return "" if level.number_format == "bullet" else level.pattern

        def written(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            other = self._level_of(number_id, depth) or level
            value = counters.get(depth, other.start)
            return write_number(value, "decimal" if level.is_legal else other.number_format)

        text = re.sub(r"%(\d)", written, level.pattern)
        # Word draws a tab or a space after the number; typed text sets 一、 and 1. close.
        closed = text.endswith(tuple("、.\uff0e)）:：")) or level.suffix == "nothing"
        return text if closed or not text else text + " "


def write_number(value: int, number_format: str) -> str:
    """A counter's value in one of Word's number formats."""
    if number_format.startswith(("chinese", "japanese", "taiwanese", "ideographDigital", "korean")):
        return in_han(value)
    match number_format:
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= value <= 20:
            return _CIRCLED[value - 1]
        case "decimalEnclosedParen":
            return f"({value})"
        case "decimalEnclosedFullstop":
            return f"{value}."
        case "decimalZero":
            return f"{value:02d}"
        case "upperLetter":
            return _letter(value).upper()
        case "lowerLetter":
            return _letter(value)
        case "upperRoman":
            return _roman(value)
        case "lowerRoman":
            return _roman(value).lower()
    return str(value)


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    text = ""
    for number, numeral in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        count, value = divmod(value, number)
        text += numeral * count
    return text


def _level(element: Any) -> _Level:
    restart = value_of(element, "lvlRestart")
    return _Level(
        number_format=value_of(element, "numFmt") or "decimal",
        pattern=value_of(element, "lvlText") or "",
        start=int(value_of(element, "start") or "1"),
        suffix=value_of(element, "suff") or "tab",
        is_legal=element.find(W + "isLgl") is not None,
        restart_after=None if restart is None else int(restart),
    )


def value_of(element: Any, name: str) -> str | None:
    """The `w:val` of a child element."""
    child = element.find(W + name)
    return None if child is None else child.get(W + "val")
