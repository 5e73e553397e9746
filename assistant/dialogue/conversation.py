"""One turn of a conversation: understand, remember, then decide by rule or answer from the text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from assistant.answering.contacts import Contacts
from assistant.answering.pipeline import Pipeline, Timer
from assistant.answering.refusals import refuse
from assistant.answering.reply import Reply
from assistant.answering.screening import Screened, screen
from assistant.clauses import Gazetteer, Place
from assistant.dialogue.deciding import Decided, decide_for
from assistant.dialogue.elicitation import CHANNEL, Channels, question_for, questions_for
from assistant.dialogue.facts import read_facts
from assistant.dialogue.intent import read_intent
from assistant.dialogue.model import FollowUp, Intent, IntentKind, Reading
from assistant.dialogue.places import Surroundings
from assistant.dialogue.ports import (
    AuditRecord,
    AuditStore,
    Clock,
    ConversationStore,
    Json,
    outcome_of,
)
from assistant.dialogue.privacy import mask, mask_values, privacy_notice
from assistant.dialogue.replies import read_reply
from assistant.dialogue.state import (
    Remembered,
    State,
    Topic,
    dump_state,
    load_state,
    plain,
    remember,
)
from assistant.dialogue.wording import (
    ask_lines,
    details,
    grounds,
    known_conditions,
    other_channels,
    outcome_sentence,
    same_amount,
    survey_sentence,
    who_moves,
)
from assistant.retrieval import Searcher
from assistant.rules import Fact, Outcome, RuleBook, Verdict, render
from assistant.schemas import Answer, AskRequest, Question
from assistant.schemas import Verdict as WireVerdict

_DECIDES = frozenset({IntentKind.ELIGIBILITY, IntentKind.AMOUNT})
_MOST_QUESTIONS = 3
_SHORT = 16  # a question this short and without a subject leans on what came before
_ENOUGH_TOLD = 2
_ASKS_TEXT = frozenset({IntentKind.POLICY, IntentKind.PROCEDURE})
_ASKS_WORDING = re.compile(
    r"哪些|什么(?!时候)|怎么|如何|规定|材料|要不要|需不需要|是否需要|依据|文件|通知|解读|征求意见|第.{1,3}条|区别|变化|为什么|"
    r"标准|百分之|多长时间|多久|几个月|几年|要看|合并|互认|按办法"
)
_OF_SOMEBODY = re.compile(
    r"我|俺|咱|本人|侬|阿拉|老公|老婆|爱人|媳妇|他|她|我们|单位(?:是|没)|\d{2}岁|[一二三四五六七八九]十[一二三四五六七八九]?岁"
)
_ASKS_WHETHER = re.compile(
    r"够|行|成[吗不么]|中[不吗么]|可以|能|符合|差不差|差多少|差啥|啥时候|什么时候|最早|[吗么不伐？?]$|落户吧|了吧"
)
_MOST_SHOWN = 3  # channels shown while a survey is still open


@dataclass(frozen=True, slots=True)
class Understood:
    """What one message comes to, before anything is decided."""

    screened: Screened
    intent: Intent
    facts: dict[str, Remembered | None]
    rules: tuple[str, ...]
    open: bool
    question: str  # the question to answer from the text, ellipsis filled in
    names_place: bool = False  # the message itself asks about a place
    person: str | None = None  # the relative whom an ellipsis asks about


class Dialogue:
    """Answers within conversations; the stores keep what it remembers."""

    def __init__(
        self,
        searcher: Callable[[], Searcher],
        pipeline: Pipeline,
        rules: Callable[[Searcher], RuleBook],
        *,
        gazetteer: Gazetteer,
        contacts: Contacts,
        channels: Channels,
        home: Place,
        conversations: ConversationStore,
        audit: AuditStore,
        clock: Clock,
    ) -> None:
        self._searcher = searcher
        self._pipeline = pipeline
        self._rules = rules
        self._gazetteer = gazetteer
        self._contacts = contacts
        self._channels = channels
        self._home = home
        self._surroundings = Surroundings(gazetteer, home)
        self._conversations = conversations
        self._audit = audit
        self._clock = clock

    def ask(self, request: AskRequest, today: date) -> Answer:
        """Answer one message; raises AssistantError (unknown conversation, fact, place; no index)."""
        timer = Timer()
        searcher = self._searcher()
        book = self._rules(searcher)
        if request.jurisdiction:
            self._gazetteer.resolve(request.jurisdiction)
        given = self._given(request, book, today)
        masked, fields, privacy = _without_personal_data(request)
        conversation = (
            self._conversations.load(request.conversation_id)
            if request.conversation_id
            else self._conversations.create(dump_state(State()))
        )
        before = load_state(conversation.state)
        understood = self._understand(masked, before, book, request, today)
        timer.mark("understand")

        def change(raw: dict[str, Any]) -> Json:
            return dump_state(self._remembering(load_state(raw), understood, given, request))

        stored = self._conversations.append_turn(
            conversation.conversation_id, masked, fields, change=change
        )
        state = load_state(stored.state)
        timer.mark("remember")
        day, place = self._when_and_where(understood, state, request, today)
        reply = Reply(searcher.view, day, place)
        reply.warn("privacy", privacy)
        verdicts, questions, state = self._respond(
            reply, understood, state, book, searcher, today, timer
        )
        timer.mark("compose")
        answer = Answer(
            answer_id=uuid4().hex,
            conversation_id=conversation.conversation_id,
            kind=reply.kind,
            text=reply.text,
            citations=reply.citations,
            verdicts=list(verdicts),
            questions=list(questions),
            notices=reply.notices,
            reason=reply.reason,
            as_of=reply.as_of,
            jurisdiction=reply.place.name,
            facts=state.wire(),
            timings_ms=timer.total(),
        )
        self._keep(answer, before, state, masked, fields, searcher, stored, today)
        return answer

    # --- understanding ------------------------------------------------------------------------

    def _given(
        self, request: AskRequest, book: RuleBook, today: date
    ) -> dict[str, Remembered | None]:
        """Facts sent with the request; raises FactError for what the dictionary does not know."""
        stated = {n: v for n, v in request.facts.items() if v is not None}
        book.read(request.facts, request.as_of or today)
        parsed = {n: plain(book.facts.parse(n, v)) for n, v in stated.items()}
        day = request.as_of or today
        given: dict[str, Remembered | None] = {
            n: Remembered(v, None, day) for n, v in parsed.items()
        }
        return given | {n: None for n, v in request.facts.items() if v is None}

    def _understand(
        self, text: str, state: State, book: RuleBook, request: AskRequest, today: date
    ) -> Understood:
        screened = screen(text)
        words = screened.text or text
        named = self._pipeline.read(words, today, request.as_of, None)
        as_of = named.as_of if named.other_day else request.as_of or state.as_of or today
        choice = self._channels.chosen(words) if CHANNEL in state.asked else None
        if choice is not None:
            told: dict[str, Remembered | None] = {
                n: Remembered(v, words, as_of) for n, v in choice.facts.items()
            }
            intent = Intent(IntentKind.ANSWER, choice.rules, open=not choice.rules)
            question = state.topic.question
            return Understood(
                Screened("pass", words),
                intent,
                told,
                choice.rules,
                not choice.rules,
                question,
            )
        asked = next((n for n in state.asked if n != CHANNEL), None)
        reading, intent = self._read(words, state, book, asked, as_of)
        intent = _sharpened(intent, reading, words, book)
        facts: dict[str, Remembered | None] = {
            n: remember(f)
            for n, f in reading.facts.items()
            if not f.supposed or intent.kind in _DECIDES
        }
        for name in reading.corrects:
            facts.setdefault(name, None)
        person = _relative(intent) if intent.follow_up is FollowUp.PERSON else None
        if person is not None:
            facts["family"] = _with_relative(state, person, words, as_of)
        rules, is_open = self._topic_of(intent, state, bool(facts))
        question = self._filled_in(words, intent, state, book)
        if intent.kind in {IntentKind.ANSWER, IntentKind.CORRECTION} and screened.outcome == "chat":
            screened = replace(screened, outcome="pass")
        if state.asked and facts and screened.outcome != "refuse":
            screened = replace(screened, outcome="pass")
        fresh = (
            intent.follow_up is FollowUp.PLACE
            or not (rules or is_open)
            or (intent.kind in _DECIDES and intent.follow_up is None)
        )
        return Understood(screened, intent, facts, rules, is_open, question, fresh, person)

    def _filled_in(self, words: str, intent: Intent, state: State, book: RuleBook) -> str:
        """The message as a question of its own: what an ellipsis leaves out is put in."""
        topic = state.topic
        if intent.follow_up in {FollowUp.DAY, FollowUp.PLACE} and topic.question:
            return topic.question
        if intent.follow_up is FollowUp.ITEM and intent.item is not None:
            return self._item(words, intent.item, topic, book)
        lacks_subject = not intent.rules and len(words) <= _SHORT and intent.kind in _ASKS_TEXT
        about = topic.rules or topic.about
        if lacks_subject and about:
            return f"{book.rule(about[0]).title}{words}"
        return words

    def _item(self, words: str, number: int, topic: Topic, book: RuleBook) -> str:
        """第二条的材料是什么: the second of what was listed, or the second part of the notice shown."""
        if 0 < number <= len(topic.listed):
            return f"{book.rule(topic.listed[number - 1]).title}{words}"
        if topic.shown:
            view = self._searcher().view
            notice = view.notice(view.clause(topic.shown[0]).notice_id)
            return f"{notice.doc_number or f'《{notice.title}》'}第{number}条"
        return words

    def _read(
        self, text: str, state: State, book: RuleBook, asked: str | None, as_of: date
    ) -> tuple[Reading, Intent]:
        """What a message says and wants; answers and corrections are read against what was asked."""
        reading = read_facts(
            text, as_of=as_of, asked=asked, dictionary=book.facts, surroundings=self._surroundings
        )
        intent = read_intent(
            text, as_of=as_of, asked=asked, reading=reading, surroundings=self._surroundings
        )
        earlier = tuple(reversed([n for n in state.facts if n in book.facts]))
        leaning = intent.follow_up is FollowUp.FACT or intent.kind is IntentKind.CORRECTION
        about = asked or (earlier[0] if leaning and earlier else None)
        if about is None or (intent.kind in _DECIDES and not leaning):
            return reading, intent
        reply = read_reply(
            text,
            book.facts[about],
            as_of=as_of,
            dictionary=book.facts,
            surroundings=self._surroundings,
            earlier=earlier,
        )
        return (reply if reply.facts or reply.corrects else reading), intent

    def _topic_of(
        self, intent: Intent, state: State, has_facts: bool
    ) -> tuple[tuple[str, ...], bool]:
        """Which rules a message is about; replies and ellipses stay with the topic."""
        follows = {FollowUp.DAY, FollowUp.PLACE, FollowUp.FACT, FollowUp.PERSON}
        stays = intent.kind in {IntentKind.ANSWER, IntentKind.CORRECTION} or (
            intent.follow_up in follows and state.topic.decides
        )
        if intent.kind in _DECIDES and not intent.follow_up and (intent.rules or intent.open):
            return _asked_together(intent.rules), intent.open
        if stays and state.topic.decides:
            return state.topic.rules, state.topic.open
        tells = intent.kind in {IntentKind.OTHER, IntentKind.ANSWER, IntentKind.CORRECTION}
        if tells and has_facts and intent.follow_up is None:
            if state.topic.decides:
                return state.topic.rules, state.topic.open
            return _asked_together(intent.rules or state.topic.about), False
        if intent.kind in _DECIDES:
            return _asked_together(intent.rules), intent.open or not intent.rules
        return (), False

    def _remembering(
        self,
        state: State,
        understood: Understood,
        given: dict[str, Remembered | None],
        request: AskRequest,
    ) -> State:
        if understood.intent.kind is IntentKind.RESTART:
            return State().with_facts(given)
        merged = state.with_facts({**given, **understood.facts})
        if request.as_of is not None:
            merged = replace(merged, as_of=request.as_of)
        if request.jurisdiction:
            merged = replace(merged, place=request.jurisdiction)
        return merged

    def _when_and_where(
        self, understood: Understood, state: State, request: AskRequest, today: date
    ) -> tuple[date, Place]:
        place = self._gazetteer.resolve(request.jurisdiction) if request.jurisdiction else None
        question = self._pipeline.read(
            understood.screened.text or request.question, today, request.as_of, place
        )
        day = question.as_of if request.as_of or question.other_day else state.as_of or today
        if place is None and not understood.names_place:
            return day, self._gazetteer.resolve(state.place) if state.place else self._home
        if place is None and not question.names_place and state.place:
            return day, self._gazetteer.resolve(state.place)
        return day, question.place

    # --- responding ---------------------------------------------------------------------------

    def _respond(
        self,
        reply: Reply,
        understood: Understood,
        state: State,
        book: RuleBook,
        searcher: Searcher,
        today: date,
        timer: Timer,
    ) -> tuple[Sequence[Any], Sequence[Question], State]:
        kind = understood.intent.kind
        if kind is IntentKind.RESTART:
            reply.kind = "chat"
            reply.say("好的，我们重新开始。之前说的情况我已经忘掉了，请说您想问的事。")
            return (), (), state
        if kind is IntentKind.SHOW_UNDERSTOOD:
            reply.kind = "chat"
            _show(reply, state, book)
            return (), (), state
        decides = understood.screened.outcome == "pass" and (
            understood.open or bool(understood.rules)
        )
        if decides and reply.place.code != self._home.code:
            name = reply.place.name
            refuse(
                reply,
                "other_jurisdiction",
                self._contacts,
                lead=f"您问的是{name}，我只能按嘉兴的文件判断，不能判断{name}能不能办。",
            )
            return (), (), state
        if decides:
            return self._decide(reply, understood, state, book)
        self._pipeline.respond(
            reply, understood.screened, understood.question, searcher, today, timer
        )
        shown = tuple(c.clause_id for c in reply.citations)
        about = _asked_together(understood.intent.rules) or state.topic.rules or state.topic.about
        topic = Topic(question=understood.question, about=about, shown=shown)
        if reply.kind == "answer":
            state = replace(state, topic=topic, asked=())
        return (), (), state

    def _decide(
        self, reply: Reply, understood: Understood, state: State, book: RuleBook
    ) -> tuple[Sequence[Any], Sequence[Question], State]:
        place = reply.place
        rules = _fitting(understood.rules, state)
        decided = decide_for(
            state, rules, book, as_of=reply.as_of, place=place, survey=understood.open
        )
        asked = self._questions(decided, understood, state, book)
        reply.kind = "verdict" if decided.settled else "clarify"
        opening = [q.fact for q in asked] == [CHANNEL]
        rendered = render(_shown(decided, understood, opening=opening), reply.view, place)
        reply.citations = list(rendered.citations)
        for notice in rendered.notices:
            reply.warn(notice.code, notice.text)
        self._caution(reply)
        self._word(reply, decided, rendered.verdicts, understood)
        if asked:
            reply.say("请告诉我：")
            for line in ask_lines(asked):
                reply.say(line)
        elif not decided.settled:
            reply.say("这些情况不清楚，就没法判断。可以先核实，再来问我。")
        for name in decided.dropped:
            reply.say(f"您前面说过的「{book.facts[name].label}」与后来说的不一致，已按后来的算。")
        self._close(reply)
        topic = Topic(
            question=understood.question or state.topic.question,
            rules=understood.rules,
            open=understood.open,
            listed=tuple(v.rule_id for v in rendered.verdicts),
            shown=tuple(c.clause_id for c in rendered.citations),
        )
        state = replace(state, topic=topic, asked=tuple(q.fact for q in asked))
        return rendered.verdicts, asked, state

    def _word(
        self,
        reply: Reply,
        decided: Decided,
        verdicts: Sequence[WireVerdict],
        understood: Understood,
    ) -> None:
        """The outcome first, then what it stands on, then what else is open."""
        if understood.open:
            reply.say(survey_sentence(verdicts))
        else:
            notes = [d.note for d in decided.verdicts[0].doubts]
            reply.say(same_amount(verdicts) or outcome_sentence(verdicts[0], notes))
        if not decided.settled:
            for verdict in verdicts[:1] if not understood.open else ():
                for line in known_conditions(verdict):
                    reply.say(line)
            return
        best = [v for v in verdicts if v.outcome == "eligible"] or verdicts[:1]
        if understood.person is not None and best[0].covers is not None:
            reply.say(who_moves(understood.person, best[0]))
        for verdict in best[:_MOST_SHOWN]:
            if verdict is not verdicts[0]:
                reply.say(outcome_sentence(verdict))
            for line in details(verdict):
                reply.say(line)
        others = render(decided.others, reply.view, reply.place).verdicts if decided.others else ()
        for line in other_channels(others):
            reply.say(line)

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
        unknown = state.unknown()
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
        for line in grounds(reply.citations):
            reply.say(line)
        subject = self._contacts.about("".join(c.quote for c in reply.citations))
        if subject is not None:
            reply.say(f"以上按公开文件判断，最终以主管部门审核为准；可以咨询：{subject.line()}。")
        else:
            reply.say("以上按公开文件判断，最终以主管部门审核为准。")

    # --- keeping ------------------------------------------------------------------------------

    def _keep(
        self,
        answer: Answer,
        before: State,
        state: State,
        question: str,
        fields: Json,
        searcher: Searcher,
        stored: Any,
        today: date,
    ) -> None:
        """Complete the turn, remember what was asked, and record how the answer came about."""
        wire = answer.model_dump(mode="json")

        def change(raw: dict[str, Any]) -> Json:
            latest = load_state(raw)
            return dump_state(replace(latest, topic=state.topic, asked=state.asked))

        position = stored.turns[-1].position
        self._conversations.answer_turn(answer.conversation_id, position, wire, change=change)
        self._audit.record(
            AuditRecord(
                answer_id=answer.answer_id,
                conversation_id=answer.conversation_id,
                at=self._clock(),
                today=today,
                as_of=answer.as_of,
                jurisdiction=answer.jurisdiction,
                corpus_digest=searcher.view.digest,
                build_id=searcher.build_id,
                composer=answer.composer,
                rule_versions={v.rule_id: v.as_of.isoformat() for v in answer.verdicts},
                retrieved=tuple(c.clause_id for c in answer.citations),
                request={"question": question, **fields},
                state=dump_state(before),
                facts={n: f.model_dump(mode="json") for n, f in answer.facts.items()},
                outcome=outcome_of(answer),
            )
        )


def _fitting(rules: Sequence[str], state: State) -> tuple[str, ...]:
    """Of the ways to join a relative, the one that the relation known decides."""
    relation = state.facts.get("relation")
    if (
        relation is None
        or relation.value is None
        or not rules
        or _family(rules[0]) != "settle.join"
    ):
        return tuple(rules)
    way = {"父母": "settle.join_child", "子女": "settle.join_parent"}.get(
        str(relation.value), "settle.join_householder"
    )
    named = rules[0] == "settle.join_householder" or "host.is_head_urban_household" in state.facts
    return ("settle.join_householder",) if named else (way,)


def _sharpened(intent: Intent, reading: Reading, words: str, book: RuleBook) -> Intent:
    """A message that states what a rule asks for, and asks no text, wants the rule applied."""
    if intent.follow_up or not intent.rules:
        return intent
    asks_wording = _ASKS_WORDING.search(words) is not None
    if intent.kind in _DECIDES and asks_wording and not _OF_SOMEBODY.search(words):
        return replace(intent, kind=IntentKind.POLICY, open=False)
    if asks_wording or intent.kind not in _ASKS_TEXT | {IntentKind.OTHER}:
        return intent
    wanted = {fact.name for fact in book.rule(intent.rules[0]).facts()}
    stated = {book.facts[n].start_of or n for n in reading.facts if n in book.facts}
    told = len(stated & wanted)
    if told >= _ENOUGH_TOLD or (told and _ASKS_WHETHER.search(words)):
        return replace(intent, kind=IntentKind.ELIGIBILITY)
    return intent


_RELATIVES = {
    "配偶": "配偶",
    "丈夫": "配偶",
    "妻子": "配偶",
    "父亲": "父母",
    "母亲": "父母",
    "父母": "父母",
    "儿子": "子女",
    "女儿": "子女",
    "子女": "子女",
    "孩子": "子女",
}


def _relative(intent: Intent) -> str | None:
    """Whom 那我老婆呢 asks about, as the rules call them."""
    return _RELATIVES.get(intent.applicant)


def _with_relative(state: State, relation: str, said: str, on: date) -> Remembered:
    known = state.facts.get("family")
    others = [m for m in (known.value if known else None) or [] if m.get("relation") != relation]
    return Remembered([*others, {"relation": relation}], said, on)


def _asked_together(rules: Sequence[str]) -> tuple[str, ...]:
    """The likeliest rule, with those that answer the same ask: ways to join, schemes alike."""
    if not rules:
        return ()
    kind = _family(rules[0])
    return tuple(rule for rule in rules if _family(rule) == kind)


def _family(rule: str) -> str:
    """settle.join_child and settle.join_parent are of one family, as are the schemes' accounts."""
    room, _, name = rule.partition(".")
    if room == "medical":
        return f"medical.{name.rpartition('.')[2]}"
    return f"{room}.join" if name.startswith("join_") else rule


