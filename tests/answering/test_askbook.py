"""Questions written for clauses: what is like them, and that each stands by a clause of the corpus."""

from pathlib import Path

import pytest

from assistant.answering.askbook import AskBook, WrittenAsk, load_askbook, misplaced
from assistant.clauses import load_corpus
from assistant.errors import ManifestError
from eval.sets import paths, read_sets

ROOT = Path(__file__).parents[2]
BOOK = AskBook(
    [
        WrittenAsk("租来的房子能上户口吗", "甲__sec_1"),
        WrittenAsk("租房落户要登记多久", "甲__sec_1", "六个月"),
        WrittenAsk("补充医疗按几个点交", "乙__sec_3"),
    ]
)


def test_a_question_is_most_like_the_clause_it_was_written_for() -> None:
    alike = BOOK.alike("租的房子户口能上伐")
    assert max(alike, key=lambda each: alike[each].mean) == "甲__sec_1"


def test_the_passage_is_that_of_the_question_most_alike() -> None:
    assert BOOK.alike("租房落户登记要多久")["甲__sec_1"].on == "六个月"
    assert BOOK.alike("租来的房子户口好上吗")["甲__sec_1"].on == ""


def test_likeness_is_a_share() -> None:
    for ask in BOOK.asks:
        for alike in BOOK.alike(ask.question).values():
            assert 0 < alike.mean <= 1 + 1e-9


def test_a_near_miss_speaks_for_no_clause() -> None:
    book = AskBook([*BOOK.asks, WrittenAsk("租房落户要交多少钱", "甲__sec_1", misses=True)])
    assert "甲__sec_1" in book.alike("租房落户要登记多久")
    assert book.missed("租房落户收多少钱") > book.missed("租房落户要登记多久") > 0
    alone = AskBook([WrittenAsk("租房落户要交多少钱", "甲__sec_1", misses=True)])
    assert not alone.alike("租房落户要交多少钱")
    assert BOOK.missed("租房落户要交多少钱") == 0


def test_a_line_with_a_mark_is_read_as_a_near_miss(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("# sec_1\n租房能落户吗\n! 收费多少\n", "utf-8")
    asks = load_askbook(tmp_path).asks
    assert [(ask.question, ask.misses) for ask in asks] == [
        ("租房能落户吗", False),
        ("收费多少", True),
    ]


@pytest.mark.parametrize("question", ["", "？？", "xyzzy", "🙂"])
def test_what_shares_nothing_is_like_nothing(question: str) -> None:
    assert not BOOK.alike(question)
    assert BOOK.missed(question) == 0
    assert not AskBook().alike(question)


def test_a_corpus_without_questions_has_an_empty_book(tmp_path: Path) -> None:
    assert load_askbook(tmp_path / "asks").asks == ()


def test_a_question_under_no_clause_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("怎么办\n", "utf-8")
    with pytest.raises(ManifestError, match="第 1 行"):
        load_askbook(tmp_path)


def test_every_question_stands_by_a_clause_and_its_passage() -> None:
    corpus = load_corpus(ROOT / "corpus")
    assert not misplaced(load_askbook(ROOT / "corpus" / "asks"), corpus)
    clause = "jx-gbo-2024-16__sec_1"
    wrong = AskBook([WrittenAsk("甲", f"{clause}9"), WrittenAsk("乙", clause, "没有的话")])
    assert [line.partition("，")[2] for line in misplaced(wrong, corpus)] == [
        "语料里没有这一条，请改正编号。",
        "那一条没有这几个字，请照原文改。",
    ]


def test_no_question_of_the_sets_is_written_for_a_clause() -> None:
    kept = {ask.question for ask in load_askbook(ROOT / "corpus" / "asks").asks}
    cases = [each.case for each in read_sets(paths(ROOT / "eval"))]
    assert not [case.id for case in cases for turn in case.turns if turn.question in kept]
