"""What a question names by 文号, title or place in the text, and what the corpus holds of it."""

import re
from collections.abc import Sequence

from assistant.answering.asked import (
    COMMENCEMENT,
    asks_commencement,
    asks_for_annex,
    asks_validity,
    unheld_title,
)
from assistant.answering.picking import MOST_PICKS, Chosen, Nothing, Pick, Picker
from assistant.answering.stating import (
    ASKED_SO,
    ENOUGH,
    commencement,
    omitted_annex,
    unless_unstated,
)
from assistant.clauses import Clause, ClauseKind, Notice, RelationKind
from assistant.retrieval import AddressHit, named_numbers

ALIKE = 0.86  # score, relative to the best, from which further clauses are quoted too
_PLACE_IN_DOCUMENT = re.compile(r"第[一二三四五六七八九十百\d]+(?:部分|章|条|款|项|点)|原文|全文")
_TAKES_OVER = frozenset({RelationKind.SUPERSEDES_WHERE_INCONSISTENT, RelationKind.REPEALS})
_INSIDE = re.compile(
    r"(?:号|》|文件|通知)(?:里头?|里面|中|当中)[^，。？]{2,}(?:还|是不是|是否|有没有)"
)
_TERM = re.compile(r"期限为|有效期")
_ASKS_OF_DOCUMENT = re.compile(r"号(?:文|通知|办法|规定|的?(?:文件|通知|那份))|[和跟与]\S{0,12}号")
_SEVERAL = re.compile(r"[两俩二]个\s*\d{1,4}\s*号(?!文)")
_CHAPEAU = re.compile(r"[:：]\s*$")
_SILENT = frozenset(
    {
        ClauseKind.TITLE,
        ClauseKind.DOC_NUMBER,
        ClauseKind.ADDRESSEE,
        ClauseKind.SIGNATURE,
        ClauseKind.NOTE,
        ClauseKind.ANNEX,
    }
)


def by_address(picker: Picker) -> Chosen | Nothing | None:
    """What the question names by 文号, full title or place in the text; None if nothing."""
    question = picker.question
    hits = picker.searcher.lookup(
        _named_in_full(question.text), as_of=question.as_of, place=question.place
    )
    numbers = named_numbers(question.text)
    placed = _PLACE_IN_DOCUMENT.search(question.text) is not None
    of_it = _ASKS_OF_DOCUMENT.search(_named_in_full(question.text)) is not None and (
        asks_validity(question.text)
        or asks_commencement(question.text)
        or question.about_whole
        or question.about_change
    )
    named = [h for h in hits if h.exact or numbers or placed or of_it]
    if named and not any(h.exact for h in named):
        named = _meant_first(picker, named)
    if not named and numbers:
        return _unheld(picker, numbers[0])
    if not named:
        title = unheld_title(question.text, [n.title for n in picker.view.notices()])
        if title is None:
            return None
        return Nothing("no_source", f"现在没有收录{title}的原文，不能告诉您它怎么规定。", title)
    missing = next((h for h in named if h.missing), None)
    if missing is not None and not any(h.clause_id for h in named):
        notice = picker.view.notice(missing.notice_id)
        number = f"（{notice.doc_number}）" if notice.doc_number else ""
        return Nothing(
            "no_source",
            f"《{notice.title}》{number}里没有「{missing.missing}」，不能引用不存在的条款。",
            notice.title,
        )
    if asks_for_annex(question.text):
        omitted = omitted_annex(picker, picker.view.notice(named[0].notice_id))
        if omitted is not None:
            return omitted
    clauses = [h for h in named if h.clause_id]
    if clauses:
        return _addressed(picker, clauses)
    alike = list(dict.fromkeys(h.notice_id for h in named))
    compared = of_it or question.about_whole or question.about_change or len(numbers) > 1
    if len(alike) > 1 and compared:
        return _of_each(picker, [picker.view.notice(i) for i in alike[:MOST_PICKS]])
    return _within(picker, named[0], whole=question.about_whole)


def _meant_first(picker: Picker, hits: Sequence[AddressHit]) -> list[AddressHit]:
    """Where documents share a number, the one first whose issuer or matter the question names."""

    def worth(hit: AddressHit) -> tuple[bool, float]:
        notice = picker.view.notice(hit.notice_id)
        issued = (notice.doc_number or "〔").partition("〔")[0]
        return issued in picker.question.text, picker.alike_in(hit.notice_id)

    several = len({h.notice_id for h in hits}) > 1
    return sorted(hits, key=worth, reverse=True) if several else list(hits)


