"""The wire shapes of the answer contract (docs/api.md); front ends import only this."""

import math
import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

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

StageName = Literal["understand", "decide", "retrieve", "compose"]


class Wire(BaseModel):
    """Base of what goes over the wire: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def _written_day(value: Any) -> Any:
    """Only `YYYY-MM-DD`: left alone, pydantic would read 20240801 as a number of seconds."""
    if value is None or isinstance(value, date) or _is_written_day(value):
        return value
    raise PydanticCustomError("date_wording", "日期须写作 2024-08-01 这样的形式。")


def _is_written_day(value: Any) -> bool:
    return isinstance(value, str) and _WRITTEN_DAY.fullmatch(value) is not None


def _printable(value: str) -> str:
    """Refuse NUL and its kin, which no person types and no store keeps faithfully."""
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r" for sign in value):
        raise PydanticCustomError("wording_control", "文字中含有控制字符，请删去后再试。")
    return value


def _not_blank(value: str) -> str:
    if all(unicodedata.category(sign) in _INVISIBLE for sign in value):
        raise PydanticCustomError("wording_blank", "内容是空白的，请写下要问的事。")
    return value


def _finite(value: dict[str, Any]) -> dict[str, Any]:
    """JSON has no NaN, no infinity and no half characters, though Python's reader takes them."""
    pending: list[Any] = [value]
    while pending:  # not by recursion: the nesting is the client's choice
        inner = pending.pop()
        if isinstance(inner, dict):
            pending.extend((*inner, *inner.values()))
        elif isinstance(inner, list):
            pending.extend(inner)
        elif isinstance(inner, float) and not math.isfinite(inner):
            raise PydanticCustomError("wording_number", "数值须是有限的数。")
        elif isinstance(inner, str) and _HALF_CHARACTER.search(inner):
            raise PydanticCustomError(
                "wording_unicode", "文字里有不成对的代理字符，请改用正常的 Unicode 文字。"
            )
    return value


Day = Annotated[date, BeforeValidator(_written_day)]
"""A day as the contract writes it."""

Facts = Annotated[dict[str, Any], AfterValidator(_finite)]
"""Facts by name, as JSON has them."""

Wording = Annotated[str, AfterValidator(_printable), AfterValidator(_not_blank)]
"""Text a person wrote: not blank, no control characters."""


class AskRequest(Wire):
    """Body of `POST /api/ask`."""

    question: Wording = Field(min_length=1, max_length=2000, examples=["租房落户要登记满几个月？"])
    conversation_id: str | None = Field(default=None, examples=[None])
    as_of: Day | None = Field(default=None, examples=["2026-11-22"])
    jurisdiction: Wording | None = Field(default=None, max_length=50, examples=["嘉兴市"])
    facts: Facts = Field(default_factory=dict, examples=[{}])


class FeedbackRequest(Wire):
    """Body of `POST /api/feedback`."""

    answer_id: str = Field(min_length=1, max_length=64)
    rating: Literal["up", "down"]
    reason: str | None = Field(default=None, max_length=2000)


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


class Stage(Wire):
    """An answer on its way: what is being done now."""

    stage: StageName


class Delta(Wire):
    """The next piece of the text, which has passed the check; all pieces in a row are the text."""

    text: str


class Answered(Wire):
    """The whole answer, once, at the end."""

    answer: Answer


AskEvent = Stage | Delta | Answered
"""What a question yields while it is being answered: stages, then pieces, then the answer."""


class ScoredCitation(Citation):
    """A search hit: a citation with its score."""

    score: float


class RuleFact(Wire):
    """A fact that a rule reads: how to ask for it and what may be filled in.

    With `instead_of` it is another way to state that fact: one of the two is enough.
    """

    name: str
    label: str
    text: str
    type: Literal["boolean", "integer", "date", "money", "enum", "list"]
    unit: str | None = None
    choices: list[str] | None = None
    minimum: float | int | None = None
    maximum: float | int | None = None
    instead_of: str | None = None


class RuleSummary(Wire):
    """One rule with the clauses that it restates and the facts that it reads."""

    rule_id: str
    title: str
    clause_ids: list[str]
    facts: list[RuleFact]


class RuleList(Wire):
    """Response of `GET /api/rules`."""

    rules: list[RuleSummary]


class RuleVersion(Wire):
    """A rule from one day to another, both included; `under_review` says why it is set aside."""

    version_id: str
    effective_from: date
    effective_to: date | None
    clause_ids: list[str]
    under_review: str | None = None


class RuleDetail(RuleSummary):
    """Response of `GET /api/rules/{rule_id}`."""

    jurisdiction: str
    channel: str | None
    versions: list[RuleVersion]


class RuleRequest(Wire):
    """Body of `POST /api/rules/{rule_id}/decide` and `POST /api/rules/survey`."""

    facts: Facts = Field(
        default_factory=dict,
        examples=[{"rent.is_urban_commodity_housing": True, "reg.months": 5}],
    )
    as_of: Day | None = Field(default=None, examples=["2026-11-22"])
    jurisdiction: Wording | None = Field(default=None, max_length=50, examples=["嘉兴市"])


class Decision(Wire):
    """Response of `POST /api/rules/{rule_id}/decide`."""

    verdict: Verdict
    citations: list[Citation] = Field(default_factory=list)
    notices: list[Notice] = Field(default_factory=list)


class Survey(Wire):
    """Response of `POST /api/rules/survey`: met, nearest to being met, unknown, not open."""

    verdicts: list[Verdict] = Field(default_factory=list)
    citations: list[Citation] = Field(default_factory=list)
    notices: list[Notice] = Field(default_factory=list)


class CorpusState(Wire):
    """Response of `GET /api/corpus`; what binds is vouched for until `verified_on`."""

    today: date
    documents: int
    verified_on: date | None
    digest: str


class ErrorBody(Wire):
    """Inner part of the error envelope."""

    code: str
    message: str
    field: str | None = None


class ErrorEnvelope(Wire):
    """The one shape of every error under `/api`."""

    error: ErrorBody


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
