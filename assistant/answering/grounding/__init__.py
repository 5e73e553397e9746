"""Whether a statement says only what its support says: numbers, terms, polarity, 和 and 或.

Deterministic and without a model. A statement is compared sentence by sentence: what it joins in
one sentence must stand together in the support, so that a right number at the wrong subject fails.
"""

from assistant.answering.grounding.checking import check_statement, ground
from assistant.answering.grounding.conditions import missing_conditions
from assistant.answering.grounding.coverage import (
    adds_circumstances,
    binding_reasons,
    choice_reasons,
    coverage_reasons,
    cut_reasons,
    former_reasons,
    listing_reasons,
    sequence_reasons,
    series_reasons,
)
from assistant.answering.grounding.decisions import reads_as_decision
from assistant.answering.grounding.foreign import foreign_reasons
from assistant.answering.grounding.model import Check, Grounded, Support
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
    "coverage_reasons",
    "cut_reasons",
    "foreign_reasons",
    "former_reasons",
    "ground",
    "listing_reasons",
    "missing_conditions",
    "reads_as_decision",
    "sequence_reasons",
    "series_reasons",
]
