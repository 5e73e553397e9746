"""A statement against its support, sentence by sentence."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.grounding.agents import agent_reasons
from assistant.answering.grounding.conditions import completeness_reasons, overlap
from assistant.answering.grounding.connectors import connector_reasons, connector_reasons_anywhere
from assistant.answering.grounding.form import form_reasons
from assistant.answering.grounding.likeness import (
    framing_holds,
    is_framing,
    mark_reasons,
    roles_beside,
    shown,
)
from assistant.answering.grounding.mark import Mark, Sentence
from assistant.answering.grounding.marks import read_sentence
from assistant.answering.grounding.model import Check, Grounded, Support, Unit
from assistant.answering.grounding.novelty import entity_reasons, novelty_reasons
from assistant.answering.grounding.pairing import pairing_reasons
from assistant.answering.grounding.spelling import (
    folded,
    is_verbatim,
    pairs_of,
    statement_sentences,
)
from assistant.answering.grounding.stance import (
    affirmed_reasons,
    change_reasons,
    deletion_reasons,
    denial_reasons,
    exemption_reasons,
    modal_reasons,
    only_reasons,
    prevailing_reasons,
    self_reasons,
)
from assistant.answering.grounding.support import continued, read_support
from assistant.answering.grounding.terms import Terms, term_reasons
from assistant.answering.grounding.vocabulary import (
    ACTION,
    IMPLIED_BY,
    PLACE,
    SCHEME,
    SCOPE,
)


def check_statement(
    statement: str,
    support: Support,
    terms: Terms | None = None,
    *,
    complete: bool = True,
) -> Check:
    """Whether everything `statement` claims is found, so joined, in `support`.

    `terms` are official terms to be found in the support besides those of the vocabulary. With
    `complete`, a permission must carry every condition of the sentence it rests on; composers that
    print conditions beside the statement pass False.
    """
    plain = folded(statement)
    if not plain:
        return Check(ok=False, reasons=("空句",))
    if is_verbatim(plain, support):
        return Check(ok=True)
    reasons = form_reasons(statement, support)
    if reasons:
        return Check(ok=False, reasons=tuple(reasons))
    units = (*read_support(support), *continued(support))
    sentences = statement_sentences(statement)
    context = tuple(mark for sentence in sentences for mark in sentence.marks)
    for sentence in sentences:
        if is_verbatim(folded(sentence.text), support):
            continue
        reasons += _sentence_reasons(sentence, units, context if complete else None)
        reasons += term_reasons(sentence, units, terms) if terms else []
    return Check(ok=not reasons, reasons=tuple(dict.fromkeys(reasons)))


def ground(
    statements: Iterable[str],
    support: Support,
    terms: Terms | None = None,
    *,
    complete: bool = True,
) -> Grounded:
    """The statements that `support` carries, in order; the others are never shown."""
    kept: list[str] = []
    dropped: list[tuple[str, tuple[str, ...]]] = []
    for statement in statements:
        check = check_statement(statement, support, terms, complete=complete)
        if check.ok:
            kept.append(statement)
        else:
            dropped.append((statement, check.reasons))
    return Grounded(tuple(kept), tuple(dropped))


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why one sentence of the support does not carry a statement."""

    reasons: Sequence[str]
    near: bool  # it has every term and number, and joins them otherwise

    @property
    def distance(self) -> tuple[bool, int]:
        return not self.near, len(self.reasons)


def _sentence_reasons(
    sentence: Sentence, units: Sequence[Unit], context: tuple[Mark, ...] | None
) -> list[str]:
    reasons = entity_reasons(sentence, units) + prevailing_reasons(sentence, units)
    if reasons:
        return reasons
    best: _Failure | None = None
    for unit in units:
        found = _unit_failure(sentence, unit, units, context)
        if found is None:
            return novelty_reasons(sentence, units)
        if best is None or found.distance < best.distance:
            best = found
    if _pieces_hold(sentence, units, context):
        return novelty_reasons(sentence, units)
    return list(best.reasons) if best is not None else ["没有依据"]


