"""Conversations: nothing that was acknowledged is lost, whoever writes at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from assistant.dialogue.ports import Change, ConversationStore, Json
from assistant.errors import StorageError, UnknownConversationError
from assistant.storage import Stores, open_stores
from tests.storage.conftest import BEGINNING, Clock


def protocol(stores: Stores) -> ConversationStore:
    return stores.conversations


def fact(value: Any, said: str | None = None) -> Json:
    return {"value": value, "said": said, "on": "2026-11-22"}


def telling(name: str, value: Any = None, said: str | None = None) -> Change:
    """The change of state that keeps one more fact."""
    return lambda state: state | {"facts": state.get("facts", {}) | {name: fact(value, said)}}


def test_a_new_conversation_is_found_under_its_id(stores: Stores) -> None:
    begun = protocol(stores).create({"topic": "落户"})
    assert stores.conversations.load(begun.conversation_id) == begun
    assert begun.state == {"topic": "落户"}
    assert (begun.created_at, begun.turns) == (BEGINNING, ())


def test_conversations_get_ids_of_their_own(stores: Stores) -> None:
    ids = {stores.conversations.create().conversation_id for _ in range(5)}
    assert len(ids) == 5


@pytest.mark.parametrize("wrong", ["unknown", "", "没有", "x" * 5000, "' OR 1=1 --"])
def test_an_unknown_id_is_told_in_chinese(stores: Stores, wrong: str) -> None:
    store = stores.conversations
    for act in (
        lambda: store.load(wrong),
        lambda: store.append_turn(wrong, "问", {}),
        lambda: store.answer_turn(wrong, 1, {}),
        lambda: store.update(wrong, dict),
        lambda: store.delete(wrong),
    ):
        with pytest.raises(UnknownConversationError, match="没有编号为") as told:
            act()
        assert told.value.field == "conversation_id"


def test_turns_come_back_in_order_as_they_were(stores: Stores, clock: Clock) -> None:
    store = stores.conversations
    id_ = store.create().conversation_id
    request = {"as_of": "2024-08-01", "jurisdiction": "海宁市", "facts": {"reg.months": 7}}
    first = store.append_turn(id_, "租房半年了能上户口吗🙂", request)
    clock.advance(minutes=1)
    second = store.append_turn(id_, "那我老婆呢", {}, answer={"text": "可以随迁"})
    assert [turn.position for turn in second.turns] == [1, 2]
    assert second.turns[0] == first.turns[0]
    assert store.load(id_) == second
    assert (second.turns[0].request, second.turns[0].answer) == (request, None)
    assert second.used_at == clock.now


def test_a_turn_is_stored_before_it_is_answered(stores: Stores) -> None:
    store = stores.conversations
    id_ = store.create().conversation_id
    stored = store.append_turn(id_, "问", {})
    assert store.load(id_).turns[0].answer is None
    store.answer_turn(id_, stored.turns[-1].position, {"text": "答", "citations": []})
    assert store.load(id_).turns[0].answer == {"text": "答", "citations": []}
    with pytest.raises(UnknownConversationError):
        store.answer_turn(id_, 9, {})


def test_an_unknown_answer_to_a_question_is_kept_as_unknown(stores: Stores) -> None:
    id_ = stores.conversations.create().conversation_id
    stores.conversations.update(id_, telling("reg.months", None, "不清楚"))
    assert stores.conversations.load(id_).facts == {"reg.months": fact(None, "不清楚")}


def test_a_turn_and_its_change_are_stored_both_or_neither(stores: Stores) -> None:
    store = stores.conversations
    before = store.create({"n": 1})

    def fails(state: dict[str, Any]) -> Json:
        state["n"] = 2
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.append_turn(before.conversation_id, "问", {}, change=fails)
    assert store.load(before.conversation_id) == before


def test_the_version_grows_with_every_change(stores: Stores) -> None:
    store = stores.conversations
    id_ = store.create().conversation_id
    store.append_turn(id_, "问", {}, change=lambda state: state | {"topic": "落户"})
    store.answer_turn(id_, 1, {})
    assert store.update(id_, telling("a")).version == 4
    assert store.load(id_).version == 4


def test_odd_signs_come_back_as_they_were(stores: Stores) -> None:
    odd = {
        "said": "“引号” \\ \u2028 \U0001f469\u200d\U0001f467 % {} ' \x00",
        "n": 1.5,
        "big": 10**15,
    }
    id_ = stores.conversations.create(odd).conversation_id
    assert stores.conversations.load(id_).state == odd


def test_moments_of_any_zone_are_kept_as_moments(stores: Stores, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 22, 16, 0, tzinfo=timezone(timedelta(hours=8)))
    id_ = stores.conversations.create().conversation_id
    read = stores.conversations.load(id_).created_at
    assert (read, read.tzinfo) == (clock.now, UTC)


def test_facts_said_at_the_same_time_are_all_kept(stores: Stores) -> None:
    store = stores.conversations
    id_ = store.create().conversation_id

    def talk(speaker: int) -> None:
        for number in range(8):
            name = f"fact.{speaker}.{number}"
            if number % 2:
                store.update(id_, telling(name))
            else:
                store.append_turn(id_, name, {}, change=telling(name))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(talk, range(16)))
    whole = store.load(id_)
    assert len(whole.facts) == 16 * 8
    assert [turn.position for turn in whole.turns] == list(range(1, 16 * 4 + 1))
    assert len({turn.question for turn in whole.turns}) == 16 * 4
    assert whole.version == 1 + 16 * 8


def test_reading_never_sees_half_a_change(stores: Stores) -> None:
    store = stores.conversations
    id_ = store.create({"count": 0}).conversation_id

    def write(_: int) -> None:
        for _ in range(20):
            store.append_turn(id_, "问", {}, change=lambda s: {"count": s["count"] + 1})

    def read(_: int) -> bool:
        return all(len((c := store.load(id_)).turns) == c.state["count"] for _ in range(40))

    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(write, n) for n in range(3)]
        assert all(pool.map(read, range(3)))
        for each in writing:
            each.result()
    assert store.load(id_).state == {"count": 60}


def test_deleting_twice_is_told(stores: Stores) -> None:
    id_ = stores.conversations.create().conversation_id
    stores.conversations.append_turn(id_, "问", {})
    stores.conversations.delete(id_)
    with pytest.raises(UnknownConversationError):
        stores.conversations.delete(id_)


def test_a_deletion_during_requests_leaves_nothing_behind(stores: Stores) -> None:
    store = stores.conversations
    id_ = store.create().conversation_id

    def talk(_: int) -> None:
        for _ in range(10):
            try:
                store.append_turn(id_, "问", {})
            except UnknownConversationError:
                return

    with ThreadPoolExecutor(5) as pool:
        talking = [pool.submit(talk, n) for n in range(4)]
        pool.submit(store.delete, id_).result()
        for each in talking:
            each.result()
    with pytest.raises(UnknownConversationError):
        store.load(id_)


def test_what_was_not_used_for_long_is_purged(stores: Stores, clock: Clock) -> None:
    store = stores.conversations
    old, kept = store.create().conversation_id, store.create().conversation_id
    clock.advance(days=29)
    store.update(kept, telling("a"))
    clock.advance(days=1)
    assert store.purge(clock.now, 30) == 0
    clock.advance(seconds=1)
    assert store.purge(clock.now, 30) == 1
    assert store.load(kept).facts
    with pytest.raises(UnknownConversationError):
        store.load(old)


def test_purging_takes_many(stores: Stores, clock: Clock) -> None:
    for _ in range(450):
        stores.conversations.create()
    assert stores.conversations.purge(clock.now + timedelta(days=31), 30) == 450


def test_a_conversation_survives_a_restart(stores: Stores, url: str, tmp_path: Path) -> None:
    id_ = stores.conversations.create({"topic": "落户"}).conversation_id
    stores.conversations.append_turn(id_, "问", {}, answer={"text": "答"})
    before = stores.conversations.load(id_)
    stores.close()
    again = open_stores(url, tmp_path)
    try:
        assert again.conversations.load(id_) == before
    finally:
        again.close()


def test_given_ids_cannot_be_guessed(url: str, tmp_path: Path) -> None:
    opened = open_stores(url, tmp_path)
    try:
        ids = {opened.conversations.create().conversation_id for _ in range(20)}
    finally:
        opened.close()
    assert len(ids) == 20
    assert all(len(each) >= 24 for each in ids)


def test_a_moment_without_a_zone_is_refused(stores: Stores, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 22)  # noqa: DTZ001
    with pytest.raises(StorageError):
        stores.conversations.create()
