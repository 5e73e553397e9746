"""What is said of words presented as official: that no text holds them, or which one does, and how."""

from datetime import date

from assistant.answering.comparing import Difference
from assistant.answering.picking import Pick
from assistant.answering.reply import WHY_NOT, Reply, name_of
from assistant.answering.verifying import HeldWords, Presented
from assistant.clauses import Place, status_of
from assistant.clauses.model import CorpusView

_MOST_SHOWN = 24  # characters of a difference


def tell_presented(reply: Reply, presented: Presented) -> None:
    """Say first, before a verdict, how what was presented stands, and quote below it what holds it."""
    if presented.held is None:
        reply.lead_with(says_missing(presented))
        return
    pick = pick_of(reply.view, presented.held, reply.as_of, reply.place)
    reply.lead_with(leading_of(presented, pick))
    citation = reply.cite(pick.clause.clause_id, pick.span.start, pick.span.end)
    if citation is not None:
        source = citation.doc_number or citation.title
        reply.say(f"您引的出自{source} {citation.label}：「{citation.quote}」[{citation.marker}]")


def tell_draft(reply: Reply) -> None:
    """Say first, before a verdict, that a draft is no basis."""
    reply.lead_with("征求意见稿只是征求意见，没有施行，不能作为办事依据；下面按现行规定说。")
    reply.warn("draft", "您说到的征求意见稿没有施行，不能作为办事依据。")


def pick_of(view: CorpusView, held: HeldWords, as_of: date, place: Place) -> Pick:
    """The clause that holds words presented, as the basis of an answer on that day."""
    span, clause_id = held.span, held.clause.clause_id
    state = status_of(view, clause_id, as_of=as_of, place=place, start=span.start, end=span.end)
    notice = view.notice(held.clause.notice_id)
    return Pick(held.clause, notice, span, state, 1.0, 0.0, 1.0, 0.0)


def says_missing(presented: Presented) -> str:
    """What is said first where no text held prints the words."""
    if presented.presentation is None:
        return f"{presented.missing.removesuffix('。')}，不能引用不存在的条款。"
    if presented.presentation.pasted[0].strict:
        return (
            f"{presented.missing}您引的这段文字不在现在收录的文件里，我不能把它当作规定来回答，"
            "也不能证明它是真的。请以公开发布的原文为准。"
        )
    return f"{presented.missing}您说的这一条，现在收录的文件里没有找到，不能当作规定。"


def leading_of(presented: Presented, pick: Pick) -> str:
    """What is said first where a text held prints the words: whether they are its own, and bind."""
    name = name_of(pick.notice)
    why_not = "" if pick.is_current else WHY_NOT.get(pick.state.status.value, "现在不适用")
    differences = presented.held.comparison.differences if presented.held else ()
    if differences and not any(d.said for d in differences):
        shown = "、".join(f"「{d.printed}」" for d in differences if len(d.printed) <= _MOST_SHOWN)
        rest = f"，还有{shown}" if shown else "，全句见下面的引文"
        plain = f"{presented.missing}您引的这段话出自原文，但不全{rest}。"
        return f"{plain}{name}{why_not}。" if why_not else plain
    if differences:
        told = "；".join(map(_told, differences))
        plain = f"{presented.missing}您引的和原文不一样：{told}。"
        return f"{plain}{name}{why_not}。" if why_not else plain
    if why_not:
        return f"{presented.missing}您引的这段话有出处，但{name}{why_not}。"
    return f"{presented.missing}您引的这段话是文件的原文。"


def _told(difference: Difference) -> str:
    said, printed = _short(difference.said), _short(difference.printed)
    if not said:
        return f"原文还有「{printed}」" if len(printed) <= _MOST_SHOWN else "您引的漏了一段"
    if not printed or len(printed) > _MOST_SHOWN:
        return f"「{said}」原文里没有"
    return f"您引的是「{said}」，原文是「{printed}」"


def _short(words: str) -> str:
    return words.strip("，,。；; ")
