"""Plots as inline SVG: no scripts, no fonts, no files; every figure also stands in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from eval.running.results import Figure

_ROW = 26
_LEFT = 150
_WIDTH = 640
_RIGHT = 24
_TOP = 34
_HEIGHT = 180
_BINS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an interval plot: a name and a figure for each series."""

    name: str
    figures: tuple[Figure | None, ...]


def intervals(rows: Sequence[Row], series: Sequence[str], title: str) -> str:
    """Rates from 0 to 1 with their intervals, the series of a row one below the other."""
    lane = _ROW // 2 if len(series) > 1 else 0
    step = _ROW + lane * (len(series) - 1)
    height = _TOP + step * len(rows) + 30
    parts = [_open(height, title), _legend(series)]
    for tenth in range(0, 11, 2):
        x = _x(tenth / 10)
        parts.append(
            f'<line class="grid" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{height - 26}"/>'
        )
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{height - 8}" text-anchor="middle">'
            f"{10 * tenth} %</text>"
        )
    for place, row in enumerate(rows):
        y = _TOP + step * place + _ROW / 2
        middle = y + lane * (len(series) - 1) / 2 + 4
        parts.append(
            f'<text x="{_LEFT - 10}" y="{middle:.1f}" text-anchor="end">{escape(row.name)}</text>'
        )
        for number, figure in enumerate(row.figures):
            if figure is not None:
                parts.append(_mark(figure, y + lane * number, number))
    return "".join([*parts, "</svg>"])


def histogram(values: Sequence[float], title: str, unit: str) -> str:
    """How often values fall between which bounds, up to the 99th percentile."""
    if not values:
        return ""
    top = float(np.percentile(values, 99)) or 1.0
    counts, edges = np.histogram(np.clip(values, 0, top), bins=_BINS, range=(0, top))
    highest = int(counts.max())
    wide = (_WIDTH - _LEFT / 2 - _RIGHT) / _BINS
    parts = [_open(_HEIGHT + 40, title)]
    for place, count in enumerate(counts):
        tall = (_HEIGHT - _TOP) * count / highest
        x, y = _LEFT / 2 + wide * place, _HEIGHT - tall
        parts.append(
            f'<rect class="s0" x="{x:.1f}" y="{y:.1f}" width="{wide - 1:.1f}" height="{tall:.1f}"/>'
        )
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = _LEFT / 2 + share * wide * _BINS
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{_HEIGHT + 18}" text-anchor="middle">'
            f"{edges[0] + share * (edges[-1] - edges[0]):.0f} {escape(unit)}</text>"
        )
    parts.append(f'<text class="tick" x="4" y="{_TOP}">最多 {highest} 次</text>')
    return "".join([*parts, "</svg>"])


def _open(height: float, title: str) -> str:
    return (
        f'<svg role="img" aria-label="{escape(title, quote=True)}" '
        f'viewBox="0 0 {_WIDTH} {height:.0f}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>"
    )


def _legend(series: Sequence[str]) -> str:
    if len(series) < 2:
        return ""
    parts = []
    for number, name in enumerate(series):
        x = _LEFT + 150 * number
        parts.append(_sign(x, 14, number))
        parts.append(f'<text x="{x + 12}" y="18">{escape(name)}</text>')
    return "".join(parts)


def _mark(figure: Figure, y: float, number: int) -> str:
    line = ""
    if figure.low is not None and figure.high is not None:
        line = (
            f'<line class="s{number} bar" x1="{_x(figure.low):.1f}" y1="{y:.1f}" '
            f'x2="{_x(figure.high):.1f}" y2="{y:.1f}"/>'
        )
    return line + _sign(_x(figure.value), y, number)


def _sign(x: float, y: float, number: int) -> str:
    """A disc for the first series, a diamond for the second: not by colour alone."""
    if number == 0:
        return f'<circle class="s0" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    points = f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
    return f'<polygon class="s{number}" points="{points}"/>'


def _x(share: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * share
