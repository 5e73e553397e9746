"""A conversation told in one request, put to the service: the last message is answered."""

from collections.abc import Iterator

from assistant.dialogue.ports import Gone
from assistant.errors import AssistantError
from assistant.schemas import Answer, Answered, AskEvent
from assistant.service.completions.messages import Conversation
from assistant.service.ports import PolicyService


def answer_of(service: PolicyService, conversation: Conversation) -> Answer:
    """The answer to the last message; raises AssistantError."""
    *_, last = stream_of(service, conversation)
    assert isinstance(last, Answered)  # noqa: S101 - a stream ends with its answer
    return last.answer


def stream_of(
    service: PolicyService, conversation: Conversation, gone: Gone | None = None
) -> Iterator[AskEvent]:
    """The same answer as it comes about; what is not to be kept is deleted before the last event."""
    request, resumed = conversation.last, None
    if conversation.earlier:
        resumed = service.resume(conversation.earlier)
        request = request.model_copy(update={"conversation_id": resumed})
    try:
        for event in service.stream(request, gone):
            if isinstance(event, Answered) and not conversation.keep:
                service.forget(event.answer.conversation_id)
            yield event
    except AssistantError:
        if resumed is not None:
            service.forget(resumed)
        raise
