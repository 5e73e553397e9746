"""What the lines of an answer may rest on: its quotations, the manifests behind them, contacts."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from assistant.answering.contacts import Contact
from assistant.answering.grounding import Support
from assistant.answering.reply import chinese_day, name_of
from assistant.clauses import Amendment, AmendmentAction, CorpusView, Effect, Notice
from assistant.schemas import Citation, CitationStatus

_STANDING: dict[CitationStatus, str] = {
    "in_force": "现行有效的规定，按现行规定",
    "draft": "只是征求意见稿，没有施行，不能作为办事依据；稿子里这样写",
    "expired": "已经失效，现在不能作为依据；现行文件里没有同样的规定，原来这样写",
    "superseded": "这一规定已被新文件替代，现在不能作为依据；原来这样写",
    "repealed": "已经废止，现在不能作为依据；原来这样写",
    "not_yet_in_force": "还没有施行",
    "interpretation": "政策解读这样说明，解读不能代替通知原文",
    "amended": "这项规定已经被删去或修改，现在不再适用，不能再据此申请",
}
COURTESIES = (
    "以公开发布的原文为准；拿不准可以咨询",
    "现有文件说法不一致，不能下结论，两种说法如下，另一处说法",
    "主要内容摘录如下",
    "和您说的不一样，现行规定里没有找到您说的这一条要求，这个说法见于",
    "全文没有收录，收录的文件提到了它",
    "您引的和原文不一样，您引的漏了一段，您引的这段话有出处，是文件的原文，出自原文，但不全，全句见下面的引文",
    "您引的这段文字不在现在收录的文件里，不能把它当作规定来回答，也不能证明它是真的",
    "您说的这一条，现在收录的文件里没有找到，不能当作规定，现在这里适用的是",
)
"""Sentences of the service about itself, which claim nothing of any policy."""

_MARKER = re.compile(r"\[\d{1,2}\]")
_BY_RULE = re.compile(
    r"^(按[^：]*规定)：(?=.)"
)  # 按现行规定：满六个月: the manifest says one, the text the other


def claims_of(line: str, citations: Iterable[Citation]) -> list[str]:
    """What a line of an answer says besides quotations and markers; empty for a bare quotation."""
    for citation in citations:
        line = line.replace(f"「{citation.quote}」", "")
    line = _MARKER.sub("", line).strip("：: ")
    parts = _BY_RULE.sub(r"\1\n", line).split("\n")
    return [part for part in parts if part.strip("。 ")]


def evidence(
    view: CorpusView, citations: Iterable[Citation], contacts: Iterable[Contact], as_of: date
) -> Support:
    """The support of an answer: quotations as texts, their manifests as facts, telephone numbers."""
    cited = list(citations)
    facts = [*COURTESIES, f"按{chinese_day(as_of)}有效的规定"]
    for citation in cited:
        facts += _of_citation(citation, view.notice(citation.document_id), as_of)
    return Support(
        texts=tuple(citation.quote for citation in cited),
        facts=tuple(dict.fromkeys(facts)),
        contacts=tuple(contact.line() for contact in contacts),
    )


def _of_citation(citation: Citation, notice: Notice, as_of: date) -> Iterator[str]:
    name, number = name_of(notice), notice.doc_number or f"《{notice.title}》"
    presumed = "（按成文日期推定）" if notice.dates_inferred else ""
    yield f"{number}{citation.label}，{notice.title}"
    yield f"{name}由{notice.issuer}发布"
    yield f"{name}在{chinese_day(as_of)}{_STANDING[citation.status]}"
    for caution in notice.cautions:
        yield caution.text
    for misreading in notice.misreadings:
        yield f"「{misreading.quote}」：{misreading.note}"
    if notice.issued_on:
        yield f"{name}{chinese_day(notice.issued_on)}印发，由{notice.issuer}发布"
    if notice.effective_from:
        since = chinese_day(notice.effective_from)
        checked = f"，效力核实至{chinese_day(citation.verified_on)}" if citation.verified_on else ""
        yield f"{number}自{since}起施行{presumed}{checked}"
        yield f"自{since}起改为、起按（{number}{citation.label}）"
    if citation.effective_to:
        yield f"{number}的这一规定有效到{chinese_day(citation.effective_to)}为止"
    for amendment in notice.amendments:
        if amendment.clause_id == citation.clause_id:
            yield _of_amendment(amendment, notice)
    for effect in notice.effects:
        if effect.clause_id == citation.clause_id:
            yield from _of_effect(effect, number, citation)


def _of_amendment(amendment: Amendment, notice: Notice) -> str:
    by = notice.doc_number or notice.title
    day = chinese_day(notice.effective_from) if notice.effective_from else "印发之日"
    presumed = "（成文日期；施行日未载明）" if notice.dates_inferred else ""
    target = f"{amendment.target_doc_number}{amendment.place}的这段文字"
    if amendment.action is AmendmentAction.DELETE:
        return f"{target}已由{by}自{day}{presumed}起删去，不能再据此申请"
    return f"{target}已由{by}自{day}{presumed}起修改，改成后一段文字，前一段不再适用"


def _of_effect(effect: Effect, number: str, citation: Citation) -> Iterator[str]:
    day = chinese_day(effect.effective_from)
    yield f"{day}之前的规定（{number}{citation.label}）已被替代，自{day}起改为新的规定"
    if effect.note:
        yield effect.note
