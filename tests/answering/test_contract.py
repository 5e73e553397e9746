"""What the contract promises of every answer, over all questions of the development split."""

import re
from datetime import date

import pytest

from assistant.errors import UnknownConversationError
from assistant.schemas import Answer, Citation, SourceRange
from eval.judging import Published
from eval.judging.contract import AMENDING, breaches
from eval.model import EVAL_DAY, Case, Turn, squeeze
from tests.answering.conftest import FROM_TEXT, Ask

Answers = list[tuple[Case, Turn, Answer]]
PAST = date(2021, 5, 1)


def test_there_are_questions_of_every_kind(dev_answers: Answers) -> None:
    kinds = {answer.kind for _, _, answer in dev_answers}
    assert {"answer", "refuse", "chat"} <= kinds
    assert len(dev_answers) > 100


def test_every_answer_keeps_the_contract(dev_answers: Answers, published: Published) -> None:
    broken = {
        turn.question: found
        for _, turn, answer in dev_answers
        if answer.kind in FROM_TEXT and (found := breaches(answer, published))
    }
    assert broken == {}


def test_quotes_stand_at_their_offsets_by_plain_slicing(
    dev_answers: Answers, published: Published
) -> None:
    quotes = [citation for _, _, answer in dev_answers for citation in answer.citations]
    assert len(quotes) > 100
    for citation in quotes:
        whole = published.text(citation.source.file)
        assert whole.strip(), citation.source.file
        stands = whole[citation.source.start : citation.source.end]
        assert re.sub(r"\s", "", stands) == re.sub(r"\s", "", citation.quote)


def test_the_day_and_place_are_those_asked_for(dev_answers: Answers) -> None:
    for _, turn, answer in dev_answers:
        if turn.as_of is not None:
            assert answer.as_of == turn.as_of
        if not re.search(r"[12]\d{3}|[年天月]", turn.question):
            assert answer.as_of == (turn.as_of or EVAL_DAY), turn.question


def test_amendments_are_never_cut_before_what_they_do(
    dev_answers: Answers, published: Published
) -> None:
    amending = [c for _, _, answer in dev_answers for c in answer.citations]
    amending = [c for c in amending if c.document_id in AMENDING and "“" in c.quote]
    assert amending
    for citation in amending:
        assert re.search("删去|修改为", squeeze(citation.quote)), citation.quote


def test_every_answer_has_an_identity_of_its_own(dev_answers: Answers) -> None:
    ids = [answer.answer_id for _, _, answer in dev_answers]
    assert len(set(ids)) == len(ids)


def test_a_refusal_cites_nothing_in_force_and_says_what_next(dev_answers: Answers) -> None:
    for _, turn, answer in dev_answers:
        if answer.kind == "refuse":
            assert answer.reason is not None
            assert len(answer.text) > 12, turn.question


def test_a_refusal_of_our_field_gives_a_telephone(dev_answers: Answers) -> None:
    for _, turn, answer in dev_answers:
        if answer.reason in {"no_source", "account_data"}:
            assert re.search(r"\d{4}[-—]+\d{8}", answer.text), turn.question
            assert "handoff" in {notice.code for notice in answer.notices}


def test_drafts_and_other_places_say_so_in_the_first_sentence(dev_answers: Answers) -> None:
    for _, turn, answer in dev_answers:
        if answer.citations and answer.citations[0].status == "draft":
            first = answer.text.split("\n")[0]
            assert "征求意见稿" in first, turn.question
            assert "没有施行" in first
            assert "draft" in {notice.code for notice in answer.notices}


# --- precedence: the request, then the question, then today and home


def test_today_and_home_when_nothing_is_said(ask: Ask) -> None:
    answer = ask("租房落户要登记满几个月")
    assert (answer.as_of, answer.jurisdiction) == (EVAL_DAY, "嘉兴市")


def test_the_question_names_the_day(ask: Ask) -> None:
    assert ask("2021年5月1日租房落户要登记满几个月").as_of == PAST


def test_the_request_outranks_the_question_on_the_day(ask: Ask) -> None:
    answer = ask("2021年5月1日租房落户要登记满几个月", date(2025, 1, 1))
    assert answer.as_of == date(2025, 1, 1)
    assert answer.citations[0].document_id == "jx-gbo-2024-16"


def test_the_question_names_the_place(ask: Ask) -> None:
    assert ask("金华居住证转户籍要登记多久").jurisdiction == "金华市"


def test_the_request_outranks_the_question_on_the_place(ask: Ask) -> None:
    answer = ask("金华居住证转户籍要登记多久", jurisdiction="嘉兴市")
    assert answer.jurisdiction == "嘉兴市"
    assert not any(c.document_id.startswith("jh-") for c in answer.citations)


def test_a_county_in_the_request_is_the_city_with_its_area(ask: Ask) -> None:
    answer = ask("租房落户要登记满几个月", jurisdiction="海宁市")
    assert answer.jurisdiction == "嘉兴市"
    assert answer.kind == "answer"


def test_the_same_question_gives_the_same_answer(ask: Ask) -> None:
    question = "大专以上学历落户可以带父母吗"
    first, second = ask(question), ask(question)
    assert (first.text, first.citations) == (second.text, second.citations)


def test_a_conversation_keeps_its_id_and_an_unknown_one_is_an_error(ask: Ask) -> None:
    begun = ask("租房落户要登记满几个月").conversation_id
    assert ask("要什么材料", conversation_id=begun).conversation_id == begun
    with pytest.raises(UnknownConversationError):
        ask("要什么材料", conversation_id="c-1")


# --- the checks themselves see what is wrong


@pytest.fixture
def sound(ask: Ask) -> Answer:
    return ask("租房落户要登记满几个月")


def _with(answer: Answer, **changes: object) -> Answer:
    citation = answer.citations[0].model_copy(update=changes)
    return answer.model_copy(update={"citations": [citation]})


@pytest.mark.parametrize(
    "changes",
    [
        {"quote": "租赁本市城镇地区商品住房,在浙江省范围内连续居住登记满五个月的"},
        {"marker": 2},
        {"status": "expired"},
        {"source": SourceRange(file="sources/none.txt", start=0, end=10)},
        {"effective_from": date(2030, 1, 1)},
    ],
    ids=["altered_quote", "wrong_marker", "untold_status", "no_source", "wrong_days"],
)
def test_a_broken_citation_is_seen(
    sound: Answer, published: Published, changes: dict[str, object]
) -> None:
    assert breaches(sound, published) == []
    assert breaches(_with(sound, **changes), published)


def test_a_cut_amendment_is_seen(ask: Ask, published: Published) -> None:
    answer = ask("跨境电商年进出口首次达到100万美元奖励多少")
    citation: Citation = answer.citations[0]
    quote = citation.quote.split("，")[0][:-10]
    cut = _with(answer, quote=quote)
    assert any("断在" in what for what in breaches(cut, published))


def test_an_answer_without_citation_or_reason_is_seen(sound: Answer, published: Published) -> None:
    assert breaches(sound.model_copy(update={"citations": []}), published)
    assert breaches(sound.model_copy(update={"reason": "no_source"}), published)
    assert breaches(sound.model_copy(update={"kind": "refuse"}), published)
