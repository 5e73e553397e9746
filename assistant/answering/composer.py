"""From chosen clauses to a reply: lead, quotations, validity, what changed, whom to ask.

Every line is either a quotation printed by the server or a sentence made of the manifest's own
dates and names; nothing is paraphrased.
"""

from collections.abc import Iterable, Iterator

from assistant.answering.contacts import Contacts
from assistant.answering.picking import Chosen, Pick
from assistant.answering.premises import Held
from assistant.answering.question import Question
from assistant.answering.relevance import Content, coverage
from assistant.answering.reply import WHY_NOT, Reply, chinese_day, name_of
from assistant.answering.spans import answer_figure, quote_span
from assistant.clauses import AmendmentAction, Clause, Effect, EffectState, Notice, Status
from assistant.schemas import Citation

_SIMILAR = 0.3  # share of the question an earlier text must cover to be told as a change


def compose(
    reply: Reply,
    question: Question,
    content: Content,
    chosen: Chosen,
    contacts: Contacts,
    held: Held | None = None,
) -> None:
    """Write the answer into `reply`; a pick whose quotation fails its check is left out."""
    quoted: list[tuple[Pick, Citation]] = []
    for pick in chosen.picks:
        citation = reply.cite(
            pick.clause.clause_id, pick.span.start, pick.span.end, topic=chosen.topic
        )
        if citation is not None:
            quoted.append((pick, citation))
    if not quoted:
        reply.kind, reply.reason = "refuse", "unavailable"
        reply.say("没有取到可以核对的原文，请稍后再试。")
        return
    lead = _lead(question, chosen, quoted, held)
    reply.say(lead)
    reply.intro_at = _intro_at(lead)
    if question.elsewhere is not None:
        reply.warn(
            "other_jurisdiction",
            f"以上是{question.elsewhere.name}的文件，只说明当地，在其他地方不适用。",
        )
    for number, (pick, citation) in enumerate(quoted):
        if chosen.leading and number == 1 and pick.is_current and not quoted[0][0].is_current:
            reply.say("现在这里适用的是：")
        reply.say(_quotation(pick, citation))
        amended = _amendment_line(pick)
        if amended:
            reply.say(amended)
    if held is not None:
        _tell_origin(reply, held)
    reply.say(_validity(quoted))
    _tell_conflicts(reply, content, quoted)
    _tell_changes(reply, question, content, chosen, quoted)
    _tell_misreadings(reply, quoted)
    _close(reply, quoted, contacts)


def _intro_at(lead: str) -> int:
    """Where what is said of the texts ends, and what only introduces them begins."""
    return lead.rfind("。") + 1 if lead.endswith("：") else len(lead)


def _lead(
    question: Question,
    chosen: Chosen,
    quoted: list[tuple[Pick, Citation]],
    held: Held | None = None,
) -> str:
    pick, citation = quoted[0]
    mark = f"[{citation.marker}]"
    name = name_of(pick.notice)
    if chosen.leading:
        return f"{chosen.leading.removesuffix('。')}{mark}。"
    if chosen.overview is not None:
        return f"{name}：{_outline(chosen.overview, quoted)}"
    if chosen.validity is not None:
        return _still_applies(question, chosen.validity, quoted)
    if chosen.unheld is not None:
        return f"{chosen.unheld}的全文没有收录；收录的{name}提到了它{mark}："
    labels = {
        Status.DRAFT: f"注意：{name}只是征求意见稿，没有施行，不能作为办事依据。稿子里是这样写的{mark}：",
        Status.EXPIRED: f"注意：{name}已经失效，现在不能作为依据；现行文件里没有找到同样的规定。原来是这样写的{mark}：",
        Status.SUPERSEDED: f"注意：下面这一规定已被新文件替代，现在不能作为依据。原来是这样写的{mark}：",
        Status.REPEALED: f"注意：{name}已经废止，现在不能作为依据。原来是这样写的{mark}：",
        Status.NOT_YET_IN_FORCE: f"注意：{name}在{chinese_day(question.as_of)}还没有施行。它是这样写的{mark}：",
        Status.INTERPRETATION: f"政策解读里是这样说明的（解读不能代替通知原文）{mark}：",
        Status.AMENDED: f"这项规定已经被删去，现在不再适用{mark}。"
        if _deleted(pick)
        else f"这项规定已经被修改{mark}。",
    }
    if pick.state.status in labels:
        return labels[pick.state.status]
    if _open_conflict(pick, question):
        return f"{chinese_day(question.as_of)}这一点现有文件说法不一致，不能下结论。两种说法如下{mark}："
    when = f"按{chinese_day(question.as_of)}有效的规定" if question.other_day else "按现行规定"
    if held is not None and held.finding.stands == "states":
        return f"{when}，是这样：{held.finding.stated}{mark}。"
    if held is not None and held.finding.stands == "differs":
        return f"和您说的不一样。\n{when}：{held.finding.stated}{mark}。"
    if held is not None and held.finding.stands == "silent":
        return f"现行规定里没有找到您说的这一条要求。\n{when}，{name}是这样写的{mark}："
    figure = answer_figure(question.text, citation.quote)
    if figure is not None:
        return f"{when}：{figure}{mark}。"
    return f"{when}，{name}是这样写的{mark}："


