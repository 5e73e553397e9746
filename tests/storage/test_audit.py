"""The audit record: how an answer came about stays, what the person said does not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.dialogue.ports import AuditRecord, AuditStore, FeedbackStore, outcome_digest
from assistant.errors import UnknownAnswerError
from assistant.storage import Stores
from tests.storage.conftest import BEGINNING, Clock

SAID = "我在余新租房半年了想上户口"


def record(conversation_id: str, answer_id: str = "answer-1") -> AuditRecord:
    outcome = {"kind": "verdict", "citations": [], "verdicts": [{"actual": SAID}]}
    return AuditRecord(
        answer_id=answer_id,
        conversation_id=conversation_id,
        at=BEGINNING,
        today=date(2026, 11, 22),
        as_of=date(2024, 8, 1),
        jurisdiction="嘉兴市",
        corpus_digest="c" * 64,
        build_id="000001-0123abcd",
        composer="extractive",
        rule_versions={"settle.rental": "d" * 64},
        retrieved=("jx-gbo-2024-16__sec_1", "jx-gbo-2024-16__sec_2"),
        request={"question": SAID, "as_of": None},
        state={"facts": {}},
        facts={"reg.months": {"value": 6, "said": SAID}},
        outcome=outcome,
        outcome_digest=outcome_digest(outcome),
    )


def audit(stores: Stores) -> AuditStore:
    return stores.audit


def feedback(stores: Stores) -> FeedbackStore:
    return stores.feedback


def test_a_record_comes_back_as_it_was(stores: Stores) -> None:
    kept = record(stores.conversations.create().conversation_id)
    audit(stores).record(kept)
    assert stores.audit.get("answer-1") == kept


@pytest.mark.parametrize("wrong", ["nothing", "", "x" * 3000])
def test_an_unknown_answer_is_told_in_chinese(stores: Stores, wrong: str) -> None:
    with pytest.raises(UnknownAnswerError, match="没有编号为"):
        stores.audit.get(wrong)
    with pytest.raises(UnknownAnswerError, match="没有编号为"):
        stores.feedback.add(wrong, "up", None)


def texts_gone(kept: AuditRecord) -> AuditRecord:
    return replace(kept, request=None, state=None, facts=None, outcome=None)


def test_deleting_a_conversation_erases_the_texts_of_its_records(stores: Stores) -> None:
    id_ = stores.conversations.create().conversation_id
    other = stores.conversations.create().conversation_id
    audit(stores).record(record(id_))
    stores.audit.record(record(other, "answer-2"))
    feedback(stores).add("answer-1", "down", "我说的是六个月")
    stores.conversations.delete(id_)
    assert stores.audit.get("answer-1") == texts_gone(record(id_))
    assert stores.audit.get("answer-2") == record(other, "answer-2")
    assert [(each.rating, each.reason) for each in stores.feedback.of("answer-1")] == [
        ("down", None)
    ]


def test_purging_erases_the_texts_of_records(stores: Stores, clock: Clock) -> None:
    id_ = stores.conversations.create().conversation_id
    stores.audit.record(record(id_))
    stores.conversations.purge(clock.now + timedelta(days=31), 30)
    assert stores.audit.get("answer-1") == texts_gone(record(id_))


def test_what_comes_after_the_deletion_is_kept_without_texts(stores: Stores) -> None:
    id_ = stores.conversations.create().conversation_id
    stores.conversations.delete(id_)
    stores.audit.record(record(id_))
    stores.feedback.add("answer-1", "down", SAID)
    assert stores.audit.get("answer-1") == texts_gone(record(id_))
    assert stores.feedback.of("answer-1")[0].reason is None


def test_opinions_are_kept_in_order(stores: Stores, clock: Clock) -> None:
    stores.audit.record(record(stores.conversations.create().conversation_id))
    stores.feedback.add("answer-1", "down", "看不懂")
    clock.advance(minutes=1)
    stores.feedback.add("answer-1", "up", None)
    said = stores.feedback.of("answer-1")
    assert [(each.rating, each.reason) for each in said] == [("down", "看不懂"), ("up", None)]
    assert said[1].at == clock.now
    assert stores.feedback.of("answer-2") == ()


def _everything(stores: Stores) -> str:
    with stores.database.reading() as connection:
        tables = sa.MetaData()
        tables.reflect(connection)
        return "\n".join(
            str(tuple(row))
            for table in tables.tables.values()
            for row in connection.execute(table.select())
        )


def _bytes(files: Iterable[Path]) -> bytes:
    return b"".join(path.read_bytes() for path in files if path.is_file())


def test_no_word_of_a_deleted_conversation_stays(stores: Stores, tmp_path: Path) -> None:
    said = "zxq-unusual-words-7781"
    id_ = stores.conversations.create({"topic": said}).conversation_id
    stores.conversations.append_turn(id_, said, {"q": said}, answer={"text": said})
    stores.audit.record(replace(record(id_), request={"q": said}, facts={"f": said}))
    stores.feedback.add("answer-1", "down", said)
    assert said in _everything(stores)
    stores.conversations.delete(id_)
    assert said not in _everything(stores)
    assert said.encode() not in _bytes(tmp_path.rglob("*"))  # SQLite's file and journal too
