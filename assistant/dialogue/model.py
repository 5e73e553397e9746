"""What a person said: facts with their words, of whom, and what is being asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.rules import FactValue

APPLICANT = "本人"
"""The subject of a fact that nobody else was named for."""


@dataclass(frozen=True, slots=True)
class SaidFact:
    """One fact as somebody said it; `value` None: they said that they do not know.

    `low` and `high` bound what the words leave open (半年左右, 79年生); `value` then is the
    figure that claims least. `hedged`: the person was not sure of it. `supposed`: said as an if.
    `general`: said in a question that speaks of nobody in particular (租商品房登记满六个月能落户吗).
    `likely`: said flatly, in words that need not tell just this (在嘉兴有房) or that no reader knows;
    nothing is granted on it before it is confirmed, and what it withholds is told with its words.
    `doubted`: who said it does not know whether it is so, and nothing is decided on it.
    """

    value: FactValue | None
    said: str
    on: date
    hedged: bool = False
    subject: str = APPLICANT
    low: FactValue | None = None
    high: FactValue | None = None
    supposed: bool = False
    general: bool = False
    likely: bool = False
    doubted: bool = False

    @property
    def vague(self) -> bool:
        """Whether the words allow other values than `value`."""
        return self.low is not None or self.high is not None


_CALLED = "："


def person_of(whose: str) -> str:
    """As the person calls whoever a case is of: 旁人 of 旁人：小张."""
    return whose.partition(_CALLED)[0]


def name_of(whose: str) -> str:
    """What whoever a case is of is called: 小张; as they are to the person where no name was told."""
    return whose.partition(_CALLED)[2] or whose


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom a talk is about, for messages that leave it out: who moves, who is joined, who is 她."""

    applicant: str = APPLICANT
    host: str | None = None
    spoken_of: str | None = None  # the relative named last
    talent: bool = False  # the one who is joined is settled as a talent, whose papers count
    named: str | None = None  # what the one who moves is called, where they are no relative

    @property
    def whose(self) -> str:
        """Whose case it is: of those who are no relatives, each is told apart by their name."""
        return f"{self.applicant}{_CALLED}{self.named}" if self.named else self.applicant


@dataclass(frozen=True, slots=True)
class Reading:
    """What one message says: the applicant's facts, and those of the others it speaks of."""

    facts: Mapping[str, SaidFact] = field(default_factory=dict, hash=False)
    others: Mapping[str, Mapping[str, SaidFact]] = field(default_factory=dict, hash=False)
    applicant: str = APPLICANT  # as the person calls them: 本人, 母亲, 配偶 …
    host: str | None = None  # who is joined, where somebody is
    spoken_of: str | None = None  # the relative named last
    besides: tuple[str, ...] = ()  # others whose sums are asked for too: 我和我爸各划多少
    named: str | None = None  # what the applicant is called, where they are no relative
    corrects: tuple[str, ...] = ()  # earlier facts that these words take back
    skipped: bool = False  # 跳过: the question is passed over

    def stated(self) -> dict[str, FactValue | None]:
        """The applicant's facts by name, as the rules take them."""
        return {name: fact.value for name, fact in self.facts.items()}


class IntentKind(StrEnum):
    """What a message wants."""

    POLICY = "policy"
    ELIGIBILITY = "eligibility"
    AMOUNT = "amount"
    COMPARISON = "comparison"
    PROCEDURE = "procedure"
    CONTACT = "contact"
    GREETING = "greeting"
    RESTART = "restart"
    SHOW_UNDERSTOOD = "show_understood"
    CORRECTION = "correction"
    ANSWER = "answer"
    OTHER = "other"

    @property
    def decides(self) -> bool:
        """Whether rules answer it, from the person's facts."""
        return self in {IntentKind.ELIGIBILITY, IntentKind.AMOUNT}

    @property
    def asks_text(self) -> bool:
        """Whether the clauses answer it, whoever asks."""
        return self in {IntentKind.POLICY, IntentKind.PROCEDURE}

    @property
    def replies(self) -> bool:
        """Whether it replies to what was asked, or mends what was said."""
        return self in {IntentKind.ANSWER, IntentKind.CORRECTION}


class FollowUp(StrEnum):
    """What an elliptical question changes of the one before it."""

    PERSON = "person"
    FACT = "fact"
    DAY = "day"
    PLACE = "place"
    ITEM = "item"
    CASE = "case"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Intent:
    """What a message wants, and of which rules; `follow_up`: it leans on the turn before."""

    kind: IntentKind
    rules: tuple[str, ...] = ()  # most likely first
    open: bool = False  # every channel is asked about: 我能落户吗
    applicant: str = APPLICANT
    follow_up: FollowUp | None = None
    item: int | None = None  # 第二条: 2
    surely: bool = False  # these rules are meant, whatever the talk was about
