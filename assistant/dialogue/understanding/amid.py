"""What a message amid a talk does, told by what it tells: it answers, corrects, or puts a case.

A message that tells what the rules talked about read, and asks for no text, goes on with that case,
however it is worded. So it does where a question to the text came between.
"""

from dataclasses import replace
from datetime import date

from assistant.answering.particulars import wanted_kinds
from assistant.dialogue.model import FollowUp, Intent, Reading
from assistant.dialogue.state import State
from assistant.dialogue.understanding.context import ContextReader
from assistant.dialogue.understanding.leaning import puts_if, supposes
from assistant.dialogue.understanding.question_words import DOCUMENT, asks
from assistant.dialogue.understanding.rules_asked import facts_read_by, family_of
from assistant.dialogue.understanding.wanted import asks_wording

NO_GROUND = frozenset({"family", "relation", "sex", "migrant"})
"""Facts that are told by the way of whoever is named, and are no ground by themselves."""


def resumed(words: str, asked: str | None, reader: ContextReader, as_of: date) -> State:
    """The state with the case taken up again that a question to the text had put aside.

    The state itself where a case is being talked about, or the message does not go on with one.
    """
    state = reader.state
    if state.topic.decides or not state.earlier or not state.earlier[0].rules:
        return state
    again = replace(state, topic=state.earlier[0], earlier=state.earlier[1:])
    reading, intent = replace(reader, state=again).read(words, asked, as_of)
    same = bool(set(state.topic.about) & set(again.topic.rules))
    return again if goes_on(words, reading, intent, again, reader, same=same) else state


def goes_on(
    words: str,
    reading: Reading,
    intent: Intent,
    state: State,
    reader: ContextReader,
    *,
    same: bool = False,
) -> bool:
    """Whether a message tells, of the case talked about, something that its rules read.

    `same`: the text asked about was of that case, so that 那我岳母呢 turns to her in it.
    """
    about = state.topic.rules
    if asks_wording(words) or wanted_kinds(words) or DOCUMENT.search(words):
        return False
    of_it = bool(intent.rules) and family_of(intent.rules[0]) in map(family_of, about)
    if (intent.surely or intent.rules) and not of_it:
        return False
    if same and intent.follow_up in {FollowUp.PERSON, FollowUp.CASE}:
        return True
    wanted = facts_read_by(about, reader.book) - (frozenset() if same else NO_GROUND)
    told = {n for n, f in reading.facts.items() if n in wanted and not f.general}
    return bool(told) and (puts_if(words) or supposes(words) or not asks(words))
