"""A language model that words answers and proposes readings: asked within limits, never trusted.

What it writes is only ever a proposal: `assistant.answering.gate` says what may be shown, and the
person what was meant. The rest of the assistant is whole without this room.
"""

from assistant.answering.llm.calling import ModelError, Reader
from assistant.answering.llm.limits import Limits
from assistant.answering.llm.tally import Tally
from assistant.answering.llm.writer import Writer

__all__ = ["Limits", "ModelError", "Reader", "Tally", "Writer"]
