"""Verdicts as checklists: every condition with its clause, then dates, amounts and papers."""

from collections.abc import Mapping

from assistant.schemas import Answer, Condition, Material, Outcome, Verdict
from ui.facts import NO, YES
from ui.markup import attribute, chinese_day, days_in_words, paragraph, referring, text
from ui.wording import ALONE, CONDITION_NAMES, MORE_PAPERS, OUTCOME_NAMES, PAPER_NAMES, is_later

OUTCOME_TONES: dict[Outcome, str] = {
    "eligible": "good",
    "ineligible": "ended",
    "undetermined": "careful",
    "rule_uncertain": "careful",
    "not_applicable": "quiet",
}
_TONES = {
    "met": "good",
    "unmet": "ended",
    "unknown": "careful",
    "have": "good",
    "lack": "ended",
}


def render_verdicts(answer: Answer, number: int, sentences: Mapping[str, str]) -> str:
    """The first verdict in full, the others behind one line each."""
    if not answer.verdicts:
        return ""
    first, *others = answer.verdicts
    known = frozenset(citation.marker for citation in answer.citations)
    heading = f"turn-{number}-verdict"
    return (
        f'<section class="ruling" aria-labelledby="{heading}">'
        f'<h3 class="ruled" id="{heading}">{outcome_badge(first.outcome)} {text(first.title)}</h3>'
        f"{_body(first, number, known, sentences)}</section>"
        f"{_others(others, number, known, sentences)}"
    )


def _others(
    verdicts: list[Verdict], number: int, known: frozenset[int], sentences: Mapping[str, str]
) -> str:
    if not verdicts:
        return ""
    heading = f"turn-{number}-others"
    items = "".join(
        f'<li><details class="other"><summary>{outcome_badge(verdict.outcome)} '
        f"<span>{text(verdict.title)}{_soon(verdict)}</span></summary>"
        f"{_body(verdict, number, known, sentences)}</details></li>"
        for verdict in verdicts
    )
    return (
        f'<section class="others" aria-labelledby="{heading}">'
        f'<h3 class="part" id="{heading}">其他途径（{len(verdicts)} 条）</h3><ul>{items}</ul></section>'
    )


def _body(
    verdict: Verdict, number: int, known: frozenset[int], sentences: Mapping[str, str]
) -> str:
    said = sentences.get(verdict.rule_id)
    return "".join(
        (
            paragraph(said, number, known) if said else "",
            _amount(verdict),
            _earliest(verdict),
            _conditions(verdict.conditions, number),
            _more(verdict, number),
            _by_form(verdict) if number else "",
        )
    )


def _by_form(verdict: Verdict) -> str:
    """The way to the form of this rule, filled with what is known."""
    return (
        f'<p class="by-form"><button type="button" class="plain" data-view="check" '
        f'data-rule="{attribute(verdict.rule_id)}" aria-label="填表自测：{attribute(verdict.title)}">'
        "填表自测这一条</button></p>"
    )


def outcome_badge(outcome: Outcome) -> str:
    """The outcome in a word, with the tone that goes with it."""
    return f'<span class="state {OUTCOME_TONES[outcome]}">{OUTCOME_NAMES[outcome]}</span>'


def _soon(verdict: Verdict) -> str:
    if not is_later(verdict) or verdict.earliest_date is None:
        return ""
    return f"（最早{chinese_day(verdict.earliest_date)}）"


def _earliest(verdict: Verdict) -> str:
    if not is_later(verdict) or verdict.earliest_date is None:
        return ""
    return (
        f'<p class="figure"><span class="name">最早可以符合</span> '
        f"<strong>{chinese_day(verdict.earliest_date)}</strong> "
        '<span class="how">如果现在的情况一直不变</span></p>'
    )


def _amount(verdict: Verdict) -> str:
    amount = verdict.amount
    if amount is None:
        return ""
    value = "基数没有收录，只能给出算法"
    if amount.value is not None:
        value = f"{_grouped(amount.value)}{amount.unit}"
    return (
        f'<p class="figure"><span class="name">金额</span> <strong>{value}</strong> '
        f'<span class="how">算法：{text(amount.formula)}</span></p>'
    )


def _grouped(value: float) -> str:
    return f"{value:,.2f}".removesuffix(".00")


def _conditions(conditions: list[Condition], number: int) -> str:
    items = "".join(
        f'<li><span class="state {_TONES[c.status]}">{CONDITION_NAMES[c.status]}</span>'
        f'<div><p class="what">{referring(c.label, c.marker, number)}</p>{_measure(c)}</div></li>'
        for c in conditions
    )
    return f'<ul class="checks" aria-label="逐条核对">{items}</ul>' if items else ""


def _measure(condition: Condition) -> str:
    """What is asked for and what is so; a plain yes or no is said by the status already."""
    if condition.required == YES and condition.actual in {None, YES, NO}:
        return ""
    actual = condition.actual and f"<br>您的情况：{text(days_in_words(condition.actual))}"
    return f'<p class="why">要求：{text(condition.required)}{actual or ""}</p>'


def _more(verdict: Verdict, number: int) -> str:
    rows = []
    if verdict.covers is not None and verdict.outcome in {"eligible", "undetermined"}:
        together = text("、".join(verdict.covers)) if verdict.covers else ALONE
        rows.append(("可以一起迁的家人", f"<p>{together}</p>"))
    if verdict.materials:
        papers = "".join(_paper(material, number) for material in verdict.materials)
        rows.append(("要带的材料", f'<ul class="papers">{papers}</ul><p>{MORE_PAPERS}</p>'))
    if verdict.premises:
        premises = "".join(f"<li>{text(premise)}</li>" for premise in verdict.premises)
        rows.append(("这样判断的前提", f"<ul>{premises}</ul>"))
    cells = "".join(f"<dt>{name}</dt><dd>{cell}</dd>" for name, cell in rows)
    return f'<dl class="more">{cells}</dl>' if cells else ""


def _paper(material: Material, number: int) -> str:
    tone = _TONES.get(material.status, "careful")
    return (
        f'<li><span class="state {tone}">{PAPER_NAMES[material.status]}</span> '
        f"<span>{referring(material.name, material.marker, number)}</span></li>"
    )
