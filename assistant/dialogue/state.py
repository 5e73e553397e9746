"""What a conversation remembers between turns: facts with their words, topic, day, place."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.dialogue.model import APPLICANT, Cast, SaidFact
from assistant.dialogue.ports import FACTS, Json
from assistant.rules import Member
from assistant.schemas import KnownFact

_MOST_EARLIER = 5


@dataclass(frozen=True, slots=True)
class Remembered:
    """One fact as it is kept; `value` None: the person does not know it."""

    value: Any  # a JSON value, as the fact dictionary takes it
    said: str | None
    on: date
    hedged: bool = False
    low: Any = None
    high: Any = None
    doubted: bool = False  # something was said that may undo it
    likely: bool = False  # said flatly, in words that need not tell just this


@dataclass(frozen=True, slots=True)
class Topic:
    """What the last question was about, for the ones that lean on it."""

    question: str = ""
    rules: tuple[str, ...] = ()
    about: tuple[str, ...] = ()  # rules that a question answered from the text was about
    open: bool = False
    listed: tuple[str, ...] = ()  # rules in the order in which the reply named them
    shown: tuple[str, ...] = ()  # clauses in the order in which the reply quoted them
    day: date | None = None  # the day that the reply spoke of, where it was not today
    cast: Cast = field(default_factory=Cast)  # whom the talk is about

    @property
    def decides(self) -> bool:
        """Whether the topic is settled by rules."""
        return self.open or bool(self.rules)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a language model thinks was meant: a question, or a fact with the person's words."""

    question: str = ""
    fact: str = ""
    value: Any = None  # a JSON value
    said: str = ""
    message: str = ""  # what the person wrote, to go on from if this is not what they meant


@dataclass(frozen=True, slots=True)
class State:
    """Everything a conversation remembers; plain JSON when stored."""

    facts: Mapping[str, Remembered] = field(default_factory=dict)
    topic: Topic = field(default_factory=Topic)
    asked: tuple[str, ...] = ()
    as_of: date | None = None
    place: str | None = None
    earlier: tuple[Topic, ...] = ()  # topics left that rules decide, the last one first
    proposed: Proposal | None = None  # put to the person in the last reply; counts after 是
    whose: str = APPLICANT  # the person whose case `facts` are
    cases: Mapping[str, Mapping[str, Remembered]] = field(default_factory=dict)
    told: Mapping[str, Remembered] | None = None  # what was told, where `facts` suppose otherwise

    def about(self, topic: Topic) -> "State":
        """This topic taken up; the one left is kept, for whoever comes back to it."""
        left = [self.topic, *self.earlier] if self.topic.rules else list(self.earlier)
        kept = [one for one in left if one.rules != topic.rules][:_MOST_EARLIER]
        return replace(self, topic=topic, earlier=tuple(kept))

    def topics(self) -> tuple[Topic, ...]:
        """The topic and those left before it, the last one first."""
        return (self.topic, *self.earlier)

    def stated(self) -> dict[str, Any]:
        """The known facts, as rules take them."""
        return {n: f.value for n, f in self.facts.items() if f.value is not None}

    def said_on(self) -> dict[str, date]:
        """When each fact was said."""
        return {n: f.on for n, f in self.facts.items()}

    def unknown(self) -> frozenset[str]:
        """Facts that the person said they do not know."""
        return frozenset(n for n, f in self.facts.items() if f.value is None)

    def with_facts(self, facts: Mapping[str, Remembered | None]) -> "State":
        """These facts set, and those that are None forgotten; what was told outlasts its echo."""
        merged = {**self.facts, **{n: f for n, f in facts.items() if not self._echoes(n, f)}}
        kept = {n: f for n, f in merged.items() if f is not None}
        return replace(self, facts=_headed_where_it_stands(kept))

    def _echoes(self, name: str, fact: Remembered | None) -> bool:
        """Whether a fact that was heard by likelihood says again what is known as surely or more."""
        known = self.facts.get(name)
        if fact is None or known is None or known.doubted or not fact.likely:
            return False
        return known.value == fact.value and not (known.hedged and not known.likely)

    def of(self, person: str, carried: Mapping[str, Remembered]) -> "State":
        """The case of another person taken up; this one is kept, for whoever comes back to it.

        `carried` are facts of this case that hold in the other one too.
        """
        if person == self.whose:
            return self
        own = self.as_told().facts
        cases = {**self.cases, self.whose: own} if own else {**self.cases}
        facts = {**carried, **cases.pop(person, {})}
        return replace(self, facts=facts, whose=person, cases=cases, told=None)

    def with_case(self, person: str, facts: Mapping[str, Remembered]) -> "State":
        """These facts of somebody else kept, for when the talk turns to them."""
        if person == self.whose:
            return self
        return replace(self, cases={**self.cases, person: {**self.cases.get(person, {}), **facts}})

    def supposing(self, facts: Mapping[str, Remembered | None]) -> "State":
        """These facts set for as long as the case that they put is talked about.

        What is supposed outright is not unsure: 等我考出中级工就够了吧.
        """
        facts = {
            n: f and replace(f, hedged=f.hedged and f.low is not None, likely=False)
            for n, f in facts.items()
        }
        told = self.facts if self.told is None else self.told
        return replace(self.with_facts(facts), told=told)

    def telling(self, facts: Mapping[str, Remembered | None]) -> "State":
        """These facts set, in what is supposed as in what was told."""
        if self.told is None:
            return self.with_facts(facts)
        told = replace(self, facts=self.told).with_facts(facts).facts
        return replace(self.with_facts(facts), told=told)

    def doubting(self, names: Iterable[str]) -> "State":
        """These facts to be confirmed before anything is decided on them."""
        doubted = {n: replace(self.facts[n], doubted=True) for n in names if n in self.facts}
        return self.telling(doubted)

    def as_told(self) -> "State":
        """The facts as they were told, without what was only supposed."""
        return self if self.told is None else replace(self, facts=self.told, told=None)

    def supposed(self) -> dict[str, Remembered]:
        """The facts that hold only in the case put."""
        if self.told is None:
            return {}
        return {n: f for n, f in self.facts.items() if self.told.get(n) != f}

    def wire(self) -> dict[str, KnownFact]:
        """The facts in the shape of the answer contract."""
        return {
            n: KnownFact(value=f.value, said=f.said, on=f.on) for n, f in sorted(self.facts.items())
        }


