"""What is said to a message: the rules decide it, or the text answers it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from assistant.answering.contacts import Contacts
from assistant.answering.particulars import untold
from assistant.answering.pipeline import Pipeline, Timer
from assistant.answering.presenting import tell_draft, tell_presented
from assistant.answering.question import names_draft
from assistant.answering.refusals import refuse
from assistant.answering.reply import Reply, chinese_day
from assistant.clauses import Place
from assistant.dialogue.elicitation import CHANNEL, Channels
from assistant.dialogue.model import FollowUp, IntentKind
from assistant.dialogue.ruling import put_to_rules, to_ask, to_show, verdicts_of_each
from assistant.dialogue.several import lines_of_each
from assistant.dialogue.state import State, Topic
from assistant.dialogue.telling import (
    tell_grounds,
    tell_known,
    tell_presumed,
    tell_supposed,
    tell_verdicts,
    tell_whose,
    warn_of_cautions,
    warn_of_past,
)
from assistant.dialogue.understanding import Understood, asked_together
from assistant.dialogue.understanding.question_words import asks_anything
from assistant.dialogue.wording import (
    ask_lines,
)
from assistant.retrieval import Searcher
from assistant.rules import RuleBook, render
from assistant.schemas import Question

_MATTER = Question(
    fact="matter",
    text="请问您想办什么事？",
    type="enum",
    choices=["我能落户吗", "怎么申领居住证", "医疗补助每月划多少"],
)
"""Asked of who only tells how they stand; each choice is a question that may be put as it is."""


class Responder:
    """Answers what was understood, by rule where it is decided, from the text where it is asked."""

    def __init__(
        self, pipeline: Pipeline, contacts: Contacts, channels: Channels, home: Place
    ) -> None:
        self._pipeline = pipeline
        self._contacts = contacts
        self._channels = channels
        self._home = home

    def respond(
        self,
        reply: Reply,
        understood: Understood,
        state: State,
        book: RuleBook,
        searcher: Searcher,
        today: date,
        timer: Timer,
    ) -> tuple[Sequence[Any], Sequence[Question], State]:
        """Fill `reply`; returns the verdicts, the questions and what is to be remembered."""
        kind = understood.intent.kind
        if kind is IntentKind.RESTART:
            reply.kind = "chat"
            reply.say("好的，我们重新开始。之前说的情况我已经忘掉了，请说您想问的事。")
            return (), (), state
        if kind is IntentKind.SHOW_UNDERSTOOD:
            reply.kind = "chat"
            tell_known(reply, state, book)
            return (), (), state
        decides = understood.decides
        if decides and reply.place.code != self._home.code:
            name = reply.place.name
            refuse(
                reply,
                "other_jurisdiction",
                self._contacts,
                lead=f"您问的是{name}，我只能按嘉兴的文件判断，不能判断{name}能不能办。",
            )
            return (), (), state
        if understood.doubted and not understood.facts:
            again = replace(understood, rules=state.topic.rules, open=state.topic.open)
            if not put_to_rules(again, state, book, reply.as_of, reply.place).settled:
                reply.say("这句我没听明白，请先确认一下前面说的情况。")
                return self._decide(reply, again, state, book, today)
        if decides and not understood.facts and _changes_something(understood):
            reply.kind = "clarify"
            reply.say("我没听明白您要改的是哪一项情况，请说完整一些，比如「居住登记改成五个月」。")
            return (), (), state
        if not decides and _only_tells(understood, state):
            if state.topic.decides and not state.asked:
                reply.kind = "clarify"  # the verdict is not said again: the message may undo it
                reply.say("这句我没听明白，没有计入判断。")
                reply.say("情况有变化的，请说完整一些，比如「房子不是她的」「登记只有五个月」。")
                return (), (), state
            reply.say("这句我没听明白。")
            if state.topic.decides:
                again = replace(understood, rules=state.topic.rules, open=state.topic.open)
                asked = tuple(name for name in state.asked if name != CHANNEL)
                return self._decide(reply, again, replace(state, asked=asked), book, today)
            reply.kind = "clarify"
            reply.say("请把情况说完整一些，比如「我租的是城里的商品房，居住登记七个月」。")
            return (), (), state
        if decides:
            decided = self._decide(reply, understood, state, book, today)
            presented = understood.screened.presented
            if presented is not None and not presented.in_gist:
                tell_presented(reply, presented)
            elif names_draft(understood.screened.text):
                tell_draft(reply)
            if not understood.open and not understood.intent.follow_up:
                self._pipeline.quote_asked(reply, understood.question, searcher)
            return decided
        if _tells_first(understood, state):
            reply.kind = "clarify"
            tell_known(reply, state, book)
            reply.say("请问您想办什么事？比如落户、办居住证、医疗补助，或者想查哪条规定。")
            return (), (_MATTER,), state
        self._pipeline.respond(
            reply, understood.screened, understood.question, searcher, today, timer
        )
        warn_of_past(reply, today)
        shown = tuple(c.clause_id for c in reply.citations)
        about = asked_together(understood.intent.rules) or state.topic.rules or state.topic.about
        topic = Topic(
            question=understood.question,
            about=() if understood.anew else about,
            shown=shown,
            day=_other(reply.as_of, today),
            cast=understood.cast,
        )
        if reply.kind == "answer":
            pending = state.asked if state.topic.rules and not understood.anew else ()
            state = replace(state.about(topic), asked=pending)
        return (), (), state

    def _decide(
        self, reply: Reply, understood: Understood, state: State, book: RuleBook, today: date
    ) -> tuple[Sequence[Any], Sequence[Question], State]:
        place = reply.place
        decided = put_to_rules(understood, state, book, reply.as_of, place)
        asked = to_ask(decided, understood, state, book, self._channels)
        reply.kind = "verdict" if decided.settled else "clarify"
        opening = [q.fact for q in asked] == [CHANNEL]
        each = verdicts_of_each(decided, understood, book, reply.as_of, place)
        shown = to_show(decided, understood, opening=opening)
        rendered = render(tuple(chain(*each)) or shown, reply.view, place)
        reply.citations = list(rendered.citations)
        for notice in rendered.notices:
            reply.warn(notice.code, notice.text)
        warn_of_cautions(reply)
        warn_of_past(reply, today)
        if reply.as_of != today:
            reply.say(f"以下按{chinese_day(reply.as_of)}的规定判断。")
        if decided.verdicts and not each:
            tell_whose(reply, state, understood)
        tell_supposed(reply, state)
        if each:
            for line in lines_of_each(rendered.verdicts, [len(own) for own in each]):
                reply.say(line)
        else:
            tell_verdicts(reply, decided, rendered.verdicts, understood)
        tell_presumed(reply, decided, state, book)
        if asked:
            reply.say("请告诉我：")
            for line in ask_lines(asked):
                reply.say(line)
        elif not decided.settled:
            reply.say("这些情况不清楚，就没法判断。可以先核实，再来问我。")
        for particular in untold(understood.question, (c.quote for c in reply.citations)):
            reply.say(f"您还问到{particular}，现在收录的文件里没有写。")
        for name in decided.dropped:
            reply.say(f"您前面说过的「{book.facts[name].label}」与后来说的不一致，已按后来的算。")
        tell_grounds(reply, self._contacts)
        topic = Topic(
            question=understood.question or state.topic.question,
            rules=understood.rules,
            open=understood.open,
            listed=tuple(v.rule_id for v in rendered.verdicts),
            shown=tuple(c.clause_id for c in rendered.citations),
            day=_other(reply.as_of, today),
            cast=understood.cast,
        )
        state = replace(state.about(topic), asked=tuple(q.fact for q in asked))
        return rendered.verdicts, asked, state


def _only_tells(understood: Understood, state: State) -> bool:
    """Whether a message tells something that was not understood, amid a conversation: 是的吧那个."""
    talking = bool(state.asked or state.topic.decides or state.topic.about)
    kinds = {IntentKind.OTHER, IntentKind.ANSWER} if state.asked else {IntentKind.OTHER}
    told = understood.intent.kind in kinds and not understood.facts
    return talking and told and understood.screened.outcome == "pass"


def _tells_first(understood: Understood, state: State) -> bool:
    """Whether a first message tells how somebody stands, and asks nothing yet."""
    opens = not (state.topic.question or state.asked)
    told = understood.screened.outcome == "pass" and bool(understood.facts)
    of_somebody = _SPEAKER.search(understood.question) is not None
    return opens and told and of_somebody and not asks_anything(understood.question)


_SPEAKER = re.compile("(?:我|俺|本人)(?![司市国省])")


def _changes_something(understood: Understood) -> bool:
    """Whether a message means to change a fact: 那五个月呢, 不对."""
    intent = understood.intent
    return intent.follow_up is FollowUp.FACT or intent.kind is IntentKind.CORRECTION


def _other(day: date, today: date) -> date | None:
    return day if day != today else None
