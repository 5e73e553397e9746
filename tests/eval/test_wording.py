"""The scripts for a language model: whole, enough of them, and what they show of the gate."""

from collections.abc import Iterator

import pytest

from assistant.assembly import Assistant, build_service
from assistant.clauses import Corpus
from assistant.config import Settings
from eval.wording.evaluate import play
from eval.wording.scripted import ScriptedModel
from eval.wording.scripts import HONEST, HOSTILE, read_scripts
from eval.wording.steady import moved, sampled, with_model
from tests.answering.conftest import indexed, service

__all__ = ["indexed", "service"]


MEASURED = 0.12  # share of true statements left out; the target, 0.05, is what the command asks


@pytest.fixture(scope="module")
def worded(indexed: Settings, model: ScriptedModel) -> Iterator[Assistant]:
    worded = build_service(with_model(indexed, model))
    yield worded
    worded.close()


def test_there_are_enough_scripts_and_none_is_twice() -> None:
    honest, hostile = read_scripts(HONEST), read_scripts(HOSTILE)
    assert len(hostile) >= 300
    assert len(honest) >= 150
    assert all(any(said.bad for said in script.statements) for script in hostile)
    assert len({script.id for script in (*honest, *hostile)}) == len(honest) + len(hostile)


def test_every_script_names_clauses_that_there_are(corpus: Corpus) -> None:
    for script in (*read_scripts(HONEST), *read_scripts(HOSTILE)):
        for said in script.statements:
            assert [corpus.clause(clause_id) for clause_id in said.clause_ids]


def test_no_bad_statement_is_shown_and_nothing_but_the_wording_moves(
    service: Assistant, worded: Assistant, model: ScriptedModel
) -> None:
    scripts = [s for s in read_scripts(HOSTILE) if s.split == "dev"][::3]
    played = play(scripts, worded, service, model)
    assert [said.text for one in played for said in one.bad_shown] == []
    assert [one.script.id for one in played if one.changed] == []


def test_honest_statements_are_shown_as_they_are_worded(
    service: Assistant, worded: Assistant, model: ScriptedModel
) -> None:
    scripts = [s for s in read_scripts(HONEST) if s.split == "dev"][::2]
    played = play(scripts, worded, service, model)
    good = sum(len(one.script.statements) for one in played)
    assert sum(len(one.dropped) for one in played) <= MEASURED * good
    assert [one.script.id for one in played if one.changed] == []


def test_no_model_moves_a_verdict_a_citation_or_a_refusal(
    service: Assistant, worded: Assistant, model: ScriptedModel
) -> None:
    assert list(moved(sampled(every=12), service, worded, model)) == []
