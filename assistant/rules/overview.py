"""The rules as a document that an office can review: every condition, its text, its days."""

from collections.abc import Iterator
from datetime import date

from assistant.rules.book import RuleBook
from assistant.rules.model import Cite
from assistant.rules.rule import Alternative, Doubt, Rule, Version, figure

_HEAD = """# 规则总表

本页由规则文件生成（`make docs`），供公安、医保等部门核对：每条规则的条件、依据、有效期间和没有定论之处。
改规则请改 `corpus/rules/`，不要改本页。格式见 [rules-format.md](rules-format.md)。
"""


def overview(book: RuleBook) -> str:
    """All rules, parameters and open doubts, in Markdown."""
    parts = [_HEAD, _summary(book)]
    parts += ["\n".join(_rule(rule)) for rule in book.rules]
    parts.append(_parameters(book))
    return "\n".join(parts).rstrip() + "\n"


def _summary(book: RuleBook) -> str:
    lines = ["| 规则 | 名称 | 有效期间 | 依据 |", "| --- | --- | --- | --- |"]
    for rule in book.rules:
        periods = "；".join(_period(v.valid_from, v.valid_to) for v in rule.versions)
        clauses = "<br>".join(f"`{c}`" for c in rule.clause_ids())
        lines.append(f"| `{rule.id}` | {rule.title} | {periods} | {clauses} |")
    return "\n".join(lines) + "\n"


def _period(first: date, last: date | None) -> str:
    return f"{first.isoformat()} 至 {last.isoformat() if last else '今'}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.title}（`{rule.id}`）\n"
    for version in reversed(rule.versions):
        yield f"### {_period(version.valid_from, version.valid_to)}\n"
        yield f"施行依据：{_cite(version.since)}\n"
        for alternative in version.alternatives:
            yield from _alternative(version, alternative)
        yield from _rest(version)


def _alternative(version: Version, alternative: Alternative) -> Iterator[str]:
    if len(version.alternatives) > 1:
        yield f"**途径：{alternative.title}**\n"
    if alternative.grants:
        yield f"结果：{_cite(alternative.grants)}\n"
    if alternative.covers is not None:
        yield f"随迁：{'、'.join(alternative.covers) or '只有本人'}\n"
    if alternative.conditions or alternative.materials:
        yield "| 条件或材料 | 要求 | 依据 |\n| --- | --- | --- |"
        for condition in alternative.conditions:
            required = condition.required.on(version.valid_from)
            yield f"| {condition.label} | {required} | {_cite(condition.cite)} |"
        for material in alternative.materials:
            yield f"| 材料：{material.name} | 未提及不妨碍；明说没有即不符合 | {_cite(material.cite)} |"
        yield ""
    for condition in alternative.conditions:
        yield from _doubts(condition.doubts)
    yield from _doubts(alternative.doubts)


def _rest(version: Version) -> Iterator[str]:
    for premise in version.premises:
        yield f"前提：{premise.text}。{_cite(premise.cite)}\n"
    if version.amount:
        yield f"| 金额（{version.amount.unit}） | 依据 |\n| --- | --- |"
        for case in version.amount.cases:
            yield f"| {case.formula.text} | {_cite(case.cite)} |"
        yield ""
    yield from _doubts(version.doubts)
    for notice in version.notices:
        yield f"提示：{notice.text.on(version.valid_from)}\n"


def _doubts(doubts: tuple[Doubt, ...]) -> Iterator[str]:
    for doubt in doubts:
        yield f"没有定论（{doubt.id.upper()}）：{doubt.note}\n"
        yield from (f"- {_cite(cite)}" for cite in doubt.cites)
        yield ""


def _cite(cite: Cite) -> str:
    quote = cite.quote.replace("|", "\\|")
    return f"「{quote}」（`{cite.clause_id}`）"


def _parameters(book: RuleBook) -> str:
    lines = ["## 参数\n", "| 参数 | 值 | 期间 | 依据 |", "| --- | --- | --- | --- |"]
    for parameter in book.parameters:
        for value in parameter.values:
            number = f"{figure(value.value)} {parameter.unit}"
            period = _period(value.valid_from, value.valid_to)
            lines.append(f"| `{parameter.name}` | {number} | {period} | {_cite(value.cite)} |")
    return "\n".join(lines) + "\n"