_HEAD, _AREA = "host.is_head_urban_household", "host.in_urban_area"


def _headed_where_it_stands(facts: dict[str, Remembered]) -> dict[str, Remembered]:
    """户口在海宁农村 ... 我是户主: who only says that they are head is head of the rural household."""
    head, area = facts.get(_HEAD), facts.get(_AREA)
    if head is None or area is None or head.value is not True:
        return facts
    if area.value is True and head.likely and not (area.likely or area.hedged):
        return {**facts, _HEAD: replace(head, hedged=False, likely=False)}
    if area.value is not False:
        return facts
    said = head.said or ""
    if "户主" not in said or any(town in said for town in ("城", "市区", "街道")):
        return facts
    return {**facts, _HEAD: replace(area)}


def remember(said: SaidFact) -> Remembered:
    """A fact that was just read, as it is kept."""
    return Remembered(
        plain(said.value),
        said.said,
        said.on,
        said.hedged,
        plain(said.low),
        plain(said.high),
        said.doubted,
        said.likely,
    )


def plain(value: Any) -> Any:
    """A fact's value as JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Member):
        return {k: v for k, v in value._asdict().items() if v is not None}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def dump_state(state: State) -> dict[str, Any]:
    """The state as a store keeps it."""
    return {
        FACTS: _dump_facts(state.facts),
        "topic": _dump_topic(state.topic),
        "earlier": [_dump_topic(topic) for topic in state.earlier],
        "asked": list(state.asked),
        "proposed": asdict(state.proposed) if state.proposed else None,
        "as_of": state.as_of.isoformat() if state.as_of else None,
        "place": state.place,
        "whose": state.whose,
        "cases": {person: _dump_facts(facts) for person, facts in state.cases.items()},
        "told": None if state.told is None else _dump_facts(state.told),
    }


def _dump_facts(facts: Mapping[str, Remembered]) -> dict[str, Any]:
    return {
        name: {
            "value": f.value,
            "said": f.said,
            "on": f.on.isoformat(),
            "hedged": f.hedged,
            "low": f.low,
            "high": f.high,
            "doubted": f.doubted,
            "likely": f.likely,
        }
        for name, f in facts.items()
    }


def _load_facts(raw: Mapping[str, Any]) -> dict[str, Remembered]:
    return {
        name: Remembered(
            f["value"],
            f.get("said"),
            date.fromisoformat(f["on"]),
            bool(f.get("hedged")),
            f.get("low"),
            f.get("high"),
            bool(f.get("doubted")),
            bool(f.get("likely")),
        )
        for name, f in raw.items()
    }


def load_state(raw: Json) -> State:
    """The state from what a store kept; what is missing is empty."""
    day = raw.get("as_of")
    return State(
        facts=_load_facts(raw.get(FACTS) or {}),
        topic=_load_topic(raw.get("topic") or {}),
        earlier=tuple(_load_topic(topic) for topic in raw.get("earlier") or ()),
        asked=tuple(raw.get("asked") or ()),
        as_of=date.fromisoformat(day) if day else None,
        place=raw.get("place"),
        proposed=Proposal(**raw["proposed"]) if raw.get("proposed") else None,
        whose=raw.get("whose") or APPLICANT,
        cases={person: _load_facts(facts) for person, facts in (raw.get("cases") or {}).items()},
        told=None if raw.get("told") is None else _load_facts(raw["told"]),
    )


def _dump_topic(topic: Topic) -> dict[str, Any]:
    return {
        "question": topic.question,
        "rules": list(topic.rules),
        "about": list(topic.about),
        "open": topic.open,
        "listed": list(topic.listed),
        "shown": list(topic.shown),
        "day": topic.day.isoformat() if topic.day else None,
        "cast": asdict(topic.cast),
    }


def _load_topic(raw: Mapping[str, Any]) -> Topic:
    day = raw.get("day")
    return Topic(
        raw.get("question", ""),
        tuple(raw.get("rules", ())),
        tuple(raw.get("about", ())),
        bool(raw.get("open")),
        tuple(raw.get("listed", ())),
        tuple(raw.get("shown", ())),
        date.fromisoformat(day) if day else None,
        Cast(**raw["cast"]) if raw.get("cast") else Cast(),
    )
