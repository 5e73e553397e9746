"""Quotes as cards: label, title, number, validity, the quote, the way to the source."""

import html
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote, urlencode

from assistant.schemas import STATUS_NAMES, Answer, Citation, CitationStatus, Verdict
from ui.markup import attribute, chinese_day, text
from ui.wording import book_title

TONES: dict[CitationStatus, str] = {
    "in_force": "good",
    "superseded": "ended",
    "expired": "ended",
    "repealed": "ended",
    "amended": "ended",
    "draft": "careful",
    "interpretation": "careful",
    "not_yet_in_force": "careful",
}


def render_cards(answer: Answer, number: int, *, folded: bool) -> str:
    """The quotes of one answer; those of other channels, or all if `folded`, open on demand."""
    near, far = _by_nearness(answer.citations, answer.verdicts)
    if folded:
        near, far = [], answer.citations
    name = "依据" if not near else "其他途径的依据"
    return _section(near, number, answer.as_of) + _fold(name, far, number, answer.as_of)


def _by_nearness(
    citations: list[Citation], verdicts: list[Verdict]
) -> tuple[list[Citation], list[Citation]]:
    """The quotes from clauses that the first verdict stands on, and the others."""
    if len(verdicts) < 2:
        return citations, []
    first = verdicts[0]
    markers = {condition.marker for condition in first.conditions}
    markers |= {material.marker for material in first.materials}
    clauses = {citation.clause_id for citation in citations if citation.marker in markers}
    if not clauses:
        return citations, []
    near = [citation for citation in citations if citation.clause_id in clauses]
    return near, [citation for citation in citations if citation.clause_id not in clauses]


def _section(citations: Sequence[Citation], number: int, as_of: date) -> str:
    if not citations:
        return ""
    heading = f"turn-{number}-basis"
    return (
        f'<section class="cards" aria-labelledby="{heading}"><h3 class="part" id="{heading}">'
        f"依据（{len(citations)} 条）</h3>{_cards(citations, number, as_of)}</section>"
    )


def _fold(name: str, citations: Sequence[Citation], number: int, as_of: date) -> str:
    if not citations:
        return ""
    return (
        f'<details class="fold"><summary>{name}（{len(citations)} 条）</summary>'
        f'<div class="cards">{_cards(citations, number, as_of)}</div></details>'
    )


def _cards(citations: Sequence[Citation], number: int, as_of: date) -> str:
    return "".join(_card(quotes, number, as_of) for quotes in _clauses(citations))


def source_link(citation: Citation, as_of: date) -> str:
    """Address of the viewer at the quoted characters."""
    where = {"start": citation.source.start, "end": citation.source.end, "as_of": as_of.isoformat()}
    return f"/source/{quote(citation.clause_id)}?{urlencode(where)}"


def _clauses(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Quotes of one clause with one validity share a card, in the order of their first."""
    grouped: dict[tuple[object, ...], list[Citation]] = {}
    for citation in citations:
        ways = (citation.status, citation.effective_from, citation.effective_to)
        grouped.setdefault((citation.clause_id, citation.label, *ways), []).append(citation)
    return list(grouped.values())


def _card(citations: Sequence[Citation], number: int, as_of: date) -> str:
    shared = citations[0]
    badge, tone = STATUS_NAMES[shared.status], TONES[shared.status]
    doc_number = (
        f'<span class="number">{text(shared.doc_number)}</span>' if shared.doc_number else ""
    )
    quotes = "".join(_quote(citation, number, as_of) for citation in citations)
    return (
        f'<section class="card {tone}"><p class="card-head"><span class="badge">{badge}</span>'
        f'{doc_number}</p><h4 class="label">{text(shared.label)}</h4>'
        f'<p class="title">{text(book_title(shared.title))}</p>{quotes}'
        f'<p class="dates">{_dates(shared)}</p></section>'
    )


def _quote(citation: Citation, number: int, as_of: date) -> str:
    anchor = f"turn-{number}-{citation.marker}"
    name = f"查看原文：依据 {citation.marker}，{attribute(citation.label)}（在新页打开）"
    return (
        f'<div class="quote" id="{anchor}" tabindex="-1">'
        f'<span class="marker"><span class="sr">依据 </span>{citation.marker}</span>'
        f"<blockquote>{text(citation.quote)}</blockquote>"
        f'<a class="open" href="{html.escape(source_link(citation, as_of))}" target="_blank" '
        f'rel="noopener" aria-label="{name}">查看原文</a></div>'
    )


def _dates(citation: Citation) -> str:
    dates = []
    if citation.effective_from:
        dates.append(f"{chinese_day(citation.effective_from)}起施行")
    if citation.effective_to:
        dates.append(f"至{chinese_day(citation.effective_to)}止")
    if citation.verified_on:
        dates.append(f"资料核对至{chinese_day(citation.verified_on)}")
    return "，".join(dates)
