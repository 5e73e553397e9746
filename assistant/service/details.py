"""One clause as the contract shows it: text, validity on a day at a place, neighbours, source."""

from datetime import date

from assistant.clauses.effectivity import status_of
from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import Clause, CorpusView, Effect
from assistant.schemas import Notice, SourceRange
from assistant.service.reading import lineage, neighbours, units_below
from assistant.service.shapes import ClauseDetail, ClauseLink, EffectShape


def clause_detail(view: CorpusView, clause_id: str, day: date, place: Place) -> ClauseDetail:
    """The clause on `day` at `place`; raises UnknownClauseError."""
    found = view.clause(clause_id)
    notice = view.notice(found.notice_id)
    status = status_of(view, clause_id, as_of=day, place=place)
    before, after = neighbours(view, found)
    return ClauseDetail(
        clause_id=found.clause_id,
        document_id=notice.notice_id,
        title=notice.title,
        doc_number=notice.doc_number,
        kind=found.kind.value,
        label=found.label,
        text=found.text,
        status=status.status.value,
        binds=status.binds,
        as_of=day,
        jurisdiction=place.name,
        effective_from=status.effective_from,
        effective_to=status.effective_to,
        verified_on=status.verified_on,
        by=status.by,
        notices=[Notice.model_validate({"code": c, "text": t}) for c, t in status.notices],
        effects=[_effect(effect) for effect in _effects_on(view, found)],
        parent=_link(view.clause(found.parent_id)) if found.parent_id else None,
        children=[_link(c) for c in units_below(found, view.clauses_of(found.notice_id))],
        previous=_link(before) if before else None,
        next=_link(after) if after else None,
        source=SourceRange(file=found.file, start=found.start, end=found.end),
    )


def _link(clause: Clause) -> ClauseLink:
    return ClauseLink(clause_id=clause.clause_id, label=clause.label)


def _effects_on(view: CorpusView, clause: Clause) -> list[Effect]:
    """Effects on the clause, on what holds it, or on what it holds."""
    above = set(lineage(view, clause))
    effects = view.notice(clause.notice_id).effects
    return [
        effect
        for effect in effects
        if effect.clause_id in above
        or clause.clause_id in lineage(view, view.clause(effect.clause_id))
    ]


def _effect(effect: Effect) -> EffectShape:
    return EffectShape(
        clause_id=effect.clause_id,
        state=effect.state.value,
        effective_from=effect.effective_from,
        effective_to=effect.effective_to,
        by=effect.by,
        quote=effect.quote,
        topic=effect.topic,
        note=effect.note,
    )
