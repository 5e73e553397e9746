"""The 资格自测 form's events: which rule is shown, and what follows from what it holds."""

from collections.abc import Mapping
from typing import Any

from assistant.schemas import KnownFact, RuleSummary
from ui.check import render_decision, render_form, render_trouble, stated
from ui.client import ServiceClient, ServiceProblemError, checked_day

Shown = tuple[str | None, str]
"""The form, None where it stays as it is, and the verdict."""


class CheckDesk:
    """Draws the form from the service's rules and asks it to decide."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def heard(self, data: Any, known: Mapping[str, KnownFact]) -> Shown:
        """What to show after an event of the form; `known` are facts of the conversation."""
        act = data if isinstance(data, dict) else {}
        try:
            rules = await self._client.rules()
            rule = _chosen(rules, act.get("rule"))
            as_of = checked_day(str(act.get("as_of") or ""))
            if act.get("act") == "decide":
                facts = stated(rule, _written(act.get("values")))
                return None, await self._decided(rule, facts, as_of)
            corpus = await self._client.corpus()
            day = as_of or (corpus.today.isoformat() if corpus else "")
            facts = _of_rule(rule, known) if act.get("known") else {}
            form = render_form(rules, rule, facts, day)
            return form, await self._decided(rule, facts, as_of)
        except ServiceProblemError as problem:
            return None, render_trouble(problem.message)

    async def _decided(self, rule: RuleSummary, facts: Mapping[str, Any], as_of: str | None) -> str:
        decision = await self._client.decide(rule.rule_id, facts, as_of)
        return render_decision(decision, rule)


def _chosen(rules: list[RuleSummary], rule_id: Any) -> RuleSummary:
    """The rule asked for, or the first one; raises ServiceProblemError where there is none."""
    for rule in rules:
        if rule.rule_id == rule_id:
            return rule
    if not rules:
        raise ServiceProblemError("现在没有可以自测的规定。")
    return rules[0]


def _written(values: Any) -> dict[str, str]:
    """What the form holds, from a browser that may send anything."""
    if not isinstance(values, dict):
        return {}
    return {str(name): value for name, value in values.items() if isinstance(value, str)}


def _of_rule(rule: RuleSummary, known: Mapping[str, KnownFact]) -> dict[str, Any]:
    """What the conversation knows of the facts that this rule reads."""
    values = {fact.name: known[fact.name].value for fact in rule.facts if fact.name in known}
    return {name: value for name, value in values.items() if value is not None}