def _pieces_hold(
    sentence: Sentence, units: Sequence[Unit], context: tuple[Mark, ...] | None
) -> bool:
    """Whether each piece of the sentence rests on one sentence of one and the same text."""
    told = [unit.sentence.text for unit in units if unit.told]
    pieces = _pieces_of(sentence.text)
    whole = len(pieces)
    pieces = [
        p for p in pieces if not any(folded(p) and folded(p) in text for text in told)
    ] or pieces
    if whole < 2 or any(piece.startswith(("或", "要么")) for piece in pieces):
        return False
    if context is not None and not _is_complete(sentence, units, context):
        return False
    for paragraph in {unit.paragraph for unit in units}:
        own = [unit for unit in units if unit.paragraph == paragraph]
        if (len(own) < 2 and len(pieces) == whole) or not all(
            _piece_holds(piece, own, units) for piece in pieces
        ):
            continue
        if not (connector_reasons_anywhere(sentence, own) or pairing_reasons(sentence, own)):
            return _same_heads(pieces, sentence, own, units)
    return False


_CASES = re.compile(r"^(?:主要|具体)?(?:包括|有)|等?(?:几种|各种)?(?:情形|情况)。?$")


_LEADS_ON = re.compile(r"(?:的|者|人员|人|后|部分|之前|情况下|为止|到期|情形下|期间)$")


def _pieces_of(text: str) -> list[str]:
    """Parts between commas; a condition (……的，……后，) stays with what follows from it."""
    parts = [p for p in re.split(r"[,:]", text) if p.strip("。!? ")]
    if len(parts) == 1 and all(re.search(r"\d", p) for p in text.split("、")):
        return text.split("、")
    if len(parts) == 1 and _CASES.search(text):
        return _CASES.sub("", text).split("、")
    pieces: list[str] = []
    held = ""
    for part in parts:
        held += ("," if held else "") + part
        if not _LEADS_ON.search(part):
            pieces.append(held)
            held = ""
    return [*pieces, held] if held else pieces


_ANY_DEED = frozenset({"同意", "批准", "参加"})  # stand before any deed


def _same_heads(
    pieces: Sequence[str], sentence: Sentence, own: Sequence[Unit], units: Sequence[Unit]
) -> bool:
    """Whether no piece says of one thing what its sentence of the support says of another.

    修改的文件2件,今后不再作为依据: the second piece rests on a sentence about 废止.
    """
    said = {m.key for m in sentence.marks}
    said |= {key for m in sentence.marks for key in IMPLIED_BY.get(m.key, ())}
    first = [u for u in own if _unit_failure(read_sentence(pieces[0]), u, units, None) is None]
    common = {m.key for u in first for m in u.marks}
    for piece in pieces[1:]:
        read = read_sentence(piece)
        holding = [u for u in own if _unit_failure(read, u, units, None) is None]
        heads = [_head(u, read) - common for u in holding]
        if not any(u in first for u in holding) and not any(
            not head or head & said for head in heads
        ):
            return False
    return True


def _head(unit: Unit, piece: Sentence) -> set[str]:
    """What a sentence is about, where a piece takes only what comes after: deeds, ranks, states."""
    marks = unit.sentence.marks
    named = {m.key for m in piece.marks}
    taken = [m.piece for m in marks if m.key in named]
    shared = min(taken, default=0)
    return {m.key for m in marks if m.piece < shared and m.category == ACTION} - _ANY_DEED


def _piece_holds(piece: str, own: Sequence[Unit], units: Sequence[Unit]) -> bool:
    sentence = read_sentence(piece)
    return any(_unit_failure(sentence, unit, units, None) is None for unit in own)


def _is_complete(sentence: Sentence, units: Sequence[Unit], context: tuple[Mark, ...]) -> bool:
    nearest = max(units, key=lambda unit: overlap(sentence.marks, unit.marks), default=None)
    return nearest is None or not completeness_reasons(sentence, nearest, context)


