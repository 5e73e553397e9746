"""What can be done with an answer: copy, hear, print, pass on, rate, ask of another day."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from assistant.schemas import STATUS_NAMES, Answer, Citation
from ui.markup import attribute, chinese_day, text
from ui.wording import OUTCOME_NAMES, book_title, spoken

REASONS = ("答非所问", "引的条款不对", "规定已经变了", "看不懂", "其他")
PRESSABLE, OPENABLE = ' aria-pressed="false"', ' aria-expanded="false"'
MOST_QUOTES = 60  # that a basis link takes


def render_actions(question: str, answer: Answer, number: int) -> str:
    """The row beneath an answer; the buttons that need a browser's help are wired by script."""
    if answer.kind == "chat":
        return ""
    basis = basis_link(answer) if answer.citations else ""
    return (
        f'<div class="actions" role="group" aria-label="这条答复">'
        f"{_button('copy', '复制')}{_button('speak', '朗读', PRESSABLE)}{_passing(basis)}"
        f"{_thumbs(answer.answer_id, number)}</div>{_printed_end(basis)}"
        f'<pre class="to-copy" hidden data-link="{attribute(basis)}">'
        f"{text(copied(question, answer))}</pre>"
    )


def render_passing_on(basis: str) -> str:
    """Printing and the basis link alone, where there is no answer to copy or rate."""
    return (
        f'<div class="actions" role="group" aria-label="这个结论">{_passing(basis)}</div>'
        f"{_printed_end(basis)}"
    )


def render_day(answer: Answer, today: date | None, number: int) -> str:
    """The same question on another day; only for the latest answer."""
    if answer.kind in {"chat", "refuse"}:
        return ""
    back = ""
    if today is not None and answer.as_of != today:
        back = (
            f'<button type="button" class="plain" data-act="day" '
            f'data-value="{today.isoformat()}">看今天的规定</button>'
        )
    label = f"turn-{number}-day"
    return (
        f'<details class="fold other-day"><summary>换个日期看</summary>'
        f'<form class="fill date" data-act="day"><label id="{label}" for="{label}-input">'
        "想看哪一天的规定</label>"
        f'<input type="date" id="{label}-input" name="value" value="{answer.as_of.isoformat()}">'
        f'<button type="submit" class="done">确定</button></form>{back}</details>'
    )


def basis_link(answer: Answer) -> str:
    """Address of a page with these quotes alone: no question, no fact, no id of the answer."""
    quoted = dict.fromkeys(
        f"{citation.clause_id}.{citation.source.start}.{citation.source.end}"
        for citation in answer.citations
    )
    named = [("q", quote) for quote in list(quoted)[:MOST_QUOTES]]
    where = [("as_of", answer.as_of.isoformat()), ("jurisdiction", answer.jurisdiction)]
    return "/basis?" + urlencode([pair for pair in (*where, *named) if pair[1]])


def copied(question: str, answer: Answer) -> str:
    """Question, answer and every quote as plain text, to be pasted anywhere."""
    return "\n".join(_copied_lines(question, answer))


def _copied_lines(question: str, answer: Answer) -> Iterator[str]:
    words = spoken(answer)
    yield f"问：{question}"
    yield f"答：{''.join(words.ahead)}{words.first}"
    yield from words.of_verdict.values()
    yield from words.rest
    for verdict in answer.verdicts[:1]:
        yield f"【{OUTCOME_NAMES[verdict.outcome]}】{verdict.title}"
    for notice in answer.notices:
        if notice.text not in words.all():
            yield f"提示：{notice.text}"
    for citation in answer.citations:
        yield _cited(citation)
    yield (
        f"按{chinese_day(answer.as_of)}、{answer.jurisdiction}的规定作答，以政府公布的文本为准。"
    )


def _cited(citation: Citation) -> str:
    number = f"（{citation.doc_number}）" if citation.doc_number else ""
    return (
        f"[{citation.marker}] {STATUS_NAMES[citation.status]}　{book_title(citation.title)}"
        f"{number}{citation.label}：「{citation.quote}」"
    )


def _passing(basis: str) -> str:
    link = (
        f'<a class="plain" href="{attribute(basis)}" target="_blank" rel="noopener" '
        'aria-label="依据页，可以转发（在新页打开）">依据页</a>'
        + _button("share", "转发依据", f' data-link="{attribute(basis)}"')
        if basis
        else ""
    )
    return f"{_button('print', '打印 / 存成 PDF')}{link}"


def _button(act: str, name: str, more: str = "") -> str:
    return f'<button type="button" class="plain" data-do="{act}"{more}>{name}</button>'


def _thumbs(answer_id: str, number: int) -> str:
    heading = f"turn-{number}-reason"
    reasons = "".join(
        f'<button type="button" class="choice" data-do="reason" aria-pressed="false" '
        f'data-value="{reason}">{reason}</button>'
        for reason in REASONS
    )
    return (
        f'<div class="rating" data-answer="{attribute(answer_id)}">'
        f"{_button('up', '有帮助')}{_button('down', '没帮助', OPENABLE)}"
        f'<form class="reason" data-do="rate" hidden aria-labelledby="{heading}">'
        f'<p id="{heading}">哪里不好？请不要写姓名、证件号码。</p>'
        f'<div class="choices middling">{reasons}</div>'
        f'<label for="{heading}-words">想补充的话（可以不写）</label>'
        f'<textarea id="{heading}-words" name="words" rows="2" maxlength="500"></textarea>'
        '<button type="submit" class="done">提交</button></form>'
        '<p class="rated" role="status"></p></div>'
    )


def _printed_end(basis: str) -> str:
    """What only the printed page says: where its quotes can be checked."""
    if not basis:
        return ""
    return (
        f'<p class="print-only">依据可在此核对：<span data-address="{attribute(basis)}"></span></p>'
    )
