"""One table for all benchmarks."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One figure: of what, measured how, how long, how many in a second."""

    name: str
    what: str
    time: str
    per_second: str = ""


HEAD = Row("项目", "内容", "耗时", "每秒")


def print_table(title: str, rows: Sequence[Row], remarks: Iterable[str] = ()) -> None:
    """Print the rows under a title, columns in line; Han characters are two columns wide."""
    print(f"\n{title}")
    widths = [max(_width(row[i]) for row in (HEAD, *rows)) for i in range(len(HEAD))]
    for row in (HEAD, *rows):
        cells = [
            _pad(cell, width, right=i > 1)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    for remark in remarks:
        print(f"· {remark}")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