def _tell_origin(reply: Reply, held: Held) -> None:
    """Where a mistaken figure comes from: a text that does not apply here, or no longer."""
    if held.origin is None:
        return
    clause, span = held.origin
    notice = reply.view.notice(clause.notice_id)
    citation = reply.cite(clause.clause_id, span.start, span.end)
    if citation is None:
        return
    reply.say(f"这个说法见于{name_of(notice)}：「{citation.quote}」[{citation.marker}]")
    reply.say(f"{name_of(notice)}{WHY_NOT.get(citation.status, '现在不适用')}。")


def _still_applies(question: Question, notice: Notice, quoted: list[tuple[Pick, Citation]]) -> str:
    """Whether a notice applies on the day, in one sentence from its manifest."""
    marks = "".join(f"[{citation.marker}]" for _, citation in quoted)
    name, day = name_of(notice), question.as_of
    if not notice.binds:
        return f"{name}没有施行过，不能作为办事依据{marks}。"
    if notice.repealed_on is not None and day >= notice.repealed_on:
        return f"{name}自{chinese_day(notice.repealed_on)}起已经废止{marks}。"
    if notice.effective_to is not None and day > notice.effective_to:
        return f"{name}的有效期到{chinese_day(notice.effective_to)}为止，已经失效{marks}。"
    if notice.effective_from is None or day < notice.effective_from:
        return f"{name}在{chinese_day(day)}还没有施行{marks}。"
    ended = [e for e in notice.effects if e.state is not EffectState.DOUBTFUL]
    if any(e.effective_from <= day for e in ended):
        return f"{name}没有整体废止，但其中与新文件不一致的部分已经被替代，其余部分仍按原文件执行{marks}："
    return f"{name}现行有效{marks}："


def _open_conflict(pick: Pick, question: Question) -> bool:
    """Whether sources disagree on the quoted span that day, and nothing says which prevails."""
    return any(
        e.state is EffectState.DOUBTFUL
        and e.code == "conflict"
        and not e.settled
        and e.effective_from <= question.as_of
        and (e.effective_to is None or question.as_of <= e.effective_to)
        for e in _effects_at(pick)
    )


def _outline(notice: Notice, quoted: list[tuple[Pick, Citation]]) -> str:
    marks = "".join(f"[{citation.marker}]" for _, citation in quoted)
    issued = f"{chinese_day(notice.issued_on)}印发，" if notice.issued_on else ""
    return f"{issued}由{notice.issuer}发布。主要内容摘录如下{marks}："


def _quotation(pick: Pick, citation: Citation) -> str:
    place = citation.label
    source = pick.notice.doc_number or pick.notice.title
    return f"{source} {place}：「{citation.quote}」[{citation.marker}]"


