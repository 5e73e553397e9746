"""Answers, verdicts and facts for the tests of the page."""

from datetime import date
from typing import Any

from assistant.schemas import (
    Answer,
    Citation,
    CorpusState,
    Question,
    RuleFact,
    RuleList,
    RuleSummary,
    SourceRange,
    Verdict,
)

DAY = date(2026, 11, 22)

RENTED = RuleFact(
    name="rent.is_urban_commodity_housing",
    label="租赁本市城镇地区商品住房",
    text="您租的是嘉兴城镇地区的商品住房吗？",
    type="boolean",
)
MONTHS = RuleFact(
    name="reg.months",
    label="连续居住登记月数",
    text="您连续办了几个月的居住登记？",
    type="integer",
    unit="个月",
)
EDU = RuleFact(
    name="edu", label="最高学历", text="最高学历是什么？", type="enum", choices=["大专", "本科"]
)
BORN = RuleFact(name="birth_date", label="出生日期", text="出生日期是哪天？", type="date")
PAID = RuleFact(name="medical.paid", label="医疗费用", text="费用是多少？", type="money", unit="元")
FAMILY = RuleFact(name="family", label="随迁家属", text="想带哪些家属？", type="list")
FACTS = {fact.name: fact for fact in (RENTED, MONTHS, EDU, BORN, PAID, FAMILY)}
RULES = RuleList(
    rules=[RuleSummary(rule_id="r", title="租赁落户", clause_ids=["n"], facts=list(FACTS.values()))]
)

CORPUS = CorpusState(today=DAY, documents=1, verified_on=date(2024, 7, 25), digest="d")


def citation(**changes: object) -> Citation:
    values: dict[str, object] = {
        "marker": 1,
        "clause_id": "n__sec_1",
        "document_id": "n",
        "title": "办法",
        "doc_number": "某政办发〔2024〕1号",
        "label": "一、范围",
        "quote": "满六个月的",
        "status": "in_force",
        "effective_from": date(2024, 8, 1),
        "effective_to": None,
        "verified_on": None,
        "source": SourceRange(file="sources/a.txt", start=3, end=8),
    }
    return Citation.model_validate({**values, **changes})


def answer(**changes: object) -> Answer:
    values: dict[str, object] = {
        "answer_id": "a",
        "conversation_id": "c",
        "kind": "answer",
        "text": "须满六个月[1]。",
        "citations": [citation()],
        "as_of": DAY,
        "jurisdiction": "嘉兴市",
    }
    return Answer.model_validate({**values, **changes})


def verdict(hostile: str = "", **changes: object) -> Verdict:
    """A verdict of every kind of row; `hostile` stands in all its words."""
    condition = {
        "id": "registration",
        "label": hostile or "连续居住登记",
        "status": "unmet",
        "required": hostile or "满6个月",
        "actual": hostile or "自2026-06-22起，已满5个月",
        "marker": 1,
    }
    values: dict[str, Any] = {
        "rule_id": "settle.rental",
        "title": hostile or "租赁落户",
        "outcome": "ineligible",
        "as_of": DAY,
        "conditions": [condition],
        "premises": [hostile or "居住登记没有中断过"],
        "materials": [{"name": hostile or "备案证明", "status": "unknown", "marker": 1}],
        "earliest_date": date(2026, 12, 22),
        "amount": {"value": 1200, "unit": "元/年", "formula": hostile or "100元×12"},
        "covers": [hostile or "配偶"],
    }
    return Verdict.model_validate({**values, **changes})


def asks(fact: RuleFact, **changes: object) -> Question:
    """The question for a fact, with the choices of its type."""
    choices = ["是", "否", "不清楚"] if fact.type == "boolean" else None
    values = {"fact": fact.name, "text": fact.text, "type": fact.type, "choices": choices}
    return Question.model_validate({**values, **changes})


def streamed(told: Answer) -> str:
    """The answer as the service sends it: a stage, a piece of text, the whole."""
    return (
        'event: stage\ndata: {"stage":"compose"}\n\n'
        'event: delta\ndata: {"text":"答"}\n\n'
        f"event: answer\ndata: {told.model_dump_json()}\n\n"
    )
