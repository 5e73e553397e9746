"""Verdicts and answers to word."""

from datetime import date
from typing import Any

from assistant.schemas import (
    Answer,
    Citation,
    Condition,
    Material,
    Notice,
    Question,
    SourceRange,
    Verdict,
)

DAY = date(2026, 11, 22)


def citation(marker: int = 1, quote: str = "连续居住登记满六个月的", **values: Any) -> Citation:
    return Citation(
        **{
            "marker": marker,
            "clause_id": "jx-gbo-2024-16__sec_1",
            "document_id": "jx-gbo-2024-16",
            "title": "嘉兴市人民政府办公室关于高质量推进户籍制度改革的通知",
            "doc_number": "嘉政办发〔2024〕16号",
            "label": "一、进一步放宽租赁落户",
            "quote": quote,
            "status": "in_force",
            "effective_from": date(2024, 8, 1),
            "effective_to": None,
            "verified_on": date(2024, 7, 25),
            "source": SourceRange(file="sources/a.txt", start=0, end=len(quote)),
            **values,
        }
    )


def verdict(**values: Any) -> Verdict:
    return Verdict(
        **{
            "rule_id": "settle.rental",
            "title": "租赁落户",
            "outcome": "ineligible",
            "as_of": DAY,
            "conditions": [
                Condition(
                    id="registration",
                    label="连续居住登记",
                    status="unmet",
                    required="满6个月",
                    actual="已满5个月",
                    marker=1,
                )
            ],
            "materials": [Material(name="《房屋租赁登记备案证明》", status="unknown", marker=2)],
            "earliest_date": date(2026, 12, 22),
            **values,
        }
    )


def answer(**values: Any) -> Answer:
    return Answer(
        **{
            "answer_id": "a-1",
            "conversation_id": "c-1",
            "kind": "answer",
            "text": "按现行规定：满六个月[1]。\n嘉政办发〔2024〕16号：「……」[1]",
            "citations": [citation()],
            "as_of": DAY,
            "jurisdiction": "嘉兴市",
            **values,
        }
    )


HANDOFF = Notice(code="handoff", text="嘉兴市公安局，电话 0573-81292203")
ASK_BACK = Question(fact="reg.months", text="您办了几个月的居住登记？", type="integer")
