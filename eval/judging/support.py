"""Statement support: every line of a reply rests on its quotations, verdicts, or what was said.

Two checks. Of an answer from the text, each claim passes `assistant.answering.grounding`, which no
composer takes part in. Of every reply, each number must stand in what is cited, decided, asked
or told: a check of our own, so that a defect of grounding is not its own judge.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.contacts import Contact
from assistant.answering.evidence import claims_of, evidence
from assistant.answering.grounding import check_statement
from assistant.clauses.model import CorpusView
from assistant.clauses.numerals import quantities
from assistant.errors import AssistantError
from assistant.schemas import STATUS_NAMES, Answer, Verdict
from eval.judging.model import Exchange, Judged, share

CLAIMING = frozenset({"answer", "verdict"})
"""Kinds of reply that state what holds; the others ask, greet or decline."""

_LIST_MARK = re.compile(r"^\s*(?:\d{1,2}[.、]|[·•])\s*")
_STANDING = re.compile(r"^（([^（）]+)）")
_GIVEN_BACK = re.compile(r"「([^「」]+)」")
_LONG_DAY = 8  # digits of a 日期 (yyyymmdd)

Number = tuple[Decimal, str]


@dataclass(frozen=True, slots=True)
class SupportJudge:
    """Judges statements against the corpus that answers, and its contacts."""

    view: CorpusView
    contacts: Sequence[Contact]

    def __call__(self, exchange: Exchange) -> Judged:
        """Which statements of the reply are supported."""
        answer = exchange.answer
        if answer is None or answer.kind not in CLAIMING:
            return Judged()
        grounds = evidence(self.view, answer.citations, self.contacts, answer.as_of)
        told = _told(exchange, answer, (*grounds.facts, *grounds.contacts))
        problems: list[str] = []
        statements = list(statements_of(answer))
        unsupported = 0
        for told_so in statements:
            statement = without_own_words(told_so, exchange.said)
            reasons = [f"数字「{text}」没有依据" for text in _unfounded(statement, told)]
            if answer.kind == "answer":
                check = check_statement(statement, grounds, complete=False)
                reasons += check.reasons
            if reasons:
                unsupported += 1
                problems.append(f"没有依据的话「{statement}」：{'；'.join(dict.fromkeys(reasons))}")
        scores = {"statement_support": share(len(statements) - unsupported, len(statements))}
        return Judged(scores, tuple(problems))


def judge_support(exchange: Exchange, judge: SupportJudge) -> Judged:
    """What `judge` finds; a citation of a clause that is not in the corpus is a problem too."""
    try:
        return judge(exchange)
    except AssistantError as error:
        return Judged({"statement_support": share(0, 1)}, (f"依据查不到：{error.message}",))


def without_own_words(statement: str, said: Sequence[str]) -> str:
    """The statement less what it gives back in 「」 of the person's own words, claiming nothing."""
    for words in _GIVEN_BACK.findall(statement):
        if any(words in text for text in said):
            statement = statement.replace(f"您引的是「{words}」，", "").replace(f"「{words}」", "")
    return statement


def statements_of(answer: Answer) -> Iterator[str]:
    """What the lines of a reply say besides quotations, markers and the standing of what they cite."""
    for line in answer.text.split("\n"):
        told = _without_standing(_LIST_MARK.sub("", line), answer)
        yield from claims_of(told, answer.citations)


def _without_standing(line: str, answer: Answer) -> str:
    """The line less 「（已失效）」 before it, where something cited does stand so."""
    found = _STANDING.match(line)
    standing = {STATUS_NAMES[citation.status] for citation in answer.citations}
    if found is None or not set(found[1].split("、")) <= standing:
        return line
    return line[found.end() :]


def _unfounded(statement: str, told: frozenset[Number]) -> list[str]:
    """Numbers of a statement that nothing told; parts of a day that was told are told."""
    return [
        statement[found.start : found.end]
        for found in quantities(statement)
        if (found.value, found.unit) not in told and not _is_label(statement, found.start)
    ]


def _is_label(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "第["


def _told(exchange: Exchange, answer: Answer, known: Sequence[str]) -> frozenset[Number]:
    texts = [*exchange.said, *known, str(answer.as_of), answer.jurisdiction]
    for citation in answer.citations:
        texts += [citation.quote, citation.title, citation.doc_number or "", citation.label]
    for verdict in answer.verdicts:
        texts += _of_verdict(verdict)
    for fact in answer.facts.values():
        texts += [str(fact.value), fact.said or ""]
    texts += [notice.text for notice in answer.notices]
    return frozenset(number for text in texts for number in _numbers(text))


def _of_verdict(verdict: Verdict) -> Iterator[str]:
    yield verdict.title
    for condition in verdict.conditions:
        yield from (condition.label, condition.required, condition.actual or "")
    yield from (*verdict.premises, *(material.name for material in verdict.materials))
    if verdict.earliest_date:
        yield str(verdict.earliest_date)
    if verdict.amount:
        amount = verdict.amount
        yield from (f"{amount.value}{amount.unit}", f"{amount.value}", amount.formula)


def _numbers(text: str) -> Iterator[Number]:
    for found in quantities(text):
        yield found.value, found.unit
        digits = str(found.value)
        if found.unit == "日期" and len(digits) == _LONG_DAY:
            yield Decimal(digits[:4]), "年份"
            yield Decimal(digits[:6]), "年月"
            yield Decimal(digits[4:]), "月日"
