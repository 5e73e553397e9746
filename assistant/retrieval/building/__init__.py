"""Building an index: what differs from the current build is written aside, then published whole."""

from assistant.retrieval.building.progress import STEPS, BuildReport, Progress
from assistant.retrieval.building.publishing import build_index

__all__ = ["STEPS", "BuildReport", "Progress", "build_index"]
