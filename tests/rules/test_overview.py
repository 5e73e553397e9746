"""The overview that offices review names every rule, figure, quote and open doubt."""

from pathlib import Path

import pytest

from assistant.clauses import Corpus
from assistant.rules import RuleBook, overview
from assistant.rules.binding import bindings
from eval.rules_table import main
from tests.rules.conftest import CORPUS

DOCUMENT = CORPUS.parent / "docs" / "rules.md"


@pytest.fixture(scope="module")
def text(book: RuleBook, corpus: Corpus) -> str:
    return overview(book, corpus)


def test_everything_that_a_rule_rests_on_is_in_the_overview(
    text: str, book: RuleBook, corpus: Corpus
) -> None:
    for binding in bindings(book.rules):
        clause = corpus.clause(binding.cite.clause_id)
        notice = corpus.notice(clause.notice_id)
        assert binding.rule_id in text
        assert f"「{binding.cite.quote}」" in text
        assert notice.doc_number is None or notice.doc_number in text
        assert clause.label in text
    for parameter in book.parameters:
        assert parameter.name in text


def test_every_condition_premise_paper_and_doubt_is_told(text: str, book: RuleBook) -> None:
    for rule in book.rules:
        for version in rule.versions:
            for alternative in version.alternatives:
                for condition in alternative.conditions:
                    assert condition.label in text
                    assert condition.required.on(version.valid_from) in text
                assert all(material.name in text for material in alternative.materials)
            assert all(premise.text in text for premise in version.premises)
            assert all(doubt.note in text for doubt in version.doubts)


def test_no_slot_is_left_open_for_the_reader(text: str) -> None:
    assert "{" not in text


def test_a_condition_is_told_as_it_is_tested(text: str) -> None:
    assert "自连续居住登记起始日起已满6个月" in text
    assert "最高学历：大专、本科、硕士、博士，或者" in text


def test_the_document_is_that_of_todays_rules(text: str) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == text, "请运行 make docs"


def test_the_command_writes_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "rules.md"
    arguments = [str(target), "--corpus", str(CORPUS)]
    assert main([*arguments, "--check"]) == 1
    assert "make docs" in capsys.readouterr().err
    assert main(arguments) == 0
    assert main([*arguments, "--check"]) == 0
    assert main([str(target), "--corpus", str(tmp_path)]) == 1
