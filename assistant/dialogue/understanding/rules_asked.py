"""Which rules a message is about: those it names, those of the topic, or an earlier topic's."""

import re
from collections.abc import Sequence

from assistant.dialogue.model import FollowUp, Intent, IntentKind
from assistant.dialogue.state import State, Topic
from assistant.dialogue.understanding.leaning import way_meant
from assistant.dialogue.understanding.subjects import ways_together
from assistant.rules import RuleBook

_RETURNS = re.compile(
    r"回到|接着|继续|刚才|前面|还是(?:问|说|看)|再(?:问|说|看)回?|算进去|一并算|一起算"
)
_TAKES_UP = re.compile(
    r"(?:说|问|看|走|换|按|用|试)[^，。？]{0,8}(?:这|那)(?:一)?(?:条|种|项)(?=[，,：:。]|$)|干脆(?:说|问|走|按)|(?:改|换)(?:走|问|说|成)[^，。？]{0,6}(?:落户|这条|那条)"
)
"""那我干脆说买房这条：…: another way than the one talked about."""
_SETTLING = re.compile("落户|户口|入户|转户|投靠|迁|居住证|人才|途径|集体户")
_HOUSE = re.compile("户主|房|住所")
_CHANGES_THE_CASE = frozenset(
    {FollowUp.DAY, FollowUp.PLACE, FollowUp.FACT, FollowUp.PERSON, FollowUp.CASE}
)


def asked_together(rules: Sequence[str]) -> tuple[str, ...]:
    """The likeliest rule, with those that answer the same ask: ways to join, schemes alike."""
    if not rules:
        return ()
    kind = family_of(rules[0])
    return tuple(rule for rule in rules if family_of(rule) == kind)


def family_of(rule: str) -> str:
    """settle.join_child and settle.join_parent are of one family, as are the schemes' accounts."""
    room, _, name = rule.partition(".")
    if room == "medical":
        return f"medical.{name.rpartition('.')[2]}"
    return f"{room}.join" if name.startswith("join_") else rule


def facts_read_by(rules: Sequence[str], book: RuleBook) -> set[str]:
    """The facts that these rules read, however they are told: a start day, or its months."""
    read = {fact.name for rule in rules for fact in book.rule(rule).facts()}
    return read | {f.name for f in book.facts if f.start_of in read}


def of_text_only(state: State) -> bool:
    """Whether the talk is about something that no rule decides: what an ellipsis changes is text."""
    topic = state.topic
    return bool(topic.question) and not (topic.decides or topic.about or state.asked)


def left_aside(state: State) -> Topic | None:
    """The topic that rules decide, where a question to the text about the same came after it."""
    if state.topic.decides or not state.earlier:
        return None
    last = state.earlier[0]
    return last if set(last.rules) & set(state.topic.about) else None


def topic_of(
    intent: Intent, state: State, told: Sequence[str], words: str, book: RuleBook
) -> tuple[tuple[str, ...], bool]:
    """Which rules a message is about, and whether every way is; replies and ellipses stay put.

    `told` are the facts that the message tells.
    """
    if intent.surely and intent.rules:
        return asked_together(intent.rules), False
    together = ways_together(words) if intent.follow_up is None and intent.kind.decides else ()
    if together:
        return together, False
    returned = returned_to(intent, state, told, words, book)
    if returned is not None:
        return returned.rules, returned.open
    if intent.rules and intent.follow_up is None and told and _TAKES_UP.search(words):
        return asked_together(intent.rules), False
    stays = intent.kind.replies or intent.follow_up in _CHANGES_THE_CASE
    if intent.kind.decides and not intent.follow_up and (intent.rules or intent.open):
        talent = "settle.talent_family" in state.topic.rules
        if (
            talent
            and family_of(intent.rules[0] if intent.rules else "") == "settle.join"
            and ("集体户" in words or not _HOUSE.search(words))
        ):
            return state.topic.rules, False
        guessed = all(rule.startswith("settle.") for rule in intent.rules)
        topic = state.topic.rules or state.topic.about
        if topic and guessed and not _SETTLING.search(words):
            return asked_together(topic), False
        return asked_together(intent.rules), intent.open
    if intent.follow_up is FollowUp.FACT and told and state.topic.rules:
        ways = way_meant(words, frozenset(told))
        if ways and not set(told) & facts_read_by(state.topic.rules, book):
            return asked_together(ways), False  # 那我大专毕业呢, after renting has failed
    if intent.kind.replies and state.asked and not state.topic.decides and state.earlier:
        pending = state.earlier[0]  # a question to the text came between what was asked and this
        if set(told) & facts_read_by(pending.rules, book):
            return pending.rules, pending.open
    if stays and state.topic.decides:
        return state.topic.rules, state.topic.open
    tells = intent.kind.replies or intent.kind is IntentKind.OTHER
    if tells and told and intent.follow_up is None:
        if state.topic.decides:
            return state.topic.rules, state.topic.open
        about = state.topic.about
        leans = about and set(told) & facts_read_by(about, book)
        return asked_together(about if leans else intent.rules or about), False
    if intent.kind.decides:
        return asked_together(intent.rules), intent.open or not intent.rules
    return (), False


def returned_to(
    intent: Intent, state: State, told: Sequence[str], words: str, book: RuleBook
) -> Topic | None:
    """The earlier topic that 回到租房那个 or a fact of that topic leads back to."""
    if not _RETURNS.search(words) or not state.earlier:
        return None
    named = set(asked_together(intent.rules))
    known = [topic for topic in (state.topic, *state.earlier) if topic.rules]
    for topic in known:
        if named & set(topic.rules):
            return topic
    if named and intent.kind.decides:
        return None  # what is gone back to was not decided yet: 刚才说的户口，我租的商品房…
    for topic in known:
        if set(told) & facts_read_by(topic.rules, book):
            return topic
    return None
