"""What the page asks and has understood: choices to tap, small inputs, facts to correct."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.schemas import PROPOSAL, Answer, KnownFact, Question, RuleFact
from ui.facts import NO, UNKNOWN, YES, in_words, label_of, unit_of
from ui.markup import attribute, text

_SHORT, _MIDDLING = 3, 6  # characters up to which three or two choices stand abreast on a phone


def render_questions(
    questions: Sequence[Question], facts: Mapping[str, RuleFact], number: int
) -> str:
    """The most useful question to answer now; the next answer brings the next one."""
    if not questions:
        return ""
    first, *later = questions
    heading = f"turn-{number}-ask"
    choices = [choice for choice in first.choices or () if choice != UNKNOWN]
    unsure = [] if first.fact == PROPOSAL else [UNKNOWN]
    controls = (
        _choices("reply", first.fact, [*choices, *unsure])
        if choices
        else _input("reply", first.fact, facts.get(first.fact), first.type, labelled_by=heading)
        + _choices("reply", first.fact, [UNKNOWN])
    )
    more = f"后面可能还要问 {len(later)} 项。" if later else ""
    return (
        f'<section class="asking" aria-labelledby="{heading}">'
        f'<h3 class="question" id="{heading}" tabindex="-1">{text(first.text)}</h3>'
        f'{controls}<p class="hint">点一下就是回答，也可以在下面打字。{more}</p></section>'
    )


def render_facts(answer: Answer, facts: Mapping[str, RuleFact], number: int, *, live: bool) -> str:
    """What was understood of the person, each with a way to mend or remove it."""
    if not answer.facts:
        return ""
    rows = "".join(
        _row(name, known, facts.get(name), f"turn-{number}-fact-{place}", live=live)
        for place, (name, known) in enumerate(answer.facts.items())
    )
    return (
        f'<details class="fold facts"><summary>我了解到的情况（{len(answer.facts)} 项）</summary>'
        f'<p class="hint">有不对的，点「修改」或「删去」，会马上按新的情况重新判断。</p>'
        f"<ul>{rows}</ul></details>"
    )


def _row(name: str, known: KnownFact, fact: RuleFact | None, anchor: str, *, live: bool) -> str:
    label, value = label_of(fact), in_words(known.value, fact)
    if fact is None and known.said:
        value = known.said  # without a unit the figure alone would say too little
    told = known.said if known.said != value else None
    said = f'<p class="why">您说：「{text(told)}」</p>' if told else ""
    edit = _edit(name, label, known, fact, anchor) if live else ""
    return (
        f'<li><p class="what"><span id="{anchor}">{text(label)}</span>：'
        f"<strong>{text(value)}</strong></p>{said}{edit}</li>"
    )


def _edit(name: str, label: str, known: KnownFact, fact: RuleFact | None, anchor: str) -> str:
    remove = (
        f'<button type="button" class="plain" data-act="forget" data-fact="{attribute(name)}" '
        f'aria-label="删去：{attribute(label)}">删去</button>'
    )
    controls = _mending(name, known, fact, anchor)
    if not controls:
        return f'<div class="mend">{remove}</div>'
    return (
        f'<div class="mend"><details><summary aria-label="修改：{attribute(label)}">修改</summary>'
        f"{controls}</details>{remove}</div>"
    )


def _mending(name: str, known: KnownFact, fact: RuleFact | None, anchor: str) -> str:
    if fact is None or fact.type == "list":
        return ""  # removed and said again, in words
    if fact.type == "boolean":
        return _choices("set", name, [YES, NO])
    if fact.choices:
        return _choices("set", name, fact.choices)
    return _input("set", name, fact, fact.type, labelled_by=anchor, value=known.value)


def _choices(act: str, name: str, choices: Sequence[str]) -> str:
    """Buttons, as many abreast as their words allow."""
    longest = max(map(len, choices))
    shape = "short" if longest <= _SHORT else "middling" if longest <= _MIDDLING else "long"
    buttons = "".join(
        f'<button type="button" class="choice{" unknown" if choice == UNKNOWN else ""}" '
        f'data-act="{act}" data-fact="{attribute(name)}" data-value="{attribute(choice)}">'
        f"{text(choice)}</button>"
        for choice in choices
    )
    return f'<div class="choices {shape}">{buttons}</div>'


def _input(
    act: str, name: str, fact: RuleFact | None, kind: str, *, labelled_by: str, value: Any = None
) -> str:
    """One small input with its unit; `value` is what it holds at first."""
    form = {"date": 'type="date"', "integer": 'type="text" inputmode="numeric"'}
    form["money"] = 'type="text" inputmode="decimal"'
    attributes = form.get(kind, 'type="text"')
    held = f' value="{attribute(str(value))}"' if value is not None else ""
    unit = unit_of(fact, kind)
    behind = f'<span class="unit">{text(unit)}</span>' if unit else ""
    return (
        f'<form class="fill {attribute(kind)}" data-act="{act}" data-fact="{attribute(name)}">'
        f'<input {attributes} name="value" aria-labelledby="{labelled_by}" autocomplete="off" '
        f'maxlength="60"{held}>{behind}<button type="submit" class="done">确定</button></form>'
    )
