"""Whether a question is put to the rules or to the text, by what the rules would make of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.particulars import wanted_kinds
from assistant.clauses import Place
from assistant.dialogue.deciding import Decided, decide_for
from assistant.dialogue.model import Intent, IntentKind, Reading
from assistant.dialogue.state import Remembered, State, remember
from assistant.dialogue.understanding.frames import asks_whether
from assistant.dialogue.understanding.general import asks_otherwise, names_classes
from assistant.dialogue.understanding.persons import names_anybody
from assistant.dialogue.understanding.question_words import DOCUMENT
from assistant.dialogue.understanding.rules_asked import asked_together, facts_read_by
from assistant.dialogue.understanding.schemes import describes_somebody, tells_scheme_case
from assistant.dialogue.understanding.wanted import (
    CLASS_FACTS,
    asks_wording,
    of_somebody,
    tells_own_case,
)
from assistant.rules import Outcome, RuleBook


@dataclass(frozen=True, slots=True)
class Settling:
    """Tries a message's facts on the rules of a book, as of a day, for the place at home."""

    book: RuleBook
    home: Place
    as_of: date

    def between_texts(self, intent: Intent, reading: Reading) -> tuple[Intent, Reading] | None:
        """The ask as one for the rules where the day of applying leaves open which text holds.

        What a text asks for today would be told wrongly to somebody who applied before it.
        """
        applied = reading.facts.get("apply.on")
        if applied is None or applied.supposed or intent.follow_up:
            return None
        told = {"apply.on": Remembered(applied.value, applied.said, self.as_of)}
        rules = asked_together(intent.rules) or tuple(rule.id for rule in self.book.channels())
        decided = self._tried(told, rules)
        asked = decided.verdicts[:1] if intent.rules else decided.verdicts
        if all(verdict.outcome is not Outcome.RULE_UNCERTAIN for verdict in asked):
            return None
        intent = replace(intent, kind=IntentKind.ELIGIBILITY, open=not intent.rules)
        return intent, reading

    def settles_own_case(self, intent: Intent, reading: Reading, words: str) -> bool:
        """Whether somebody's own case is told so fully that the rule asked about decides it.

        A verdict shows the clause with each condition: it answers the question of the text as well.
        """
        if intent.follow_up or not _tells_case(intent, reading, words):
            return False
        facts = {name: remember(fact) for name, fact in reading.facts.items()}
        rules = asked_together(intent.rules)
        decided = self._tried(facts, rules)
        of_scheme = rules[0].startswith("medical.")
        return decided.settled and (of_scheme or decided.outcome is not Outcome.NOT_APPLICABLE)

    def settled_by_known(
        self,
        intent: Intent,
        reading: Reading,
        words: str,
        state: State,
    ) -> bool:
        """那能不能先换成你们这儿的居住证: whether what was told already decides the rule now asked about."""
        if intent.kind is not IntentKind.POLICY or intent.follow_up or not intent.rules:
            return False
        rules = asked_together(intent.rules)
        if (
            not state.topic.decides
            or set(rules) & set(state.topic.rules)
            or not asks_whether(words)
        ):
            return False
        if asks_wording(words) or wanted_kinds(words) or asks_otherwise(words):
            return False
        if rules[0].startswith("medical."):
            return False  # what a class gets is asked of the text as well
        if DOCUMENT.search(words) or names_anybody(words):
            return False
        told = {name: remember(fact) for name, fact in reading.facts.items() if not fact.general}
        decided = self._tried({**state.facts, **told}, rules)
        return decided.settled and decided.outcome is not Outcome.NOT_APPLICABLE

    def is_general(
        self,
        intent: Intent,
        facts: Mapping[str, Remembered],
        words: str,
        state: State,
    ) -> bool:
        """Whether an amount is asked for no person: the text answers, unless a class decides it."""
        if intent.kind is not IntentKind.AMOUNT or intent.follow_up:
            return False
        if of_somebody(words) or not set(facts) <= CLASS_FACTS:
            return False
        if describes_somebody(words, facts):
            return False
        if not intent.rules or names_classes(words):
            return True
        if facts_read_by(intent.rules, self.book) & set(state.facts):
            return False
        decided = self._tried(facts, asked_together(intent.rules))
        return not decided.settled

    def _tried(self, facts: Mapping[str, Remembered], rules: tuple[str, ...]) -> Decided:
        alone = State(facts=facts)
        return decide_for(alone, rules, self.book, as_of=self.as_of, place=self.home, survey=False)


def _tells_case(intent: Intent, reading: Reading, words: str) -> bool:
    if tells_own_case(intent, reading, words):
        return True
    somebody = of_somebody(words)
    scheme = tells_scheme_case(intent, reading, of_somebody=somebody)
    return scheme and not asks_otherwise(words) and not wanted_kinds(words)
