"""What the status of a span of text is, on a day, at a place, for a topic (design D3)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.clauses.jurisdictions import Place, binds_at
from assistant.clauses.model import (
    AmendmentAction,
    Clause,
    CorpusView,
    DocumentKind,
    Effect,
    EffectState,
    Notice,
)


class Status(StrEnum):
    """Status of a span, in the words of the answer contract."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    DRAFT = "draft"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    REPEALED = "repealed"
    INTERPRETATION = "interpretation"
    AMENDED = "amended"


@dataclass(frozen=True, slots=True)
class SpanStatus:
    """Status of a span on one day; `binds` also asks whether the text reaches the place."""

    status: Status
    binds: bool
    effective_from: date | None
    effective_to: date | None
    verified_on: date | None
    by: str | None = None  # clause that superseded, repealed or amended it
    notices: tuple[tuple[str, str], ...] = ()  # (code, Chinese text)


_ENDED = {
    EffectState.SUPERSEDED: Status.SUPERSEDED,
    EffectState.REPEALED: Status.REPEALED,
    EffectState.AMENDED: Status.AMENDED,
}


def status_of(
    view: CorpusView,
    clause_id: str,
    *,
    as_of: date,
    place: Place,
    topic: str | None = None,
    start: int | None = None,
    end: int | None = None,
) -> SpanStatus:
    """Status of `clause.text[start:end]` (default: all of it) on `as_of` at `place`.

    With a topic, effects limited to other topics are left out; without one, an effect limited
    to a topic only warns: the rest of the sentence still stands.
    """
    clause = view.clause(clause_id)
    notice = view.notice(clause.notice_id)
    low, high = start or 0, len(clause.text) if end is None else end
    notices = _whole_notice_warnings(notice, as_of, place)
    status = _document_status(notice, as_of)
    effective_from, effective_to, by = notice.effective_from, _last_day(notice), None
    for effect in _effects_on(view, notice, clause, low, high):
        if topic is not None and effect.topic not in {None, topic}:
            continue
        if effect.state is EffectState.DOUBTFUL:
            if status is Status.IN_FORCE and _covers_day(effect, as_of):
                notices.append((effect.code, effect.note))
            continue
        ended = _ENDED[effect.state]
        if effect.topic is not None and topic is None:
            if status is Status.IN_FORCE and as_of >= effect.effective_from:
                notices.append((ended.value, effect.note))
            continue
        last = effect.effective_from - timedelta(days=1)
        effective_to = min(effective_to, last) if effective_to else last
        if status is Status.IN_FORCE and as_of >= effect.effective_from:
            status, by = ended, effect.by
            notices.append((ended.value, effect.note))
    amendment = _amendment_status(notice, clause, low, high)
    if amendment is not None and status is Status.IN_FORCE:
        status, text = amendment
        notices.append(("amended", text))
    binds = status is Status.IN_FORCE and notice.binds and binds_at(notice.jurisdiction, place)
    return SpanStatus(
        status, binds, effective_from, effective_to, notice.verified_on, by, tuple(notices)
    )


def _document_status(notice: Notice, as_of: date) -> Status:
    if notice.kind is DocumentKind.CONSULTATION_DRAFT:
        return Status.DRAFT
    if notice.kind is DocumentKind.INTERPRETATION:
        return Status.INTERPRETATION
    if notice.repealed_on is not None and as_of >= notice.repealed_on:
        return Status.REPEALED
    if notice.effective_from is None or as_of < notice.effective_from:
        return Status.NOT_YET_IN_FORCE
    if notice.effective_to is not None and as_of > notice.effective_to:
        return Status.EXPIRED
    return Status.IN_FORCE


def _last_day(notice: Notice) -> date | None:
    if notice.repealed_on is None:
        return notice.effective_to
    last = notice.repealed_on - timedelta(days=1)
    return min(last, notice.effective_to) if notice.effective_to else last


