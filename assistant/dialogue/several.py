"""Verdicts on several people asked about in one message, kept apart by whose they are."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue.deciding import Decided
from assistant.dialogue.wording import details, outcome_sentence, same_amount
from assistant.rules import Outcome, Verdict
from assistant.schemas import Verdict as WireVerdict


def of_each(told: Sequence[tuple[str, Decided]]) -> tuple[tuple[Verdict, ...], ...]:
    """The verdicts that count of each person, their titles naming whose they are."""
    return tuple(
        tuple(replace(v, title=f"{v.title}（{person}）") for v in _counting(decided))
        for person, decided in told
    )


def _counting(decided: Decided) -> tuple[Verdict, ...]:
    met = tuple(v for v in decided.verdicts if v.outcome is Outcome.ELIGIBLE)
    return met or decided.verdicts[:1]


def lines_of_each(verdicts: Sequence[WireVerdict], sizes: Sequence[int]) -> list[str]:
    """What each person is told, one person after the other; `sizes`: how many verdicts each has."""
    lines: list[str] = []
    at = 0
    for size in sizes:
        own = verdicts[at : at + size]
        at += size
        lines.append(same_amount(own) or outcome_sentence(own[0]))
        lines += details(own[0])
        if own[0].outcome == "undetermined":
            lines.append("这一位的情况还不够判断，可以接着单独问我。")
    return lines
