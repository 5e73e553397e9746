"""The rules as they are listed, asked for and decided, without a conversation."""

from datetime import date
from typing import Literal

from pydantic import Field

from assistant.schemas.answers import Citation, Notice, Verdict
from assistant.schemas.fields import Day, Facts, Wire, Wording


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
