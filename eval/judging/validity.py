"""Whether a reply passes off as binding what does not bind: by a table read off the texts by hand."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.schemas import Citation
from eval.judging.model import Exchange, Judged, one
from eval.model import squeeze

SAYS_SO = {
    "draft": {"draft"},
    "expired": {"expired"},
    "superseded": {"superseded", "conflict"},
    "not_yet_in_force": {"not_yet_in_force"},
    "repealed": {"repealed", "amended"},
    "amended": {"amended"},
    "interpretation": {"interpretation", "conflict"},
}
"""Notices that tell the reader of a status; `in_force` needs none."""

DRAFTS = frozenset({"zj-psd-2023-hukou-draft", "jh-gbo-2023-hukou-draft"})
ELSEWHERE = frozenset({"jh-gbo-2023-hukou-draft"})
_NAMED = {
    "zj-psd-2023-hukou-draft": re.compile("省|征求意见|草案|稿"),
    "jh-gbo-2023-hukou-draft": re.compile("金华|征求意见|草案|稿"),
}
"""Words with which somebody brings a draft up, so that it may be told what it is."""
INTERPRETATIONS = frozenset({"jx-psb-2024-hukou-interpretation"})


@dataclass(frozen=True, slots=True)
class Binding:
    """Days on which a notice, or a phrase of it, binds; both in force."""

    notice_id: str
    first: date
    last: date = date.max
    phrase: str = ""  # "": every quote of the notice


BINDING = (
    Binding("jx-gbo-2024-16", date(2024, 8, 1)),
    Binding("jx-gbo-2024-17", date(2024, 8, 1)),
    Binding("jx-gbo-2024-18", date(2024, 8, 1)),
    Binding("jx-gbo-2014-permit-pilot", date(2014, 10, 31), date(2015, 10, 30)),
    *(
        Binding("jx-gbo-2020-28", date(2020, 8, 1), date(2024, 7, 31), phrase)
        for phrase in (
            "已连续居住3年及以上",
            "取得技师以上国家职业资格证书的人员，允许本人申请落户",
            "毕业后15年内",
            "男性年满60周岁、女性年满55周岁",
            "具有硕士以上学历、副高以上职称",
        )
    ),
)
"""Read off the texts by hand, so that the product's own validity model is not its judge."""


def judge_version(exchange: Exchange) -> Judged:
    """No citation is out of force, or of another place, without the reply saying so."""
    if exchange.answer is None:
        return Judged()
    wrong = tuple(text for c in exchange.citations if (text := _unsaid(c, exchange)))
    return Judged({"wrong_version_rate": one(bool(wrong))}, wrong)


def judge_stray(exchange: Exchange) -> Judged:
    """No draft and no text of another place is cited that was not asked for."""
    if exchange.answer is None or "draft" in exchange.expect.notices:
        return Judged()
    named = "".join(exchange.said)
    strays = [
        c.clause_id
        for c in exchange.citations
        if c.document_id in DRAFTS | ELSEWHERE and not _NAMED[c.document_id].search(named)
    ]
    problem = f"没有问到却引用了征求意见稿或外地文本：{'、'.join(strays)}"
    return Judged({"stray_rate": one(bool(strays))}, (problem,) if strays else ())


def may_bind(citation: Citation, day: date) -> bool:
    """Whether the quote can be in force that day, by the table above."""
    if citation.document_id in DRAFTS | INTERPRETATIONS:
        return False
    quote = squeeze(citation.quote)
    return all(
        rule.first <= day <= rule.last
        for rule in BINDING
        if rule.notice_id == citation.document_id and rule.phrase in quote
    )


def _unsaid(citation: Citation, exchange: Exchange) -> str | None:
    """What the reply leaves unsaid of the version cited, if anything."""
    answer, shown = exchange.answer, exchange.notices
    if answer is None:
        return None
    where = f"[{citation.marker}] {citation.clause_id}"
    if citation.status != "in_force" and not SAYS_SO[citation.status] & shown:
        return f"{where} 状态为 {citation.status} 而没有提示"
    # An answer that speaks of Jinhua itself need not say that Jinhua is another place.
    told = "other_jurisdiction" in shown or "金华" in answer.jurisdiction
    if citation.document_id in ELSEWHERE and not told:
        return f"{where} 是外地文本而没有提示"
    if citation.status == "in_force" and not may_bind(citation, answer.as_of):
        return f"{where} 在 {answer.as_of} 并不有效，却标为现行有效"
    return None
