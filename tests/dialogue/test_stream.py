"""An answer as it comes about: the same one, in pieces, stored whoever reads it to the end."""

import pytest

from assistant.assembly import Assistant
from assistant.errors import UnknownConversationError
from assistant.schemas import Answered, AskEvent, AskRequest, Delta, Stage

SAMPLES = {
    "answer": "嘉兴租房落户要求居住登记满几个月",
    "verdict": "我在嘉兴市区租商品房，居住登记满七个月，有备案证明，能落户吗",
    "clarify": "我能落户吗",
    "refuse": "杭州落户要几个工作日办好",
    "chat": "你好",
}


def asked(service: Assistant, question: str, **fields: str) -> list[AskEvent]:
    return list(service.stream(AskRequest(question=question, **fields)))


def answered(event: AskEvent) -> Answered:
    assert isinstance(event, Answered)
    return event


@pytest.mark.parametrize("kind", SAMPLES)
def test_pieces_in_a_row_are_the_text_and_the_answer_is_that_of_ask(
    service: Assistant, kind: str
) -> None:
    events = asked(service, SAMPLES[kind])
    answer = answered(events[-1]).answer
    stages = [event.stage for event in events if isinstance(event, Stage)]
    plain = service.ask(AskRequest(question=SAMPLES[kind]))
    assert answer.kind == kind
    assert "".join(event.text for event in events if isinstance(event, Delta)) == answer.text
    assert (stages[0], stages[-1]) == ("understand", "compose")
    assert (answer.text, answer.citations, answer.verdicts) == (
        plain.text,
        plain.citations,
        plain.verdicts,
    )


def test_what_a_reader_said_is_kept_though_they_left_before_the_answer(service: Assistant) -> None:
    first = service.ask(AskRequest(question="你好"))
    conversation = first.conversation_id
    events = service.stream(
        AskRequest(question="我今年46岁，在嘉兴租房", conversation_id=conversation),
        gone=lambda: True,
    )
    assert not any(isinstance(event, Delta) for event in events)
    shown = service.ask(AskRequest(question="你了解我什么", conversation_id=conversation))
    assert shown.facts["age"].said is not None


def test_a_conversation_nobody_began_fails_at_the_first_step(service: Assistant) -> None:
    with pytest.raises(UnknownConversationError):
        next(service.stream(AskRequest(question="你好", conversation_id="nobody")))
