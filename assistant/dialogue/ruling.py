"""What was understood, put to the rules: what is decided, which verdicts to show, what to ask."""

from collections.abc import Sequence
from datetime import date

from assistant.clauses import Place
from assistant.dialogue.deciding import Decided, decide_for
from assistant.dialogue.elicitation import CHANNEL, Channels, question_for, questions_for
from assistant.dialogue.several import of_each
from assistant.dialogue.state import State
from assistant.dialogue.understanding import Understood, family_of
from assistant.dialogue.understanding.subjects import by_facts, names_way
from assistant.rules import Fact, Outcome, RuleBook, Verdict
from assistant.schemas import Question

_MOST_QUESTIONS = 3
_MOST_SHOWN = 3  # channels shown while a survey is still open


def put_to_rules(
    understood: Understood, state: State, book: RuleBook, as_of: date, place: Place
) -> Decided:
    """Put the facts of the conversation to the rules that the message asks about."""
    return decide_for(
        state,
        _fitting(understood.rules, state),
        book,
        as_of=as_of,
        place=place,
        survey=understood.open,
        named=_names_way(understood, state),
        spoken=_spoken_of(understood),
    )


def verdicts_of_each(
    decided: Decided, understood: Understood, book: RuleBook, as_of: date, place: Place
) -> tuple[tuple[Verdict, ...], ...]:
    """Everybody's verdicts, where sums of several people are asked for; else none."""
    if not understood.besides or not decided.settled:
        return ()
    others = [
        (
            one.person,
            decide_for(
                State(one.facts),
                one.rules,
                book,
                as_of=as_of,
                place=place,
                survey=False,
            ),
        )
        for one in understood.besides
    ]
    return of_each([(understood.cast.applicant, decided), *others])


def to_show(decided: Decided, understood: Understood, *, opening: bool) -> tuple[Verdict, ...]:
    """The verdicts to send: those asked about, or the best of a survey."""
    if not understood.open:
        return decided.verdicts
    if opening:
        return ()
    if decided.settled:
        return decided.verdicts
    return tuple(v for v in decided.verdicts if v.outcome is Outcome.UNDETERMINED)[:_MOST_SHOWN]


def to_ask(
    decided: Decided, understood: Understood, state: State, book: RuleBook, channels: Channels
) -> list[Question]:
    """What to ask next: to confirm what was said unsurely, then what settles most."""
    if decided.settled:
        return []
    confirm = [
        _confirming(question_for(book.facts[n]), state, n, book.facts[n]) for n in decided.confirm
    ]
    # What somebody says of their own accord not to know is worth one question, with choices.
    volunteered = {n for n, f in understood.facts.items() if f and n not in state.asked}
    unknown = state.unknown() - volunteered
    if not confirm and understood.open and not state.facts and CHANNEL not in state.asked:
        return [channels.ask()]
    missing = decided.lacking if confirm else decided.verdicts
    rest = questions_for(missing, book.facts, skip=unknown, most=_MOST_QUESTIONS)
    named = {question.fact for question in confirm}
    return [*confirm, *(q for q in rest if q.fact not in named)][:_MOST_QUESTIONS]


def _names_way(understood: Understood, state: State) -> bool:
    """Whether the person asks about one way only, in this message or in the one that it follows."""
    settles = all(rule.startswith("settle.") for rule in understood.rules)
    return not settles or any(map(names_way, (understood.question, state.topic.question)))


def _spoken_of(understood: Understood) -> tuple[str, ...]:
    """The ways that a message speaks of, beside the likeliest: 没租过房，但工作稳定，能落户吗."""
    if understood.intent.follow_up or not understood.intent.kind.decides:
        return ()
    of_facts = by_facts(frozenset(understood.facts))
    return tuple(dict.fromkeys((*understood.intent.rules, *of_facts)))


def _fitting(rules: Sequence[str], state: State) -> tuple[str, ...]:
    """Of the ways to join a relative, the one that the relation known decides."""
    relation = state.facts.get("relation")
    if (
        relation is None
        or relation.value is None
        or len(rules) < 2
        or family_of(rules[0]) != "settle.join"
    ):
        return tuple(rules)
    way = {"父母": "settle.join_child", "子女": "settle.join_parent"}.get(
        str(relation.value), "settle.join_householder"
    )
    named = rules[0] == "settle.join_householder" or "host.is_head_urban_household" in state.facts
    return ("settle.join_householder",) if named else (way,)


def _confirming(question: Question, state: State, name: str, fact: Fact) -> Question:
    """A question that asks to confirm what was said unsurely, in the person's own words.

    What leaves several figures open (快三个月) cannot be confirmed, only said more exactly; who said
    it flatly is asked whether it is this that they told, and not whether they are sure.
    """
    known = state.facts[name]
    is_open = known.low is not None or known.high is not None
    unsure = known.hedged and not known.likely
    asks = (
        "还不够准。" if is_open else "能确定吗？" if unsure or known.doubted else "，再确认一下："
    )
    told = f"您说的「{known.said}」{asks}" if known.said else ""
    return question.model_copy(update={"text": f"{told}{fact.question}"})
