"""The conversation as HTML: question, outcome, what to answer next, checklist, cards."""

from collections.abc import Sequence

from assistant.schemas import Answer, StageName
from ui.actions import render_actions, render_day
from ui.asking import render_facts, render_questions
from ui.cards import render_cards
from ui.checklist import render_verdicts
from ui.markup import chinese_day, paragraph, text
from ui.notices import render_notices
from ui.talk import Turn, latest_answered
from ui.wording import Spoken, spoken, unsaid_notices

WAITING = "正在查找条款"
STAGES: dict[StageName, str] = {
    "understand": "正在读懂问题",
    "decide": "正在逐条核对条件",
    "retrieve": WAITING,
    "compose": "正在写答复",
}


def render_talk(turns: Sequence[Turn]) -> str:
    """The whole conversation, oldest first; only the latest answer can be acted on."""
    latest = latest_answered(turns)
    return "".join(
        _turn(turn, number, live=turn is latest, last=turn is turns[-1])
        for number, turn in enumerate(turns, start=1)
    )


def render_draft(turn: Turn) -> str:
    """A turn on its way: what is being done, and the text that has been checked so far."""
    stage = STAGES[turn.stage] if turn.stage else WAITING
    known: frozenset[int] = frozenset()
    lines = "".join(paragraph(line, 0, known) for line in turn.drafted.split("\n") if line.strip())
    said = f'<div class="said first">{lines}</div>' if lines else ""
    return (
        f'<div class="turn">{_asked(turn)}<div class="reply waiting">{said}'
        f'<p class="stage">{stage}……</p></div></div>'
    )


def _turn(turn: Turn, number: int, *, live: bool, last: bool) -> str:
    if turn.answer is not None:
        reply = _answer(turn, turn.answer, number, live=live, last=last)
    else:
        reply = f'<div class="reply problem" role="alert"><p>{text(turn.problem or "")}</p></div>'
    return f'<article class="turn" id="turn-{number}">{_asked(turn)}{reply}</article>'


def _asked(turn: Turn) -> str:
    prompt = f'<span class="prompt">{text(turn.prompt)}</span>' if turn.prompt else ""
    return (
        f'<h2 class="asked"><span class="sr">您：</span>{prompt}'
        f"<bdi>{text(turn.question)}</bdi></h2>"
    )


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
        _not_today(turn, answer),
        _opening(turn, answer, words, number),
        render_notices(privacy),
        render_questions(answer.questions, turn.facts, number) if live else "",
        render_verdicts(answer, number, words.of_verdict),
        rest if decided else "",
        render_notices([notice for notice in notices if notice.code != "privacy"])
        if decided
        else "",
        cards,
        "" if decided else rest,
        "" if decided else render_notices([n for n in notices if n.code != "privacy"]),
        render_facts(answer, turn.facts, number, live=live),
        render_day(answer, turn.today, number) if live else "",
        f'<p class="basis">按 {chinese_day(answer.as_of)}、{text(answer.jurisdiction)}作答。'
        "以政府公布的文本为准。</p>",
        render_actions(turn.question, answer, number),
    ]
    body = "".join(parts)
    if answer.kind == "clarify" and not last and not live:
        body = f'<details class="fold past"><summary>当时的答复</summary>{body}</details>'
    return f'<div class="reply {answer.kind}">{body}</div>'


def _opening(turn: Turn, answer: Answer, words: Spoken, number: int) -> str:
    """The first words; which day they speak of is left to the line that says it is not today."""
    known = frozenset(citation.marker for citation in answer.citations)
    day = f"以下按{chinese_day(answer.as_of)}的规定判断。" if _not_today(turn, answer) else ""
    lines = [line for line in (*words.ahead, words.first) if line != day]
    said = "".join(paragraph(line, number, known) for line in lines)
    return f'<div class="said first" tabindex="-1">{said}</div>'


def _not_today(turn: Turn, answer: Answer) -> str:
    """That the answer speaks of another day than today, before anything else is said."""
    if turn.today is None or answer.as_of == turn.today or answer.kind == "chat":
        return ""
    return f'<p class="anew">以下按 {chinese_day(answer.as_of)} 的规定，不是今天的规定。</p>'


def _anew(told: str | None) -> str:
    return f'<p class="anew">{text(told)}</p>' if told else ""
