"""One judge for each kind of expectation, and what must hold of every reply."""

from collections.abc import Callable

from eval.judging import citations, decisions, replies, validity
from eval.judging.model import Exchange, Judged, Score
from eval.judging.sources import Published
from eval.judging.support import SupportJudge, judge_support

__all__ = ["JUDGES", "Exchange", "Judged", "Published", "Score", "SupportJudge", "judge_turn"]

JUDGES: dict[str, Callable[[Exchange], Judged]] = {
    "kind": replies.judge_kind,
    "reason": replies.judge_reason,
    "clauses": citations.judge_clauses,
    "phrases": citations.judge_phrases,
    "notices": replies.judge_notices,
    "outcomes": decisions.judge_outcomes,
    "eligible": decisions.judge_eligible,
    "details": decisions.judge_details,
    "missing": decisions.judge_missing,
    "says": replies.judge_wording,
    "version": validity.judge_version,
    "stray": validity.judge_stray,
    "quotes": citations.judge_quotes,
}
"""By what is judged; the last three, and statement support, judge every reply."""


def judge_turn(exchange: Exchange, support: SupportJudge | None = None) -> Judged:
    """All judges' scores and problems together; a turn with no problem is right."""
    found = [judge(exchange) for judge in JUDGES.values()]
    if support is not None:
        found.append(judge_support(exchange, support))
    scores = {name: score for each in found for name, score in each.scores.items()}
    problems = [text for each in found for text in each.problems]
    return Judged({n: s for n, s in scores.items() if s[1]}, tuple(problems))
