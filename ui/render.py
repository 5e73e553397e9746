"""Answers as HTML: every word of the person and of the corpus is shown as text."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from assistant.schemas import (
    NOTICE_NAMES,
    STATUS_NAMES,
    Answer,
    Citation,
    CitationStatus,
    Notice,
)
from ui.wording import book_title, spoken_lines, unsaid_notices

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

_MARKER = re.compile(r"\[(\d{1,3})\]")
_TELEPHONE = re.compile(r"(?<![\d-])(0\d{2,3})[-—－]{1,2}(\d{7,8})(?!\d)")
_TEMPLATE_SIGNS = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, with its answer, or what went wrong, or neither yet."""

    question: str
    answer: Answer | None = None
    problem: str | None = None


def render_talk(turns: Sequence[Turn]) -> str:
    """The whole conversation, oldest first."""
    return "".join(_turn(turn, number) for number, turn in enumerate(turns, start=1))


def text(value: str) -> str:
    """`value` escaped, also for the page framework's own template signs."""
    return html.escape(value, quote=True).translate(_TEMPLATE_SIGNS)


def source_link(citation: Citation, as_of: date) -> str:
    """Address of the viewer at the quoted characters."""
    where = {"start": citation.source.start, "end": citation.source.end, "as_of": as_of.isoformat()}
    return f"/source/{quote(citation.clause_id)}?{urlencode(where)}"


def _turn(turn: Turn, number: int) -> str:
    if turn.answer is not None:
        reply = _answer(turn.answer, number)
    elif turn.problem is not None:
        reply = f'<div class="reply problem" role="alert"><p>{text(turn.problem)}</p></div>'
    else:
        reply = '<div class="reply waiting"><p>正在查找条款……</p></div>'
    asked = f'<h2 class="asked"><span class="sr">问：</span><bdi>{text(turn.question)}</bdi></h2>'
    return f'<article class="turn" id="turn-{number}">{asked}{reply}</article>'


def _answer(answer: Answer, number: int) -> str:
    known = {citation.marker for citation in answer.citations}
    first, *rest = spoken_lines(answer)
    parts = [
        f'<div class="said first">{_paragraphs([first], number, known)}</div>',
        _cards(answer, number),
        f'<div class="said">{_paragraphs(rest, number, known)}</div>' if rest else "",
        _notices(unsaid_notices(answer)),
        f'<p class="basis">按 {_chinese(answer.as_of)}、{text(answer.jurisdiction)}作答。'
        "以政府公布的文本为准。</p>",
    ]
    return f'<div class="reply {answer.kind}">{"".join(parts)}</div>'


def _paragraphs(lines: Sequence[str], number: int, known: set[int]) -> str:
    def link(match: re.Match[str]) -> str:
        marker = int(match[1])
        if marker not in known:
            return match[0]
        name = f"依据 {marker}"
        return f'<a class="ref" href="#turn-{number}-{marker}" aria-label="{name}">{marker}</a>'

    marked = (_MARKER.sub(link, _with_telephones(text(line))) for line in lines)
    return "".join(f"<p>{line}</p>" for line in marked)


def _notices(notices: Sequence[Notice]) -> str:
    if not notices:
        return ""
    items = [
        f'<li class="notice {notice.code}"><strong>{NOTICE_NAMES[notice.code]}</strong>'
        f"<span>{_with_telephones(text(notice.text))}</span></li>"
        for notice in notices
    ]
    return f'<ul class="notices" aria-label="提示">{"".join(items)}</ul>'


def _with_telephones(escaped: str) -> str:
    """Landline numbers as links that a phone can dial."""
    return _TELEPHONE.sub(lambda m: f'<a href="tel:{m[1]}{m[2]}">{m[0]}</a>', escaped)


def _cards(answer: Answer, number: int) -> str:
    if not answer.citations:
        return ""
    cards = "".join(_card(citation, number, answer.as_of) for citation in answer.citations)
    return f'<section class="cards" aria-label="依据">{cards}</section>'


def _card(citation: Citation, number: int, as_of: date) -> str:
    badge, tone = STATUS_NAMES[citation.status], TONES[citation.status]
    doc_number = (
        f'<span class="number">{text(citation.doc_number)}</span>' if citation.doc_number else ""
    )
    return (
        f'<section class="card {tone}" id="turn-{number}-{citation.marker}">'
        f'<p class="card-head"><span class="marker"><span class="sr">依据 </span>{citation.marker}</span>'
        f'<span class="badge">{badge}</span>{doc_number}</p>'
        f'<h3 class="label">{text(citation.label)}</h3>'
        f'<p class="title">{text(book_title(citation.title))}</p>'
        f"<blockquote>{text(citation.quote)}</blockquote>"
        f'<p class="card-foot"><span class="dates">{_dates(citation)}</span>'
        f'<a class="open" href="{html.escape(source_link(citation, as_of))}" target="_blank" '
        f'rel="noopener" aria-label="查看原文：{text(citation.label)}（在新页打开）">查看原文</a></p>'
        "</section>"
    )


def _dates(citation: Citation) -> str:
    dates = []
    if citation.effective_from:
        dates.append(f"{_chinese(citation.effective_from)}起施行")
    if citation.effective_to:
        dates.append(f"至{_chinese(citation.effective_to)}止")
    if citation.verified_on:
        dates.append(f"资料核对至{_chinese(citation.verified_on)}")
    return "，".join(dates)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
