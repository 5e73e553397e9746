"""Small pieces of HTML; every word of the person and of the corpus is shown as text."""

import html
import re
from datetime import date

_MARKER = re.compile(r"\[(\d{1,3})\]")
_TELEPHONE = re.compile(r"(?<![\d-])(0\d{2,3})[-—－]{1,2}(\d{7,8})(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TEMPLATE_SIGNS = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})


def attribute(value: str) -> str:
    """`value` escaped for an attribute, also for the page framework's own template signs."""
    return html.escape(value, quote=True).translate(_TEMPLATE_SIGNS)


def text(value: str) -> str:
    """`value` as text; a sign that turns the writing is held in an element, to turn no other."""
    return _TURNING.sub(r'<bdi class="sign">\g<0></bdi>', attribute(value))


def chinese_day(day: date) -> str:
    """The day as people write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def days_in_words(line: str) -> str:
    """The line with its days as people write them."""
    return _ISO_DAY.sub(lambda m: f"{int(m[1])}年{int(m[2])}月{int(m[3])}日", line)


def with_telephones(escaped: str) -> str:
    """Landline numbers as links that a phone can dial."""
    return _TELEPHONE.sub(lambda m: f'<a href="tel:{m[1]}{m[2]}">{m[0]}</a>', escaped)


def reference(marker: int, number: int) -> str:
    """A link from a marker to its card within turn `number`."""
    name = f"依据 {marker}"
    return f'<a class="ref" href="#turn-{number}-{marker}" aria-label="{name}">{marker}</a>'


def referring(words: str, marker: int, number: int) -> str:
    """Words and their marker, which is never left alone at the start of a line."""
    head, tail = words[:-2], words[-2:]
    return f'{text(head)}<span class="whole">{text(tail)}{reference(marker, number)}</span>'


def paragraph(line: str, number: int, known: frozenset[int]) -> str:
    """One line of a reply, its markers linked to the cards there are."""

    def link(match: re.Match[str]) -> str:
        marker = int(match[1])
        return reference(marker, number) if marker in known else match[0]

    return f"<p>{_MARKER.sub(link, with_telephones(text(line)))}</p>"
