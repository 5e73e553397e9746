"""Two notices side by side: what the new one did to the old one, clause by clause."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistant.clauses.effectivity import Status, status_of
from assistant.clauses.jurisdictions import Place
from assistant.clauses.model import (
    FURNITURE,
    AmendmentAction,
    Clause,
    CorpusView,
    Effect,
    EffectState,
    Notice,
)
from assistant.service.reading import Run, lineage

STATE_NAMES: dict[EffectState, str] = {
    EffectState.SUPERSEDED: "被替代",
    EffectState.REPEALED: "被废止",
    EffectState.AMENDED: "被修改",
    EffectState.DOUBTFUL: "是否适用存疑",
}


ENDING = frozenset(STATE_NAMES) - {EffectState.DOUBTFUL}


@dataclass(frozen=True, slots=True)
class Side:
    """One clause as it is shown on its side; the runs affected are marked."""

    clause_id: str
    label: str
    runs: tuple[Run, ...]
    status: Status
    partly: bool = False  # ended for some of its words or topics only


@dataclass(frozen=True, slots=True)
class Row:
    """An old clause, what the manifests say became of it, and the new clauses that did it."""

    old: Side | None
    new: tuple[Side, ...]
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One 将……删去 / 修改为 of an amending notice: the old words and the new."""

    clause: Clause
    place: str
    old: str
    new: str | None


def compare(view: CorpusView, old: Notice, new: Notice, day: date, place: Place) -> list[Row]:
    """Rows in the old notice's order, then what only the new one says.

    Aligned by the effects recorded in the old notice's manifest; nothing is guessed from words.
    """
    effects = [effect for effect in old.effects if _bears(view, effect, new)]
    rows = []
    for clause in units_to_read(view, old):
        mine = [e for e in effects if _related(view, clause, e.clause_id)]
        made = [view.clause(by) for by in _makers(view, mine, new)]
        sides = tuple(_side(view, made_by, (), day, place) for made_by in made)
        rows.append(Row(_side(view, clause, mine, day, place), sides, tuple(mine)))
    matched = {side.clause_id for row in rows for side in row.new}
    alone = [c for c in units_to_read(view, new) if not any(_related(view, c, m) for m in matched)]
    return rows + [Row(None, (_side(view, clause, (), day, place),)) for clause in alone]


def counterparts(view: CorpusView, notice: Notice) -> list[tuple[Notice, Notice]]:
    """Pairs (old, new) that this notice is one of and that effects connect."""
    pairs = [(notice, _maker(view, effect)) for effect in notice.effects]
    pairs += [
        (other, notice)
        for other in view.notices()
        for effect in other.effects
        if other is not notice and _maker(view, effect) == notice
    ]
    found = [(old, new) for old, new in pairs if new is not None and new.binds and new != old]
    return list({(old.notice_id, new.notice_id): (old, new) for old, new in found}.values())


def changes_of(view: CorpusView, notice: Notice) -> list[Change]:
    """What an amending notice deletes and replaces, in its own order."""
    found = []
    for amendment in notice.amendments:
        clause = view.clause(amendment.clause_id)
        new = amendment.new if amendment.action is AmendmentAction.REPLACE else None
        found.append(
            Change(
                clause,
                amendment.place,
                clause.text[amendment.old.start : amendment.old.end],
                clause.text[new.start : new.end] if new else None,
            )
        )
    return found


def units_to_read(view: CorpusView, notice: Notice) -> list[Clause]:
    """The units that say something, each character in one of them only."""
    clauses = view.clauses_of(notice.notice_id)
    leaf_ids = {clause.clause_id for clause in clauses if clause.is_leaf}
    return [
        clause
        for clause in clauses
        if clause.is_leaf and clause.kind not in FURNITURE and clause.parent_id not in leaf_ids
    ]


def _bears(view: CorpusView, effect: Effect, new: Notice) -> bool:
    """Whether the effect is the new notice's doing, or leaves a doubt that nobody's text did."""
    return effect.by is None or view.clause(effect.by).notice_id == new.notice_id


def _maker(view: CorpusView, effect: Effect) -> Notice | None:
    if effect.by is None or effect.state is EffectState.DOUBTFUL:
        return None
    return view.notice(view.clause(effect.by).notice_id)


def _makers(view: CorpusView, effects: Iterable[Effect], new: Notice) -> Iterator[str]:
    """The new notice's clauses that the effects name, each once."""
    named = (effect.by for effect in effects if effect.by is not None)
    return iter(dict.fromkeys(by for by in named if view.clause(by).notice_id == new.notice_id))


def _side(
    view: CorpusView, clause: Clause, effects: Sequence[Effect], day: date, place: Place
) -> Side:
    runs = tuple(_runs(clause, effects))
    state = status_of(view, clause.clause_id, as_of=day, place=place)
    ended = [e for e in effects if e.state in ENDING and e.effective_from <= day]
    partly = bool(ended) and not all(run.quoted for run in runs)
    return Side(clause.clause_id, clause.label, runs, state.status, partly)


def _runs(clause: Clause, effects: Iterable[Effect]) -> Iterator[Run]:
    """The clause without its heading; what ended, for every topic, is marked."""
    marked = [False] * len(clause.text)
    for effect in effects:
        if effect.state not in ENDING or effect.topic is not None:
            continue
        quote = effect.quote or clause.text
        start = clause.text.find(quote)
        if start >= 0:
            marked[start : start + len(quote)] = [True] * len(quote)
    places = range(len(clause.text) - len(clause.body), len(clause.text))
    for quoted, group in groupby(places, key=lambda place: marked[place]):
        yield Run("".join(clause.text[place] for place in group), quoted)


def _related(view: CorpusView, clause: Clause, other_id: str) -> bool:
    """Whether one is the other, or a unit inside it."""
    if other_id in lineage(view, clause):
        return True
    return clause.clause_id in lineage(view, view.clause(other_id))