def _deleted(pick: Pick) -> bool:
    return any(
        a.clause_id == pick.clause.clause_id and a.action is AmendmentAction.DELETE
        for a in pick.notice.amendments
    )


def _amendment_line(pick: Pick) -> str | None:
    for amendment in pick.notice.amendments:
        if amendment.clause_id != pick.clause.clause_id:
            continue
        target = f"{amendment.target_doc_number}{amendment.place}"
        since = pick.notice.effective_from
        day = f"{chinese_day(since)}" if since else "印发之日"
        presumed = "（成文日期；施行日未载明）" if pick.notice.dates_inferred else ""
        by = pick.notice.doc_number or pick.notice.title
        if pick.state.status is Status.NOT_YET_IN_FORCE:
            return f"{target}的这段文字要到{day}{presumed}才由{by}{_verb(amendment.action)}。"
        if amendment.action is AmendmentAction.DELETE:
            return f"也就是说，{target}的这段文字已由{by}自{day}{presumed}起删去，不能再据此申请。"
        return f"也就是说，{target}已由{by}自{day}{presumed}起改成后一段文字，前一段不再适用。"
    return None


def _verb(action: AmendmentAction) -> str:
    return "删去" if action is AmendmentAction.DELETE else "修改"


def _validity(quoted: list[tuple[Pick, Citation]]) -> str:
    told = []
    seen = set()
    for pick, citation in quoted:
        key = (pick.notice.notice_id, citation.status)
        if key in seen:
            continue
        seen.add(key)
        line = _validity_of(pick, citation)
        if line:
            told.append(line)
    return f"效力：{'；'.join(told)}。" if told else ""


def _validity_of(pick: Pick, citation: Citation) -> str:
    name = pick.notice.doc_number or f"《{pick.notice.title}》"
    since = pick.notice.effective_from
    if citation.status == "in_force" and since is not None:
        presumed = "（按成文日期推定）" if pick.notice.dates_inferred else ""
        checked = f"，效力核实至{chinese_day(citation.verified_on)}" if citation.verified_on else ""
        return f"{name}自{chinese_day(since)}起施行{presumed}{checked}"
    if citation.status in {"expired", "superseded", "repealed"} and citation.effective_to:
        return f"{name}的这一规定有效到{chinese_day(citation.effective_to)}为止"
    if citation.status == "not_yet_in_force" and since is not None:
        return f"{name}自{chinese_day(since)}起才施行"
    if citation.status == "draft":
        return f"{name}没有施行"
    return ""


def _tell_conflicts(reply: Reply, content: Content, quoted: list[tuple[Pick, Citation]]) -> None:
    """Where sources disagree, the other side is quoted too, and neither is asserted."""
    for pick, _ in quoted:
        for effect in _effects_at(pick):
            if effect.state is not EffectState.DOUBTFUL or effect.code != "conflict":
                continue
            if effect.by is None or not _in_time(effect, reply):
                continue
            other = reply.view.clause(effect.by)
            notice = reply.view.notice(other.notice_id)
            span = quote_span(other, notice, content)
            citation = reply.cite(other.clause_id, span.start, span.end)
            if citation is not None:
                reply.say(
                    f"另一处说法：{notice.title} {citation.label}：「{citation.quote}」[{citation.marker}]"
                )
                reply.say(effect.note)


def _effects_at(pick: Pick) -> Iterator[Effect]:
    for effect in pick.notice.effects:
        if effect.clause_id != pick.clause.clause_id:
            continue
        if effect.quote is not None:
            at = pick.clause.text.find(effect.quote)
            if at >= pick.span.end or at + len(effect.quote) <= pick.span.start:
                continue
        yield effect


def _in_time(effect: Effect, reply: Reply) -> bool:
    return effect.effective_from <= reply.as_of and (
        effect.effective_to is None or reply.as_of <= effect.effective_to
    )


