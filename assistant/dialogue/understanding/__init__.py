"""What a message comes to: what it wants, what it tells, and which rules it is about."""

from assistant.dialogue.understanding.listener import Listener
from assistant.dialogue.understanding.rules_asked import asked_together, family_of
from assistant.dialogue.understanding.understood import Understood

__all__ = ["Listener", "Understood", "asked_together", "family_of"]
