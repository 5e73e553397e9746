"""Messages about the talk itself, told by rule or by what was learned: remarks, recalls, restarts, 再讲一遍.

What tells a fact, corrects one, or turns to another person, day or rule is about the matter.
"""

from dataclasses import replace

from assistant.answering.screening import Screened
from assistant.dialogue.model import Intent, IntentKind, Reading, SaidFact
from assistant.dialogue.state import State, plain
from assistant.dialogue.understanding.amid import NO_GROUND
from assistant.dialogue.understanding.changes import asked_again
from assistant.dialogue.understanding.closing import closes_talk
from assistant.dialogue.understanding.dialogue_acts import Act, Standing, read_acts
from assistant.dialogue.understanding.question_words import DOCUMENT
from assistant.dialogue.understanding.subjects import names_way

_SURE = {Act.RECALL: 0.7, Act.RESTART: 0.8, Act.AGAIN: 0.7}  # likelihoods from which each holds
_SUREST = 0.85  # where a clause was quoted, of which more may be asked


def act_of(words: str, reading: Reading, intent: Intent, state: State, said: Screened) -> Act:
    """What a message does in the talk; `said` is what screening made of it."""
    beside = said.reason == "out_of_scope" and not said.cause  # 稍等，有人敲门送快递
    talks = bool(state.topic.question or state.asked) and (said.outcome != "refuse" or beside)
    if not talks or intent.follow_up is not None or intent.kind is IntentKind.CORRECTION:
        return Act.OTHER
    if intent.kind in {IntentKind.RESTART, IntentKind.SHOW_UNDERSTOOD}:
        return Act.OTHER  # read by rule, maybe with facts beside it
    standing = _standing(state)
    told = {
        n: f
        for n, f in reading.facts.items()
        if state.asked or not (n in NO_GROUND or _is_known(n, f, state))
    }
    if closes_talk(words, replace(reading, facts=told), standing):
        return Act.REMARK
    likely = read_acts(words, standing)
    if likely[Act.RECALL] >= _SURE[Act.RECALL] and not told:
        return Act.RECALL
    if reading.facts or reading.corrects or intent.surely or DOCUMENT.search(words):
        return Act.OTHER
    if likely[Act.RESTART] >= _SURE[Act.RESTART]:
        return Act.RESTART
    least = _SUREST if standing == "text" else _SURE[Act.AGAIN]
    return Act.AGAIN if likely[Act.AGAIN] >= least and not names_way(words) else Act.OTHER


def asking_again(state: State) -> Intent:
    """What was asked last, asked once more."""
    topic = state.topic
    if topic.rules:
        return asked_again(IntentKind.ELIGIBILITY, topic.rules)
    if topic.open:
        return Intent(IntentKind.ELIGIBILITY, open=True)
    return asked_again(IntentKind.POLICY, ())


def _standing(state: State) -> Standing:
    """What the message comes after."""
    if state.asked:
        return "asked"
    return "decided" if state.topic.decides else "text"


def _is_known(name: str, fact: SaidFact, state: State) -> bool:
    known = state.facts.get(name)
    return known is not None and known.value == plain(fact.value)
