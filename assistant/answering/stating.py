"""Whether the clauses picked state what the question wants to know, or something beside it."""

import re
from collections.abc import Sequence

from assistant.answering.asked import (
    COMMENCEMENT,
    OMITTED,
    asks_commencement,
    asks_for_annex,
    named_in_vain,
    of_a_neighbouring_matter,
    outside_months,
)
from assistant.answering.asking import STATED, read_asking
from assistant.answering.bearing import bears
from assistant.answering.particulars import (
    Wanted,
    asks_for_sum,
    counted_unit,
    holds,
    kind_named,
    states_sum,
    wanted_kinds,
)
from assistant.answering.picking import MOST_PICKS, Chosen, Nothing, Pick, Picker
from assistant.answering.screening import asks
from assistant.clauses import ClauseKind, Notice

ENOUGH = 0.45  # share of the question's content that a basis must cover
ASKED_SO = 0.25  # likeness to the questions written for a clause from which it speaks of this one
_SURE_OF_KIND = 0.5  # likelihood from which a kind of particular is taken to be asked for
_HARDLY_STATED = 0.5  # likelihood of asking for what texts state, below which no rule is asked
_UNLIKELY = 0.35  # the same, though nothing else is likelier
_SHORTEST = 8  # characters of a question that is judged so
_UNSTATED = "其他没有写的"  # what no text states, whichever clause comes near
_SURELY_UNSTATED = 0.7  # likelihood from which that is taken to be asked for
_UNWRITTEN = "现在收录的文件里没有写这一点，我不能凭猜测回答。"
_DOUBTFUL = 0.9  # the same, where the phrases of a particular say so too
_LEAST_BEARING = 0.4  # likelihood of answering below which the best clause is no basis
_LEAST_IF_ASKED_SO = 0.25  # the same, where questions written for the clause are like this one
_SURELY_ASKED_SO, _LEAST_IF_SURELY = 0.3, 0.1  # the same, where they are very like it
_NEAR_ENOUGH = 0.5  # the same, from which the clause is worth naming where none answers
_HEADED = 0.4  # share of its heading that the question says, from which it is, too
_WHOLLY, _MOSTLY = (0.8, 0.23), (0.5, 0.3)  # share covered and likeness from which it is, too
NEAR_BEST = 0.6  # score, relative to the best, down to which a clause may stand in for it

_PIECE = re.compile(r"[，,。；;！!？?\n]")
_BEING_FIT = re.compile(r"[能可够符行]")  # whether somebody may, which rules decide


def unless_unstated(
    picker: Picker, picks: Sequence[Pick], pool: Sequence[Pick] = ()
) -> Chosen | Nothing:
    """The picks, unless the question wants a particular that neither they nor `pool` state."""
    text = picker.question.text
    about = picks[0].notice.title
    bare_annex = picks[0].clause.kind is ClauseKind.ANNEX and OMITTED.search(picks[0].clause.text)
    if asks_for_annex(text) or bare_annex:
        omitted = omitted_annex(picker, picks[0].notice)
        if omitted is not None:
            return omitted
    begins = commencement(picker, picks[0].notice)
    if begins is not None:
        return begins
    if read_asking(text).likelihoods[_UNSTATED] >= _SURELY_UNSTATED:
        return Nothing("no_source", _UNWRITTEN + _nearest(picker, picks[0]), about)
    kinds = kinds_asked(text)
    unit = counted_unit(text)

    def states(pick: Pick) -> bool:
        held = pick.clause.text
        return (
            all(holds(kind, held) for kind in kinds)
            and not named_in_vain(text, f"{pick.notice.title} {held}", pick.year)
            and not outside_months(text, pick.notice.title)
            and (unit is None or unit.search(held) is not None)
            and (not asks_for_sum(text) or states_sum(text, held))
        )

    stating = [p for p in picks if states(p)]
    near = NEAR_BEST * picks[0].score
    stating = stating or [
        p
        for p in pool
        if p.score >= near and (p.cover >= ENOUGH or p.alike >= ASKED_SO) and states(p)
    ]
    stating = stating[:MOST_PICKS]
    if stating and bears(picker, stating[0]) >= _least(stating[0]):
        return Chosen(tuple(stating), picker.topic)
    if not stating and of_a_neighbouring_matter(text, picks[0].clause.text):
        return Nothing("out_of_scope")
    names = "、".join(kind.name for kind in kinds) if not stating else ""
    if not names and asks_for_sum(text):
        names = "这笔钱是多少"
    lead = f"现在收录的文件里没有写{names or '这一点'}，我不能凭猜测回答。"
    return Nothing("no_source", lead + _nearest(picker, picks[0]), about)


