"""A conversation told in one request, put to the service: the last message is answered."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.dialogue.ports import Gone
from assistant.errors import AssistantError
from assistant.schemas import Answer, Answered, AskEvent
from assistant.service.completions.messages import Conversation
from assistant.service.completions.recall import Recall
from assistant.service.ports import PolicyService


@dataclass(frozen=True, slots=True)
class Talking:
    """Answers conversations that come whole with every request."""

    service: PolicyService
    recall: Recall = field(default_factory=Recall)

    def answer(self, conversation: Conversation) -> Answer:
        """The answer to the last message; raises AssistantError."""
        *_, last = self.stream(conversation)
        assert isinstance(last, Answered)  # noqa: S101 - a stream ends with its answer
        return last.answer

    def stream(self, conversation: Conversation, gone: Gone | None = None) -> Iterator[AskEvent]:
        """The same as it comes about; what is not to be kept is deleted before the last event."""
        request, begun = conversation.last, self._begun(conversation)
        if begun is not None:
            request = request.model_copy(update={"conversation_id": begun})
        try:
            for event in self.service.stream(request, gone):
                if isinstance(event, Answered):
                    self._settle(conversation, event.answer)
                yield event
        except AssistantError:
            if begun is not None:
                self.service.forget(begun)
            raise

    def _begun(self, conversation: Conversation) -> str | None:
        """A conversation of its own that stands where the earlier messages lead; never a shared one."""
        if not conversation.earlier:
            return None
        place = self.recall.find(conversation.earlier)
        branch = self.service.branch(*place) if place else None
        return branch or self.service.resume(conversation.earlier)

    def _settle(self, conversation: Conversation, answer: Answer) -> None:
        if conversation.keep:
            self.recall.remember((*conversation.earlier, conversation.last), answer)
        else:
            self.service.forget(answer.conversation_id)