def _named_in_full(text: str) -> str:
    """两个16号 as 两个16号文: what is counted so is a document."""
    return _SEVERAL.sub(r"\g<0>文", text)


def _of_each(picker: Picker, notices: Sequence[Notice]) -> Chosen:
    """What each of several notices says that a question may mean, where they share a number."""
    begun = [begins for n in notices if (begins := commencement(picker, n)) is not None]
    if begun:
        return Chosen(tuple(p for begins in begun for p in begins.picks), picker.topic)
    picks = [p for n in notices for p in _outline_picks(picker, n)[:1]]
    return Chosen(tuple(picks), picker.topic)


def _addressed(picker: Picker, hits: Sequence[AddressHit]) -> Chosen | None:
    leaves = [leaf for h in hits[:MOST_PICKS] for leaf in _leaves(picker, h.clause_id or "")]
    picks = [picker.pick(leaf) for leaf in leaves]
    return Chosen(tuple(picks[: MOST_PICKS + 3]), picker.topic) if picks else None


def _leaves(picker: Picker, clause_id: str) -> list[Clause]:
    clause = picker.view.clause(clause_id)
    if not clause.children:
        return [clause]
    return [leaf for child in clause.children for leaf in _leaves(picker, child)]


def _within(picker: Picker, hit: AddressHit, *, whole: bool) -> Chosen | Nothing | None:
    """The best of one notice, or what the notice is about."""
    notice = picker.view.notice(hit.notice_id)
    rest = picker.question.text.replace(hit.named, " ")
    inside = picker.about(rest)
    picks = inside.search(None, frozenset({notice.notice_id}))
    best = picks[0] if picks else None
    begins = commencement(picker, notice)
    if begins is not None:
        return begins
    if asks_validity(picker.question.text) and not _INSIDE.search(picker.question.text):
        return validity(picker, notice)
    meant = best is not None and best.alike >= ASKED_SO
    if best is None or (whole and not meant) or (best.cover < ENOUGH and not meant):
        return Chosen(tuple(_outline_picks(picker, notice)), picker.topic, overview=notice)
    return unless_unstated(
        picker, [p for p in picks if p.score >= ALIKE * best.score][:MOST_PICKS], picks
    )


def validity(picker: Picker, notice: Notice) -> Chosen:
    """What says whether a notice still applies: its own term, and what took its place."""
    later = [
        other
        for other in picker.view.notices()
        if any(r.notice_id == notice.notice_id and r.kind in _TAKES_OVER for r in other.relations)
    ]
    clauses = [
        clause
        for one in [notice, *later]
        for clause in picker.view.clauses_of(one.notice_id)
        if clause.is_leaf and (COMMENCEMENT.search(clause.text) or _TERM.search(clause.text))
    ]
    picks = [picker.pick(c) for c in clauses][: MOST_PICKS + 1]
    return Chosen(tuple(picks or _outline_picks(picker, notice)), None, validity=notice)


def _outline_picks(picker: Picker, notice: Notice) -> list[Pick]:
    clauses = [c for c in picker.view.clauses_of(notice.notice_id) if c.part == "main"]
    leaves = [c for c in clauses if c.is_leaf and c.kind not in _SILENT]
    telling = [c for c in leaves if not _CHAPEAU.search(c.text)] or leaves
    return [picker.pick(c) for c in telling[:MOST_PICKS]]


def _unheld(picker: Picker, number: str) -> Chosen | Nothing:
    """A document not in the corpus: what the corpus says of the place asked about, if anything.

    Its amendments are in the corpus where a notice held amends it; nothing else is known.
    """
    for notice in picker.view.notices():
        amending = [a for a in notice.amendments if number.endswith(a.target_doc_number)]
        if not amending:
            continue
        text = picker.question.text
        placed = [a for a in amending if a.place in text]
        if not placed and _PLACE_IN_DOCUMENT.search(text):
            break
        ids = [a.clause_id for a in placed or amending]
        found = picker.search(None, frozenset({notice.notice_id}))
        near = [p for p in found if p.clause.clause_id in ids and p.cover >= ENOUGH]
        if not (placed or near or picker.question.about_whole or picker.question.about_change):
            break
        if near and not placed:
            stated = unless_unstated(picker, near)
            if isinstance(stated, Nothing):
                return stated
        if placed or not near:
            near = [picker.pick(picker.view.clause(i)) for i in ids]
        return Chosen(tuple(near[:MOST_PICKS]), picker.topic, unheld=number)
    return Nothing("no_source", f"现在没有收录{number}的原文，不能告诉您它怎么规定。", number)
