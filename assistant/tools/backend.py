"""What the tools stand on: the service in this process, or one that runs elsewhere."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from assistant.clauses import Gazetteer
from assistant.errors import UnknownRuleError
from assistant.schemas import Answer, AskRequest, Decision, RuleList, RuleSummary
from assistant.service.details import clause_detail
from assistant.service.plain import Link, source_place
from assistant.service.ports import PolicyService
from assistant.service.shapes import ClauseDetail, SearchPage


class PolicyTools(Protocol):
    """Everything that the tools ask of a service; all methods raise AssistantError."""

    link: Link

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one message of a conversation."""

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> SearchPage:
        """The clauses nearest to `q`, best first."""

    def clause(self, clause_id: str, as_of: date | None, jurisdiction: str | None) -> ClauseDetail:
        """One clause, its validity and its neighbours."""

    def rules(self, rule_id: str | None) -> RuleList:
        """All rules, or the one asked for."""

    def decide(
        self, rule_id: str, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Decision:
        """What follows from one rule."""


class LocalTools:
    """Implements `PolicyTools` over a service in this process."""

    link: Link = staticmethod(source_place)

    def __init__(self, service: PolicyService, places: Gazetteer, home: str) -> None:
        self._service = service
        self._places = places
        self._home = home

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one message of a conversation."""
        return self._service.ask(request)

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> SearchPage:
        """The clauses nearest to `q`, best first."""
        items = self._service.search(q, as_of, jurisdiction, limit)
        return SearchPage(items=items, total=len(items))

    def clause(self, clause_id: str, as_of: date | None, jurisdiction: str | None) -> ClauseDetail:
        """One clause, its validity and its neighbours; raises UnknownClauseError."""
        place = self._places.resolve(jurisdiction or self._home)
        return clause_detail(self._service.view(), clause_id, as_of or self._service.today(), place)

    def rules(self, rule_id: str | None) -> RuleList:
        """All rules, or the one asked for; raises UnknownRuleError."""
        return only(self._service.rules(), rule_id)

    def decide(
        self, rule_id: str, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Decision:
        """What follows from one rule; raises UnknownRuleError, FactError or UnknownPlaceError."""
        return self._service.decide(rule_id, facts, as_of, jurisdiction)


def only(rules: RuleList, rule_id: str | None) -> RuleList:
    """The rules, or the one that bears the id; raises UnknownRuleError."""
    if rule_id is None:
        return rules
    found: list[RuleSummary] = [rule for rule in rules.rules if rule.rule_id == rule_id]
    if not found:
        raise UnknownRuleError(
            f"没有「{rule_id[:64]}」这条规则，请用 list_rules 查全部规则的编号。"
        )
    return RuleList(rules=found)
