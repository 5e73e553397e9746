"""All rules of a corpus together, put to stated facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.clauses.jurisdictions import Place
from assistant.errors import UnknownRuleError
from assistant.rules.engine import decide
from assistant.rules.facts import FactDictionary
from assistant.rules.model import Fact, Facts, Parameter, Verdict
from assistant.rules.rule import Rule
from assistant.rules.survey import survey


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, the facts that they read, and the parameters that they use."""

    facts: FactDictionary
    rules: tuple[Rule, ...]
    parameters: tuple[Parameter, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule; raises UnknownRuleError."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise UnknownRuleError(
            f"没有编号为「{rule_id[:40]}」的规则。全部规则见 GET /api/rules。", field="rule_id"
        )

    def channels(self) -> tuple[Rule, ...]:
        """The rules that take part in a survey."""
        return tuple(rule for rule in self.rules if rule.channel)

    def read(
        self,
        stated: Mapping[str, Any],
        on: date,
        said_on: Mapping[str, date] | None = None,
    ) -> Facts:
        """Stated facts as rules read them (`FactDictionary.read`); raises FactError."""
        return self.facts.read(stated, on, said_on)

    def decide(
        self,
        rule_id: str,
        stated: Mapping[str, Any],
        as_of: date,
        place: Place,
        said_on: Mapping[str, date] | None = None,
    ) -> Verdict:
        """One rule on stated facts; raises UnknownRuleError or FactError."""
        rule = self.rule(rule_id)
        return decide(rule, self.read(stated, as_of, said_on), as_of, place)

    def survey(
        self,
        stated: Mapping[str, Any],
        as_of: date,
        place: Place,
        said_on: Mapping[str, date] | None = None,
    ) -> tuple[Verdict, ...]:
        """All channels on stated facts, ranked; raises FactError."""
        return survey(self.channels(), self.read(stated, as_of, said_on), as_of, place)

    def form(self, rule_id: str) -> tuple[Fact, ...]:
        """The facts to draw a form from: as a person states them, each once."""
        asked = (self.facts[f.asked_as] if f.asked_as else f for f in self.rule(rule_id).facts())
        return tuple({fact.name: fact for fact in asked}.values())
