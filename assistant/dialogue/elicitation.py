"""What to ask next: the facts that settle most, as questions a person can tap an answer to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.clauses.numerals import quantities
from assistant.errors import ManifestError
from assistant.rules import Fact, FactDictionary, FactType, Outcome, Verdict
from assistant.schemas import Question

UNKNOWN = "不清楚"
YES, NO = "是", "否"
CHANNEL = "channel"
"""Stands for the question which way somebody wants to settle; no rule reads it."""

_MOST_STEPS = 12  # months offered one by one, up to the threshold
_EASIER = {"permit.valid_until": "permit.valid"}
"""What can be tapped instead of a day that nobody knows by heart."""


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """One way to settle, as people would say it; `facts` are what choosing it tells."""

    text: str
    rules: tuple[str, ...]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Channels:
    """The opening question of a survey."""

    question: str
    choices: tuple[ChannelChoice, ...]

    def ask(self) -> Question:
        """The question as it goes over the wire."""
        texts = [choice.text for choice in self.choices]
        return Question(fact=CHANNEL, text=self.question, type="enum", choices=[*texts, UNKNOWN])

    def chosen(self, text: str) -> ChannelChoice | None:
        """The choice that a reply names."""
        bare = text.strip().rstrip("。.！!")
        for choice in self.choices:
            if bare and (bare == choice.text or bare == choice.text.split("（")[0]):
                return choice
        return None


def load_channels(path: Path) -> Channels:
    """Read `corpus/dialogue/channels.yaml`; raises ManifestError."""
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        choices = tuple(
            ChannelChoice(c["text"], tuple(c.get("rules", ())), c.get("facts", {}))
            for c in raw["choices"]
        )
        return Channels(raw["question"], choices)
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise ManifestError(f"{path.name} 读不出来：{error}。请对照已有内容改正。") from error


def questions_for(
    verdicts: Sequence[Verdict], facts: FactDictionary, *, skip: Iterable[str] = (), most: int = 3
) -> list[Question]:
    """Questions for the facts missing from `verdicts`, those that settle most verdicts first.

    `skip` are facts already asked and not known to the person: they are not asked again.
    """
    left_out = set(skip)
    order: dict[str, tuple[int, int]] = {}
    for verdict in verdicts:
        if verdict.outcome is not Outcome.UNDETERMINED:
            continue
        for place, name in enumerate(verdict.missing_facts):
            if name in left_out or _asked_as(name, facts) in left_out:
                continue
            count, best = order.get(name, (0, place))
            order[name] = (count + 1, min(best, place))
    nearest = _of_the_nearest(verdicts)
    ranked = sorted(order, key=lambda name: (name not in nearest, -order[name][0], order[name][1]))
    thresholds = _thresholds(verdicts)
    asked = dict.fromkeys(_asked_as(name, facts) for name in ranked)
    found = [facts[name] for name in list(asked)[:most]]
    return [question_for(f, thresholds.get(f.start_of or f.name)) for f in found]


def _of_the_nearest(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """The facts that the way begun, with a condition met already, still needs."""
    first = next((v for v in verdicts if v.outcome is Outcome.UNDETERMINED), None)
    begun = first is not None and any(c.status == "met" for c in first.conditions)
    return first.missing_facts if first is not None and begun else ()


def question_for(fact: Fact, threshold: int | None = None) -> Question:
    """One fact as a question with choices, where choices can be offered."""
    choices: list[str] | None = None
    if fact.type is FactType.BOOLEAN:
        choices = [YES, NO, UNKNOWN]
    elif fact.type is FactType.ENUM and fact.choices:
        choices = [*fact.choices, UNKNOWN]
    elif fact.unit == "个月" and threshold is not None and threshold <= _MOST_STEPS:
        steps = [f"{n}个月" for n in range(1, threshold)]
        choices = ["还没有", *steps, f"{threshold}个月及以上", UNKNOWN]
    return Question(fact=fact.name, text=fact.question, type=fact.type.value, choices=choices)


def _asked_as(name: str, facts: FactDictionary) -> str:
    """The fact to ask for in place of `name`: months in place of a start day."""
    if name in _EASIER:
        return _EASIER[name]
    fact = facts[name]
    if fact.asked_as:
        return fact.asked_as
    for other in facts:
        if other.start_of == name and other.unit in {"个月", "周岁"}:
            return other.name
    return name


def _thresholds(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """Months that a condition asks for, by the facts of that condition, from its own wording."""
    found: dict[str, int] = {}
    for verdict in verdicts:
        for condition in verdict.conditions:
            months = [int(q.value) for q in quantities(condition.required) if q.unit == "个月"]
            if len(months) != 1:
                continue
            for name in _facts_of(verdict, condition.id):
                found[name] = months[0]
    return found


def _facts_of(verdict: Verdict, condition_id: str) -> set[str]:
    names: set[str] = set()
    nodes = [verdict.trace]
    while nodes:
        node = nodes.pop()
        if node.kind == "condition" and node.id == condition_id:
            inner = [node]
            while inner:
                step = inner.pop()
                names |= {name for name, _ in step.facts}
                inner += step.children
        nodes += node.children
    return names