def _tell_changes(
    reply: Reply,
    question: Question,
    content: Content,
    chosen: Chosen,
    quoted: list[tuple[Pick, Citation]],
) -> None:
    """What the text answered from replaced, and what has replaced it since."""
    for pick, _ in quoted[:2]:
        for effect, old in _replaced_by(reply, pick):
            if chosen.topic is not None and effect.topic not in {None, chosen.topic}:
                continue
            if not (question.about_change or question.about_past or question.other_day):
                continue
            _tell_earlier(reply, content, effect, old)
        for effect in _effects_at(pick):
            if effect.state is EffectState.DOUBTFUL or effect.by is None:
                continue
            if chosen.topic is not None and effect.topic not in {None, chosen.topic}:
                continue
            _tell_later(reply, content, effect)


def _replaced_by(reply: Reply, pick: Pick) -> Iterator[tuple[Effect, Clause]]:
    for relation in pick.notice.relations:
        if relation.notice_id is None:
            continue
        for effect in reply.view.notice(relation.notice_id).effects:
            if effect.by == pick.clause.clause_id and effect.state is not EffectState.DOUBTFUL:
                yield effect, reply.view.clause(effect.clause_id)


def _tell_earlier(reply: Reply, content: Content, effect: Effect, old: Clause) -> None:
    start, end = _effect_span(effect, old)
    if coverage(content, old.text) < _SIMILAR:
        return
    citation = reply.cite(old.clause_id, start, end, topic=effect.topic)
    if citation is not None:
        reply.say(
            f"{chinese_day(effect.effective_from)}之前的规定（{citation.doc_number or citation.title} "
            f"{citation.label}，已被替代）：「{citation.quote}」[{citation.marker}]"
        )
        _tell_other_side(reply, content, old)


def _tell_other_side(reply: Reply, content: Content, old: Clause) -> None:
    """Where sources disagree on an earlier text, the other side stands beside it."""
    for effect in reply.view.notice(old.notice_id).effects:
        if effect.clause_id != old.clause_id or effect.by is None or effect.settled:
            continue
        if effect.state is EffectState.DOUBTFUL and effect.code == "conflict":
            other = reply.view.clause(effect.by)
            span = quote_span(other, reply.view.notice(other.notice_id), content)
            citation = reply.cite(other.clause_id, span.start, span.end)
            if citation is not None:
                reply.say(
                    f"{citation.title} {citation.label}：「{citation.quote}」[{citation.marker}]"
                )
                reply.say(effect.note)
                reply.warn("conflict", effect.note)


def _tell_later(reply: Reply, content: Content, effect: Effect) -> None:
    if effect.by is None:
        return
    new = reply.view.clause(effect.by)
    notice = reply.view.notice(new.notice_id)
    span = quote_span(new, notice, content)
    citation = reply.cite(new.clause_id, span.start, span.end)
    if citation is None:
        return
    verb = "起改为" if reply.as_of < effect.effective_from else "起按"
    reply.say(
        f"自{chinese_day(effect.effective_from)}{verb}（{citation.doc_number or citation.title} "
        f"{citation.label}）：「{citation.quote}」[{citation.marker}]"
    )


def _effect_span(effect: Effect, clause: Clause) -> tuple[int, int]:
    if effect.quote is None:
        return 0, len(clause.text)
    at = clause.text.find(effect.quote)
    return at, at + len(effect.quote)


def _tell_misreadings(reply: Reply, quoted: Iterable[tuple[Pick, Citation]]) -> None:
    for pick, citation in quoted:
        for misreading in pick.notice.misreadings:
            if misreading.quote in citation.quote:
                reply.say(f"「{misreading.quote}」：{misreading.note}")


def _close(reply: Reply, quoted: list[tuple[Pick, Citation]], contacts: Contacts) -> None:
    notice = quoted[0][0].notice
    subject = contacts.about(notice.title + quoted[0][0].clause.text)
    if subject is not None and notice.jurisdiction == subject.jurisdiction:
        reply.say(f"以公开发布的原文为准；拿不准可以咨询：{subject.line()}。")
    else:
        reply.say("以公开发布的原文为准。")
