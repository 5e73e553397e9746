"""An answer as plain text: every citation a note that can be checked by itself."""

from datetime import date

from assistant.schemas import Answer, Citation, Notice, SourceRange
from assistant.service.plain import notes, plain_text, source_link

LINK = source_link("http://policy.example/")
DAY = date(2026, 11, 22)


def citation(marker: int, number: str | None = "嘉政办发〔2024〕16号", **more: object) -> Citation:
    given = {
        "marker": marker,
        "clause_id": "jx__sec_1",
        "document_id": "jx",
        "title": "关于《办法》的通知",
        "doc_number": number,
        "label": "一、租赁落户",
        "quote": f"第{marker}句。",
        "status": "in_force",
        "effective_from": date(2024, 8, 1),
        "effective_to": None,
        "verified_on": DAY,
        "source": SourceRange(file="sources/a.txt", start=3, end=9),
    }
    return Citation.model_validate(given | more)


def answer(**more: object) -> Answer:
    given = {
        "answer_id": "a",
        "conversation_id": "c",
        "kind": "answer",
        "text": "满六个月[1]。",
        "as_of": DAY,
        "jurisdiction": "嘉兴市",
    }
    return Answer.model_validate(given | more)


def test_a_note_bears_label_number_status_quote_and_where_to_read_it() -> None:
    note = notes(answer(citations=[citation(1)]), LINK).split("\n\n")[1]
    assert note == (
        "[1] 《关于〈办法〉的通知》（嘉政办发〔2024〕16号） 一、租赁落户（现行有效，自2024-08-01起）\n"
        "「第1句。」\n"
        "原文：http://policy.example/source/jx__sec_1?start=3&end=9"
    )


def test_a_notice_is_named_whole_once_and_by_its_number_afterwards() -> None:
    told = notes(answer(citations=[citation(1), citation(2)]), LINK)
    assert "[2] 嘉政办发〔2024〕16号 一、租赁落户（" in told
    unnumbered = notes(answer(citations=[citation(1, None), citation(2, None)]), LINK)
    assert unnumbered.count("《关于〈办法〉的通知》") == 2


def test_a_status_that_is_not_in_force_says_until_when_it_was() -> None:
    ended = citation(1, status="superseded", effective_to=date(2024, 7, 31))
    told = notes(answer(citations=[ended]), LINK)
    assert "（已被替代，自2024-08-01至2024-07-31）" in told


def test_notices_are_given_once_and_not_where_the_text_gives_them() -> None:
    given = [Notice(code="handoff", text="电话 1"), Notice(code="conflict", text="说法不一。")]
    told = plain_text(answer(text="请打电话 1。", notices=given), LINK)
    assert told.count("电话 1") == 1
    assert "提示（资料说法不一）：说法不一。" in told


def test_the_text_comes_first_and_unchanged_and_a_greeting_has_no_notes() -> None:
    shown = answer(citations=[citation(1)])
    assert plain_text(shown, LINK).startswith(shown.text + "\n\n")
    assert plain_text(answer(kind="chat", text="您好。"), LINK) == "您好。"
