"""Whether a statement says only what its support says: numbers, terms, polarity, 和 and 或.

Deterministic and without a model. A statement is compared sentence by sentence: what it joins in
one sentence must stand together in the support, so that a right number at the wrong subject fails.
"""

from assistant.answering.grounding.checking import check_statement, ground
from assistant.answering.grounding.conditions import missing_conditions
from assistant.answering.grounding.contexts import (
    context_reasons,
    qualifier_reasons,
    respective_reasons,
)
from assistant.answering.grounding.coverage import (
    adds_circumstances,
    choice_reasons,
    coverage_reasons,
    cut_reasons,
    listing_reasons,
    sequence_reasons,
)
from assistant.answering.grounding.decisions import reads_as_decision
from assistant.answering.grounding.foreign import foreign_reasons
from assistant.answering.grounding.former import event_day_reasons, former_reasons
from assistant.answering.grounding.modality import duty_reasons
from assistant.answering.grounding.model import Check, Grounded, Support
from assistant.answering.grounding.moments import (
    counting_reasons,
    first_reasons,
    joining_reasons,
    moment_reasons,
    still_reasons,
)
from assistant.answering.grounding.placing import (
    binding_reasons,
    level_reasons,
    list_reasons,
    partner_reasons,
    payer_reasons,
    rank_reasons,
    series_reasons,
)
from assistant.answering.grounding.terms import Terms

__all__ = [
    "Check",
    "Grounded",
    "Support",
    "Terms",
    "adds_circumstances",
    "binding_reasons",
    "check_statement",
    "choice_reasons",
    "context_reasons",
    "counting_reasons",
    "coverage_reasons",
    "cut_reasons",
    "duty_reasons",
    "event_day_reasons",
    "first_reasons",
    "foreign_reasons",
    "former_reasons",
    "ground",
    "joining_reasons",
    "level_reasons",
    "list_reasons",
    "listing_reasons",
    "missing_conditions",
    "moment_reasons",
    "partner_reasons",
    "payer_reasons",
    "qualifier_reasons",
    "rank_reasons",
    "reads_as_decision",
    "respective_reasons",
    "sequence_reasons",
    "series_reasons",
    "still_reasons",
]
