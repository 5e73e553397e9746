"""Verdicts in words: the outcome in one plain sentence, then what it stands on.

Only here is a sentence written that says whether somebody meets a rule, and only from a verdict.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from assistant.answering.reply import chinese_day
from assistant.schemas import Citation, Condition, Question, Verdict

_MARKER = re.compile(r"\[(\d+)\]")
_MOST_GROUNDS = 6  # clauses told in the text itself
_STATUS = {"met": "已满足", "unmet": "不满足", "unknown": "待确认"}
_PAPER = {"have": "有", "lack": "没有", "unknown": "还没说有没有"}


def outcome_sentence(
    verdict: Verdict, notes: Iterable[str] = (), citations: Sequence[Citation] = ()
) -> str:
    """The outcome of one rule, in one plain sentence; `citations` date a rule not in force."""
    if verdict.amount is not None and verdict.outcome == "eligible":
        return _amount_sentence(verdict)
    unmet = [c.label for c in verdict.conditions if c.status == "unmet"]
    lack = [m.name for m in verdict.materials if m.status == "lack"]
    if verdict.outcome == "eligible":
        return f"按您说的情况，符合「{verdict.title}」的条件。"
    if verdict.outcome == "ineligible":
        reasons = "；".join([*(f"「{label}」不满足" for label in unmet), *(f"缺{n}" for n in lack)])
        told = f"：{reasons}" if reasons else ""
        return f"按您说的情况，不符合「{verdict.title}」的条件{told}。{_earliest(verdict)}"
    if verdict.outcome == "rule_uncertain":
        why = next(iter(notes), "")
        return f"「{verdict.title}」：这种情况现有文件没有定论，不能直接判断，需要向主管部门确认。{why}"
    if verdict.outcome == "not_applicable":
        return _not_applicable(verdict, citations)
    return f"还差几项情况，才能判断「{verdict.title}」。"


def _amount_sentence(verdict: Verdict) -> str:
    amount = verdict.amount
    if amount is None or amount.value is None:
        formula = amount.formula if amount else ""
        return f"「{verdict.title}」：{formula}。基数没有收录，只能给出算法。"
    return f"「{verdict.title}」：{_number(amount.value)}{amount.unit}。算法：{amount.formula}。"


def _not_applicable(verdict: Verdict, citations: Sequence[Citation]) -> str:
    """Why a rule does not apply: not yet, no longer, or not there."""
    later = [c for c in citations if c.status == "not_yet_in_force" and c.effective_from]
    if later and later[0].effective_from is not None:
        begins = chinese_day(later[0].effective_from)
        return (
            f"{chinese_day(verdict.as_of)}还没有「{verdict.title}」的规定：{begins}起才有这项规定。"
        )
    if any(c.status in {"expired", "repealed", "superseded"} for c in citations):
        return f"{chinese_day(verdict.as_of)}「{verdict.title}」的规定已经失效，不再适用。"
    return f"「{verdict.title}」不适用于您说的地方或单位。"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _earliest(verdict: Verdict) -> str:
    if verdict.earliest_date is None or verdict.earliest_date <= verdict.as_of:
        return ""
    day = chinese_day(verdict.earliest_date)
    if any(c.status == "unknown" for c in verdict.conditions):
        return f"其他条件都满足、现在的情况一直不变时，最早{day}可以符合。"
    return f"如果现在的情况一直不变，最早{day}可以符合。"


def known_conditions(verdict: Verdict) -> list[str]:
    """The conditions that are settled already, one line each."""
    return [_condition(c) for c in verdict.conditions if c.status != "unknown"]


def _condition(condition: Condition) -> str:
    actual = f"，您的情况：{condition.actual}" if condition.actual else ""
    return (
        f"· {condition.label}（要求：{condition.required}{actual}）："
        f"{_STATUS[condition.status]}[{condition.marker}]"
    )


def details(verdict: Verdict) -> list[str]:
    """Conditions, who may move along, papers and premises, one line each."""
    lines = [_condition(condition) for condition in verdict.conditions]
    if verdict.outcome == "eligible" and verdict.covers is not None:
        lines.append(_covers(verdict.covers))
    if verdict.materials:
        papers = "；".join(f"{m.name}（{_PAPER[m.status]}）[{m.marker}]" for m in verdict.materials)
        lines.append(f"要带的材料：{papers}。办理时可能还要其他材料，以窗口要求为准。")
    if verdict.premises and verdict.outcome in {"eligible", "ineligible"}:
        lines.append(f"前提：{'；'.join(verdict.premises)}。")
    return lines


def _covers(covers: Sequence[str]) -> str:
    if not covers:
        return "这一途径只能本人办理，不能带家属。"
    return f"可以一起迁的家人：{'、'.join(covers)}。"


def reason_line(verdict: Verdict) -> str:
    """Why one of many ways is not open, in one line."""
    unmet = [f"{c.label}不满足[{c.marker}]" for c in verdict.conditions if c.status == "unmet"]
    lack = [f"缺{m.name}[{m.marker}]" for m in verdict.materials if m.status == "lack"]
    word = {
        "rule_uncertain": "现有文件没有定论，需要向主管部门确认",
        "not_applicable": "这一天或这个地方不适用",
    }.get(verdict.outcome, "")
    return (
        f"· {verdict.title}：{'；'.join([*unmet, *lack]) or word or '不符合'}。{_earliest(verdict)}"
    )


def grounds(citations: Sequence[Citation], shown: str = "") -> list[str]:
    """The texts behind a verdict, one line a clause, with what is quoted of it.

    Where `shown`, the text so far, points to some, clauses that it does not point to are left to
    the citations.
    """
    pointed = {int(m) for m in _MARKER.findall(shown)}
    clauses = {c.clause_id for c in citations if c.marker in pointed}
    places: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        if clauses and citation.clause_id not in clauses:
            continue
        places.setdefault((citation.doc_number or citation.title, citation.label), []).append(
            citation
        )
    if len(places) > _MOST_GROUNDS:
        return []  # the citations hold them
    lines = []
    for (source, label), found in places.items():
        quotes = "".join(f"「{c.quote}」[{c.marker}]" for c in found)
        lines.append(f"依据：{source} {label}：{quotes}")
    return lines


def remaining_grounds(citations: Sequence[Citation], shown: str) -> str:
    """Points to the citations that the text so far, `shown`, leaves to be looked up."""
    pointed = {int(m) for m in _MARKER.findall(shown)}
    left = "".join(f"[{c.marker}]" for c in citations if c.marker not in pointed)
    return f"其余依据见引文{left}。" if left else ""


def who_moves(members: Sequence[Mapping[str, Any]], verdict: Verdict) -> tuple[str, bool]:
    """Which of these relatives may move along, in one sentence; and whether all of them may."""
    covers = verdict.covers or []
    can: list[str] = []
    cannot: list[str] = []
    for member in members:
        relation = str(member.get("called") or member["relation"])
        if member.get("cohabiting") is False:
            cannot.append(f"不一起居住生活的{relation}")
        elif relation in covers:
            can.append(relation)
        elif relation == "子女" and "未成年子女" in covers:
            minor = member.get("minor")
            can += [] if minor is False else ["未成年子女"]
            cannot += [] if minor else ["成年子女"]
        else:
            grown = relation == "子女" and member.get("minor") is False
            cannot.append("成年子女" if grown else relation)
    can, cannot = list(dict.fromkeys(can)), list(dict.fromkeys(cannot))
    told = [f"{'、'.join(can)}可以一起迁，须共同居住生活"] if can else []
    if cannot:
        who = "、".join(cannot)
        told.append(f"{who}不能跟着「{verdict.title}」一起迁，要看自己符合哪条途径")
    return f"{'；'.join(told)}。", not cannot


def ways_open(others: Sequence[Verdict]) -> list[str]:
    """Other ways that what was told bears out already."""
    met = [v.title for v in others if v.outcome == "eligible"]
    if not met:
        return []
    return [f"另外，按您说的情况还可以看看：{'、'.join(met)}。要判断哪一条，直接问我。"]


def other_channels(others: Sequence[Verdict]) -> list[str]:
    """Other ways that what was told bears out; one of which something is unknown is not named."""
    lines = ways_open(others)
    soon = [
        v
        for v in others
        if v.outcome == "ineligible"
        and _is_later(v.earliest_date, v.as_of)
        and all(c.status != "unknown" for c in v.conditions)
    ]
    if soon:
        first = min(soon, key=lambda v: v.earliest_date or v.as_of)
        if first.earliest_date is not None:
            lines.append(
                f"「{first.title}」如果现在的情况一直不变，最早{chinese_day(first.earliest_date)}可以符合。"
            )
    return lines


def mending_line(title: str, citations: Sequence[Citation]) -> str:
    """What may be done first where a condition is not met."""
    marks = "".join(f"[{c.marker}]" for c in citations)
    return f"这一条可以先办「{title}」再看{marks}。要判断您能不能办，直接问我。"


def _is_later(day: date | None, as_of: date) -> bool:
    return day is not None and day > as_of


def same_amount(verdicts: Sequence[Verdict]) -> str | None:
    """One sentence for an amount that several schemes agree on; None where they do not."""
    met = [v for v in verdicts if v.outcome == "eligible" and v.amount is not None]
    amounts = {(v.amount.value, v.amount.unit) for v in met if v.amount}
    if len(met) < 2 or len(amounts) != 1 or met[0].amount is None or met[0].amount.value is None:
        return None
    titles = "、".join(f"「{v.title}」" for v in met)
    return f"{_number(met[0].amount.value)}{met[0].amount.unit}：{titles}的标准相同。"


def survey_sentence(verdicts: Sequence[Verdict]) -> str:
    """All channels in one plain sentence."""
    met = [v.title for v in verdicts if v.outcome == "eligible"]
    if met:
        return f"按您说的情况，可以走：{'、'.join(met)}。"
    if not verdicts:
        return "落户有好几条途径，先说一下您的情况，我帮您判断走哪一条。"
    if all(v.outcome in {"ineligible", "not_applicable"} for v in verdicts):
        return "按您说的情况，目前没有符合条件的落户途径。"
    if any(v.outcome == "undetermined" for v in verdicts):
        return "还差几项情况，才能判断您能走哪条落户途径。"
    return "按您说的情况，能不能落户现有文件没有定论，需要向公安机关确认。"


def ask_lines(questions: Sequence[Question]) -> list[str]:
    """The questions as text, for people who read rather than tap."""
    lines = []
    for number, question in enumerate(questions, start=1):
        choices = f"（{' / '.join(question.choices)}）" if question.choices else ""
        lines.append(f"{number}. {question.text}{choices}")
    return lines
