"""The conversation as HTML: question, outcome, what to answer next, checklist, cards."""

from collections.abc import Sequence

from assistant.schemas import NOTICE_NAMES, Answer, Notice, NoticeCode
from ui.asking import render_facts, render_questions
from ui.cards import render_cards
from ui.checklist import render_verdicts
from ui.markup import chinese_day, paragraph, text, with_telephones
from ui.talk import Turn, latest_answered
from ui.wording import spoken, unsaid_notices


def render_talk(turns: Sequence[Turn]) -> str:
    """The whole conversation, oldest first; only the latest answer can be acted on."""
    latest = latest_answered(turns)
    busy = bool(turns) and turns[-1].answer is None and turns[-1].problem is None
    return "".join(
        _turn(turn, number, live=turn is latest and not busy, last=turn is turns[-1])
        for number, turn in enumerate(turns, start=1)
    )


def _turn(turn: Turn, number: int, *, live: bool, last: bool) -> str:
    if turn.answer is not None:
        reply = _answer(turn, turn.answer, number, live=live, last=last)
    elif turn.problem is not None:
        reply = f'<div class="reply problem" role="alert"><p>{text(turn.problem)}</p></div>'
    else:
        reply = '<div class="reply waiting"><p>正在查找条款……</p></div>'
    prompt = f'<span class="prompt">{text(turn.prompt)}</span>' if turn.prompt else ""
    asked = (
        f'<h2 class="asked"><span class="sr">您：</span>{prompt}'
        f"<bdi>{text(turn.question)}</bdi></h2>"
    )
    return f'<article class="turn" id="turn-{number}">{asked}{reply}</article>'


def _answer(turn: Turn, answer: Answer, number: int, *, live: bool, last: bool) -> str:
    """Outcome, question, checklist, what else is said, cards; an overtaken question is folded."""
    known = frozenset(citation.marker for citation in answer.citations)
    words = spoken(answer)
    notices = unsaid_notices(answer)
    decided = bool(answer.verdicts)
    rest = "".join(paragraph(line, number, known) for line in words.rest)
    rest = f'<div class="said">{rest}</div>' if rest else ""
    cards = render_cards(answer, number, folded=answer.kind == "clarify")
    privacy = [notice for notice in notices if notice.code == "privacy"]
    parts = [
        _anew(turn.began_anew),
        f'<div class="said first" tabindex="-1">{paragraph(words.first, number, known)}</div>',
        _notices(privacy),
        render_questions(answer.questions, turn.facts, number) if live else "",
        render_verdicts(answer, number, words.of_verdict),
        rest if decided else "",
        _notices([notice for notice in notices if notice.code != "privacy"]) if decided else "",
        cards,
        "" if decided else rest,
        "" if decided else _notices([n for n in notices if n.code != "privacy"]),
        render_facts(answer, turn.facts, number, live=live),
        f'<p class="basis">按 {chinese_day(answer.as_of)}、{text(answer.jurisdiction)}作答。'
        "以政府公布的文本为准。</p>",
    ]
    body = "".join(parts)
    if answer.kind == "clarify" and not last and not live:
        body = f'<details class="fold past"><summary>当时的答复</summary>{body}</details>'
    return f'<div class="reply {answer.kind}">{body}</div>'


def _anew(told: str | None) -> str:
    return f'<p class="anew">{text(told)}</p>' if told else ""


def _notices(notices: Sequence[Notice]) -> str:
    if not notices:
        return ""
    texts: dict[NoticeCode, list[str]] = {}
    for notice in notices:
        texts.setdefault(notice.code, []).append(with_telephones(text(notice.text)))
    items = "".join(
        f'<li class="notice {code}"><strong>{NOTICE_NAMES[code]}</strong>'
        f"{''.join(f'<span>{told}</span>' for told in dict.fromkeys(several))}</li>"
        for code, several in texts.items()
    )
    return f'<ul class="notices" aria-label="提示">{items}</ul>'
