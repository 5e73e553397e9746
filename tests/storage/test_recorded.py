"""A replay's conversation: behaves as the store does, and keeps nothing."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.dialogue.ports import AuditStore, ConversationStore, Json, outcome_digest
from assistant.errors import UnknownAnswerError, UnknownConversationError
from assistant.storage import RecordedConversation, Stores
from tests.storage.test_audit import record

ID = "conversation-1"


def as_conversations(recorded: RecordedConversation) -> ConversationStore:
    return recorded


def as_audit(recorded: RecordedConversation) -> AuditStore:
    return recorded


def talk(store: ConversationStore, id_: str) -> tuple[Json, list[Any]]:
    """Some turns; returns what the store then holds."""
    store.update(id_, lambda s: {**s, "facts": {"a": {"value": 1}, "b": {"value": 2}}})
    first = store.append_turn(id_, "问一", {"as_of": None}, change=lambda s: {**s, "topic": "落户"})
    store.answer_turn(
        id_, first.turns[-1].position, {"text": "答"}, change=lambda s: {**s, "asked": ["age"]}
    )
    store.append_turn(id_, "问二", {}, answer={"text": "答二"})
    store.update(id_, lambda s: {**s, "n": 1})
    whole = store.load(id_)
    return whole.state, [(t.position, t.question, t.request, t.answer) for t in whole.turns]


def test_it_behaves_as_the_database_does(stores: Stores) -> None:
    id_ = stores.conversations.create({"topic": None}).conversation_id
    recorded = RecordedConversation(replace(record(id_), state={"topic": None}))
    assert talk(as_conversations(recorded), id_) == talk(stores.conversations, id_)


def test_a_turn_that_began_a_conversation_begins_it_under_the_same_id() -> None:
    recorded = RecordedConversation(record(ID))
    assert as_conversations(recorded).create({"topic": None}).conversation_id == ID
    assert recorded.load(ID).state == {"topic": None}


def test_there_is_no_other_conversation() -> None:
    with pytest.raises(UnknownConversationError):
        RecordedConversation(record(ID)).load("other")


def test_the_record_is_not_changed() -> None:
    kept = record(ID)
    recorded = RecordedConversation(kept)
    recorded.update(ID, lambda s: {**s, "facts": {"a": {"value": 1}}})
    assert kept.state == {"facts": {}}


def test_no_record_is_made_of_a_replay() -> None:
    recorded = as_audit(RecordedConversation(record(ID)))
    recorded.record(record(ID))
    with pytest.raises(UnknownAnswerError):
        recorded.get("answer-1")


def test_the_digest_of_an_outcome_is_set_and_stays(stores: Stores) -> None:
    id_ = stores.conversations.create().conversation_id
    kept = record(id_)
    stores.audit.record(kept)
    stores.conversations.delete(id_)
    assert kept.outcome is not None
    assert stores.audit.get("answer-1").outcome_digest == outcome_digest(kept.outcome)


def test_the_digest_does_not_hang_on_the_order_of_names() -> None:
    assert outcome_digest({"a": 1, "b": "是"}) == outcome_digest({"b": "是", "a": 1})
    assert outcome_digest({"a": 1}) != outcome_digest({"a": 1.5})
