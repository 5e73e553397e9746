"""An ask of eligibility or amount, decided by the rules: which rules, with which facts, how surely."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.clauses import Place
from assistant.dialogue.state import Remembered, State
from assistant.errors import FactError
from assistant.rules import FactType, Outcome, RuleBook, Verdict

_RANK = {
    Outcome.ELIGIBLE: 0,
    Outcome.UNDETERMINED: 1,
    Outcome.RULE_UNCERTAIN: 2,
    Outcome.INELIGIBLE: 3,
    Outcome.NOT_APPLICABLE: 4,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """Verdicts of the rules asked about, what else is open, and facts that must be confirmed."""

    verdicts: tuple[Verdict, ...]
    others: tuple[Verdict, ...] = ()
    confirm: tuple[str, ...] = ()  # said unsurely, and another value would change the outcome
    dropped: tuple[str, ...] = ()  # facts said earlier that the newer words contradict
    mends: tuple[Verdict, ...] = ()  # ways by which a condition that is not met may come to be
    presumed: tuple[str, ...] = ()  # facts taken from words that need not tell them, which close it
    lacking: tuple[Verdict, ...] = ()  # undetermined even if what is to be confirmed is so

    @property
    def outcome(self) -> Outcome:
        """The outcome of the best way open."""
        return self.verdicts[0].outcome

    @property
    def settled(self) -> bool:
        """Whether the rules have spoken: nothing to ask, nothing to confirm."""
        return self.outcome is not Outcome.UNDETERMINED and not self.confirm


def decide_for(
    state: State,
    rules: Sequence[str],
    book: RuleBook,
    *,
    as_of: date,
    place: Place,
    survey: bool,
    named: bool = True,
    spoken: Sequence[str] = (),
) -> Decided:
    """Put the facts of a conversation to the rules asked about (or to every channel).

    Where the person named no channel (`named` false) and the likeliest is closed to them, those
    that are open come first; so do, with what they come to, those that they spoke of (`spoken`),
    where anything is settled. Facts that contradict what was said later are left out and reported.
    """
    kept, dropped = _without_contradictions(state, book, as_of)
    ask = _Ask(book, as_of, place, tuple(rules), survey=survey)
    verdicts = ask.put(kept)
    confirm = ask.to_confirm(kept, verdicts)
    presumed = () if confirm else ask.presumed(kept, verdicts)
    lacking = _lacking(verdicts)
    if confirm:
        granted = _granted(verdicts)
        kept = _without(kept, {*confirm, *_beside(confirm, book)})
        verdicts = tuple(_as_open(v, confirm, granted) for v in ask.put(kept))
    others: tuple[Verdict, ...] = ()
    asked = {v.rule_id for v in verdicts}
    if not survey and any(r in {c.id for c in book.channels()} for r in asked):
        everything = _Ask(book, as_of, place).surely(kept)
        others = tuple(v for v in everything if v.rule_id not in asked)
        if not named and not confirm:
            verdicts, others = _with_ways_told(verdicts, others, spoken)
    mending = tuple(_mending(verdicts[0])) if verdicts else ()
    mends = _Ask(book, as_of, place, mending, survey=False).put(kept)
    return Decided(verdicts, others, confirm, dropped, mends, presumed, lacking)


def _as_open(verdict: Verdict, confirm: tuple[str, ...], granted: Collection[str]) -> Verdict:
    """Nothing is granted by leaving out what was told and is to be confirmed: 公司没参加."""
    if verdict.outcome is not Outcome.ELIGIBLE or verdict.rule_id in granted:
        return verdict
    return replace(verdict, outcome=Outcome.UNDETERMINED, missing_facts=confirm, amount=None)


def _without(state: State, names: Collection[str]) -> State:
    """The state, as if nothing had been told of these facts."""
    return replace(state, facts={n: f for n, f in state.facts.items() if n not in names})


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is put to the rules: some of them, or every channel (`survey`), for a day and a place."""

    book: RuleBook
    as_of: date
    place: Place
    rules: tuple[str, ...] = ()
    survey: bool = True

    def put(self, state: State) -> tuple[Verdict, ...]:
        """The verdicts on the facts of a state, the best outcome first."""
        stated, said_on = state.stated(), state.said_on()
        if self.survey:
            return self.book.survey(stated, self.as_of, self.place, said_on)
        found = [
            self.book.decide(rule, stated, self.as_of, self.place, said_on)
            for rule in dict.fromkeys(self.rules)
        ]
        return tuple(sorted(found, key=lambda verdict: _RANK[verdict.outcome]))

    def surely(self, state: State) -> tuple[Verdict, ...]:
        """The verdicts, without the facts said unsurely that one of them turns on."""
        verdicts = self.put(state)
        unsure = self.to_confirm(state, verdicts)
        return self.put(_without(state, unsure)) if unsure else verdicts

    def to_confirm(self, state: State, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
        """Facts said unsurely whose other possible values would change the outcome."""
        found = [name for name in state.facts if self._turns_on(name, state, verdicts)]
        found += self._granted_on_likely(state, verdicts)
        doubted = [name for name, fact in state.facts.items() if fact.doubted]
        if len(doubted) > 1 and not set(found) & set(doubted):
            again = self.put(_without(state, doubted))
            found += doubted if _gist(again) != _gist(verdicts) else []
        return tuple(found)

    def presumed(self, state: State, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
        """Facts that were likely told, without which something would not be closed."""
        likely = [n for n, f in state.facts.items() if f.likely and f.value is not None]
        closed = _closed(verdicts)
        if not likely or not closed:
            return ()
        return tuple(n for n in likely if not closed <= _closed(self.put(_without(state, {n}))))

    def _turns_on(self, name: str, state: State, verdicts: Sequence[Verdict]) -> bool:
        """Whether another value that the words of a fact leave open changes the outcome."""
        fact = state.facts[name]
        vague = fact.low is not None or fact.high is not None
        unsure = (fact.hedged and not fact.likely) or fact.doubted or vague
        if fact.value is None or not unsure:
            return False
        for value in _other_values(name, fact, self.book):
            trial = _without(state, {name})
            if value is not None:
                told = Remembered(value, fact.said, fact.on)
                trial = replace(state, facts={**state.facts, name: told})
            try:
                again = self.put(trial)
            except FactError:
                continue
            if _gist(again) != _gist(verdicts):
                return True
        return False

    def _granted_on_likely(self, state: State, verdicts: Sequence[Verdict]) -> list[str]:
        """Facts told in words that need not tell just them, on which something would be granted."""
        likely = [n for n, f in state.facts.items() if f.likely and not f.doubted]
        granted = _granted(verdicts)
        if not likely or not granted:
            return []

        def bears(names: Collection[str]) -> bool:
            return not granted <= _granted(self.put(_without(state, names)))

        return [name for name in likely if bears([name])] or (likely if bears(likely) else [])


def _beside(names: Sequence[str], book: RuleBook) -> set[str]:
    """The start told beside a length, and the length told beside a start: one matter with it."""
    starts = {book.facts[name].start_of for name in names}
    lengths = {fact.name for fact in book.facts if fact.start_of in names}
    return {name for name in starts if name} | lengths


def _with_ways_told(
    verdicts: tuple[Verdict, ...], others: tuple[Verdict, ...], spoken: Sequence[str]
) -> tuple[tuple[Verdict, ...], tuple[Verdict, ...]]:
    """我能落户吗, with facts of several ways: those that are open first, then those that are not."""
    met = tuple(v for v in others if v.outcome is Outcome.ELIGIBLE)
    if verdicts[0].outcome is not Outcome.INELIGIBLE:
        met = tuple(v for v in met if v.rule_id in spoken)
    if verdicts[0].outcome is Outcome.UNDETERMINED and not met:
        return verdicts, others
    closed = tuple(v for v in others if v.outcome is Outcome.INELIGIBLE and v.rule_id in spoken)
    asked = tuple(v for v in verdicts if v.outcome is not Outcome.UNDETERMINED)
    ordered = sorted((*asked, *met, *closed), key=lambda v: _RANK[v.outcome])
    return tuple(ordered), tuple(v for v in others if v not in (*met, *closed))


def _mending(verdict: Verdict) -> list[str]:
    """The rules by which conditions may be met that alone are known not to be."""
    unmet = [c for c in verdict.conditions if c.status == "unmet"]
    if verdict.outcome is not Outcome.INELIGIBLE or not all(c.mend for c in unmet):
        return []
    return [c.mend for c in unmet if c.mend]


def _without_contradictions(
    state: State, book: RuleBook, as_of: date
) -> tuple[State, tuple[str, ...]]:
    """The facts without those that newer ones contradict; the newest are kept.

    Within one day the order of telling decides: facts are kept in that order.
    """
    dropped: list[str] = []
    kept: dict[str, Remembered] = {}
    for name, fact in reversed(list(state.facts.items())):
        trial = {name: fact, **kept}
        candidate = State(facts=trial)
        try:
            book.read(candidate.stated(), as_of, candidate.said_on())
        except FactError:
            dropped.append(name)
            continue
        kept = trial
    ordered = {name: kept[name] for name in state.facts if name in kept}
    return replace(state, facts=ordered), tuple(dropped)


def _granted(verdicts: Iterable[Verdict]) -> frozenset[str]:
    return frozenset(v.rule_id for v in verdicts if v.outcome is Outcome.ELIGIBLE)


def _lacking(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts of which something is unknown, where none is granted already."""
    if _granted(verdicts):
        return ()
    return tuple(v for v in verdicts if v.outcome is Outcome.UNDETERMINED)


def _closed(verdicts: Iterable[Verdict]) -> frozenset[str]:
    return frozenset(v.rule_id for v in verdicts if v.outcome is Outcome.INELIGIBLE)


def _gist(verdicts: Sequence[Verdict]) -> tuple[Any, ...]:
    """What a person would call a different answer."""
    return tuple(
        sorted((v.rule_id, v.outcome.value, v.amount.value if v.amount else None) for v in verdicts)
    )


def _other_values(name: str, fact: Remembered, book: RuleBook) -> list[Any]:
    """What the words leave open; None: nothing may be taken from them."""
    if fact.doubted:
        return [None]
    bounds = [v for v in (fact.low, fact.high) if v is not None]
    entry = book.facts[name]
    if bounds and fact.hedged and entry.type is FactType.DATE:
        return [*bounds, *_about(min(bounds)), *_about(max(bounds))]  # 大约十一个月前
    if bounds:
        return bounds
    if entry.type is FactType.INTEGER and isinstance(fact.value, int):
        return [max(fact.value - 1, 0), fact.value + 1]
    if entry.type is FactType.DATE and isinstance(fact.value, str):
        return _about(fact.value)
    return [None]


def _about(day: str) -> list[str]:
    """Days a month before and after one that is told unsurely."""
    told = date.fromisoformat(day)
    return [(told + timedelta(days=step)).isoformat() for step in (-31, 31)]
