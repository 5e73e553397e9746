"""What is said to a message: the rules decide it, or the text answers it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from assistant.answering.contacts import Contacts
from assistant.answering.particulars import untold
from assistant.answering.pipeline import Pipeline, Timer
from assistant.answering.refusals import refuse
from assistant.answering.reply import Reply, chinese_day
from assistant.clauses import Place
from assistant.dialogue.deciding import Decided, decide_for
from assistant.dialogue.elicitation import CHANNEL, Channels, question_for, questions_for
from assistant.dialogue.model import APPLICANT, FollowUp, IntentKind, name_of, person_of
from assistant.dialogue.reading.designations import is_by_name
from assistant.dialogue.several import lines_of_each, of_each
from assistant.dialogue.state import State, Topic
from assistant.dialogue.understanding import Understood, asked_together, family_of
from assistant.dialogue.understanding.subjects import by_facts, names_way
from assistant.dialogue.wording import (
    ask_lines,
    details,
    grounds,
    known_conditions,
    mending_line,
    other_channels,
    outcome_sentence,
    reason_line,
    remaining_grounds,
    same_amount,
    survey_sentence,
    ways_open,
    who_moves,
)
from assistant.retrieval import Searcher
from assistant.rules import Citations, Fact, Outcome, RuleBook, Verdict, render
from assistant.schemas import Question
from assistant.schemas import Verdict as WireVerdict

_MOST_QUESTIONS = 3
_MOST_SHOWN = 3  # channels shown while a survey is still open


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
            _show(reply, state, book)
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
            if not self._decided(reply, again, state, book).settled:
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
            return self._decide(reply, understood, state, book, today)
        self._pipeline.respond(
            reply, understood.screened, understood.question, searcher, today, timer
        )
        shown = tuple(c.clause_id for c in reply.citations)
        about = asked_together(understood.intent.rules) or state.topic.rules or state.topic.about
        topic = Topic(
            question=understood.question,
            about=about,
            shown=shown,
            day=_other(reply.as_of, today),
            cast=understood.cast,
        )
        if reply.kind == "answer":
            pending = state.asked if state.topic.rules else ()
            state = replace(state.about(topic), asked=pending)
        return (), (), state

    def _decide(
        self, reply: Reply, understood: Understood, state: State, book: RuleBook, today: date
    ) -> tuple[Sequence[Any], Sequence[Question], State]:
        place = reply.place
        decided = self._decided(reply, understood, state, book)
        asked = self._questions(decided, understood, state, book)
        reply.kind = "verdict" if decided.settled else "clarify"
        opening = [q.fact for q in asked] == [CHANNEL]
        each = _of_each(decided, understood, book, reply)
        shown = _shown(decided, understood, opening=opening)
        rendered = render(tuple(chain(*each)) or shown, reply.view, place)
        reply.citations = list(rendered.citations)
        for notice in rendered.notices:
            reply.warn(notice.code, notice.text)
        self._caution(reply)
        _warn_of_past(reply, today)
        if reply.as_of != today:
            reply.say(f"以下按{chinese_day(reply.as_of)}的规定判断。")
        if _of_another(state, understood) and decided.verdicts and not each:
            reply.say(f"以下说的是{_called(state.whose)}的情况，不是您本人的。")
        supposed = [f.said for f in state.supposed().values() if f.said]
        if supposed:
            reply.say(f"以下按您假设的情况判断：{'、'.join(f'「{said}」' for said in supposed)}。")
        if each:
            for line in lines_of_each(rendered.verdicts, [len(own) for own in each]):
                reply.say(line)
        else:
            self._word(reply, decided, rendered.verdicts, understood)
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
        self._close(reply)
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

    def _decided(
        self, reply: Reply, understood: Understood, state: State, book: RuleBook
    ) -> Decided:
        return decide_for(
            state,
            _fitting(understood.rules, state),
            book,
            as_of=reply.as_of,
            place=reply.place,
            survey=understood.open,
            named=_names_way(understood, state),
            spoken=_spoken_of(understood),
        )

    def _word(
        self,
        reply: Reply,
        decided: Decided,
        verdicts: Sequence[WireVerdict],
        understood: Understood,
    ) -> None:
        """The outcome first, then what it stands on, then what else is open."""
        if understood.open:
            for note in _doubts(decided):
                reply.say(note)
            reply.say(survey_sentence(verdicts))
            if understood.family and verdicts and verdicts[0].outcome == "eligible":
                reply.say(who_moves(understood.family, verdicts[0])[0])
        else:
            notes = [d.note for d in decided.verdicts[0].doubts]
            said = same_amount(verdicts) or outcome_sentence(verdicts[0], notes, reply.citations)
            for line in _answering_for(understood, verdicts[0], said):
                reply.say(line)
        if not decided.settled:
            for verdict in verdicts[:1] if not understood.open else ():
                for line in known_conditions(verdict):
                    reply.say(line)
            if not understood.open:
                for line in ways_open(self._others(decided, reply)):
                    reply.say(line)
            return
        best = [v for v in verdicts if v.outcome == "eligible"]
        if understood.open and not best:
            for verdict in verdicts:
                reply.say(reason_line(verdict))
            return
        best = best or list(verdicts[:1])
        for verdict in best[:_MOST_SHOWN]:
            if verdict is not verdicts[0]:
                reply.say(outcome_sentence(verdict))
            for line in details(verdict):
                reply.say(line)
        if understood.open:
            return
        if verdicts[0].outcome == "eligible" and verdicts[0].amount is None:
            for verdict in verdicts:
                if verdict.outcome == "ineligible":  # the way that was thought of first
                    reply.say(reason_line(verdict))
        elif verdicts[0].outcome != "eligible":
            for verdict in verdicts[1:]:
                if verdict.outcome == "ineligible" and verdict.amount is None:
                    reply.say(reason_line(verdict))
            for line in other_channels(self._others(decided, reply)):
                reply.say(line)
            self._mend(reply, decided)

    def _others(self, decided: Decided, reply: Reply) -> Sequence[WireVerdict]:
        if not decided.others:
            return ()
        return render(decided.others, reply.view, reply.place).verdicts

    def _mend(self, reply: Reply, decided: Decided) -> None:
        """What may be done first about a condition that is not met, with the text that allows it."""
        for verdict in decided.mends:
            if verdict.outcome not in {Outcome.ELIGIBLE, Outcome.UNDETERMINED}:
                continue
            texts = Citations(reply.view, reply.as_of, reply.place, len(reply.citations) + 1)
            for ground in verdict.grounds:
                texts.offer(ground)
            reply.citations.extend(texts.all())
            reply.say(mending_line(verdict.title, texts.all()))

    def _questions(
        self, decided: Decided, understood: Understood, state: State, book: RuleBook
    ) -> list[Question]:
        if decided.settled:
            return []
        confirm = [
            replace_text(question_for(book.facts[n]), state, n, book.facts[n])
            for n in decided.confirm
        ]
        if confirm:
            return confirm[:_MOST_QUESTIONS]
        # What somebody says of their own accord not to know is worth one question, with choices.
        volunteered = {n for n, f in understood.facts.items() if f and n not in state.asked}
        unknown = state.unknown() - volunteered
        if understood.open and not state.facts and CHANNEL not in state.asked:
            return [self._channels.ask()]
        return questions_for(decided.verdicts, book.facts, skip=unknown, most=_MOST_QUESTIONS)

    def _caution(self, reply: Reply) -> None:
        """The caveats of the notices that the verdict stands on."""
        for citation in reply.citations:
            for caution in reply.view.notice(citation.document_id).cautions:
                if reply.as_of >= caution.effective_from:
                    reply.warn(caution.code, caution.text)

    def _close(self, reply: Reply) -> None:
        """The texts that a verdict stands on, and whom to ask."""
        for line in grounds(reply.citations, reply.text):
            reply.say(line)
        reply.say(remaining_grounds(reply.citations, reply.text))
        subject = self._contacts.about("".join(c.quote for c in reply.citations))
        if subject is not None:
            reply.say(f"以上按公开文件判断，最终以主管部门审核为准；可以咨询：{subject.line()}。")
        else:
            reply.say("以上按公开文件判断，最终以主管部门审核为准。")


def _of_each(
    decided: Decided, understood: Understood, book: RuleBook, reply: Reply
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
                as_of=reply.as_of,
                place=reply.place,
                survey=False,
            ),
        )
        for one in understood.besides
    ]
    return of_each([(understood.cast.applicant, decided), *others])


def _answering_for(understood: Understood, verdict: WireVerdict, said: str) -> list[str]:
    """The outcome, and whether the relatives asked about may move along; a no to them comes first."""
    asked = bool(understood.family) and verdict.covers is not None
    alone = verdict.covers == []
    if not asked or verdict.outcome == "not_applicable":
        return [said]
    if verdict.outcome == "undetermined":
        return [who_moves(understood.family, verdict)[0], said] if alone else [said]
    moves, all_may = who_moves(understood.family, verdict)
    own = said.replace("按您说的情况，符合", "按您说的情况，您本人符合")
    return [said, moves] if all_may else [moves, own]


def _of_another(state: State, understood: Understood) -> bool:
    """Whether what is decided is the case of somebody other than the person who writes."""
    return state.whose != APPLICANT and understood.cast.host is None


def _called(whose: str) -> str:
    """Whose case it is, as it is told to the person who writes: 您朋友, 小张."""
    name, person = name_of(whose), person_of(whose)
    if is_by_name(name) or is_by_name(f"我们{name}"):
        return f"「{name}」"
    return "您那位" if person == "旁人" else f"您{person}"


def _doubts(decided: Decided) -> list[str]:
    """What the texts leave open in most of the ways surveyed, each said once: 没有过渡条款."""
    notes = [doubt.note for verdict in decided.verdicts for doubt in verdict.doubts]
    return [note for note in dict.fromkeys(notes) if 2 * notes.count(note) > len(decided.verdicts)]


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


def _shown(decided: Decided, understood: Understood, *, opening: bool) -> tuple[Verdict, ...]:
    """The verdicts to send: those asked about, or the best of a survey."""
    if not understood.open:
        return decided.verdicts
    if opening:
        return ()
    if decided.settled:
        return decided.verdicts
    return tuple(v for v in decided.verdicts if v.outcome is Outcome.UNDETERMINED)[:_MOST_SHOWN]


def replace_text(question: Question, state: State, name: str, fact: Fact) -> Question:
    """A question that asks to confirm what was said unsurely, in the person's own words.

    What leaves several figures open (快三个月) cannot be confirmed, only said more exactly.
    """
    known = state.facts[name]
    is_open = known.low is not None or known.high is not None
    asks = "还不够准。" if is_open else "能确定吗？"
    told = f"您说的「{known.said}」{asks}" if known.said else ""
    return question.model_copy(update={"text": f"{told}{fact.question}"})


def _show(reply: Reply, state: State, book: RuleBook) -> None:
    if not state.facts:
        reply.say("我还没有了解到您的情况。")
        return
    reply.say("我了解到的情况：")
    for name, fact in state.facts.items():
        told = f"（您说：「{fact.said}」）" if fact.said else ""
        value = "不清楚" if fact.value is None else _readable(fact.value)
        reply.say(f"· {book.facts[name].label}：{value}{told}")
    reply.say("有不对的，直接告诉我改成什么就行。")


def _readable(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _warn_of_past(reply: Reply, today: date) -> None:
    """Say of a text that was in force on the day asked about that it no longer is."""
    for citation in reply.citations:
        last = citation.effective_to
        if last is not None and reply.as_of <= last < today:
            name = citation.doc_number or citation.title
            reply.warn("expired", f"{name}的这一规定有效期至{chinese_day(last)}，现在已经失效。")


def _only_tells(understood: Understood, state: State) -> bool:
    """Whether a message tells something that was not understood, amid a conversation: 是的吧那个."""
    talking = bool(state.asked or state.topic.decides or state.topic.about)
    kinds = {IntentKind.OTHER, IntentKind.ANSWER} if state.asked else {IntentKind.OTHER}
    told = understood.intent.kind in kinds and not understood.facts
    return talking and told and understood.screened.outcome == "pass"


def _changes_something(understood: Understood) -> bool:
    """Whether a message means to change a fact: 那五个月呢, 不对."""
    intent = understood.intent
    return intent.follow_up is FollowUp.FACT or intent.kind is IntentKind.CORRECTION


def _other(day: date, today: date) -> date | None:
    return day if day != today else None
