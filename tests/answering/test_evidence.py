"""Every line that an answer says of itself rests on its quotations, manifests or contacts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answering.contacts import Contact, load_contacts
from assistant.answering.evidence import claims_of, evidence
from assistant.answering.grounding import Support, check_statement
from assistant.assembly import Assistant
from assistant.schemas import Answer
from eval.model import Case, Turn
from tests.answering.conftest import Ask

Answers = list[tuple[Case, Turn, Answer]]


@pytest.fixture(scope="session")
def contacts(corpus_root: Path) -> list[Contact]:
    ids = ("hukou", "gazette", "hotline")
    held = load_contacts(corpus_root / "contacts.yaml")
    return [contact for name in ids if (contact := held.named(name)) is not None]


def support_of(answer: Answer, service: Assistant, contacts: list[Contact]) -> Support:
    return evidence(service.view(), answer.citations, contacts, answer.as_of)


def claims(answer: Answer) -> Iterator[str]:
    for line in answer.text.split("\n"):
        yield from claims_of(line, answer.citations)


def test_every_claim_of_every_answer_rests_on_its_evidence(
    dev_answers: Answers, service: Assistant, contacts: list[Contact]
) -> None:
    failed = {}
    checked = 0
    for _, turn, answer in dev_answers:
        if answer.kind != "answer":
            continue
        support = support_of(answer, service, contacts)
        for claim in claims(answer):
            check = check_statement(claim, support, complete=False)
            checked += 1
            if not check.ok:
                failed[claim] = (check.reasons, turn.question)
    assert checked > 200
    assert failed == {}


@pytest.fixture
def renting(ask: Ask) -> Answer:
    return ask("嘉兴租房落户要求居住登记满几个月")


@pytest.mark.parametrize(
    "claim",
    [
        "满五个月。",
        "满六年。",
        "效力：嘉政办发〔2024〕16号自2024年9月1日起施行",
        "效力：嘉政办发〔2024〕18号自2024年8月1日起施行",
        "效力：嘉政办发〔2024〕16号有效到2024年8月1日为止",
        "《嘉兴市人民政府办公室关于高质量推进户籍制度改革的通知》已经废止",
        "拿不准可以咨询：嘉兴市公安局（户籍政策解读机关），电话 0573-81292204。",
        "您可以落户。",
    ],
    ids=range(8),
)
def test_a_false_line_does_not_rest_on_it(
    claim: str, renting: Answer, service: Assistant, contacts: list[Contact]
) -> None:
    assert not check_statement(claim, support_of(renting, service, contacts), complete=False).ok


def test_a_draft_is_not_said_to_bind(ask: Ask, service: Assistant, contacts: list[Contact]) -> None:
    draft = ask("金华居住证转户籍要登记多久")
    support = support_of(draft, service, contacts)
    title = draft.citations[0].title
    assert check_statement(f"《{title}》没有施行。", support, complete=False).ok
    assert not check_statement(f"《{title}》自2024年8月1日起施行。", support, complete=False).ok


def test_quotations_and_markers_are_no_claims(renting: Answer) -> None:
    quote = renting.citations[0].quote
    assert claims_of(f"「{quote}」[1]", renting.citations) == []
    assert claims_of("按现行规定：满六个月[1]。", renting.citations) == ["按现行规定", "满六个月。"]
    assert not any(re.search(r"\[\d\]", claim) for claim in claims(renting))
