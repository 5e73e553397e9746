"""What a question is answered with: quotations, verdicts, questions back, notices."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from assistant.schemas.fields import Wire

AnswerKind = Literal["answer", "verdict", "clarify", "refuse", "chat"]

NoticeCode = Literal[
    "draft",
    "superseded",
    "expired",
    "not_yet_in_force",
    "repealed",
    "amended",
    "other_jurisdiction",
    "conflict",
    "rule_uncertain",
    "under_review",
    "interpretation",
    "degraded",
    "handoff",
    "privacy",
]

RefusalReason = Literal[
    "no_source",
    "out_of_scope",
    "other_jurisdiction",
    "personal_data",
    "account_data",
    "legal_opinion",
    "unsafe",
    "unavailable",
]

CitationStatus = Literal[
    "in_force",
    "superseded",
    "expired",
    "draft",
    "not_yet_in_force",
    "repealed",
    "interpretation",
    "amended",
]

Outcome = Literal["eligible", "ineligible", "undetermined", "rule_uncertain", "not_applicable"]


class SourceRange(Wire):
    """Where a quote stands: a file under `corpus/` and a character range of it."""

    file: str
    start: int
    end: int


class Citation(Wire):
    """One verbatim quotation with its place and validity on the answer's day."""

    marker: int
    clause_id: str
    document_id: str
    title: str
    doc_number: str | None
    label: str
    quote: str
    status: CitationStatus
    effective_from: date | None
    effective_to: date | None
    verified_on: date | None
    source: SourceRange


class ScoredCitation(Citation):
    """A search hit: a citation with its score."""

    score: float


class Notice(Wire):
    """Something the reader must know about the answer."""

    code: NoticeCode
    text: str


PROPOSAL = "proposal"
"""Stands for the question whether a language model's reading is what the person meant."""


class Question(Wire):
    """A fact to ask the person for."""

    fact: str
    text: str
    type: str
    choices: list[str] | None = None


class Condition(Wire):
    """One condition of a rule, as decided, and the citation it stands on."""

    id: str
    label: str
    status: Literal["met", "unmet", "unknown"]
    required: str
    actual: str | None
    marker: int


class Material(Wire):
    """A paper to bring."""

    name: str
    status: Literal["have", "lack", "unknown"]
    marker: int


class Amount(Wire):
    """What is paid, and how it was worked out; `value` null where a base is not in the corpus."""

    value: float | int | None
    unit: Literal["元/月", "元/年", "元"]
    formula: str


class Verdict(Wire):
    """The decision of one rule on one day."""

    rule_id: str
    title: str
    outcome: Outcome
    as_of: date
    conditions: list[Condition] = Field(default_factory=list)
    premises: list[str] = Field(default_factory=list)
    materials: list[Material] = Field(default_factory=list)
    missing_facts: list[str] = Field(default_factory=list)
    earliest_date: date | None = None
    amount: Amount | None = None
    covers: list[str] | None = None


class KnownFact(Wire):
    """A fact known in a conversation, in the person's own words."""

    value: Any
    said: str | None
    on: date | None


class Answer(Wire):
    """Response of `POST /api/ask`."""

    answer_id: str
    conversation_id: str
    kind: AnswerKind
    text: str
    citations: list[Citation] = Field(default_factory=list)
    verdicts: list[Verdict] = Field(default_factory=list)
    questions: list[Question] = Field(default_factory=list)
    notices: list[Notice] = Field(default_factory=list)
    reason: RefusalReason | None = None
    as_of: date
    jurisdiction: str
    facts: dict[str, KnownFact] = Field(default_factory=dict)
    composer: str = "extractive"
    timings_ms: dict[str, float] = Field(default_factory=dict)


STATUS_NAMES: dict[CitationStatus, str] = {
    "in_force": "现行有效",
    "superseded": "已被替代",
    "expired": "已失效",
    "repealed": "已废止",
    "amended": "已修改删去",
    "draft": "征求意见稿",
    "interpretation": "政策解读",
    "not_yet_in_force": "未施行",
}
"""What every front end calls a status."""

NOTICE_NAMES: dict[NoticeCode, str] = {
    "draft": "征求意见稿",
    "superseded": "已被替代",
    "expired": "已失效",
    "not_yet_in_force": "尚未施行",
    "repealed": "已废止",
    "amended": "已修改或删去",
    "other_jurisdiction": "其他地方的文件",
    "conflict": "资料说法不一",
    "rule_uncertain": "适用存疑",
    "under_review": "待复核",
    "interpretation": "出自政策解读",
    "degraded": "服务降级",
    "handoff": "咨询电话",
    "privacy": "个人信息",
}
"""What every front end calls a notice."""