def _least(pick: Pick) -> float:
    """The likelihood of answering below which a clause is no basis: less where it is asked for so."""
    if pick.alike >= _SURELY_ASKED_SO:
        return _LEAST_IF_SURELY
    return _LEAST_IF_ASKED_SO if pick.alike >= ASKED_SO else _LEAST_BEARING


def beyond_rules(question: str) -> bool:
    """Whether a question asks for something that no rule decides: a fee, how long an office takes."""
    if len(question) < _SHORTEST or not asks(question):
        return False  # 我想落户 tells a wish, and too little to judge by
    asking = read_asking(question)
    if asking.stated < _UNLIKELY or (asking.stated < _HARDLY_STATED and asking.kind != STATED):
        return True
    if asking.stated < _DOUBTFUL and wanted_kinds(question):
        return True
    pieces = [p for p in _PIECE.split(question) if asks(p)]
    return bool(pieces) and all(wanted_kinds(p) and not _BEING_FIT.search(p) for p in pieces)


def kinds_asked(question: str) -> tuple[Wanted, ...]:
    """The kinds of particular asked for, by phrases that ask for them and by what was learned."""
    kinds = wanted_kinds(question)
    name = read_asking(question).sure_of(_SURE_OF_KIND)
    learned = kind_named(name) if name is not None else None
    if learned is None or learned in kinds or (learned.unless and learned.unless.search(question)):
        return kinds
    return (*kinds, learned)


def _nearest(picker: Picker, pick: Pick) -> str:
    """What can be asked instead: the clause on the same matter, where one comes close."""
    on_it = (
        picker.names_heading(pick) >= _HEADED
        or any(pick.cover >= cover and pick.alike >= alike for cover, alike in (_WHOLLY, _MOSTLY))
        or bears(picker, pick) >= _NEAR_ENOUGH
    )
    meant = pick.is_current or picker.question.about_past or picker.question.names_draft
    meant = meant or bool(picker.question.document_years)
    if not on_it or not meant or pick.clause.kind is ClauseKind.ANNEX:
        return ""
    return f"与此最接近的是《{pick.notice.title}》{pick.clause.label}，可以问我它是怎么写的。"


def commencement(picker: Picker, notice: Notice) -> Chosen | None:
    """The clause that says from when the notice applies, if that is what is asked."""
    if not asks_commencement(picker.question.text):
        return None
    for clause in reversed(picker.view.clauses_of(notice.notice_id)):
        if clause.is_leaf and COMMENCEMENT.search(clause.text):
            return Chosen((picker.pick(clause),), picker.topic)
    return None


def omitted_annex(picker: Picker, notice: Notice) -> Nothing | None:
    """That the annex asked about was not printed, where that is so."""
    for clause in picker.view.clauses_of(notice.notice_id):
        if clause.kind is ClauseKind.ANNEX and OMITTED.search(clause.text):
            number = f"（{notice.doc_number}）" if notice.doc_number else ""
            return Nothing(
                "no_source",
                f"《{notice.title}》{number}的附件在公报里只写了「略」，没有刊登内容，"
                "我不能告诉您附件里列了什么。",
                notice.title,
            )
    return None
