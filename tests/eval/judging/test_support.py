"""Statement support: what a line may say, checked against the real corpus."""

from pathlib import Path

import pytest

from assistant.answering.contacts import load_contacts
from assistant.clauses import Corpus
from assistant.schemas import Answer
from eval.judging import Exchange, Published, SupportJudge, judge_turn
from eval.model import Expectation, Turn
from tests.eval.builders import answer

FILE = "sources/jiaxing-gazette-2024-06-07.txt"
QUOTE = "在浙江省范围内连续居住登记满六个月的"


@pytest.fixture(scope="module")
def support(corpus: Corpus, corpus_root: Path) -> SupportJudge:
    contact = load_contacts(corpus_root / "contacts.yaml").named("hukou")
    return SupportJudge(corpus, [contact] if contact else [])


def reply(corpus_root: Path, line: str) -> Answer:
    start = Published(corpus_root).text(FILE).index(QUOTE)
    citation = {
        "marker": 1,
        "clause_id": "jx-gbo-2024-16__sec_1",
        "document_id": "jx-gbo-2024-16",
        "title": "嘉兴市人民政府办公室关于高质量推进户籍制度改革的通知",
        "doc_number": "嘉政办发〔2024〕16号",
        "label": "一、进一步放宽租赁落户",
        "quote": QUOTE,
        "status": "in_force",
        "effective_from": "2024-08-01",
        "effective_to": None,
        "verified_on": "2024-07-25",
        "source": {"file": FILE, "start": start, "end": start + len(QUOTE)},
    }
    return answer("answer", text=f"{line}\n「{QUOTE}」[1]", citations=[citation])


@pytest.mark.parametrize(
    ("line", "supported"),
    [
        pytest.param("连续居住登记满六个月[1]。", True, id="as_quoted"),
        pytest.param("连续居住登记满半年[1]。", True, id="another_spelling"),
        pytest.param("连续居住登记满五个月[1]。", False, id="another_number"),
        pytest.param("可以咨询，电话 0573-81292203。", True, id="contact"),
        pytest.param("可以咨询，电话 0573-81292204。", False, id="another_telephone"),
        pytest.param("嘉政办发〔2024〕16号自2024年8月1日起施行。", True, id="manifest"),
        pytest.param("嘉政办发〔2024〕16号自2024年9月1日起施行。", False, id="another_day"),
        pytest.param("（现行有效）连续居住登记满六个月[1]。", True, id="its_standing"),
        pytest.param("（已修改删去）连续居住登记满六个月[1]。", False, id="another_standing"),
    ],
)
def test_a_line_must_rest_on_what_is_cited(
    line: str, supported: bool, corpus_root: Path, support: SupportJudge
) -> None:
    turn = Turn(question="租房落户要登记多久", expect=Expectation(kind="answer"))
    exchange = Exchange(turn, reply(corpus_root, line), Published(corpus_root))
    right, of = judge_turn(exchange, support).scores["statement_support"]
    assert of >= 1
    assert (right == of) is supported


def test_a_clause_that_is_not_in_the_corpus_supports_nothing(
    corpus_root: Path, support: SupportJudge
) -> None:
    good = reply(corpus_root, "连续居住登记满六个月[1]。")
    forged = good.citations[0].model_copy(update={"document_id": "none"})
    turn = Turn(question="租房落户", expect=Expectation(kind="answer"))
    found = judge_turn(
        Exchange(turn, good.model_copy(update={"citations": [forged]}), Published(corpus_root)),
        support,
    )
    assert found.scores["statement_support"] == (0, 1)
    assert any("依据查不到" in problem for problem in found.problems)