def _without_personal_data(request: AskRequest) -> tuple[str, dict[str, Any], str]:
    """The question and the other fields as they may be stored, and what the person is told."""
    masked = mask(request.question)
    facts, found = mask_values(request.facts)
    kinds = tuple(dict.fromkeys([*masked.found, *found]))
    fields = {
        "as_of": request.as_of.isoformat() if request.as_of else None,
        "jurisdiction": request.jurisdiction,
        "facts": facts,
    }
    return masked.text, fields, privacy_notice(kinds)


def _shown(decided: Decided, understood: Understood, *, opening: bool) -> tuple[Verdict, ...]:
    """The verdicts to send: those asked about with other ways that are met, or the best of a survey."""
    if not understood.open:
        met = tuple(v for v in decided.others if v.outcome is Outcome.ELIGIBLE)
        return (*decided.verdicts, *met)
    if opening:
        return ()
    if decided.settled:
        return decided.verdicts
    return tuple(v for v in decided.verdicts if v.outcome is Outcome.UNDETERMINED)[:_MOST_SHOWN]


def replace_text(question: Question, state: State, name: str, fact: Fact) -> Question:
    """A question that asks to confirm what was said unsurely, in the person's own words."""
    said = state.facts[name].said
    told = f"您说的「{said}」能确定吗？" if said else ""
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
