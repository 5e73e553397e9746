"""What follows from the facts: rules bound to the text, decided by one pure function."""

from assistant.rules.binding import (
    Binding,
    BindingReport,
    Breach,
    bindings,
    bound_to,
    check_bindings,
    suspend,
)
from assistant.rules.book import RuleBook
from assistant.rules.desk import RuleDesk
from assistant.rules.engine import decide
from assistant.rules.facts import FactDictionary
from assistant.rules.loader import load_facts, load_rules
from assistant.rules.model import Fact, Facts, FactType, FactValue, Member, Outcome, Verdict
from assistant.rules.months import add_months, latest_start, whole_months
from assistant.rules.overview import overview
from assistant.rules.rendering import Citations, Rendered, render
from assistant.rules.rule import Rule
from assistant.rules.survey import survey

__all__ = [
    "Binding",
    "BindingReport",
    "Breach",
    "Citations",
    "Fact",
    "FactDictionary",
    "FactType",
    "FactValue",
    "Facts",
    "Member",
    "Outcome",
    "Rendered",
    "Rule",
    "RuleBook",
    "RuleDesk",
    "Verdict",
    "add_months",
    "bindings",
    "bound_to",
    "check_bindings",
    "decide",
    "latest_start",
    "load_facts",
    "load_rules",
    "overview",
    "render",
    "survey",
    "suspend",
    "whole_months",
]
