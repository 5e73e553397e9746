"""资格自测: a form drawn from one rule as the service describes it, decided as it is filled in."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.schemas import Answer, Decision, RuleFact, RuleSummary, Verdict
from ui.actions import basis_link, render_passing_on
from ui.cards import render_cards
from ui.checklist import outcome_badge, render_verdicts
from ui.client import ServiceProblemError
from ui.facts import NO, UNKNOWN, YES, fact_value, unit_of
from ui.markup import attribute, chinese_day, text
from ui.notices import render_notices

GROUPS: Mapping[str, str] = {
    "settle": "落户",
    "permit": "居住证",
    "medical": "医疗补助和补充医疗保险",
}
OTHERS = "其他"


def render_form(
    rules: Sequence[RuleSummary],
    rule: RuleSummary,
    values: Mapping[str, Any],
    day: str,
) -> str:
    """The whole form; `values` and `day` are what it holds at first."""
    fields = "".join(_field(fact, values.get(fact.name)) for fact in _in_order(rule.facts))
    return (
        f'<form class="check" data-rule="{attribute(rule.rule_id)}">'
        '<h2 id="check-heading" tabindex="-1">资格自测</h2>'
        '<p class="hint">选一条规定，照自己的情况填，知道几项填几项，结论随填随变。填的内容不保存。</p>'
        '<div class="field"><label for="check-rule">想核对哪一条规定</label>'
        f'<select id="check-rule" name="rule">{_options(rules, rule)}</select></div>'
        '<div class="field"><label for="check-day">按哪一天的规定</label>'
        f'<input type="date" id="check-day" name="as_of" value="{attribute(day)}"></div>'
        f'{fields}<button type="reset" class="plain">清空</button></form>'
    )


def _options(rules: Sequence[RuleSummary], chosen: RuleSummary) -> str:
    grouped: dict[str, list[RuleSummary]] = {}
    for rule in rules:
        grouped.setdefault(GROUPS.get(rule.rule_id.split(".")[0], OTHERS), []).append(rule)
    return "".join(
        f'<optgroup label="{attribute(group)}">'
        + "".join(
            f'<option value="{attribute(rule.rule_id)}"'
            f"{' selected' if rule.rule_id == chosen.rule_id else ''}>{text(rule.title)}</option>"
            for rule in several
        )
        + "</optgroup>"
        for group, several in grouped.items()
    )


def _in_order(facts: Sequence[RuleFact]) -> list[RuleFact]:
    """Each fact, and right behind it the other ways to state it."""
    named = {fact.name for fact in facts}
    ordered: list[RuleFact] = []
    for fact in facts:
        if fact.instead_of not in named:
            ordered += [fact, *(other for other in facts if other.instead_of == fact.name)]
    return [fact for fact in ordered if fact.type != "list"]


def _field(fact: RuleFact, value: Any) -> str:
    choices = [YES, NO] if fact.type == "boolean" else list(fact.choices or ())
    other = '<span class="or">或者填这一项：</span>' if fact.instead_of else ""
    label = f"{other}{text(fact.text)}"
    name = attribute(fact.name)
    if choices:
        held = (YES if value else NO) if isinstance(value, bool) else value
        radios = "".join(
            _radio(fact.name, choice, choice == (held or UNKNOWN)) for choice in [*choices, UNKNOWN]
        )
        return (
            f'<fieldset class="field" data-fact="{name}"><legend>{label}</legend>'
            f'<div class="radios">{radios}</div></fieldset>'
        )
    kind = 'type="date"' if fact.type == "date" else 'type="text" inputmode="decimal"'
    unit = unit_of(fact, fact.type)
    behind = f'<span class="unit">{text(unit)}</span>' if unit else ""
    return (
        f'<div class="field" data-fact="{name}"><label for="check-{name}">{label}</label>'
        f'<div class="fill {fact.type}"><input {kind} id="check-{name}" name="{name}" '
        f'value="{attribute("" if value is None else str(value))}" autocomplete="off" '
        f'maxlength="60">{behind}</div></div>'
    )


def _radio(name: str, choice: str, chosen: bool) -> str:
    tone = " unknown" if choice == UNKNOWN else ""
    return (
        f'<label class="radio{tone}"><input type="radio" name="{attribute(name)}" '
        f'value="{attribute(choice)}"{" checked" if chosen else ""}><span>{text(choice)}</span>'
        "</label>"
    )


def stated(rule: RuleSummary, written: Mapping[str, str]) -> dict[str, Any]:
    """The facts that were filled in; raises ServiceProblemError naming the field that is wrong."""
    facts: dict[str, Any] = {}
    for fact in rule.facts:
        value = written.get(fact.name, "").strip()
        if not value or value == UNKNOWN:
            continue
        try:
            facts[fact.name] = fact_value(value, fact)
        except ServiceProblemError as problem:
            raise ServiceProblemError(f"{fact.label}：{problem.message}") from None
    return facts


def render_decision(decision: Decision, rule: RuleSummary) -> str:
    """The verdict as under an answer: checklist, what is still missing, notices, quotes."""
    shown = _as_answer(decision)
    return (
        '<section class="check-result" aria-labelledby="turn-0-verdict">'
        f"{render_verdicts(shown, 0, {})}{_missing(decision.verdict, rule)}"
        f"{render_notices(decision.notices)}{render_cards(shown, 0, folded=False)}"
        f'<p class="basis">按 {chinese_day(decision.verdict.as_of)} 判断。'
        "以政府公布的文本为准，最终由主管部门审核。</p>"
        f"{render_passing_on(basis_link(shown))}</section>"
        f'<p class="check-now" aria-hidden="true">{outcome_badge(decision.verdict.outcome)}'
        f"<span>{text(decision.verdict.title)}</span>"
        '<a href="#turn-0-verdict" tabindex="-1">看理由</a></p>'
    )


def render_trouble(message: str) -> str:
    """What to tell instead of a verdict."""
    return f'<div class="reply problem" role="alert"><p>{text(message)}</p></div>'


def _missing(verdict: Verdict, rule: RuleSummary) -> str:
    labels = {fact.name: fact.label for fact in rule.facts}
    items = "".join(
        f'<li><button type="button" class="plain" data-goto="{attribute(name)}">'
        f"{text(labels[name])}</button></li>"
        for name in verdict.missing_facts
        if name in labels
    )
    if not items:
        return ""
    return f'<section class="missing"><h3 class="part">还差这几项</h3><ul>{items}</ul></section>'


def _as_answer(decision: Decision) -> Answer:
    """The decision in the shape that cards and checklists are drawn from."""
    return Answer(
        answer_id="check",
        conversation_id="check",
        kind="verdict",
        text=decision.verdict.title,
        citations=decision.citations,
        verdicts=[decision.verdict],
        notices=decision.notices,
        as_of=decision.verdict.as_of,
        jurisdiction="",
    )
