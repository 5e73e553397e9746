"""Words whose presence changes what a statement about policy claims, with their everyday variants.

Each concept is a key with regular-expression variants, spelled as `numerals.normalize` leaves them.
A statement may use any variant; it may not use a concept that its support does not have.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.answering.grounding.vocabulary.categories import (
    ACTION,
    AUTHORITY,
    PAPER,
    PERSON,
    PLACE,
    QUALIFICATION,
    ROLE,
    SCHEME,
    SCOPE,
    STATUS,
)
from assistant.answering.grounding.vocabulary.deeds import ACTIONS, ROLES
from assistant.answering.grounding.vocabulary.papers import PAPERS, QUALIFICATIONS
from assistant.answering.grounding.vocabulary.patterns import (
    branches,
    expanded,
    first_characters,
    longest_match,
)
from assistant.answering.grounding.vocabulary.people import PERSONS, STATUSES
from assistant.answering.grounding.vocabulary.places import AUTHORITIES, PLACES, SCOPES
from assistant.answering.grounding.vocabulary.relations import EXCLUSIVE, FAMILY, IMPLIED_BY
from assistant.answering.grounding.vocabulary.schemes import SCHEMES

__all__ = [
    "ACTION",
    "AUTHORITY",
    "CATEGORY",
    "EXCLUSIVE",
    "FAMILY",
    "IMPLIED_BY",
    "PAPER",
    "PERSON",
    "PLACE",
    "QUALIFICATION",
    "ROLE",
    "SCHEME",
    "SCOPE",
    "STATUS",
    "VARIANTS",
    "first_characters",
    "longest_match",
]

_CONCEPTS = {
    PERSON: PERSONS,
    STATUS: STATUSES,
    QUALIFICATION: QUALIFICATIONS,
    PAPER: PAPERS,
    SCOPE: SCOPES,
    PLACE: PLACES,
    AUTHORITY: AUTHORITIES,
    ACTION: ACTIONS,
    SCHEME: SCHEMES,
    ROLE: ROLES,
}

VARIANTS: tuple[tuple[str, str, str], ...] = tuple(
    (category, concept, branch)
    for category, concepts in _CONCEPTS.items()
    for concept, pattern in concepts.items()
    for branch in map(expanded, branches(pattern))
)
"""(category, concept, regular expression) of every built-in spelling."""

CATEGORY: Mapping[str, str] = MappingProxyType(
    {concept: category for category, concepts in _CONCEPTS.items() for concept in concepts}
)
"""The category of each built-in concept."""
