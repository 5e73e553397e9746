"""Six people tap their way to the right verdict over HTTP, and `docs/transcripts.md` tells how."""

import httpx
import pytest

from assistant.schemas import Answer, AskRequest
from eval.persons import MOST_QUESTIONS, PERSONS, Person, play, transcripts
from eval.serving import ROOT
from tests.endtoend.conftest import Ask


@pytest.fixture(scope="module")
def ask(client: httpx.Client) -> Ask:
    def asking(request: AskRequest) -> Answer:
        response = client.post("/api/ask", json=request.model_dump(mode="json"))
        assert response.status_code == 200, response.text
        return Answer.model_validate(response.json())

    return asking


@pytest.mark.parametrize("person", PERSONS, ids=lambda person: person.key)
def test_choices_alone_lead_to_the_right_verdict(person: Person, ask: Ask) -> None:
    heard = play(person, ask)
    last = heard[-1][1]
    assert len(heard) - 1 <= MOST_QUESTIONS
    assert last.kind == "verdict"
    assert {v.rule_id: v.outcome for v in last.verdicts}[person.rule] == person.outcome
    eligible = {v.rule_id for v in last.verdicts if v.outcome == "eligible"}
    assert eligible == ({person.rule} if person.outcome == "eligible" else set())


def test_the_transcripts_are_those_of_this_service(ask: Ask) -> None:
    page = ROOT / "docs" / "transcripts.md"
    assert page.read_text("utf-8") == transcripts(ask), "run make docs"
