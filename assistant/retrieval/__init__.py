"""Which clauses bear on a question."""

from assistant.retrieval.address import named_numbers
from assistant.retrieval.building import STEPS, BuildReport, build_index
from assistant.retrieval.encoder import Encoder, load_encoder
from assistant.retrieval.fusion import fuse
from assistant.retrieval.index import Index
from assistant.retrieval.lexicon import Expansion, Lexicon, load_lexicon
from assistant.retrieval.model import AddressHit, Hit
from assistant.retrieval.search import Searcher
from assistant.retrieval.snapshot import Snapshot

__all__ = [
    "STEPS",
    "AddressHit",
    "BuildReport",
    "Encoder",
    "Expansion",
    "Hit",
    "Index",
    "Lexicon",
    "Searcher",
    "Snapshot",
    "build_index",
    "fuse",
    "load_encoder",
    "load_lexicon",
    "named_numbers",
]
