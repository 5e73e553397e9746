"""How a decision is told: whose it is, the outcome, what it stands on, what else is open."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.answering.contacts import Contacts
from assistant.answering.reply import Reply, chinese_day
from assistant.dialogue.deciding import Decided
from assistant.dialogue.model import APPLICANT, name_of, person_of
from assistant.dialogue.reading.designations import is_by_name
from assistant.dialogue.state import State
from assistant.dialogue.understanding import Understood
from assistant.dialogue.wording import (
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
from assistant.rules import Citations, Outcome, RuleBook, render
from assistant.schemas import Verdict as WireVerdict

_MOST_SHOWN = 3  # ways told in full, where several are open


def tell_verdicts(
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
            for line in ways_open(_others(decided, reply)):
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
        for line in other_channels(_others(decided, reply)):
            reply.say(line)
        _mend(reply, decided)


def tell_whose(reply: Reply, state: State, understood: Understood) -> None:
    """Say that the case is somebody else's, where it is not that of the person who writes."""
    if state.whose != APPLICANT and understood.cast.host is None:
        reply.say(f"以下说的是{_called(state.whose)}的情况，不是您本人的。")


def tell_supposed(reply: Reply, state: State) -> None:
    """Say what was only supposed, in the person's own words."""
    supposed = [f.said for f in state.supposed().values() if f.said]
    if supposed:
        reply.say(f"以下按您假设的情况判断：{'、'.join(f'「{said}」' for said in supposed)}。")


def tell_presumed(reply: Reply, decided: Decided, state: State, book: RuleBook) -> None:
    """Say how words were understood that close a way, though they need not tell just that."""
    for name in decided.presumed:
        fact = state.facts[name]
        if fact.said:
            taken = f"{book.facts[name].label}：{_readable(fact.value)}"
            reply.say(f"您说的「{fact.said}」，按「{taken}」算；不是这个意思，告诉我就重新判断。")


def tell_grounds(reply: Reply, contacts: Contacts) -> None:
    """The texts that a verdict stands on, and whom to ask."""
    for line in grounds(reply.citations, reply.text):
        reply.say(line)
    reply.say(remaining_grounds(reply.citations, reply.text))
    subject = contacts.about("".join(c.quote for c in reply.citations))
    if subject is not None:
        reply.say(f"以上按公开文件判断，最终以主管部门审核为准；可以咨询：{subject.line()}。")
    else:
        reply.say("以上按公开文件判断，最终以主管部门审核为准。")


def tell_known(reply: Reply, state: State, book: RuleBook) -> None:
    """What was understood of the person so far, each fact with their own words."""
    if not state.facts:
        reply.say("我还没有了解到您的情况。")
        return
    reply.say("我了解到的情况：")
    for name, fact in state.facts.items():
        told = f"（您说：「{fact.said}」）" if fact.said else ""
        value = "不清楚" if fact.value is None else _readable(fact.value)
        reply.say(f"· {book.facts[name].label}：{value}{told}")
    reply.say("有不对的，直接告诉我改成什么就行。")


def warn_of_cautions(reply: Reply) -> None:
    """Give the caveats of the notices that the verdict stands on."""
    for citation in reply.citations:
        for caution in reply.view.notice(citation.document_id).cautions:
            if reply.as_of >= caution.effective_from:
                reply.warn(caution.code, caution.text)


def warn_of_past(reply: Reply, today: date) -> None:
    """Say of a text that was in force on the day asked about that it no longer is."""
    for citation in reply.citations:
        last = citation.effective_to
        if last is not None and reply.as_of <= last < today:
            name = citation.doc_number or citation.title
            reply.warn("expired", f"{name}的这一规定有效期至{chinese_day(last)}，现在已经失效。")


def _others(decided: Decided, reply: Reply) -> Sequence[WireVerdict]:
    if not decided.others:
        return ()
    return render(decided.others, reply.view, reply.place).verdicts


def _mend(reply: Reply, decided: Decided) -> None:
    """What may be done first about a condition that is not met, with the text that allows it."""
    for verdict in decided.mends:
        if verdict.outcome not in {Outcome.ELIGIBLE, Outcome.UNDETERMINED}:
            continue
        texts = Citations(reply.view, reply.as_of, reply.place, len(reply.citations) + 1)
        for ground in verdict.grounds:
            texts.offer(ground)
        reply.citations.extend(texts.all())
        reply.say(mending_line(verdict.title, texts.all()))


def _answering_for(understood: Understood, verdict: WireVerdict, said: str) -> list[str]:
    """The outcome, and whether the relatives asked about may move along; a no to them comes first."""
    asked = bool(understood.family) and verdict.covers is not None
    alone = verdict.covers == []
    if not asked or verdict.outcome == "not_applicable":
        return [said]
    if verdict.outcome == "undetermined":
        return [who_moves(understood.family, verdict)[0], said] if alone else [said]
    moves, all_may = who_moves(understood.family, verdict)
    oneself = "您本人" if understood.cast.applicant == APPLICANT else "申请人本人"
    own = said.replace("按您说的情况，符合", f"按您说的情况，{oneself}符合")
    return [said, moves] if all_may else [moves, own]


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


def _readable(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