def _whole_notice_warnings(notice: Notice, as_of: date, place: Place) -> list[tuple[str, str]]:
    status = _document_status(notice, as_of)
    title = notice.title if notice.title.startswith("《") else f"《{notice.title}》"
    name = title + (f"（{notice.doc_number}）" if notice.doc_number else "")
    texts = {
        Status.DRAFT: f"{name}是征求意见稿，没有施行，不能作为办事依据。",
        Status.INTERPRETATION: f"{name}是政策解读，用来说明政策，不能代替通知本身。",
        Status.REPEALED: f"{name}自{_day(notice.repealed_on)}起废止。",
        Status.NOT_YET_IN_FORCE: f"{name}在{_day(as_of)}还没有施行"
        + (f"，自{_day(notice.effective_from)}起施行。" if notice.effective_from else "。"),
        Status.EXPIRED: f"{name}的有效期到{_day(notice.effective_to)}为止，{_day(as_of)}已经失效。",
    }
    warnings = [(status.value, texts[status])] if status in texts else []
    if not binds_at(notice.jurisdiction, place):
        warnings.append(
            ("other_jurisdiction", f"{name}不是{place.name}的规定，在{place.name}不适用。")
        )
    if status is Status.IN_FORCE:
        warnings += [(c.code, c.text) for c in notice.cautions if as_of >= c.effective_from]
    return warnings


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "（日期未载明）"


def _effects_on(
    view: CorpusView, notice: Notice, clause: Clause, low: int, high: int
) -> list[Effect]:
    return [e for e in notice.effects if _touches(view, e, clause, low, high)]


def _touches(view: CorpusView, effect: Effect, clause: Clause, low: int, high: int) -> bool:
    """Whether the effect's span overlaps `clause.text[low:high]`, by source offsets."""
    target = view.clause(effect.clause_id)
    if target.file != clause.file:
        return False
    span = clause.source_span(low, high)
    if effect.quote is None:
        return target.start < span.end and span.start < target.end
    at = target.text.find(effect.quote)
    if at < 0:  # the loader refuses this; here the safe side is the whole clause
        return target.start < span.end and span.start < target.end
    hit = target.source_span(at, at + len(effect.quote))
    return hit.start < span.end and span.start < hit.end


def _covers_day(effect: Effect, as_of: date) -> bool:
    return effect.effective_from <= as_of and (
        effect.effective_to is None or as_of <= effect.effective_to
    )


def _amendment_status(
    notice: Notice, clause: Clause, low: int, high: int
) -> tuple[Status, str] | None:
    """Old text printed in an amendment is `amended`; text that replaces it is in force."""
    for amendment in notice.amendments:
        if amendment.clause_id != clause.clause_id:
            continue
        by = f"《{notice.title}》（{notice.doc_number}）"
        target = f"{amendment.target_doc_number}{amendment.place}"
        touches_old = amendment.old.start < high and low < amendment.old.end
        new = amendment.new
        touches_new = new is not None and new.start < high and low < new.end
        presumed = "（成文日期，施行日未载明）" if notice.dates_inferred else ""
        since = f"{_day(notice.effective_from)}{presumed}"
        if amendment.action is AmendmentAction.DELETE and (touches_old or low < high):
            return Status.AMENDED, f"{target}的这一规定已被{by}删去，自{since}起不再适用。"
        if touches_new:
            return Status.IN_FORCE, f"{target}已被{by}修改，自{since}起按修改后的内容执行。"
        if touches_old:
            return Status.AMENDED, f"{target}的原内容已被{by}修改，自{since}起不再适用。"
    return None


def binding_period(view: CorpusView, clause: Clause) -> tuple[date | None, date | None]:
    """First and last day on which any of the clause can bind; (None, None): never.

    Coarse, for index filters: a clause superseded only in part, or for one topic, still binds.
    """
    notice = view.notice(clause.notice_id)
    if not notice.binds or notice.effective_from is None:
        return None, None
    last = _last_day(notice)
    for effect in notice.effects:
        if effect.state is EffectState.DOUBTFUL or effect.topic is not None:
            continue
        if effect.quote is None and effect.clause_id == clause.clause_id:
            day = effect.effective_from - timedelta(days=1)
            last = min(last, day) if last else day
    return notice.effective_from, last


def is_deleted(view: CorpusView, clause: Clause) -> bool:
    """Whether all that the clause holds is text that it deletes."""
    notice = view.notice(clause.notice_id)
    mine = [a for a in notice.amendments if a.clause_id == clause.clause_id]
    return bool(mine) and all(a.action is AmendmentAction.DELETE for a in mine)
