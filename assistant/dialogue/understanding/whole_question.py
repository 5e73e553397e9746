"""A message as a question of its own: what an ellipsis leaves out is put in."""

import re
from collections.abc import Callable

from assistant.answering.question import without_document
from assistant.dialogue.model import FollowUp, Intent, IntentKind
from assistant.dialogue.state import State, Topic
from assistant.dialogue.understanding.leaning import supposes
from assistant.dialogue.understanding.moving_out import wants_out
from assistant.dialogue.understanding.question_words import DOCUMENT, TARGET
from assistant.dialogue.understanding.question_words import asks as asks_for
from assistant.dialogue.understanding.rules_asked import of_text_only
from assistant.retrieval import Searcher
from assistant.rules import RuleBook

_SHORT = 16  # a question this short and without a subject leans on what came before


def whole_question(
    words: str, intent: Intent, state: State, book: RuleBook, searcher: Callable[[], Searcher]
) -> str:
    """The question to answer from the text; `words` themselves where nothing is left out."""
    topic = state.topic
    if intent.follow_up is FollowUp.PLACE and topic.question:
        return without_document(topic.question)  # another place has other documents
    if intent.follow_up in {FollowUp.DAY, FollowUp.AGAIN} and topic.question:
        return topic.question
    if intent.follow_up is FollowUp.ITEM and intent.item is not None:
        return _item(words, intent.item, _that_lists(state), book, searcher)
    asks = intent.kind.asks_text or intent.kind is IntentKind.CONTACT
    points = _POINTS.search(words) is not None
    lacks_subject = not intent.rules and (len(words) <= _SHORT or points) and asks
    about = topic.rules or topic.about
    figure = re.search(r"\d|[万千百]", words) is not None
    if lacks_subject and figure and of_text_only(state) and supposes(words):
        return f"{words}，{topic.question}"
    if of_text_only(state) and wants_out(topic.question) and _leans(words, intent):
        return f"{topic.question}，{words}"
    if lacks_subject and about:
        return f"{book.rule(about[0]).title}{words}"
    asking = _asking_part(words) if about and asks and not intent.rules else None
    if asking is not None:
        return f"{book.rule(about[0]).title}{asking}"
    bare = _CONSULTS.sub("", words)
    return bare or words


def _leans(words: str, intent: Intent) -> bool:
    """他不肯咋办, 要几天: a short ask that names no matter of its own."""
    short = len(words) <= _SHORT and not intent.rules and asks_for(words)
    return short and not TARGET.search(_HIS.sub("", words)) and not DOCUMENT.search(words)


_HIS = re.compile("(?:他|她|人家)[^，。？]{0,6}户口")
_POINTS = re.compile(
    r"(?:你们?)?(?:这|那)(?:个|些|条|项|份|种|套|几条)?(?:新|老)?(?:政策|规定|规矩|办法|通知|文件|要求|条件|标准|制度|补助|待遇)|新(?:政策|规定?|规矩|政)"
)
"""你们这个新规矩: what was talked about is meant."""


def _that_lists(state: State) -> Topic:
    """The topic whose reply named several ways in a row, where one did; else the last one."""
    return next((t for t in state.topics() if len(t.listed) > 1), state.topic)


def _asking_part(words: str) -> str | None:
    """怪不得！那时候窗口说不带家属。现在的依据是哪一款: the one piece that asks, where it is short."""
    pieces = [piece for piece in _STOPS.split(words) if piece]
    asking = [piece for piece in pieces if asks_for(piece)]
    if len(pieces) < _SEVERAL or len(asking) != 1 or len(asking[0]) > _SHORTER:
        return None
    return None if DOCUMENT.search(words) or _NAMES_A_DAY.search(words) else asking[0]


_SEVERAL, _SHORTER = 2, 10
_STOPS = re.compile(r"[，,。；;！!？?\s]+")
_NAMES_A_DAY = re.compile(r"\d{4}|[去前]年")
_CONSULTS = re.compile(
    r"^(?:你好|您好|请问|我|那|，|,|就)*(?:是)?(?:想|要|来)?(?:咨询|请教|问问|问|了解|打听)(?:一下|下|个|一个)*(?:关于)?"
)


def _item(
    words: str, number: int, topic: Topic, book: RuleBook, searcher: Callable[[], Searcher]
) -> str:
    """第二条的材料是什么: the second of what was listed, or the second part of the notice shown."""
    if 0 < number <= len(topic.listed):
        return f"{book.rule(topic.listed[number - 1]).title}{words}"
    if topic.shown:
        view = searcher().view
        notice = view.notice(view.clause(topic.shown[0]).notice_id)
        return f"{notice.doc_number or f'《{notice.title}》'}第{number}条"
    return words
