"""The question sets themselves: sound against the corpus, and balanced as the guide says."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.clauses.corpus import Corpus
from assistant.clauses.loader import load_corpus
from eval.checks import check, load_ground, near_duplicates
from eval.model import CATEGORIES, Case
from eval.sets import WORDING, paths, read_cases, read_sets

RETRIEVAL, POLICY, *_ = paths()


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(Path("corpus"))


@pytest.fixture(scope="module")
def retrieval() -> tuple[Case, ...]:
    return read_cases(RETRIEVAL)


@pytest.fixture(scope="module")
def policy() -> tuple[Case, ...]:
    return read_cases(POLICY)


def test_all_sets_are_sound_together() -> None:
    assert check(read_sets(paths()), load_ground(Path("corpus"))) == []


def test_all_sets_together_hold_what_was_promised() -> None:
    found = read_sets(paths())
    assert len(found) >= 400
    assert {each.category for each in found} == CATEGORIES.keys() - {WORDING}


def test_retrieval_asks_about_the_whole_corpus(retrieval: tuple[Case, ...]) -> None:
    tags = Counter(tag for case in retrieval for tag in case.tags)
    assert len(retrieval) >= 150
    assert tags["settlement"] <= len(retrieval) / 3
    assert {"colloquial", "formal", "address"} <= tags.keys()


def test_every_retrieval_case_has_gold_leaves(retrieval: tuple[Case, ...], corpus: Corpus) -> None:
    gold = [clause for case in retrieval for clause in case.turns[0].expect.clauses]
    assert all(case.turns[0].expect.clauses for case in retrieval)
    assert all(corpus.clause(clause_id).is_leaf for clause_id in gold)


def test_every_notice_is_asked_about(retrieval: tuple[Case, ...], corpus: Corpus) -> None:
    asked = {corpus.clause(c).notice_id for case in retrieval for c in case.turns[0].expect.clauses}
    assert asked == {notice.notice_id for notice in corpus.notices()}


def test_policy_holds_answers_and_every_refusal(policy: tuple[Case, ...]) -> None:
    kinds = Counter(turn.expect.kind for case in policy for turn in case.turns)
    reasons = {turn.expect.reason for case in policy for turn in case.turns}
    assert len(policy) >= 140
    assert kinds.keys() == {"answer", "refuse", "chat"}
    assert reasons >= {
        "no_source",
        "out_of_scope",
        "other_jurisdiction",
        "personal_data",
        "account_data",
        "legal_opinion",
        "unsafe",
    }


def test_an_expected_answer_names_its_clauses_or_words(policy: tuple[Case, ...]) -> None:
    turns = [turn for case in policy for turn in case.turns]
    answered = [turn.expect for turn in turns if turn.expect.kind == "answer"]
    assert all(expect.clauses or expect.says for expect in answered)


def test_a_third_is_kept_for_testing(retrieval: tuple[Case, ...]) -> None:
    assert 0.3 <= sum(case.split == "test" for case in retrieval) / len(retrieval) <= 0.36


def test_enough_policy_questions_are_held_out(policy: tuple[Case, ...]) -> None:
    assert 0.1 <= sum(case.split == "test" for case in policy) / len(policy) <= 0.5


def test_no_question_stands_twice_among_all_sets() -> None:
    assert near_duplicates(read_sets(paths())) == []
