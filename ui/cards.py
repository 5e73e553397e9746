"""Quotes as cards: label, title, number, validity, the quote, the way to the source."""

import html
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote, urlencode

from assistant.schemas import STATUS_NAMES, Answer, Citation, CitationStatus
from ui.markup import chinese_day, text
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
    """The quotes of one answer; `folded`: behind a line that opens them."""
    if not answer.citations:
        return ""
    cards = "".join(
        _card(citations, number, answer.as_of) for citations in _clauses(answer.citations)
    )
    name = f"依据（{len(answer.citations)} 条）"
    if folded:
        return f'<details class="fold basis-fold"><summary>{name}</summary><div class="cards">{cards}</div></details>'
    heading = f"turn-{number}-basis"
    return (
        f'<section class="cards" aria-labelledby="{heading}">'
        f'<h3 class="part" id="{heading}">{name}</h3>{cards}</section>'
    )


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
    name = f"查看原文：依据 {citation.marker}，{text(citation.label)}（在新页打开）"
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
