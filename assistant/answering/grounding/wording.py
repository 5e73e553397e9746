"""Every check of a wording that somebody else wrote, one after the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.answering.grounding.actors import deed_reasons, joins_reasons, subject_reasons
from assistant.answering.grounding.belonging import (
    age_reasons,
    apposition_reasons,
    band_reasons,
    outcome_reasons,
    place_reasons,
    since_reasons,
    within_reasons,
)
from assistant.answering.grounding.checking import check_statement
from assistant.answering.grounding.contexts import (
    context_reasons,
    qualifier_reasons,
    respective_reasons,
)
from assistant.answering.grounding.contrast import without_contrast
from assistant.answering.grounding.coverage import (
    borrowed,
    choice_reasons,
    coverage_reasons,
    cut_reasons,
    listing_reasons,
    sequence_reasons,
    unread_reasons,
)
from assistant.answering.grounding.doubt import doubt
from assistant.answering.grounding.force import (
    either_reasons,
    force_reasons,
    not_reasons,
    weakened_reasons,
)
from assistant.answering.grounding.former import event_day_reasons, former_reasons
from assistant.answering.grounding.modality import duty_reasons
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.moments import (
    counting_reasons,
    first_reasons,
    joining_reasons,
    moment_reasons,
)
from assistant.answering.grounding.ordering import order_reasons
from assistant.answering.grounding.placing import (
    binding_reasons,
    level_reasons,
    list_reasons,
    partner_reasons,
    payer_reasons,
    rank_reasons,
    series_reasons,
)
from assistant.answering.grounding.rewording import reworded, without_opening
from assistant.answering.grounding.spelling import canonical
from assistant.answering.grounding.tallies import tally_reasons
from assistant.answering.grounding.terms import Terms
from assistant.answering.grounding.turns import (
    afterwards_reasons,
    during_reasons,
    side_reasons,
    turn_reasons,
)

_CHECKS: tuple[Callable[[str, Support], tuple[str, ...]], ...] = (
    coverage_reasons,
    sequence_reasons,
    listing_reasons,
    choice_reasons,
    former_reasons,
    series_reasons,
    binding_reasons,
    list_reasons,
    partner_reasons,
    rank_reasons,
    event_day_reasons,
    duty_reasons,
    counting_reasons,
    first_reasons,
    joining_reasons,
    moment_reasons,
    level_reasons,
    payer_reasons,
    context_reasons,
    qualifier_reasons,
    respective_reasons,
    turn_reasons,
    side_reasons,
    order_reasons,
    deed_reasons,
    force_reasons,
    either_reasons,
    not_reasons,
    subject_reasons,
    since_reasons,
    age_reasons,
    joins_reasons,
    weakened_reasons,
    apposition_reasons,
    outcome_reasons,
    within_reasons,
    band_reasons,
    afterwards_reasons,
    during_reasons,
    tally_reasons,
    place_reasons,
)
_CONTRADICTIONS = (
    side_reasons,
    order_reasons,
    force_reasons,
    not_reasons,
    outcome_reasons,
    subject_reasons,
    afterwards_reasons,
)


def wording_reasons(
    statement: str, support: Support, terms: Terms | None = None, *, complete: bool = True
) -> tuple[str, ...]:
    """Why a support does not carry a wording, neither as it stands nor in the support's own words.

    With `complete`, a permission must carry every condition of the sentence it rests on. Words that
    nothing accounts for are no reason where nothing else is, and where they are little in doubt.
    """
    found = refusals(statement, support, terms, complete=complete)
    if not found or (rests_on_words(found) and doubt(statement, support).is_small):
        return ()
    return found[0].reasons


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one reading of a wording is not carried; `unread`: only for words not accounted for."""

    reasons: tuple[str, ...]
    unread: bool = False


def refusals(
    statement: str, support: Support, terms: Terms | None = None, *, complete: bool = True
) -> tuple[Refusal, ...]:
    """The refusal of each reading of a wording; none where one of them is carried."""
    own = without_contrast(without_opening(statement), support)
    official = reworded(own, "\n".join(support.texts))
    found = _refusal(own, support, terms, complete=complete)
    if official == canonical(own):
        return (found,) if found else ()
    if found:
        other = _refusal(official, support, terms, complete=complete)
        return (found, other) if other else ()
    reasons = tuple(reason for examine in _CONTRADICTIONS for reason in examine(official, support))
    return (Refusal(reasons),) if reasons else ()


def rests_on_words(found: Iterable[Refusal]) -> bool:
    """Whether one reading is refused for nothing but words that nothing accounts for."""
    return any(refusal.unread for refusal in found)


def _refusal(
    statement: str, support: Support, terms: Terms | None, *, complete: bool
) -> Refusal | None:
    check = check_statement(statement, support, terms, complete=complete)
    if check.reasons:
        return Refusal(check.reasons)
    checks = (*_CHECKS, cut_reasons) if complete else _CHECKS
    reasons = tuple(reason for examine in checks for reason in examine(statement, support))
    unread = unread_reasons(statement, support)
    if not reasons and not unread:
        return None
    return Refusal(reasons + unread, unread=not reasons and not borrowed(statement, support))
