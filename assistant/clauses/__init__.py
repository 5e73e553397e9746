"""The notices as text: clauses with offsets, validity on a day, quotation by construction."""

from assistant.clauses.amendments import normalize_doc_number, parse_amendments
from assistant.clauses.citation import cite
from assistant.clauses.corpus import Corpus
from assistant.clauses.effectivity import SpanStatus, Status, binding_period, is_deleted, status_of
from assistant.clauses.jurisdictions import Gazetteer, Place, PlaceMention, ancestors, binds_at
from assistant.clauses.layout import squeeze
from assistant.clauses.loader import load_corpus, load_gazetteer
from assistant.clauses.model import (
    FURNITURE,
    Amendment,
    AmendmentAction,
    Clause,
    ClauseKind,
    CorpusView,
    DocumentKind,
    Effect,
    EffectState,
    Notice,
    Part,
    Relation,
    RelationKind,
    Span,
)

__all__ = [
    "FURNITURE",
    "Amendment",
    "AmendmentAction",
    "Clause",
    "ClauseKind",
    "Corpus",
    "CorpusView",
    "DocumentKind",
    "Effect",
    "EffectState",
    "Gazetteer",
    "Notice",
    "Part",
    "Place",
    "PlaceMention",
    "Relation",
    "RelationKind",
    "Span",
    "SpanStatus",
    "Status",
    "ancestors",
    "binding_period",
    "binds_at",
    "cite",
    "is_deleted",
    "load_corpus",
    "load_gazetteer",
    "normalize_doc_number",
    "parse_amendments",
    "squeeze",
    "status_of",
]
