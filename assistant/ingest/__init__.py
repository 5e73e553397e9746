"""A file becomes a notice: read, proposed, stored for review, its impact named."""

from assistant.ingest.impact import Impact, assess_impact, reissued
from assistant.ingest.proposal import Proposal, learn, propose, resolve_jurisdiction
from assistant.ingest.readers import DEFAULT_LIMIT_MB, Document, FileFormat, read_document
from assistant.ingest.store import Stored, ingest_file

__all__ = [
    "DEFAULT_LIMIT_MB",
    "Document",
    "FileFormat",
    "Impact",
    "Proposal",
    "Stored",
    "assess_impact",
    "ingest_file",
    "learn",
    "propose",
    "read_document",
    "reissued",
    "resolve_jurisdiction",
]
