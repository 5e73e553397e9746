"""Whether a statement says only what its support says: numbers, terms, polarity, 和 and 或.

Deterministic and without a model. A statement is compared sentence by sentence: what it joins in
one sentence must stand together in the support, so that a right number at the wrong subject fails.
"""

from assistant.answering.grounding.checking import check_statement, ground
from assistant.answering.grounding.conditions import missing_conditions
from assistant.answering.grounding.coverage import adds_circumstances, coverage_reasons
from assistant.answering.grounding.decisions import reads_as_decision
from assistant.answering.grounding.foreign import foreign_reasons
from assistant.answering.grounding.model import Check, Grounded, Support
from assistant.answering.grounding.moments import still_reasons
from assistant.answering.grounding.rewording import without_opening
from assistant.answering.grounding.terms import Terms
from assistant.answering.grounding.wording import wording_reasons

__all__ = [
    "Check",
    "Grounded",
    "Support",
    "Terms",
    "adds_circumstances",
    "check_statement",
    "coverage_reasons",
    "foreign_reasons",
    "ground",
    "missing_conditions",
    "reads_as_decision",
    "still_reasons",
    "without_opening",
    "wording_reasons",
]