_ANNOUNCES = re.compile("(?:进一步)?(?:放宽|实行|推行|试行|取消|扩大|明确|开展|调整)[^,;:]*$")


def _is_scope_of(mark: Mark, sentence: Sentence, unit: Unit, units: Sequence[Unit]) -> bool:
    """Whether an area is part of a name in the unit, or what the sentence announcing it speaks of."""
    if mark.negative:
        return False
    name = sentence.text[mark.start : mark.end + 3]
    if len(name) == mark.end + 3 - mark.start and name in unit.sentence.text:
        return True
    return any(
        other.paragraph == unit.paragraph
        and _ANNOUNCES.match(other.sentence.text.strip("。 "))
        and any(m.key == mark.key for m in other.marks)
        for other in units
    )


_TELEPHONE = re.compile(r"\d{7}")


def _told_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """What a manifest tells carries a statement about the notice, and no other."""
    if not unit.told or _TELEPHONE.search(unit.sentence.text):
        return []
    said = pairs_of(sentence.text)
    shared = said & pairs_of(unit.sentence.text)
    return [] if 2 * len(shared) >= len(said) else ["依据的文件信息没有这样说"]


_HEADING = re.compile(r"[一二三四五六七八九十\d]+[、.)]\s*([\u3400-\u9fff]{4,16})")


@lru_cache(maxsize=512)
def _headings(text: str) -> tuple[str, ...]:
    """What the headings of a label say, without their numbers."""
    return tuple(_HEADING.findall(text))


_STAFF = frozenset({"机关事业"})  # a scheme named after those whom it is for


def _is_topic(mark: Mark, sentence: Sentence, units: Sequence[Unit]) -> bool:
    """Whether the notice is about a scheme, or the clause about what its heading calls so."""
    told = [unit for unit in units if unit.told]
    if mark.category == SCHEME or mark.key == "试行":
        names = {mark.key, *IMPLIED_BY.get(mark.key, ())} if mark.key in _STAFF else {mark.key}
        return any(m.key in names for unit in told for m in unit.marks)
    return any(
        heading.start() <= mark.start and mark.end <= heading.end()
        for unit in told
        for name in _headings(unit.sentence.text)
        for heading in re.finditer(re.escape(name), sentence.text)
    ) or (
        mark.category == ACTION
        and any(
            re.search("对象|范围", name)
            and any(m.key == mark.key for m in read_sentence(name).marks)
            for unit in told
            for name in _headings(unit.sentence.text)
        )
    )


def _unit_failure(
    sentence: Sentence, unit: Unit, units: Sequence[Unit], context: tuple[Mark, ...] | None
) -> _Failure | None:
    """Why `unit` does not carry `sentence`; None when it does."""
    reasons = [] if context is None else _told_reasons(sentence, unit)
    for mark in sentence.marks:
        if is_framing(mark) and framing_holds(mark, sentence, units):
            continue
        if not mark.negative and _is_topic(mark, sentence, units):
            continue
        if mark.is_number and is_framing(mark) and roles_beside(mark, sentence):
            reasons.append(f"「{shown(mark)}」在依据中不是这一天")
        elif not (mark.category in {SCOPE, PLACE} and _is_scope_of(mark, sentence, unit, units)):
            reasons += mark_reasons(mark, sentence, unit)
    if reasons:
        return _Failure(reasons, near=False)
    checks: tuple[Callable[[Sentence, Unit], list[str]], ...] = (
        deletion_reasons,
        exemption_reasons,
        denial_reasons,
        affirmed_reasons,
        self_reasons,
        change_reasons,
        connector_reasons,
        modal_reasons,
        only_reasons,
        agent_reasons,
    )
    for check in checks:
        reasons += check(sentence, unit)
    reasons += pairing_reasons(sentence, [unit])
    if context is not None and not reasons:
        reasons += completeness_reasons(sentence, unit, context)
    return _Failure(reasons, near=True) if reasons else None
