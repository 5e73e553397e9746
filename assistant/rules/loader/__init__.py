"""Reads `corpus/rules/`: the dictionary of facts and the rule files become compiled rules."""

from assistant.rules.loader.folder import load_facts, load_rules

__all__ = ["load_facts", "load_rules"]
