"""Every check of a wording that somebody else wrote, one after the other."""

from collections.abc import Callable

from assistant.answering.grounding.actors import deed_reasons, joins_reasons, subject_reasons
from assistant.answering.grounding.alignment import alignment_reasons
from assistant.answering.grounding.belonging import (
    age_reasons,
    apposition_reasons,
    band_reasons,
    kin_reasons,
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
    choice_reasons,
    coverage_reasons,
    cut_reasons,
    listing_reasons,
    sequence_reasons,
)
from assistant.answering.grounding.force import (
    either_reasons,
    force_reasons,
    not_reasons,
    weakened_reasons,
)
from assistant.answering.grounding.former import event_day_reasons, former_reasons
from assistant.answering.grounding.framing import invention_reasons, without_frames
from assistant.answering.grounding.limits import (
    exception_reasons,
    part_reasons,
    stage_reasons,
)
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
    kin_reasons,
    exception_reasons,
    part_reasons,
    stage_reasons,
    alignment_reasons,
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

    With `complete`, a permission must carry every condition of the sentence it rests on.
    """
    own = without_contrast(without_opening(statement), support)
    found = _read_twice(own, support, terms, complete=complete)
    if found and (rest := without_frames(own, support)) != own:
        found = _read_twice(rest, support, terms, complete=complete)
    return found or invention_reasons(reworded(own, "\n".join(support.texts)), support)


def _read_twice(
    own: str, support: Support, terms: Terms | None, *, complete: bool
) -> tuple[str, ...]:
    official = reworded(own, "\n".join(support.texts))
    found = _reasons(own, support, terms, complete=complete)
    if official == canonical(own):
        return found
    if found:
        return found if _reasons(official, support, terms, complete=complete) else ()
    return tuple(reason for examine in _CONTRADICTIONS for reason in examine(official, support))


def _reasons(
    statement: str, support: Support, terms: Terms | None, *, complete: bool
) -> tuple[str, ...]:
    check = check_statement(statement, support, terms, complete=complete)
    checks = (*_CHECKS, cut_reasons) if complete else _CHECKS
    return check.reasons or tuple(
        reason for examine in checks for reason in examine(statement, support)
    )
